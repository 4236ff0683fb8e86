//! The handlers in the audit record.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::model::{Handler, Training};
use super::roster_store as store;
use crate::database::Connection;
use crate::entrustment::Entrustment;
use crate::error::Result;
use crate::finding;
use crate::paper::Paper;
use crate::rulebook::HandlerId;
use crate::typeset::{Align, Cell, Tone};

/// The roster of an entrustment with its trainings.
#[derive(Clone, Debug)]
pub struct Filed {
    handlers: Vec<Handler>,
    trainings: Vec<Training>,
    findings: HashMap<String, i64>,
}

/// Reads what the chapter tells.
///
/// # Errors
/// Those of the database.
pub fn filed(connection: &mut Connection, entrustment: &Entrustment) -> Result<Filed> {
    Ok(Filed {
        handlers: store::of_entrustment(connection, entrustment)?,
        trainings: store::trainings(connection, entrustment, None)?,
        findings: finding::open_by_subject(connection, entrustment, "handler")?,
    })
}

/// Writes the chapter: the roster, then the trainings.
pub fn write(paper: &mut Paper, filed: &Filed) {
    paper.chapter("record-handlers");
    if filed.handlers.is_empty() {
        paper.body(paper.text("record-handlers-none"));
        return;
    }
    let heads = [
        ("record-handler-name", 2.0, Align::Left),
        ("handler-duty", 1.4, Align::Left),
        ("handler-starts-on", 1.5, Align::Left),
        ("record-handler-ends", 1.5, Align::Left),
        ("handler-pledged-on", 1.5, Align::Left),
        ("record-handler-trained", 1.5, Align::Left),
        ("record-holding-findings", 0.8, Align::Right),
    ];
    let rows = filed.handlers.iter().map(|handler| row(paper, filed, handler)).collect();
    paper.table(&heads, rows);
    write_returns(paper, filed);
    write_trainings(paper, filed);
}

fn row(paper: &Paper, filed: &Filed, handler: &Handler) -> Vec<Cell> {
    let day = |day: Option<NaiveDate>| match day {
        Some(day) => Cell::new(paper.date(day)),
        None => Cell::new(paper.text("paper-empty")).muted(),
    };
    let duty = paper.text(&format!("handler-duty-{}", handler.duty));
    let duty = if handler.temporary {
        paper.say("record-handler-temporary", &[("duty", duty.into())])
    } else {
        duty
    };
    let trained = filed.trainings.iter().find(|t| t.handler_id == handler.id);
    let findings = filed.findings.get(handler.id.as_str()).copied().unwrap_or(0);
    let count = Cell::new(findings.to_string());
    vec![
        Cell::new(&handler.name),
        Cell::new(duty),
        Cell::new(paper.date(handler.starts_on)),
        day(handler.ends_on),
        day(handler.pledged_on),
        day(trained.map(|t| t.held_on)),
        if findings > 0 { count.tone(Tone::Caution) } else { count },
    ]
}

/// What those who left gave back.
fn write_returns(paper: &mut Paper, filed: &Filed) {
    let left: Vec<&Handler> = filed.handlers.iter().filter(|h| h.ends_on.is_some()).collect();
    if left.is_empty() {
        return;
    }
    paper.heading(2, paper.text("record-handler-returns"));
    let heads = [
        ("record-handler-name", 2.0, Align::Left),
        ("handler-returned-on", 1.5, Align::Left),
        ("handler-return-note", 4.0, Align::Left),
    ];
    let row = |handler: &&Handler| {
        let returned = match handler.returned_on {
            Some(day) => Cell::new(paper.date(day)),
            None => Cell::new(paper.text("handler-not-returned")).tone(Tone::Caution),
        };
        vec![Cell::new(&handler.name), returned, Cell::new(&handler.return_note)]
    };
    let rows = left.iter().map(row).collect();
    paper.table(&heads, rows);
}

fn write_trainings(paper: &mut Paper, filed: &Filed) {
    if filed.trainings.is_empty() {
        return;
    }
    paper.heading(2, paper.text("record-handler-trainings"));
    let heads = [
        ("handler-held-on", 1.5, Align::Left),
        ("handler-content", 4.0, Align::Left),
        ("handler-handlers", 3.0, Align::Left),
    ];
    let rows = sessions(filed)
        .into_iter()
        .map(|(held_on, content, names)| {
            let names = names.join(&paper.text("paper-between"));
            vec![Cell::new(paper.date(held_on)), Cell::new(content), Cell::new(names)]
        })
        .collect();
    paper.table(&heads, rows);
}

/// The trainings by day and content, newest first, with the names of those who were there in the
/// order of the roster.
fn sessions(filed: &Filed) -> Vec<(NaiveDate, &str, Vec<&str>)> {
    let mut held: Vec<(NaiveDate, &str)> =
        filed.trainings.iter().map(|t| (t.held_on, t.content.as_str())).collect();
    held.sort_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(other.1)));
    held.dedup();
    let there = |held_on: NaiveDate, content: &str, id: HandlerId| {
        let mut all = filed.trainings.iter();
        all.any(|t| t.handler_id == id && t.held_on == held_on && t.content == content)
    };
    held.into_iter()
        .map(|(held_on, content)| {
            let names = filed.handlers.iter().filter(|h| there(held_on, content, h.id));
            (held_on, content, names.map(|h| h.name.as_str()).collect())
        })
        .collect()
}
