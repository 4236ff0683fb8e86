//! Opening, correcting and closing an incident.

use diesel::prelude::*;
use serde_json::json;

use super::{entry, lock};
use crate::actor::Authorized;
use crate::clock::Timestamp;
use crate::database::Tx;
use crate::database::schema::incident as t;
use crate::database::types::{Json, json_text};
use crate::error::Result;
use crate::incident::duty;
use crate::incident::model::{Incident, IncidentStatus};
use crate::incident::policy::{Case, Keep, Respond};
use crate::incident::report::ReportedFacts;
use crate::incident::{assessment, correction, timeline};
use crate::japanese::jst_date;
use crate::web::{Invalid, Message};

/// An officer opens it; false for one who comes later, and changes nothing.
pub(in crate::incident) fn open(tx: &mut Tx<'_>, case: &Authorized<Case, Keep>) -> Result<bool> {
    let incident = lock(tx, &case.1, None)?;
    if incident.status != IncidentStatus::Reported {
        return Ok(false);
    }
    let before = incident.facts.0;
    let mut facts = before;
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
    if facts != before {
        let after = Incident { facts: Json(facts), ..incident };
        assessment::recompute(tx, &after, "opened")?;
    }
    Ok(true)
}

/// What the duties depend on once a correction is made. What it doesn't change may have been said more
/// exactly meanwhile, and stays so.
fn corrected(before: &Incident, told: &ReportedFacts) -> duty::Facts {
    let was = before.facts.0;
    let mut facts = told.told(before.known_side, was, Some(before.kind));
    if told.known_at == before.known_at {
        (facts.principal, facts.contractor) = (was.principal, was.contractor);
    }
    if (told.persons, told.counted) == (before.persons, before.counted) {
        facts.persons = was.persons;
    }
    if told.kind == before.kind {
        facts.unlawful = was.unlawful;
    }
    facts
}

/// A correction that doesn't contradict what else is known of the incident.
///
/// # Errors
/// The fields that do.
pub(in crate::incident) fn consistent(
    before: &Incident,
    told: ReportedFacts,
    now: Timestamp,
) -> Result<ReportedFacts, Invalid> {
    let Err(faults) = corrected(before, &told).checked(jst_date(now)) else { return Ok(told) };
    let field = |fault: &str| match fault {
        "persons.known" | "my_number.persons" => "persons",
        _ => "known_on",
    };
    let message = || Message::new("incident-assessment-error-contradicts");
    let mut errors: Vec<_> =
        faults.into_iter().map(|(fault, _)| (field(fault).to_owned(), message())).collect();
    errors.dedup_by(|one, other| one.0 == other.0);
    Err(Invalid { errors })
}

/// Corrects what is known of what happened, and what the duties depend on with it.
pub(in crate::incident) fn correct(
    tx: &mut Tx<'_>,
    case: &Authorized<Case, Respond>,
    version: i32,
    told: &ReportedFacts,
) -> Result<()> {
    let before = lock(tx, &case.1, Some(version))?;
    let facts = corrected(&before, told);
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
    let changed = correction::kept(&correction::changes(&before, told));
    let noted = json!({ "by": tx.actor.name(), "changed": changed });
    timeline::note(tx, &after, tx.now, "corrected", &noted)?;
    assessment::recompute(tx, &after, "corrected")
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
