//! How often costly routes may be asked: by a session, a token, and a network address. Kept in
//! memory.

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::Arc;

use governor::clock::{Clock as _, DefaultClock};
use governor::state::keyed::HashMapStateStore;
use governor::{Quota, RateLimiter};

use super::context::Ctx;
use super::limits::Limits;

/// Most callers that are kept apart; more share one account.
const MOST: usize = 50_000;
/// Refusals of one caller that are told in a minute.
const REFUSALS: u32 = 120;
/// Who shares the one account when there are too many.
const EVERYBODY_ELSE: &str = "-";

type Limiter = RateLimiter<String, HashMapStateStore<String>, DefaultClock>;

/// The accounts of those who asked lately.
#[derive(Clone, Debug)]
pub(super) struct Rates {
    sessions: Arc<Limiter>,
    tokens: Arc<Limiter>,
    addresses: Arc<Limiter>,
    refusals: Arc<Limiter>,
    clock: DefaultClock,
}

impl Rates {
    pub(super) fn new(limits: &Limits) -> Self {
        let limiter = |a_minute| {
            let most = NonZeroU32::new(a_minute).unwrap_or(NonZeroU32::MIN);
            Arc::new(Limiter::hashmap_with_clock(Quota::per_minute(most), DefaultClock::default()))
        };
        Self {
            sessions: limiter(limits.costly_per_session),
            tokens: limiter(limits.requests_per_token),
            addresses: limiter(limits.costly_per_address),
            refusals: limiter(REFUSALS),
            clock: DefaultClock::default(),
        }
    }

    /// Counts a costly request.
    ///
    /// # Errors
    /// After how many seconds another one is let in.
    pub(super) fn count(&self, ctx: &Ctx) -> Result<(), i64> {
        if let Some(member) = ctx.actor.member() {
            self.take(&self.sessions, member.session_id.to_string())?;
        }
        if let Some(token) = ctx.actor.token() {
            self.take(&self.tokens, token.id.to_string())?;
        }
        match ctx.client.address {
            Some(address) => self.take(&self.addresses, network(address)),
            None => Ok(()),
        }
    }

    /// Whether another refusal is still told: whoever goes on and on fills no table.
    pub(super) fn tells(&self, ctx: &Ctx) -> bool {
        let caller = match ctx.actor.member() {
            Some(member) => member.session_id.to_string(),
            None => ctx.client.address.map(network).unwrap_or_default(),
        };
        self.take(&self.refusals, caller).is_ok()
    }

    fn take(&self, limiter: &Limiter, caller: String) -> Result<(), i64> {
        if limiter.len() >= MOST {
            limiter.retain_recent();
            limiter.shrink_to_fit();
        }
        let crowded = limiter.len() >= MOST;
        let caller = if crowded { EVERYBODY_ELSE.to_owned() } else { caller };
        limiter.check_key(&caller).map_err(|early| {
            let seconds = early.wait_time_from(self.clock.now()).as_secs().saturating_add(1);
            i64::try_from(seconds).unwrap_or(i64::MAX)
        })
    }
}

/// What counts as one caller: an IPv4 address, or the /64 that a household has in IPv6.
fn network(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => format!("{:x}", address.to_bits() >> 64),
    }
}
