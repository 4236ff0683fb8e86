//! The steps of plans in the database.

use diesel::prelude::*;
use serde_json::json;

use super::form::{Assignment, NewStep, Outcome};
use super::manual::{InForce, ManualStep};
use super::model::{Step, StepId, StepStatus};
use super::policy::{Task, Work};
use super::rules;
use crate::actor::{Authorized, OrganisationId};
use crate::clock::Timestamp;
use crate::database::schema::incident_step as t;
use crate::database::types::json_text;
use crate::database::{Connection, Tx};
use crate::error::{Error, Result};
use crate::incident::model::{Incident, IncidentId};
use crate::incident::policy::{Case, Respond};
use crate::incident::store::{entry, hold};
use crate::incident::timeline;
use crate::insert_many;
use crate::questionnaire::Text;
use crate::rulebook::Party;

/// Writes down the steps that a manual has for an incident.
pub(super) fn freeze(tx: &mut Tx<'_>, incident: &Incident, manual: &InForce) -> Result<()> {
    let now = tx.now;
    let row = |(position, step): (i32, &ManualStep)| -> Result<_> {
        Ok((
            t::tenant_id.eq(incident.tenant_id),
            t::id.eq(StepId::new(now)),
            t::incident_id.eq(incident.id),
            t::position.eq(position),
            t::manual_id.eq(manual.id),
            t::manual_version.eq(manual.version),
            t::section.eq(step.section),
            t::side.eq(step.side),
            t::assignee_name.eq(""),
            t::what.eq(json_text(&step.what)?),
            t::how.eq(json_text(&step.how)?),
            t::due_at.eq(rules::due_at(incident, step.side, step.hours)),
            t::status.eq(StepStatus::Open),
            t::note.eq(""),
            t::settled_by_name.eq(""),
            t::version.eq(1),
            t::page.eq(step.page),
        ))
    };
    let own = manual.steps.iter().filter(|step| step.is_for(incident.kind));
    let rows = (1..).zip(own).map(row).collect::<Result<Vec<_>>>()?;
    if !rows.is_empty() {
        insert_many!(tx.connection, t::table, rows)?;
    }
    Ok(())
}

/// The steps of an incident in their order.
pub(super) fn of(connection: &mut Connection, incident: &Incident) -> Result<Vec<Step>> {
    Ok(t::table
        .filter(t::tenant_id.eq(incident.tenant_id))
        .filter(t::incident_id.eq(incident.id))
        .order(t::position.asc())
        .select(Step::as_select())
        .load(connection)?)
}

/// The steps of incidents in their order.
pub(super) fn of_many(
    connection: &mut Connection,
    tenant: OrganisationId,
    incidents: &[IncidentId],
) -> Result<Vec<Step>> {
    Ok(t::table
        .filter(t::tenant_id.eq(tenant))
        .filter(t::incident_id.eq_any(incidents))
        .order((t::incident_id.asc(), t::position.asc()))
        .select(Step::as_select())
        .load(connection)?)
}

/// A step of a visible incident.
pub(super) fn find(connection: &mut Connection, incident: &Incident, id: StepId) -> Result<Step> {
    Ok(t::table
        .find((incident.tenant_id, id))
        .filter(t::incident_id.eq(incident.id))
        .select(Step::as_select())
        .first(connection)?)
}

/// How many steps are still to be done.
pub(super) fn open_count(connection: &mut Connection, incident: &Incident) -> Result<i64> {
    Ok(t::table
        .filter(t::tenant_id.eq(incident.tenant_id))
        .filter(t::incident_id.eq(incident.id))
        .filter(t::status.eq(StepStatus::Open))
        .count()
        .get_result(connection)?)
}

/// Adds a step by hand, behind the others.
pub(super) fn add(
    tx: &mut Tx<'_>,
    case: &Authorized<Case, Respond>,
    new: &NewStep,
) -> Result<StepId> {
    let (_, incident) = &**case;
    hold(tx, incident)?;
    let id = StepId::new(tx.now);
    let last: Option<i32> = t::table
        .filter(t::tenant_id.eq(incident.tenant_id))
        .filter(t::incident_id.eq(incident.id))
        .select(diesel::dsl::max(t::position))
        .first(tx.connection)?;
    let position = last.unwrap_or(0) + 1;
    diesel::insert_into(t::table)
        .values((
            t::tenant_id.eq(incident.tenant_id),
            t::id.eq(id),
            t::incident_id.eq(incident.id),
            t::position.eq(position),
            t::manual_version.eq(0),
            t::section.eq(new.section),
            t::side.eq(new.side),
            t::assignee_name.eq(""),
            t::what.eq(json_text(&Text::new(new.what.as_str(), ""))?),
            t::how.eq(json_text(&Text::new(new.how.as_str(), ""))?),
            t::due_at.eq(new.due_at),
            t::status.eq(StepStatus::Open),
            t::note.eq(""),
            t::settled_by_name.eq(""),
            t::version.eq(1),
        ))
        .execute(tx.connection)?;
    let details =
        vec![("step", json!(position)), ("side", json!(new.side)), ("due_at", json!(new.due_at))];
    entry(tx, incident, "incident.step_added", details)?;
    Ok(id)
}

/// Gives a step to a side and to somebody there, until a moment.
pub(super) fn assign(
    tx: &mut Tx<'_>,
    task: &Authorized<Task, Work>,
    version: i32,
    new: &Assignment,
) -> Result<()> {
    let (_, incident, step) = &**task;
    hold(tx, incident)?;
    open_at(step, version)?;
    // Whoever has more time now is told again when that is over.
    let reminded = step.reminded_at.filter(|_| new.due_at <= step.due_at);
    let row = t::table.find((step.tenant_id, step.id)).filter(t::version.eq(step.version));
    let changed = diesel::update(row)
        .set((
            t::side.eq(new.side),
            t::assignee_name.eq(&new.name),
            t::due_at.eq(new.due_at),
            t::reminded_at.eq(reminded),
            t::version.eq(step.version + 1),
        ))
        .execute(tx.connection)?;
    once(changed)?;
    let details = vec![
        ("step", json!(step.position)),
        ("side", json!([step.side, new.side])),
        ("due_at", json!([step.due_at, new.due_at])),
        ("assignee_changed", json!(step.assignee_name != new.name)),
    ];
    entry(tx, incident, "incident.step_assigned", details)
}

/// Enters what became of a step.
pub(super) fn settle(
    tx: &mut Tx<'_>,
    task: &Authorized<Task, Work>,
    version: i32,
    outcome: &Outcome,
) -> Result<()> {
    let (_, incident, step) = &**task;
    hold(tx, incident)?;
    open_at(step, version)?;
    let (status, done_at, note) = match outcome {
        Outcome::Done { at, note } => (StepStatus::Done, Some(*at), note),
        Outcome::NotNeeded { reason } => (StepStatus::NotNeeded, None, reason),
    };
    let row = t::table.find((step.tenant_id, step.id)).filter(t::version.eq(step.version));
    let changed = diesel::update(row)
        .set((
            t::status.eq(status),
            t::done_at.eq(done_at),
            t::note.eq(note),
            t::settled_at.eq(tx.now),
            t::settled_by_name.eq(tx.actor.name()),
            t::version.eq(step.version + 1),
        ))
        .execute(tx.connection)?;
    once(changed)?;
    let details = vec![
        ("step", json!(step.position)),
        ("due_at", json!(step.due_at)),
        ("done_at", json!(done_at)),
    ];
    let (act, noted) = match done_at {
        Some(_) => ("incident.step_done", "step-done"),
        None => ("incident.step_not_needed", "step-not-needed"),
    };
    entry(tx, incident, act, details)?;
    note_in_timeline(tx, task, done_at.unwrap_or(tx.now), noted)
}

/// Opens a step again that was settled by mistake; what was entered stays in the timeline.
pub(super) fn reopen(tx: &mut Tx<'_>, task: &Authorized<Task, Work>, version: i32) -> Result<()> {
    let (_, incident, step) = &**task;
    hold(tx, incident)?;
    if step.version != version || step.is_open() {
        return Err(Error::Conflict("error-stale"));
    }
    let row = t::table.find((step.tenant_id, step.id)).filter(t::version.eq(step.version));
    let changed = diesel::update(row)
        .set((
            t::status.eq(StepStatus::Open),
            t::done_at.eq(None::<Timestamp>),
            t::settled_at.eq(None::<Timestamp>),
            t::settled_by_name.eq(""),
            t::version.eq(step.version + 1),
        ))
        .execute(tx.connection)?;
    once(changed)?;
    let details = vec![("step", json!(step.position)), ("was", json!(step.status))];
    entry(tx, incident, "incident.step_reopened", details)?;
    note_in_timeline(tx, task, tx.now, "step-reopened")
}

fn note_in_timeline(tx: &mut Tx<'_>, task: &Task, at: Timestamp, act: &'static str) -> Result<()> {
    let (_, incident, step) = task;
    let details = json!({
        "by": tx.actor.name(),
        "step": step.what.0.get("ja"),
        "step_en": step.what.0.get("en"),
    });
    timeline::note(tx, incident, at, act, &details)
}

/// Whether a step is still open and as it was seen.
fn open_at(step: &Step, version: i32) -> Result<()> {
    if step.version == version && step.is_open() {
        Ok(())
    } else {
        Err(Error::Conflict("error-stale"))
    }
}

/// Whether the row was there as it was seen.
fn once(changed: usize) -> Result<()> {
    if changed == 0 { Err(Error::Conflict("error-stale")) } else { Ok(()) }
}

/// A step that is late and of which its side doesn't know.
#[derive(Clone, Debug, Queryable)]
pub(super) struct Late {
    pub tenant_id: OrganisationId,
    pub incident_id: IncidentId,
    pub side: Party,
    pub due_at: Timestamp,
    pub id: StepId,
}

/// Steps of all principals that are late at `now`, after a place in the order of due date and id.
pub(super) fn late_page(
    connection: &mut Connection,
    after: (Timestamp, StepId),
    now: Timestamp,
    limit: i64,
) -> Result<Vec<Late>> {
    let (at, id) = after;
    Ok(t::table
        .filter(t::status.eq(StepStatus::Open))
        .filter(t::due_at.lt(now))
        .filter(t::reminded_at.is_null())
        .filter(t::due_at.ge(at))
        .filter(t::due_at.gt(at).or(t::id.gt(id)))
        .order((t::due_at.asc(), t::id.asc()))
        .limit(limit)
        .select((t::tenant_id, t::incident_id, t::side, t::due_at, t::id))
        .load(connection)?)
}

/// Notes that a side is told of its late steps; gives how many those are.
pub(super) fn mark_reminded(tx: &mut Tx<'_>, incident: &Incident, side: Party) -> Result<usize> {
    let rows = t::table
        .filter(t::tenant_id.eq(incident.tenant_id))
        .filter(t::incident_id.eq(incident.id))
        .filter(t::side.eq(side))
        .filter(t::status.eq(StepStatus::Open))
        .filter(t::due_at.lt(tx.now))
        .filter(t::reminded_at.is_null());
    let count = diesel::update(rows).set(t::reminded_at.eq(tx.now)).execute(tx.connection)?;
    if count > 0 {
        let details = vec![("side", json!(side)), ("steps", json!(count))];
        entry(tx, incident, "incident.step_reminded", details)?;
    }
    Ok(count)
}
