//! The officer of an entrustment: whoever registered it or took it over.

use diesel::prelude::*;
use serde_json::json;

use crate::account::{Leaver, Leaving, MOST_SHOWN, Successor};
use crate::database::schema::entrustment as t;
use crate::database::{Backend, Connection, MOST_ROWS, Tx};
use crate::entrustment::{Entrustment, EntrustmentId, EntrustmentStatus};
use crate::error::Result;
use crate::ledger::{self, NewEntry};

/// The open entrustments of an officer.
fn open<'a>(of: &Leaver) -> t::BoxedQuery<'a, Backend> {
    t::table
        .filter(t::tenant_id.eq(of.organisation_id))
        .filter(t::officer_id.eq(of.person_id))
        .filter(t::status.eq(EntrustmentStatus::Active))
        .into_boxed()
}

/// How many open entrustments an officer has, and the first of them by their end.
pub(in crate::entrustment) fn of_officer(
    connection: &mut Connection,
    of: &Leaver,
) -> Result<(i64, Vec<Entrustment>)> {
    let rows = open(of)
        .order((t::ends_on.asc(), t::id.asc()))
        .limit(MOST_SHOWN)
        .select(Entrustment::as_select())
        .load(connection)?;
    Ok((open(of).count().get_result(connection)?, rows))
}

/// Gives the open entrustments of an officer to another, with an entry for each; gives how many.
pub(in crate::entrustment) fn hand_over(
    tx: &mut Tx<'_>,
    from: &Leaving,
    to: &Successor,
) -> Result<usize> {
    let ids: Vec<EntrustmentId> =
        open(from).order(t::id.asc()).select(t::id).load(tx.connection)?;
    for ids in ids.chunks(MOST_ROWS) {
        let rows = t::table
            .filter(t::tenant_id.eq(from.organisation_id))
            .filter(t::id.eq_any(ids.to_vec()));
        diesel::update(rows).set(t::officer_id.eq(to.person_id)).execute(tx.connection)?;
    }
    let entries = ids.iter().map(|id| NewEntry {
        tenant_id: from.organisation_id,
        act: "entrustment.handed_over",
        subject_kind: "entrustment",
        subject_id: id.as_str(),
        entrustment_id: Some(id.as_str()),
        details: vec![("officer", json!(to.person_id)), ("officer_before", json!(from.person_id))],
    });
    ledger::append_all(tx, from.organisation_id, entries.collect())?;
    Ok(ids.len())
}
