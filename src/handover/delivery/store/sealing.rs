//! The sealed codes.

use diesel::prelude::*;

use crate::database::schema::handover_delivery as t;
use crate::database::{Connection, Tx};
use crate::error::Result;

/// How many codes there are.
pub(in crate::handover::delivery) fn count(c: &mut Connection) -> Result<i64> {
    Ok(t::table.filter(t::code.ne("")).count().get_result(c)?)
}

/// How many codes are sealed as `pattern` says.
pub(in crate::handover::delivery) fn count_like(c: &mut Connection, pattern: &str) -> Result<i64> {
    Ok(t::table.filter(t::code.like(pattern)).count().get_result(c)?)
}

/// The next codes that aren't sealed as `pattern` says, with the ids of their rows.
pub(in crate::handover::delivery) fn unlike(
    c: &mut Connection,
    pattern: &str,
    after: &str,
    limit: i64,
) -> Result<Vec<(String, String)>> {
    Ok(t::table
        .filter(t::id.gt(after))
        .filter(t::code.ne(""))
        .filter(t::code.not_like(pattern))
        .order(t::id.asc())
        .limit(limit)
        .select((t::id, t::code))
        .load(c)?)
}

/// Puts a code that is sealed anew in place of the old one.
pub(in crate::handover::delivery) fn reseal(
    tx: &mut Tx<'_>,
    id: &str,
    old: &str,
    new: &str,
) -> Result<usize> {
    let row = t::table.filter(t::id.eq(id)).filter(t::code.eq(old));
    Ok(diesel::update(row).set(t::code.eq(new)).execute(tx.connection)?)
}
