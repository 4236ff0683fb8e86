//! What the clocks read of incidents.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use super::rules::{self, Mark, Settled};
use crate::actor::{Member, OrganisationId};
use crate::clock::Timestamp;
use crate::database::Connection;
use crate::database::schema::{contractor, entrustment, incident as t};
use crate::database::types::Json;
use crate::entrustment::{self as entrustments, HandlingRules};
use crate::error::Result;
use crate::incident::model::{Incident, IncidentId, IncidentStatus};
use crate::incident::{assessment, authority};
use crate::organisation::contractor::ContractorId;
use crate::web::paging::ListQuery;

/// Most incidents of a year that are counted.
const MOST: i64 = 2000;

/// An incident's key.
type Key = (OrganisationId, IncidentId);

/// An incident with what is due of it, and its contractor.
pub(super) struct Clocked {
    /// The incident.
    pub id: IncidentId,
    /// The contractor.
    pub contractor: (ContractorId, String),
    /// What is due.
    pub marks: Vec<Mark>,
}

/// What is due of each of these incidents, in no order.
fn clocked(connection: &mut Connection, keys: &[Key]) -> Result<Vec<Clocked>> {
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    let (mut tenants, ids): (Vec<_>, Vec<_>) = keys.iter().copied().unzip();
    tenants.sort_unstable();
    tenants.dedup();
    let found: Vec<(Incident, Json<HandlingRules>, ContractorId, String)> =
        t::table
            .inner_join(entrustment::table.on(
                entrustment::tenant_id.eq(t::tenant_id).and(entrustment::id.eq(t::entrustment_id)),
            ))
            .inner_join(
                contractor::table.on(contractor::tenant_id
                    .eq(entrustment::tenant_id)
                    .and(contractor::id.eq(entrustment::contractor_id))),
            )
            .filter(t::tenant_id.eq_any(tenants))
            .filter(t::id.eq_any(ids))
            .select((Incident::as_select(), entrustment::rules, contractor::id, contractor::name))
            .load(connection)?;
    let incidents: Vec<&Incident> = found.iter().map(|(incident, ..)| incident).collect();
    let settled = settled(connection, &incidents)?;
    let clocked = |(incident, rules, id, name): (Incident, Json<HandlingRules>, _, _)| {
        let settled = settled.get(&incident.id).copied().unwrap_or_default();
        Clocked {
            id: incident.id,
            contractor: (id, name),
            marks: rules::marks(&incident, rules.0.report_hours, settled),
        }
    };
    Ok(found.into_iter().map(clocked).collect())
}

/// The last day of what ends next, of each of these incidents that has such a thing.
pub(in crate::incident) fn next(
    connection: &mut Connection,
    keys: &[Key],
) -> Result<HashMap<IncidentId, NaiveDate>> {
    let clocked = clocked(connection, keys)?;
    let next = |one: &Clocked| rules::next(&one.marks).map(|mark| (one.id, mark.last));
    Ok(clocked.iter().filter_map(next).collect())
}

/// What was done, and decided, about what each of these incidents owes the authority.
pub(in crate::incident) fn settled(
    connection: &mut Connection,
    incidents: &[&Incident],
) -> Result<HashMap<IncidentId, Settled>> {
    let tenants = incidents.iter().map(|incident| incident.tenant_id).collect();
    let ids = incidents.iter().map(|incident| incident.id).collect();
    let filed = authority::filed(connection, tenants, ids)?;
    let released = assessment::released(connection, incidents)?;
    let settled = |(id, released)| {
        (id, Settled { filed: filed.get(&id).copied().unwrap_or_default(), released })
    };
    Ok(released.into_iter().map(settled).collect())
}

/// The same of one incident.
pub(super) fn settled_of(connection: &mut Connection, incident: &Incident) -> Result<Settled> {
    Ok(settled(connection, &[incident])?.remove(&incident.id).unwrap_or_default())
}

/// The incidents reported from a moment until another that a member may see, with what is due.
pub(super) fn reported(
    connection: &mut Connection,
    member: &Member,
    (from, until): (Timestamp, Timestamp),
) -> Result<Vec<Clocked>> {
    macro_rules! keys {
        ($rows:expr) => {
            $rows
                .filter(t::reported_at.ge(from))
                .filter(t::reported_at.lt(until))
                .order((t::reported_at.desc(), t::id.desc()))
                .limit(MOST)
                .select((t::tenant_id, t::id))
                .load(connection)?
        };
    }
    let keys: Vec<Key> = if entrustments::sees_all(member) {
        keys!(t::table.filter(t::tenant_id.eq(member.organisation_id)).into_boxed())
    } else {
        keys!(entrustments::alone(member, &ListQuery::default()).inner_join(t::table.on(
            entrustment::tenant_id.eq(t::tenant_id).and(entrustment::id.eq(t::entrustment_id))
        ),))
    };
    clocked(connection, &keys)
}

/// Incidents of a status of all principals, after a place in the order of report and id.
pub(super) fn round(
    connection: &mut Connection,
    status: IncidentStatus,
    (at, id): (Timestamp, IncidentId),
    limit: i64,
) -> Result<Vec<(Incident, Settled)>> {
    let found: Vec<Incident> = t::table
        .filter(t::status.eq(status))
        .filter(t::reported_at.ge(at))
        .filter(t::reported_at.gt(at).or(t::id.gt(id)))
        .order((t::reported_at.asc(), t::id.asc()))
        .limit(limit)
        .select(Incident::as_select())
        .load(connection)?;
    let settled = settled(connection, &found.iter().collect::<Vec<_>>())?;
    let with = |incident: Incident| {
        let settled = settled.get(&incident.id).copied().unwrap_or_default();
        (incident, settled)
    };
    Ok(found.into_iter().map(with).collect())
}
