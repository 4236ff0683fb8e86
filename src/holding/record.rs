//! The holdings in the audit record.

use std::collections::HashMap;

use super::country;
use super::form::Known;
use super::model::{Holding, HoldingStatus};
use super::store;
use crate::conformity;
use crate::database::Connection;
use crate::entrustment::{self, Entrustment};
use crate::error::Result;
use crate::finding;
use crate::paper::Paper;
use crate::typeset::{Align, Cell, Tone};

/// The holdings of an entrustment with all that they name.
#[derive(Clone, Debug)]
pub struct Filed {
    known: Known,
    findings: HashMap<String, i64>,
}

/// Reads what the chapter tells.
///
/// # Errors
/// Those of the database.
pub fn filed(connection: &mut Connection, entrustment: &Entrustment) -> Result<Filed> {
    Ok(Filed {
        known: Known {
            items: entrustment::items_ever(connection, entrustment)?,
            handlers: conformity::handlers(connection, entrustment)?,
            holdings: store::of_entrustment(connection, entrustment)?,
            today: entrustment.ends_on,
            entrustment: entrustment.clone(),
        },
        findings: finding::open_by_subject(connection, entrustment, "holding")?,
    })
}

/// Writes the chapter: a table of all, then each with its details.
pub fn write(paper: &mut Paper, filed: &Filed) {
    paper.chapter("record-holdings");
    if filed.known.holdings.is_empty() {
        paper.body(paper.text("record-holdings-none"));
        return;
    }
    let heads = [
        ("record-holding-number", 0.6, Align::Right),
        ("record-holding-what", 2.4, Align::Left),
        ("record-holding-where", 2.4, Align::Left),
        ("record-holding-country", 1.4, Align::Left),
        ("record-holding-encryption", 1.5, Align::Left),
        ("record-holding-status", 1.3, Align::Left),
        ("record-holding-findings", 0.8, Align::Right),
    ];
    let rows = filed.known.holdings.iter().map(|holding| row(paper, filed, holding)).collect();
    paper.table(&heads, rows);
    for holding in &filed.known.holdings {
        write_one(paper, &filed.known, holding);
    }
}

fn row(paper: &Paper, filed: &Filed, holding: &Holding) -> Vec<Cell> {
    let findings = filed.findings.get(holding.id.as_str()).copied().unwrap_or(0);
    let count = Cell::new(findings.to_string());
    let status = Cell::new(paper.text(&format!("holding-status-{}", holding.status)));
    let held = holding.status == HoldingStatus::Open;
    vec![
        Cell::new(holding.position.to_string()),
        Cell::new(items(paper, &filed.known, holding)),
        Cell::new(place(paper, holding)),
        Cell::new(country::name(paper.language(), &holding.country)),
        Cell::new(paper.text(&format!("holding-encryption-{}", holding.encryption))),
        if held { status } else { status.muted() },
        if findings > 0 { count.tone(Tone::Caution) } else { count },
    ]
}

fn items(paper: &Paper, known: &Known, holding: &Holding) -> String {
    let name = |item: &entrustment::DataItem| {
        holding.items.0.contains(&item.id).then(|| known.item_name(paper.language(), item.id))
    };
    let names: Vec<String> = known.items.iter().filter_map(name).collect();
    names.join(&paper.text("paper-between"))
}

fn place(paper: &Paper, holding: &Holding) -> String {
    let place = paper.text(&format!("place-{}", holding.place));
    let args = [("place", place.into()), ("detail", holding.place_detail.as_str().into())];
    paper.say("record-holding-place", &args)
}

fn write_one(paper: &mut Paper, known: &Known, holding: &Holding) {
    let language = paper.language();
    paper.heading(2, holding.label(language));
    let between = paper.text("paper-between");
    let countries: Vec<String> =
        holding.access_countries.0.iter().map(|code| country::name(language, code)).collect();
    let handlers: Vec<String> =
        holding.handlers.0.iter().map(|id| known.handler_name(*id)).collect();
    let source = known.holdings.iter().find(|h| Some(h.id) == holding.source_id);
    let cloud = [holding.provider.as_str(), holding.plan.as_str()].join(" ");
    let held_until = holding.ended_on.or(holding.until_on);
    let persons = paper.say("record-persons-count", &[("count", holding.persons.into())]);
    let reason = |(rule, reason): (&crate::rulebook::RuleId, &String)| {
        let args = [
            ("rule", crate::rulebook::title(language, *rule).into()),
            ("reason", reason.as_str().into()),
        ];
        paper.say("record-holding-exception", &args)
    };
    let exceptions: Vec<String> = holding.exceptions.0.iter().map(reason).collect();
    let status = paper.text(&format!("holding-status-{}", holding.status));
    let facts = [
        ("holding-items", items(paper, known, holding)),
        ("holding-persons", persons),
        ("holding-holder", holding.holder.clone()),
        ("holding-source", source.map(|h| h.label(language)).unwrap_or_default()),
        ("holding-place", place(paper, holding)),
        ("record-holding-cloud", cloud),
        ("holding-country", country::name(language, &holding.country)),
        ("holding-access-countries", countries.join(&between)),
        ("holding-medium", paper.text(&format!("medium-{}", holding.medium))),
        ("holding-system", holding.system.clone()),
        ("holding-encryption", paper.text(&format!("holding-encryption-{}", holding.encryption))),
        ("holding-handlers", handlers.join(&between)),
        ("holding-backups", holding.backups.clone()),
        ("holding-starts-on", paper.date(holding.starts_on)),
        ("record-holding-until", held_until.map(|day| paper.date(day)).unwrap_or_default()),
        ("holding-status", status),
        ("record-holding-exceptions", exceptions.join("\n")),
        ("record-holding-entered", holding.entered_by_name.clone()),
    ];
    paper.facts(facts);
}
