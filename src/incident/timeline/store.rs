//! Timelines in the database.

use diesel::prelude::*;
use serde_json::Value;

use super::model::{Entry, EntryId};
use crate::clock::Timestamp;
use crate::database::schema::incident_entry as t;
use crate::database::types::json_text;
use crate::database::{Connection, Tx};
use crate::error::Result;
use crate::incident::model::Incident;
use crate::web::paging::{ListQuery, PAGE_SIZE, Page};

/// Notes what happened to an incident: `incident-timeline-<act>` with the members of `details`. The
/// incident was locked, or entered, in the same transaction, so that numbers follow each other.
pub(in crate::incident) fn note(
    tx: &mut Tx<'_>,
    of: &Incident,
    happened_at: Timestamp,
    act: &'static str,
    details: &Value,
) -> Result<()> {
    let last: Option<i32> = t::table
        .filter(t::tenant_id.eq(of.tenant_id))
        .filter(t::incident_id.eq(of.id))
        .select(diesel::dsl::max(t::position))
        .first(tx.connection)?;
    diesel::insert_into(t::table)
        .values((
            t::tenant_id.eq(of.tenant_id),
            t::id.eq(EntryId::new(tx.now)),
            t::incident_id.eq(of.id),
            t::position.eq(last.unwrap_or(0) + 1),
            t::happened_at.eq(happened_at),
            t::entered_at.eq(tx.now),
            t::kind.eq("act"),
            t::act.eq(act),
            t::details.eq(json_text(details)?),
            t::text.eq(""),
            t::by_name.eq(tx.actor.name()),
        ))
        .execute(tx.connection)?;
    Ok(())
}

/// A page of the timeline, in the order in which it happened.
pub(super) fn page(
    connection: &mut Connection,
    of: &Incident,
    query: &ListQuery,
) -> Result<Page<Entry>> {
    let rows = || t::table.filter(t::tenant_id.eq(of.tenant_id)).filter(t::incident_id.eq(of.id));
    let total = rows().count().get_result(connection)?;
    let found = rows()
        .order((t::happened_at.asc(), t::position.asc()))
        .offset(query.offset())
        .limit(PAGE_SIZE)
        .select(Entry::as_select())
        .load(connection)?;
    Ok(Page::new(found, total, query, "happened_at"))
}

/// How many entries there are.
pub(super) fn count(connection: &mut Connection, of: &Incident) -> Result<i64> {
    Ok(t::table
        .filter(t::tenant_id.eq(of.tenant_id))
        .filter(t::incident_id.eq(of.id))
        .count()
        .get_result(connection)?)
}
