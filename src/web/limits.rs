//! What a request may cost: deadlines, sizes, numbers, and whom to believe about addresses.

use std::net::IpAddr;
use std::str::FromStr;
use std::time::Duration;

use clap::Args;

/// Most bytes of a request's head lines together.
pub const MAX_HEAD: usize = 32 * 1024;

/// Deadlines, rates and trusted networks, as options of the command line and from the environment.
#[derive(Args, Clone, Debug)]
pub struct Limits {
    /// Networks of the proxies in front, such as `10.0.0.0/8,::1`; what they say of a client's address is believed
    #[arg(long, env = "AZUKARI_TRUSTED_PROXIES", value_delimiter = ',')]
    pub trusted_proxies: Vec<Network>,
    /// Seconds in which a request's head must have come
    #[arg(long, env = "AZUKARI_HEAD_SECONDS", default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..=30))]
    pub head_seconds: u64,
    /// Seconds that a body may take beyond what the lowest rate allows; and that a reader may stand still
    #[arg(long, env = "AZUKARI_BODY_SECONDS", default_value_t = 20, value_parser = clap::value_parser!(u64).range(1..=30))]
    pub body_seconds: u64,
    /// Lowest rate of bodies and answers, bytes a second
    #[arg(long, env = "AZUKARI_LOWEST_RATE", default_value_t = 8192, value_parser = clap::value_parser!(u64).range(1..))]
    pub lowest_rate: u64,
    /// Seconds that a connection may be idle
    #[arg(long, env = "AZUKARI_IDLE_SECONDS", default_value_t = 15, value_parser = clap::value_parser!(u64).range(1..=600))]
    pub idle_seconds: u64,
    /// Most connections at once
    #[arg(long, env = "AZUKARI_CONNECTIONS", default_value_t = 12_000)]
    pub connections: usize,
    /// Most costly requests (sign-in, issued records, exports, uploads, maps) a minute of one session
    #[arg(long, env = "AZUKARI_COSTLY_PER_SESSION", default_value_t = 60)]
    pub costly_per_session: u32,
    /// The same of one network address, behind which a whole office may sit
    #[arg(long, env = "AZUKARI_COSTLY_PER_ADDRESS", default_value_t = 600)]
    pub costly_per_address: u32,
    /// Most requests a minute with one API token
    #[arg(long, env = "AZUKARI_REQUESTS_PER_TOKEN", default_value_t = 120)]
    pub requests_per_token: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            trusted_proxies: Vec::new(),
            head_seconds: 10,
            body_seconds: 20,
            lowest_rate: 8192,
            idle_seconds: 15,
            connections: 12_000,
            costly_per_session: 60,
            costly_per_address: 600,
            requests_per_token: 120,
        }
    }
}

impl Limits {
    /// How long a request's head may take.
    #[must_use]
    pub fn head(&self) -> Duration {
        Duration::from_secs(self.head_seconds)
    }

    /// How long a connection may be idle.
    #[must_use]
    pub fn idle(&self) -> Duration {
        Duration::from_secs(self.idle_seconds)
    }

    /// How long `bytes` of a body or an answer may take.
    #[must_use]
    pub fn transfer(&self, bytes: u64) -> Duration {
        Duration::from_secs(self.body_seconds)
            + Duration::from_millis(bytes.saturating_mul(1000) / self.lowest_rate.max(1))
    }

    /// Whether what `address` says of others is believed.
    #[must_use]
    pub fn trusts(&self, address: IpAddr) -> bool {
        self.trusted_proxies.iter().any(|network| network.contains(address))
    }
}

/// A network: an address and how many of its first bits count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    address: IpAddr,
    bits: u32,
}

/// The text is no network.
#[derive(Debug, thiserror::Error)]
#[error("a network is an address, or an address and the number of its bits: 10.0.0.0/8, ::1")]
pub struct NoNetwork;

impl FromStr for Network {
    type Err = NoNetwork;

    fn from_str(text: &str) -> Result<Self, NoNetwork> {
        let (address, bits) =
            text.trim().split_once('/').map_or((text.trim(), None), |(a, b)| (a, Some(b)));
        let Ok(address) = address.parse::<IpAddr>() else { return Err(NoNetwork) };
        let longest = if address.is_ipv4() { 32 } else { 128 };
        let Ok(bits) = bits.map_or(Ok(longest), str::parse) else { return Err(NoNetwork) };
        if bits > longest { Err(NoNetwork) } else { Ok(Self { address, bits }) }
    }
}

impl Network {
    fn contains(self, other: IpAddr) -> bool {
        match (self.address, other.to_canonical()) {
            (IpAddr::V4(own), IpAddr::V4(other)) => {
                let differ = own.to_bits() ^ other.to_bits();
                differ.leading_zeros() >= self.bits
            }
            (IpAddr::V6(own), IpAddr::V6(other)) => {
                let differ = own.to_bits() ^ other.to_bits();
                differ.leading_zeros() >= self.bits
            }
            // An IPv4 address written as IPv6 was made IPv4 above.
            _ => false,
        }
    }
}
