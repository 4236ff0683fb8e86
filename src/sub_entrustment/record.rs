//! Sub-entrustments in the audit record: who applied for what, what was decided under which
//! conditions, and what is below, tier by tier.

use std::collections::HashMap;

use super::model::{Application, ApplicationStatus};
use super::page::tier_words;
use super::store::{self, Tally};
use crate::attachment::{self, Attachment};
use crate::database::Connection;
use crate::entrustment::{self, DataItem, Entrustment, EntrustmentId};
use crate::error::Result;
use crate::organisation::contractor::Contractor;
use crate::paper::{Head, Paper};
use crate::typeset::{Align, Cell, Tone};

/// What the chapter tells of.
#[derive(Debug)]
pub struct Filed {
    origin: Option<(Entrustment, Contractor)>,
    applications: Vec<Application>,
    items: Vec<DataItem>,
    files: Vec<Attachment>,
    below: Vec<(i32, Entrustment, String)>,
    tallies: HashMap<EntrustmentId, Tally>,
}

/// Reads what the chapter tells of.
///
/// # Errors
/// Those of the database.
pub fn filed(connection: &mut Connection, of: &Entrustment) -> Result<Filed> {
    let applications = store::all(connection, of)?;
    let below = store::below(connection, of)?;
    let ids: Vec<EntrustmentId> = below.iter().map(|(_, entrustment, _)| entrustment.id).collect();
    Ok(Filed {
        origin: store::origin(connection, of)?,
        items: entrustment::items_ever(connection, of)?,
        files: attachment::of_entrustment(connection, of)?,
        tallies: if ids.is_empty() {
            HashMap::new()
        } else {
            store::tallies(connection, of.tenant_id, &ids)?
        },
        applications,
        below,
    })
}

/// Writes the chapter.
pub fn write(paper: &mut Paper, filed: &Filed) {
    paper.heading(1, paper.text("record-subs"));
    if let Some((parent, contractor)) = &filed.origin {
        let args = [
            ("contractor", contractor.name.as_str().into()),
            ("title", parent.title.as_str().into()),
            ("number", parent.number.as_str().into()),
        ];
        paper.body(paper.say("sub-entrustment-under", &args));
    }
    if filed.applications.is_empty() {
        paper.body(paper.text("record-subs-none"));
    }
    write_below(paper, filed);
    for application in &filed.applications {
        write_application(paper, filed, application);
    }
}

/// The heads of the tiers below.
const HEADS: [Head<'static>; 5] = [
    ("record-subs-tier", 2.0, Align::Left),
    ("record-subs-contractor", 3.5, Align::Left),
    ("record-subs-number", 2.5, Align::Left),
    ("record-subs-until", 2.5, Align::Left),
    ("record-subs-registers", 4.0, Align::Left),
];

/// The tiers below, with what their registers hold in numbers.
fn write_below(paper: &mut Paper, filed: &Filed) {
    if filed.below.is_empty() {
        return;
    }
    paper.heading(2, paper.text("sub-entrustment-tiers-title"));
    let row = |(tier, below, contractor): &(i32, Entrustment, String)| {
        let tally = filed.tallies.get(&below.id).copied().unwrap_or_default();
        let status = paper.text(&format!("record-entrustment-{}", below.status));
        let until = format!("{} {status}", paper.date(below.ends_on));
        vec![
            Cell::new(tier_words(paper.language(), *tier)),
            Cell::new(contractor),
            Cell::new(&below.number),
            Cell::new(until),
            Cell::new(registers(paper, tally)),
        ]
    };
    let rows = filed.below.iter().map(row).collect();
    paper.table(&HEADS, rows);
}

fn registers(paper: &Paper, tally: Tally) -> String {
    let args = [
        ("handlers", tally.handlers.into()),
        ("holdings", tally.holdings.into()),
        ("held", tally.held.into()),
        ("transmissions", tally.transmissions.into()),
        ("findings", tally.findings.into()),
    ];
    paper.say("record-subs-tally", &args)
}

fn write_application(paper: &mut Paper, filed: &Filed, of: &Application) {
    let args = [("position", of.position.to_string().into()), ("name", of.name.as_str().into())];
    paper.heading(2, paper.say("record-subs-application", &args));
    let own = filed.items.iter().filter(|item| of.items.0.contains(&item.id));
    let items: Vec<&str> = own.map(|item| item.name.as_str()).collect();
    paper.facts([
        ("sub-entrustment-corporate-number", of.corporate_number.clone()),
        ("sub-entrustment-address", of.address.clone()),
        ("sub-entrustment-representative", of.representative.clone()),
        ("sub-entrustment-reason", of.reason.clone()),
        ("sub-entrustment-scope", of.scope.clone()),
        ("sub-entrustment-items", items.join(&paper.text("paper-between"))),
        (
            "sub-entrustment-persons",
            paper.say("record-persons-count", &[("count", of.persons.into())]),
        ),
        ("sub-entrustment-period", paper.period(of.starts_on, of.ends_on)),
        ("sub-entrustment-place", of.place.clone()),
        ("sub-entrustment-country", of.country.clone()),
        ("sub-entrustment-safety", of.safety.clone()),
        ("sub-entrustment-supervision", of.supervision.clone()),
        ("sub-entrustment-further", of.further.clone()),
        ("sub-entrustment-applied-by", by(paper, &of.applied_by_name, Some(of.created_at))),
    ]);
    write_decision(paper, of);
    for file in filed.files.iter().filter(|file| file.subject_id == of.id.as_str()) {
        paper.body(paper.say("record-subs-file", &[("name", file.file_name.as_str().into())]));
        paper.mono(format!("SHA-256 {}", file.sha256));
    }
}

fn write_decision(paper: &mut Paper, of: &Application) {
    let status = paper.text(&format!("sub-entrustment-status-{}", of.status));
    let tone = match of.status {
        ApplicationStatus::Approved => Tone::Good,
        ApplicationStatus::Refused => Tone::Bad,
        _ => Tone::Neutral,
    };
    let mut lines = Vec::new();
    if !of.decided_by_name.is_empty() {
        lines.push(by(paper, &of.decided_by_name, of.decided_at));
    }
    if let Some(until) = of.permitted_until {
        lines.push(paper.say("record-subs-permitted", &[("until", paper.date(until).into())]));
    }
    if !of.conditions.is_empty() {
        let key = match of.status {
            ApplicationStatus::Refused => "record-subs-refused-because",
            _ => "record-subs-under",
        };
        lines.push(paper.say(key, &[("conditions", of.conditions.as_str().into())]));
    }
    if lines.is_empty() {
        lines.push(paper.text("record-subs-undecided"));
    }
    paper.callout(tone, status, lines.join("\n"));
}

fn by(paper: &Paper, name: &str, at: Option<crate::clock::Timestamp>) -> String {
    let at = at.map(|at| paper.moment(at)).unwrap_or_default();
    paper.say("record-subs-by", &[("name", name.into()), ("at", at.into())])
}
