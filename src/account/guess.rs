//! Against guessing: how many tries an account and a network have, and how long one waits between them.
//!
//! A browser from which the account was opened before has a counter of its own, so that strangers
//! never keep the owner out, however many they are.

use super::guess_rules::{self as rules, OF_ACCOUNT, OF_NETWORK};
use super::{device, guess_store as rows};
use crate::actor::PersonId;
use crate::database::Tx;
use crate::error::{Error, Result};
use crate::storage::sha256;
use crate::web::Ctx;

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

/// Whether another guess is looked at now.
///
/// # Errors
/// [`Error::TooMany`] when it isn't, with the seconds until it is; those of the database.
pub(super) fn admit(tx: &mut Tx<'_>, counter: &Counter) -> Result<()> {
    // Of guesses at the same moment each one sees those before it.
    rows::lock(tx.connection, &counter.key)?;
    let since = tx.now - rules::memory();
    let of_account = rows::at(tx.connection, &counter.key, since, tx.now)?;
    let mut wait = rules::blocked(tx.now, &of_account, OF_ACCOUNT);
    if wait.is_none() && !counter.network.is_empty() {
        rows::lock(tx.connection, &counter.network)?;
        let seen = rows::from(tx.connection, &counter.network, since, tx.now)?;
        wait = rules::blocked(tx.now, &seen, OF_NETWORK);
    }
    match wait {
        // A part of a second counts as a whole one: who comes back then is looked at.
        Some(wait) => Err(Error::TooMany((wait.num_milliseconds() + 999).div_euclid(1000).max(1))),
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
