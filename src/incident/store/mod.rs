//! Incidents in the database.

pub(super) mod change;
pub(super) mod due;
pub(super) mod list;
pub(super) mod report;

use diesel::prelude::*;

use super::model::{Incident, IncidentId, IncidentStatus};
use crate::actor::{Actor, OrganisationId};
use crate::database::schema::incident as t;
use crate::database::{Connection, Tx};
use crate::entrustment::{self, Entrustment};
use crate::error::{Error, Result};
use crate::ledger::{self, Fact, NewEntry};

/// An incident of a visible entrustment.
pub(super) fn find(
    connection: &mut Connection,
    entrustment: &Entrustment,
    id: IncidentId,
) -> Result<Incident> {
    Ok(t::table
        .find((entrustment.tenant_id, id))
        .filter(t::entrustment_id.eq(entrustment.id))
        .select(Incident::as_select())
        .first(connection)?)
}

/// The incidents of an entrustment by their numbers.
pub(super) fn of_entrustment(
    connection: &mut Connection,
    entrustment: &Entrustment,
) -> Result<Vec<Incident>> {
    Ok(t::table
        .filter(t::tenant_id.eq(entrustment.tenant_id))
        .filter(t::entrustment_id.eq(entrustment.id))
        .order(t::position.asc())
        .select(Incident::as_select())
        .load(connection)?)
}

/// An incident with its entrustment by its key: for the portal itself.
pub(super) fn by_id(
    connection: &mut Connection,
    tenant: OrganisationId,
    id: IncidentId,
) -> Result<(Entrustment, Incident)> {
    let incident: Incident =
        t::table.find((tenant, id)).select(Incident::as_select()).first(connection)?;
    let of = entrustment::find_for_system(connection, &Actor::System, incident.entrustment_id)?;
    Ok((of, incident))
}

/// Takes an incident for oneself until the transaction ends; gives it as it is by then.
pub(super) fn take(tx: &mut Tx<'_>, incident: &Incident) -> Result<Incident> {
    let key = (incident.tenant_id, incident.id);
    let row = t::table.find(key);
    match &mut *tx.connection {
        // The write transaction of SQLite is the only one.
        Connection::Sqlite(_) => {}
        Connection::Postgresql(c) => {
            let _: i32 = row.select(t::version).for_update().get_result(c)?;
        }
    }
    Ok(row.select(Incident::as_select()).first(tx.connection)?)
}

/// The same for whoever responds to it: what is open now isn't closed before that is done.
///
/// # Errors
/// [`Error::Conflict`] when it was closed meanwhile.
pub(super) fn hold(tx: &mut Tx<'_>, incident: &Incident) -> Result<Incident> {
    let found = take(tx, incident)?;
    if found.is_open() { Ok(found) } else { Err(Error::Conflict("incident-closed")) }
}

/// The same for whoever changes it: its version is counted up.
///
/// # Errors
/// [`Error::Conflict`] when it isn't at `version` any more, or was closed meanwhile.
pub(super) fn lock(tx: &mut Tx<'_>, incident: &Incident, version: Option<i32>) -> Result<Incident> {
    let mut found = hold(tx, incident)?;
    if version.is_some_and(|version| version != found.version) {
        return Err(Error::Conflict("error-stale"));
    }
    found.version += 1;
    let row = t::table.find((found.tenant_id, found.id));
    diesel::update(row).set(t::version.eq(found.version)).execute(tx.connection)?;
    Ok(found)
}

/// How many incidents an entrustment has, and how many of them aren't closed, aren't opened.
pub(super) fn counts(
    connection: &mut Connection,
    entrustment: &Entrustment,
) -> Result<(i64, i64, i64)> {
    let rows: Vec<(IncidentStatus, i64)> = t::table
        .filter(t::tenant_id.eq(entrustment.tenant_id))
        .filter(t::entrustment_id.eq(entrustment.id))
        .group_by(t::status)
        .select((t::status, diesel::dsl::count_star()))
        .load(connection)?;
    let of = |keep: fn(IncidentStatus) -> bool| -> i64 {
        rows.iter().filter(|row| keep(row.0)).map(|row| row.1).sum()
    };
    Ok((
        of(|_| true),
        of(|status| status != IncidentStatus::Closed),
        of(|status| status == IncidentStatus::Reported),
    ))
}

/// Writes into the ledger what was done about an incident.
pub(super) fn entry(
    tx: &mut Tx<'_>,
    incident: &Incident,
    act: &'static str,
    details: Vec<Fact>,
) -> Result<()> {
    ledger::append(
        tx,
        NewEntry {
            tenant_id: incident.tenant_id,
            act,
            subject_kind: "incident",
            subject_id: incident.id.as_str(),
            entrustment_id: Some(incident.entrustment_id.as_str()),
            details,
        },
    )
}
