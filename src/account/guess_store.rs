//! Wrong guesses, counted by what was guessed at and by the network from which it came.

use chrono::Duration;
use diesel::dsl::{max, min};
use diesel::prelude::*;

use super::guess_rules::Seen;
use crate::clock::Timestamp;
use crate::database::schema::sign_in_attempt as t;
use crate::database::types::{id_text, uuid_at};
use crate::database::{Connection, Tx};
use crate::error::Result;

/// Holds the key until the transaction's end. SQLite has one writer; PostgreSQL lets several count
/// at the same moment, and none would see the others.
pub(super) fn lock(c: &mut Connection, key: &str) -> Result<()> {
    if let Connection::Postgresql(c) = c {
        diesel::sql_query("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))")
            .bind::<diesel::sql_types::Text, _>(key)
            .execute(c)?;
    }
    Ok(())
}

/// The wrong guesses after `since` and until `now` at what `key` names.
pub(super) fn at(c: &mut Connection, key: &str, since: Timestamp, now: Timestamp) -> Result<Seen> {
    // What a clock that was ahead has written down counts again when the time comes.
    let of =
        || t::table.filter(t::account_key.eq(key)).filter(t::at.gt(since)).filter(t::at.le(now));
    let count = of().count().get_result(c)?;
    let (first, last) = of().select((min(t::at), max(t::at))).first(c)?;
    Ok(Seen { count, first, last })
}

/// The same from a network.
pub(super) fn from(
    c: &mut Connection,
    network: &str,
    since: Timestamp,
    now: Timestamp,
) -> Result<Seen> {
    let of = || {
        t::table.filter(t::network_key.eq(network)).filter(t::at.gt(since)).filter(t::at.le(now))
    };
    let count = of().count().get_result(c)?;
    let (first, last) = of().select((min(t::at), max(t::at))).first(c)?;
    Ok(Seen { count, first, last })
}

/// Notes a wrong guess, and forgets those older than a day.
pub(super) fn note(tx: &mut Tx<'_>, key: &str, network: &str) -> Result<()> {
    diesel::delete(t::table.filter(t::at.lt(tx.now - Duration::days(1)))).execute(tx.connection)?;
    diesel::insert_into(t::table)
        .values((
            t::id.eq(id_text(&uuid_at(tx.now)).as_str()),
            t::account_key.eq(key),
            t::network_key.eq(network),
            t::at.eq(tx.now),
        ))
        .execute(tx.connection)?;
    Ok(())
}

/// Forgets the wrong guesses at what `key` names, after the right one.
pub(super) fn forget(tx: &mut Tx<'_>, key: &str) -> Result<()> {
    diesel::delete(t::table.filter(t::account_key.eq(key))).execute(tx.connection)?;
    Ok(())
}
