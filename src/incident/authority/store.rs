//! Reports to the authority in the database.

use std::collections::HashMap;

use diesel::prelude::*;
use serde_json::json;

use super::form::NewFiling;
use super::model::{Draft, Filed, Filing, FilingId, Item, Items, Report};
use crate::actor::{Authorized, OrganisationId};
use crate::clock::Timestamp;
use crate::database::schema::{incident_filing as f, incident_report as t};
use crate::database::types::json_text;
use crate::database::{Connection, Tx};
use crate::error::{Error, Result};
use crate::incident::model::{Incident, IncidentId};
use crate::incident::policy::{Case, Respond};
use crate::incident::store::{entry, hold};
use crate::incident::timeline;
use crate::rulebook::Party;

/// The report as it stands, when somebody has written into it.
pub(super) fn draft(connection: &mut Connection, incident: &Incident) -> Result<Option<Draft>> {
    Ok(t::table
        .find((incident.tenant_id, incident.id))
        .select(Draft::as_select())
        .first(connection)
        .optional()?)
}

/// The reports that were filed, the first of them first.
pub(super) fn filings(connection: &mut Connection, incident: &Incident) -> Result<Vec<Filing>> {
    Ok(f::table
        .filter(f::tenant_id.eq(incident.tenant_id))
        .filter(f::incident_id.eq(incident.id))
        .order(f::position.asc())
        .select(Filing::as_select())
        .load(connection)?)
}

/// The reports that were filed about incidents, in their order.
pub(super) fn of_many(
    connection: &mut Connection,
    tenant: OrganisationId,
    incidents: &[IncidentId],
) -> Result<Vec<Filing>> {
    Ok(f::table
        .filter(f::tenant_id.eq(tenant))
        .filter(f::incident_id.eq_any(incidents))
        .order((f::incident_id.asc(), f::position.asc()))
        .select(Filing::as_select())
        .load(connection)?)
}

/// A report that was filed about an incident.
pub(super) fn filing(
    connection: &mut Connection,
    incident: &Incident,
    id: FilingId,
) -> Result<Filing> {
    Ok(f::table
        .find((incident.tenant_id, id))
        .filter(f::incident_id.eq(incident.id))
        .select(Filing::as_select())
        .first(connection)?)
}

/// Keeps the items; `version` is that of the report which was seen, 0 where there was none.
///
/// # Errors
/// [`Error::Conflict`] when somebody else was faster.
pub(super) fn save(
    tx: &mut Tx<'_>,
    case: &Authorized<Case, Respond>,
    (version, before, items): (i32, &Items, &Items),
) -> Result<()> {
    let incident = hold(tx, &case.1)?;
    let own = draft(tx.connection, &incident)?.map_or(0, |draft| draft.version);
    if own != version {
        return Err(Error::Conflict("error-stale"));
    }
    let key = (t::tenant_id.eq(incident.tenant_id), t::incident_id.eq(incident.id));
    let values = (
        t::items.eq(json_text(items)?),
        t::changed_by_name.eq(tx.actor.name()),
        t::changed_at.eq(tx.now),
        t::version.eq(own + 1),
    );
    if own == 0 {
        diesel::insert_into(t::table).values((key, values)).execute(tx.connection)?;
    } else {
        let row = t::table.find((incident.tenant_id, incident.id));
        diesel::update(row).set(values).execute(tx.connection)?;
    }
    let changed: Vec<Item> = items.changed_from(before);
    entry(tx, &incident, "incident.report_changed", vec![("items", json!(changed))])
}

/// Enters that a report was filed, with what it said.
pub(super) fn file(
    tx: &mut Tx<'_>,
    case: &Authorized<Case, Respond>,
    side: Party,
    new: &NewFiling,
    items: &Items,
) -> Result<FilingId> {
    let incident = hold(tx, &case.1)?;
    let position = filings(tx.connection, &incident)?.len();
    let position = i32::try_from(position).map_err(Error::internal)? + 1;
    let id = FilingId::new(tx.now);
    diesel::insert_into(f::table)
        .values((
            f::tenant_id.eq(incident.tenant_id),
            f::id.eq(id),
            f::incident_id.eq(incident.id),
            f::position.eq(position),
            f::report.eq(new.report),
            f::side.eq(side),
            f::joint.eq(new.joint),
            f::authority.eq(&new.authority),
            f::receipt.eq(&new.receipt),
            f::filed_at.eq(new.filed_at),
            f::items.eq(json_text(items)?),
            f::facts.eq(json_text(&incident.facts.0)?),
            f::entered_by_name.eq(tx.actor.name()),
            f::entered_at.eq(tx.now),
        ))
        .execute(tx.connection)?;
    let details = vec![
        ("filing", json!(position)),
        ("report", json!(new.report)),
        ("side", json!(side)),
        ("joint", json!(new.joint)),
        ("filed_at", json!(new.filed_at)),
    ];
    entry(tx, &incident, "incident.report_filed", details)?;
    let act = match new.report {
        Report::Preliminary => "preliminary-filed",
        Report::Final => "final-filed",
    };
    let details = json!({ "by": tx.actor.name(), "authority": &new.authority });
    timeline::note(tx, &incident, new.filed_at, act, &details)?;
    Ok(id)
}

/// When the reports about incidents went to the authority.
pub(in crate::incident) fn filed(
    connection: &mut Connection,
    tenants: Vec<OrganisationId>,
    incidents: Vec<IncidentId>,
) -> Result<HashMap<IncidentId, Filed>> {
    let rows: Vec<(IncidentId, Report, Party, bool, Timestamp)> = f::table
        .filter(f::tenant_id.eq_any(tenants))
        .filter(f::incident_id.eq_any(incidents))
        .select((f::incident_id, f::report, f::side, f::joint, f::filed_at))
        .load(connection)?;
    let mut all: HashMap<IncidentId, Filed> = HashMap::new();
    for (of, report, side, joint, at) in rows {
        all.entry(of).or_default().add(report, side, joint, at);
    }
    Ok(all)
}
