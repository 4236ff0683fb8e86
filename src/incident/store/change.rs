//! Opening, correcting and closing an incident.

use diesel::prelude::*;
use serde_json::json;

use super::{entry, lock};
use crate::actor::Authorized;
use crate::database::Tx;
use crate::database::schema::incident as t;
use crate::database::types::{Json, json_text};
use crate::error::Result;
use crate::incident::model::{Incident, IncidentStatus};
use crate::incident::policy::{Case, Keep, Respond};
use crate::incident::report::ReportedFacts;
use crate::incident::timeline;
use crate::japanese::jst_date;

/// An officer opens it; false for one who comes later, and changes nothing.
pub(in crate::incident) fn open(tx: &mut Tx<'_>, case: &Authorized<Case, Keep>) -> Result<bool> {
    let incident = lock(tx, &case.1, None)?;
    if incident.status != IncidentStatus::Reported {
        return Ok(false);
    }
    let mut facts = incident.facts.0;
    if facts.principal.known_on.is_none() && facts.notified_on.is_none() {
        facts.principal.known_on = Some(jst_date(tx.now));
    }
    diesel::update(t::table.find((incident.tenant_id, incident.id)))
        .set((
            t::status.eq(IncidentStatus::Open),
            t::opened_at.eq(tx.now),
            t::opened_by_name.eq(tx.actor.name()),
            t::facts.eq(json_text(&facts)?),
        ))
        .execute(tx.connection)?;
    entry(tx, &incident, "incident.opened", Vec::new())?;
    let by = json!({ "by": tx.actor.name() });
    timeline::note(tx, &incident, tx.now, "opened", &by)?;
    Ok(true)
}

/// Corrects what is known of what happened, and what the duties depend on with it.
pub(in crate::incident) fn correct(
    tx: &mut Tx<'_>,
    case: &Authorized<Case, Respond>,
    version: i32,
    told: &ReportedFacts,
) -> Result<()> {
    let before = lock(tx, &case.1, Some(version))?;
    let facts = told.told(before.known_side, before.facts.0, Some(before.kind));
    diesel::update(t::table.find((before.tenant_id, before.id)))
        .set((
            t::kind.eq(told.kind),
            t::summary.eq(&told.summary),
            t::occurred_at.eq(told.occurred_at),
            t::known_at.eq(told.known_at),
            t::known_by.eq(&told.known_by),
            t::persons.eq(told.persons),
            t::counted.eq(told.counted),
            t::recipients.eq(&told.recipients),
            t::facts.eq(json_text(&facts)?),
        ))
        .execute(tx.connection)?;
    let after = Incident {
        kind: told.kind,
        summary: told.summary.clone(),
        occurred_at: told.occurred_at,
        known_at: told.known_at,
        known_by: told.known_by.clone(),
        persons: told.persons,
        counted: told.counted,
        recipients: told.recipients.clone(),
        facts: Json(facts),
        ..before.clone()
    };
    let details = vec![
        ("kind", json!([before.kind, after.kind])),
        ("occurred_at", json!([before.occurred_at, after.occurred_at])),
        ("known_at", json!([before.known_at, after.known_at])),
        ("persons", json!([before.persons, after.persons])),
        ("counted", json!([before.counted, after.counted])),
        ("summary_changed", json!(before.summary != after.summary)),
        ("recipients_changed", json!(before.recipients != after.recipients)),
    ];
    entry(tx, &after, "incident.corrected", details)?;
    let by = json!({ "by": tx.actor.name() });
    timeline::note(tx, &after, tx.now, "corrected", &by)
}

/// Closes it, when nothing is open any more; that was asked in the same transaction.
pub(in crate::incident) fn close(
    tx: &mut Tx<'_>,
    case: &Authorized<Case, Keep>,
    version: i32,
    note: &str,
) -> Result<()> {
    let incident = lock(tx, &case.1, Some(version))?;
    let by = json!({ "by": tx.actor.name() });
    timeline::note(tx, &incident, tx.now, "closed", &by)?;
    diesel::update(t::table.find((incident.tenant_id, incident.id)))
        .set((
            t::status.eq(IncidentStatus::Closed),
            t::closed_at.eq(tx.now),
            t::closed_by_name.eq(tx.actor.name()),
            t::closing_note.eq(note),
        ))
        .execute(tx.connection)?;
    entry(tx, &incident, "incident.closed", Vec::new())
}
