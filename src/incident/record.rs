//! Incidents in the audit record, and the record of one incident as PDF of its own.

use std::collections::HashMap;

use super::assessment::{self, record::Decided};
use super::authority::{self, Filing};
use super::clock::{self, Settled};
use super::duty::duties;
use super::model::{Incident, IncidentId};
use super::plan::{self, Step};
use super::store;
use super::timeline::{self, Entry};
use super::views::results;
use crate::clock::Timestamp;
use crate::database::Connection;
use crate::entrustment::Entrustment;
use crate::error::{Error, Result};
use crate::finding::{self, Finding, Subject};
use crate::organisation;
use crate::paper::{Face, Paper};
use crate::typeset::{self, Align, Block, Cell};
use crate::web::Language;

/// What findings call an incident that they are about.
const SUBJECT: &str = "incident";

/// The incidents of an entrustment with all that was done about them.
#[derive(Clone, Debug)]
pub struct Filed {
    incidents: Vec<Incident>,
    steps: Vec<Step>,
    entries: Vec<(IncidentId, Entry)>,
    filings: Vec<Filing>,
    settled: HashMap<IncidentId, Settled>,
    decisions: Vec<Decided>,
    actions: Vec<Finding>,
}

/// The incidents of an entrustment as they are on record, by their numbers.
///
/// # Errors
/// Those of the database.
pub fn filed(connection: &mut Connection, entrustment: &Entrustment) -> Result<Filed> {
    let incidents = store::of_entrustment(connection, entrustment)?;
    gather(connection, entrustment, incidents)
}

fn gather(
    connection: &mut Connection,
    entrustment: &Entrustment,
    incidents: Vec<Incident>,
) -> Result<Filed> {
    let tenant = entrustment.tenant_id;
    let ids: Vec<IncidentId> = incidents.iter().map(|incident| incident.id).collect();
    Ok(Filed {
        steps: plan::record::filed(connection, tenant, &ids)?,
        entries: timeline::record::filed(connection, tenant, &ids)?,
        filings: authority::record::filings(connection, tenant, &ids)?,
        settled: clock::settled(connection, &incidents.iter().collect::<Vec<_>>())?,
        decisions: assessment::record::decisions(connection, tenant, ids)?,
        actions: finding::about_kind(connection, entrustment, SUBJECT)?,
        incidents,
    })
}

/// Writes the chapter: a table of all, then each with what was done about it as of a moment.
pub fn write(paper: &mut Paper, entrustment: &Entrustment, filed: &Filed, as_of: Timestamp) {
    paper.chapter("incident-record");
    if filed.incidents.is_empty() {
        paper.body(paper.text("incident-record-none"));
        return;
    }
    let row = |incident: &Incident| {
        let persons =
            |count: i32| paper.say("entrustment-persons-count", &[("count", count.into())]);
        vec![
            Cell::new(incident.position.to_string()),
            Cell::new(paper.text(&format!("incident-kind-{}", incident.kind))),
            Cell::new(paper.moment_short(incident.known_at)),
            Cell::new(incident.persons.map(persons).unwrap_or_default()),
            Cell::new(paper.text(&format!("incident-status-{}", incident.status))),
        ]
    };
    let rows = filed.incidents.iter().map(row).collect();
    let heads = [
        ("incident-record-number", 0.6, Align::Right),
        ("incident-kind", 3.0, Align::Left),
        ("incident-known-at", 2.0, Align::Left),
        ("incident-persons", 1.4, Align::Right),
        ("incident-status", 1.4, Align::Left),
    ];
    paper.table(&heads, rows);
    for incident in &filed.incidents {
        let args = [
            ("number", incident.position.into()),
            ("kind", paper.text(&format!("incident-kind-{}", incident.kind)).into()),
        ];
        paper.heading(2, paper.say("incident-numbered", &args));
        write_one(paper, entrustment, filed, incident, as_of);
    }
}

fn write_one(
    paper: &mut Paper,
    entrustment: &Entrustment,
    filed: &Filed,
    incident: &Incident,
    as_of: Timestamp,
) {
    let own = facts(paper, incident);
    paper.facts(own);
    let settled = filed.settled.get(&incident.id).copied().unwrap_or_default();
    clock::record::write(paper, (entrustment, incident), settled, as_of);
    paper.heading(3, paper.text("incident-duties-title"));
    for result in results(paper.language(), &incident.facts.0, &duties(&incident.facts.0)) {
        paper.body(result.text.join("\n"));
    }
    paper.note(paper.text("incident-authority-person-decides"));
    let of = |id: &IncidentId| *id == incident.id;
    let decisions = filed.decisions.iter().filter(|(id, _)| of(id)).map(|(_, one)| one);
    assessment::record::write(paper, &decisions.collect::<Vec<_>>());
    let filings: Vec<_> = filed.filings.iter().filter(|one| of(&one.incident_id)).collect();
    authority::record::write(paper, &filings);
    let steps: Vec<_> = filed.steps.iter().filter(|one| of(&one.incident_id)).collect();
    plan::record::write(paper, &steps);
    write_actions(paper, filed, incident);
    let entries = filed.entries.iter().filter(|(id, _)| of(id)).map(|(_, entry)| entry);
    timeline::record::write(paper, &entries.collect::<Vec<_>>());
}

/// Which corrective actions the incident led to.
fn write_actions(paper: &mut Paper, filed: &Filed, incident: &Incident) {
    paper.heading(3, paper.text("incident-record-actions"));
    let of = |action: &&Finding| action.subject_id == incident.id.as_str();
    let actions: Vec<&Finding> = filed.actions.iter().filter(of).collect();
    if actions.is_empty() {
        paper.body(paper.text("incident-record-actions-none"));
    } else {
        finding::record::write_references(paper, &actions);
    }
}

fn facts(paper: &Paper, incident: &Incident) -> Vec<(&'static str, String)> {
    let at = |at: Option<Timestamp>| at.map(|at| paper.moment(at)).unwrap_or_default();
    let by = |moment: Option<Timestamp>, name: &str| match moment {
        Some(moment) => format!("{} {name}", paper.moment(moment)),
        None => String::new(),
    };
    let side = paper.text(&format!("incident-side-{}", incident.known_side));
    let persons = incident.persons.map(|count| {
        let sure = paper.text(&format!("incident-counted-{}", incident.counted));
        format!("{} {sure}", paper.say("entrustment-persons-count", &[("count", count.into())]))
    });
    vec![
        ("incident-summary", incident.summary.clone()),
        ("incident-occurred-at", at(incident.occurred_at)),
        (
            "incident-known-at",
            format!("{} {side} {}", paper.moment(incident.known_at), incident.known_by),
        ),
        ("incident-persons", persons.unwrap_or_default()),
        ("incident-recipients", incident.recipients.clone()),
        ("incident-reported-at", by(Some(incident.reported_at), &incident.reported_by_name)),
        ("incident-notified-at", at(incident.notified_at)),
        ("incident-opened-at", by(incident.opened_at, &incident.opened_by_name)),
        ("incident-escalated-at", at(incident.escalated_at)),
        ("incident-closed-at", by(incident.closed_at, &incident.closed_by_name)),
        ("incident-closing-note", incident.closing_note.clone()),
    ]
}

/// Makes the record of one incident, as it stands at a moment. The same state gives the same bytes
/// but for that moment.
///
/// # Errors
/// Those of the database and of setting it.
pub(super) fn pdf(
    connection: &mut Connection,
    language: Language,
    (entrustment, incident): (&Entrustment, Incident),
    now: Timestamp,
) -> Result<Vec<u8>> {
    let principal = organisation::find(connection, entrustment.tenant_id)?.name;
    let filed = gather(connection, entrustment, vec![incident.clone()])?;
    let mut paper = Paper::new(language);
    let title = paper.text("incident-record-title");
    let number = format!("{}-{}", entrustment.number, incident.position);
    paper.add(Block::Cover {
        overline: principal.clone(),
        title: title.clone(),
        subtitle: entrustment.title.clone(),
    });
    write_one(&mut paper, entrustment, &filed, &incident, now);
    let subject = Subject { kind: SUBJECT, id: incident.id.as_str() };
    let found = finding::record::filed_about(connection, entrustment, subject)?;
    finding::record::write_about(&mut paper, &found);
    let document = paper.document(Face {
        title,
        number,
        contract: entrustment.number.clone(),
        author: principal,
        subject: entrustment.title.clone(),
        id: format!("{}-{}", incident.id, now.and_utc().timestamp()),
        created: now,
        as_of: now,
        band: None,
    });
    Ok(typeset::render(&document).map_err(Error::internal)?.bytes)
}
