//! Incidents in the audit record, and the record of one incident as PDF of its own.

use std::collections::HashMap;

use super::assessment::{self, record::Decided};
use super::authority::{self, Filing};
use super::cause;
use super::clock::{self, Settled};
use super::duty::duties;
use super::model::{Incident, IncidentId};
use super::person::{self, Group};
use super::plan::{self, Step};
use super::store;
use super::timeline::{self, Entry};
use super::views::results;
use super::wrong_recipient;
use crate::clock::Timestamp;
use crate::database::Connection;
use crate::entrustment::Entrustment;
use crate::error::{Error, Result};
use crate::finding::{self, Subject};
use crate::organisation;
use crate::paper::{Face, Paper};
use crate::rulebook::Party;
use crate::typeset::{self, Align, Block, Cell};
use crate::web::Language;

/// The incidents of an entrustment with all that was done about them.
#[derive(Clone, Debug)]
pub struct Filed {
    incidents: Vec<Incident>,
    steps: Vec<Step>,
    entries: Vec<(IncidentId, Entry)>,
    filings: Vec<Filing>,
    settled: HashMap<IncidentId, Settled>,
    decisions: Vec<Decided>,
    wrong: wrong_recipient::record::Filed,
    groups: Vec<Group>,
    causes: cause::record::Filed,
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
        wrong: wrong_recipient::record::filed(connection, tenant, &ids)?,
        groups: person::record::filed(connection, tenant, &ids)?,
        causes: cause::record::filed(connection, entrustment, &ids)?,
        decisions: assessment::record::decisions(connection, tenant, ids)?,
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
            Cell::new(
                incident.persons.map_or_else(|| paper.text("incident-counted-unknown"), persons),
            ),
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
    paper.heading(3, paper.text("incident-kind"));
    paper.body(paper.text(&format!("incident-kind-{}", incident.kind)));
    paper.body(&incident.summary);
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
    wrong_recipient::record::write(paper, &filed.wrong, incident.id, as_of);
    let groups: Vec<_> = filed.groups.iter().filter(|one| of(&one.incident_id)).collect();
    person::record::write(paper, &groups);
    cause::record::write(paper, &filed.causes, incident);
    let entries = filed.entries.iter().filter(|(id, _)| of(id)).map(|(_, entry)| entry);
    timeline::record::write(paper, &entries.collect::<Vec<_>>());
}

fn facts(paper: &Paper, incident: &Incident) -> Vec<(&'static str, String)> {
    // What isn't known, and what hasn't come yet, is not said to be none.
    let unknown = || paper.text("incident-unknown");
    let not_yet = || paper.text("incident-record-not-yet");
    let at = |at: Timestamp| paper.moment(at);
    let by = |moment: Option<Timestamp>, name: &str| match moment {
        Some(moment) => format!("{} {name}", paper.moment(moment)),
        None => not_yet(),
    };
    let side = paper.text(&format!("incident-side-{}", incident.known_side));
    let persons = incident.persons.map(|count| {
        let sure = paper.text(&format!("incident-counted-{}", incident.counted));
        format!("{} {sure}", paper.say("entrustment-persons-count", &[("count", count.into())]))
    });
    let recipients = Some(&incident.recipients).filter(|recipients| !recipients.is_empty());
    let mut facts = vec![
        ("incident-record-number", incident.position.to_string()),
        ("incident-occurred-at", incident.occurred_at.map_or_else(unknown, at)),
        (
            "incident-known-at",
            format!("{} {side} {}", paper.moment(incident.known_at), incident.known_by),
        ),
        ("incident-persons", persons.unwrap_or_else(unknown)),
        ("incident-recipients", recipients.cloned().unwrap_or_else(unknown)),
        ("incident-reported-at", by(Some(incident.reported_at), &incident.reported_by_name)),
    ];
    // Nobody tells the principal of what it reported itself.
    if incident.notified_at.is_some() || incident.reported_side != Party::Principal {
        facts.push(("incident-notified-at", incident.notified_at.map_or_else(not_yet, at)));
    }
    facts.push(("incident-opened-at", by(incident.opened_at, &incident.opened_by_name)));
    facts.extend(incident.escalated_at.map(|moment| ("incident-escalated-at", at(moment))));
    facts.push(("incident-closed-at", by(incident.closed_at, &incident.closed_by_name)));
    if !incident.closing_note.is_empty() {
        facts.push(("incident-closing-note", incident.closing_note.clone()));
    }
    facts
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
    let position = paper.say("incident-n", &[("number", incident.position.into())]);
    paper.add(Block::Cover {
        overline: principal.clone(),
        title: format!("{title} {position}"),
        subtitle: format!("{} {}", entrustment.number, entrustment.title),
    });
    write_one(&mut paper, entrustment, &filed, &incident, now);
    let subject = Subject { kind: cause::KIND, id: incident.id.as_str() };
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
