//! The timeline in the database.

use diesel::prelude::*;
use serde_json::{Value, json};

use super::form::NewEntry;
use super::model::{CORRECTS, Entry, EntryId, EntryKind};
use crate::actor::{Authorized, OrganisationId};
use crate::clock::Timestamp;
use crate::database::schema::incident_entry as t;
use crate::database::types::json_text;
use crate::database::{Backend, Connection, Tx};
use crate::error::{Error, Result};
use crate::incident::model::{Incident, IncidentId};
use crate::incident::policy::{Case, Respond};
use crate::incident::store;
use crate::web::paging::ListQuery;

fn of<'a>(incident: &Incident) -> t::BoxedQuery<'a, Backend> {
    t::table
        .filter(t::tenant_id.eq(incident.tenant_id))
        .filter(t::incident_id.eq(incident.id))
        .into_boxed()
}

/// How many entries there are.
pub(super) fn count(connection: &mut Connection, incident: &Incident) -> Result<i64> {
    Ok(of(incident).count().get_result(connection)?)
}

/// The entry that was written down last.
pub(super) fn last(connection: &mut Connection, incident: &Incident) -> Result<Option<Entry>> {
    Ok(of(incident)
        .order(t::position.desc())
        .select(Entry::as_select())
        .first(connection)
        .optional()?)
}

/// The entries of incidents, in the order in which they happened.
pub(super) fn of_many(
    connection: &mut Connection,
    tenant: OrganisationId,
    incidents: &[IncidentId],
) -> Result<Vec<(IncidentId, Entry)>> {
    Ok(t::table
        .filter(t::tenant_id.eq(tenant))
        .filter(t::incident_id.eq_any(incidents))
        .order((t::happened_at.asc(), t::position.asc()))
        .select((t::incident_id, Entry::as_select()))
        .load(connection)?)
}

/// The entry with a number.
pub(super) fn at(connection: &mut Connection, incident: &Incident, number: i32) -> Result<Entry> {
    Ok(of(incident).filter(t::position.eq(number)).select(Entry::as_select()).first(connection)?)
}

/// So many entries after the first few, in the order that is asked for.
pub(super) fn page(
    connection: &mut Connection,
    incident: &Incident,
    query: &ListQuery,
    (offset, limit): (i64, i64),
) -> Result<Vec<Entry>> {
    let rows = of(incident);
    let rows = match query.sorting() {
        ("entered", false) => rows.order(t::position.asc()),
        ("entered", true) => rows.order(t::position.desc()),
        (_, false) => rows.order((t::happened_at.asc(), t::position.asc())),
        (_, true) => rows.order((t::happened_at.desc(), t::position.desc())),
    };
    Ok(rows.offset(offset).limit(limit).select(Entry::as_select()).load(connection)?)
}

/// Which entries correct these: the number of the wrong one and of the one that corrects it.
pub(super) fn corrections(
    connection: &mut Connection,
    incident: &Incident,
    entries: &[Entry],
) -> Result<Vec<(i32, i32)>> {
    let named = entries.iter().map(|entry| json_text(&corrects(Some(entry.position))));
    let named = named.collect::<Result<Vec<String>, serde_json::Error>>()?;
    let found: Vec<Entry> = of(incident)
        .filter(t::act.eq(""))
        .filter(t::details.eq_any(named))
        .order(t::position.asc())
        .select(Entry::as_select())
        .load(connection)?;
    Ok(found.iter().filter_map(|entry| Some((entry.corrects()?, entry.position))).collect())
}

/// The details of an entry that is written by hand.
fn corrects(number: Option<i32>) -> Value {
    number.map_or_else(|| json!({}), |number| json!({ CORRECTS: number }))
}

/// Takes the timeline until the transaction ends: two people who write at once do so one after the
/// other. Gives the incident as it is by then, and the number of the next entry.
fn take(tx: &mut Tx<'_>, incident: &Incident) -> Result<(Incident, i32)> {
    let incident = store::take(tx, incident)?;
    let last: Option<i32> = t::table
        .filter(t::tenant_id.eq(incident.tenant_id))
        .filter(t::incident_id.eq(incident.id))
        .select(diesel::dsl::max(t::position))
        .first(tx.connection)?;
    Ok((incident, last.unwrap_or(0) + 1))
}

/// Writes down what the portal saw.
pub(super) fn note(
    tx: &mut Tx<'_>,
    incident: &Incident,
    happened_at: Timestamp,
    (act, details): (&'static str, &Value),
) -> Result<()> {
    let (_, position) = take(tx, incident)?;
    let kind = EntryKind::Automatic;
    let row = Row { happened_at, kind, act, details: details.clone(), text: "" };
    insert(tx, incident, (EntryId::new(tx.now), position), &row)
}

/// Writes down what somebody tells, while the incident isn't closed.
pub(super) fn add(
    tx: &mut Tx<'_>,
    case: &Authorized<Case, Respond>,
    new: &NewEntry,
) -> Result<EntryId> {
    let incident = &case.1;
    let (now, position) = take(tx, incident)?;
    if !now.is_open() {
        return Err(Error::Conflict("incident-closed"));
    }
    let id = EntryId::new(tx.now);
    let row = Row {
        happened_at: new.happened_at,
        kind: new.kind,
        act: "",
        details: corrects(new.corrects),
        text: &new.text,
    };
    insert(tx, incident, (id, position), &row)?;
    let details = vec![
        ("position", json!(position)),
        ("kind", json!(new.kind)),
        ("happened_at", json!(new.happened_at)),
        (CORRECTS, json!(new.corrects)),
    ];
    store::entry(tx, incident, "incident.noted", details)?;
    Ok(id)
}

/// What differs between entries.
struct Row<'a> {
    happened_at: Timestamp,
    kind: EntryKind,
    act: &'static str,
    details: Value,
    text: &'a str,
}

fn insert(
    tx: &mut Tx<'_>,
    incident: &Incident,
    (id, position): (EntryId, i32),
    row: &Row<'_>,
) -> Result<()> {
    diesel::insert_into(t::table)
        .values((
            t::tenant_id.eq(incident.tenant_id),
            t::id.eq(id),
            t::incident_id.eq(incident.id),
            t::position.eq(position),
            t::happened_at.eq(row.happened_at),
            t::entered_at.eq(tx.now),
            t::kind.eq(row.kind),
            t::act.eq(row.act),
            t::details.eq(json_text(&row.details)?),
            t::text.eq(row.text),
            t::by_name.eq(tx.actor.name()),
        ))
        .execute(tx.connection)?;
    Ok(())
}
