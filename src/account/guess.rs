//! Against guessing: how many tries an account and a network have, and how long one waits between them.
//!
//! A browser from which the account was opened before has a counter of its own, so that strangers
//! never keep the owner out, however many they are.

use chrono::Duration;

use super::{device, guess_store as rows};
use crate::actor::PersonId;
use crate::clock::Timestamp;
use crate::database::Tx;
use crate::error::{Error, Result};
use crate::storage::sha256;
use crate::web::Ctx;

/// Wrong guesses an hour at one account (security figure 9).
const MOST: i64 = 10;
/// Wrong guesses at one account without a wait.
const FREE: i64 = 3;
/// Wrong guesses an hour from one network, at whatever accounts.
const MOST_OF_NETWORK: i64 = 200;
/// Wrong guesses from one network without a wait: an office has many hands.
const FREE_OF_NETWORK: i64 = 100;

/// Where guesses are counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Counter {
    key: String,
    /// Empty for a known browser: it answers for itself, not for its neighbours.
    network: String,
}

/// The counter for guesses at `what` (a password, a code) of an account.
///
/// # Errors
/// Those of the database.
pub(super) fn counter(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    what: &str,
    email: &str,
    person: Option<PersonId>,
) -> Result<Counter> {
    let known = match person {
        Some(person) => device::known(tx, ctx, person)?,
        None => None,
    };
    let network = if known.is_some() { String::new() } else { device::network_key(&ctx.client) };
    let by = known.unwrap_or_default();
    Ok(Counter { key: sha256(format!("{what}\0{email}\0{by}").as_bytes()), network })
}

/// How long one waits after so many wrong guesses, of which some are free: from then on twice as
/// long each time, up to about twenty minutes.
fn wait(guesses: i64, free: i64) -> Duration {
    match u32::try_from(guesses - free).unwrap_or(0) {
        0 => Duration::zero(),
        over => Duration::seconds(5_i64.saturating_mul(1 << (over - 1).min(8))),
    }
}

/// How long until another guess is looked at; nothing when it is now.
fn blocked(now: Timestamp, seen: &rows::Seen, most: i64, free: i64) -> Option<Duration> {
    let last = seen.last?;
    let until = if seen.count >= most {
        // The hour of the oldest has to pass before there is room for another.
        seen.first? + Duration::hours(1)
    } else {
        last + wait(seen.count, free)
    };
    (until > now).then(|| until - now)
}

/// Whether another guess is looked at now.
///
/// # Errors
/// [`Error::TooMany`] when it isn't, with the seconds until it is; those of the database.
pub(super) fn admit(tx: &mut Tx<'_>, counter: &Counter) -> Result<()> {
    let since = tx.now - Duration::hours(1);
    let of_account = rows::at(tx.connection, &counter.key, since, tx.now)?;
    let mut wait = blocked(tx.now, &of_account, MOST, FREE);
    if wait.is_none() && !counter.network.is_empty() {
        let seen = rows::from(tx.connection, &counter.network, since, tx.now)?;
        wait = blocked(tx.now, &seen, MOST_OF_NETWORK, FREE_OF_NETWORK);
    }
    match wait {
        Some(wait) => Err(Error::TooMany(wait.num_seconds().max(1))),
        None => Ok(()),
    }
}

/// Counts a guess as wrong, until it turns out right.
///
/// # Errors
/// Those of the database.
pub(super) fn wrong(tx: &mut Tx<'_>, counter: &Counter) -> Result<()> {
    rows::note(tx, &counter.key, &counter.network)
}

/// Counts a guess before it is looked at, so that guesses at the same moment are counted too.
///
/// # Errors
/// As [`admit`].
pub(super) fn attempt(tx: &mut Tx<'_>, counter: &Counter) -> Result<()> {
    admit(tx, counter)?;
    wrong(tx, counter)
}

/// Forgets the wrong ones after a right one.
///
/// # Errors
/// Those of the database.
pub(super) fn right(tx: &mut Tx<'_>, counter: &Counter) -> Result<()> {
    rows::forget(tx, &counter.key)
}

#[cfg(test)]
mod tests {
    use super::{FREE, wait};

    #[test]
    fn waits_grow_and_stay_bearable() {
        let waits: Vec<i64> = (0..12).map(|guesses| wait(guesses, FREE).num_seconds()).collect();
        assert_eq!(waits, [0, 0, 0, 0, 5, 10, 20, 40, 80, 160, 320, 640]);
    }
}
