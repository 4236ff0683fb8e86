//! The transmissions in the audit record: each with the rules that it breaks and its confirmation.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::model::{Confirmation, Transmission};
use super::store;
use super::views;
use crate::conformity;
use crate::database::Connection;
use crate::entrustment::{DataItemId, Entrustment};
use crate::error::Result;
use crate::paper::Paper;
use crate::recipient::{self, Recipient, RecipientStatus};
use crate::rulebook::{self, Judge, Severity, Terms};
use crate::typeset::{Align, Cell, Tone};

/// What the chapter tells.
#[derive(Clone, Debug)]
pub struct Filed {
    transmissions: Vec<Transmission>,
    recipients: Vec<Recipient>,
    items: HashMap<DataItemId, String>,
    terms: Terms,
}

/// The transmissions and recipients of an entrustment, held against its rules on the day `as_of`.
///
/// # Errors
/// Those of the database.
pub fn filed(
    connection: &mut Connection,
    entrustment: &Entrustment,
    as_of: NaiveDate,
) -> Result<Filed> {
    Ok(Filed {
        transmissions: store::of_entrustment(connection, entrustment)?,
        recipients: recipient::of_entrustment(connection, entrustment)?,
        items: store::item_names(connection, entrustment)?,
        terms: conformity::terms(connection, entrustment, as_of)?,
    })
}

/// Writes the chapter.
pub fn write(paper: &mut Paper, filed: &Filed) {
    paper.chapter("record-transmissions");
    write_recipients(paper, filed);
    paper.heading(2, paper.text("record-transmissions-table"));
    if filed.transmissions.is_empty() {
        paper.body(paper.text("record-transmissions-none"));
        return;
    }
    let heads = [
        ("record-transmission-at", 1.5, Align::Left),
        ("record-transmission-between", 2.4, Align::Left),
        ("record-transmission-content", 2.4, Align::Left),
        ("record-transmission-protection", 1.8, Align::Left),
        ("record-transmission-rules", 2.2, Align::Left),
        ("record-transmission-confirmation", 1.6, Align::Left),
    ];
    let judge = Judge::new(&filed.terms);
    let rows = filed.transmissions.iter().map(|row| cells(paper, filed, &judge, row)).collect();
    paper.table(&heads, rows);
    paper.note(paper.text("record-transmissions-note"));
}

fn cells(paper: &Paper, filed: &Filed, judge: &Judge<'_>, row: &Transmission) -> Vec<Cell> {
    let number = [("number", row.position.to_string().into())];
    let at = [paper.say("record-transmission-number", &number), paper.moment_short(row.sent_at)];
    vec![
        Cell::new(at.join("\n")),
        Cell::new(between(paper, filed, row)),
        Cell::new(content(paper, filed, row)),
        Cell::new(protection(paper, row)),
        rules(paper, judge, row),
        confirmation(paper, row),
    ]
}

fn between(paper: &Paper, filed: &Filed, row: &Transmission) -> String {
    let language = paper.language();
    let handler = filed.terms.handlers.iter().find(|handler| Some(handler.id) == row.handler_id);
    let mut from = vec![views::sender(language, &filed.terms, row)];
    from.extend(handler.map(|handler| handler.name.clone()));
    from.push(row.sender_address.clone());
    from.retain(|part| !part.is_empty());
    let mut lines = vec![paper.say("record-transmission-from", &[("who", from.join(" ").into())])];
    for receiver in &row.receivers.0 {
        let field = paper.text(&format!("transmission-field-{}", receiver.field));
        let mut who = vec![views::called(&filed.terms, receiver), receiver.address.clone()];
        who.dedup();
        who.retain(|part| !part.is_empty());
        let args = [("field", field.into()), ("who", who.join(" ").into())];
        lines.push(paper.say("record-transmission-to", &args));
    }
    lines.join("\n")
}

fn content(paper: &Paper, filed: &Filed, row: &Transmission) -> String {
    let names: Vec<&str> =
        row.items.0.iter().filter_map(|id| filed.items.get(id)).map(String::as_str).collect();
    let persons = paper.say("record-persons-count", &[("count", row.persons.into())]);
    let mut lines = vec![row.purpose.clone(), names.join(&paper.text("paper-between")), persons];
    lines.push(row.description.clone());
    if !row.content_hash.is_empty() {
        lines.push(format!("SHA-256 {}", row.content_hash));
    }
    lines.retain(|line| !line.is_empty());
    lines.join("\n")
}

fn protection(paper: &Paper, row: &Transmission) -> String {
    let checked = if row.checked_by.is_empty() {
        paper.text("record-transmission-unchecked")
    } else {
        let args = [("who", row.checked_by.as_str().into())];
        paper.say("record-transmission-checked", &args)
    };
    let lines = [
        paper.text(&format!("way-{}", row.way)),
        paper.text(&format!("transmission-protection-{}", row.protection)),
        paper.text(&format!("transmission-key-{}", row.key_way)),
        checked,
    ];
    lines.join("\n")
}

/// The rules that it breaks, each with the reason that was given.
fn rules(paper: &Paper, judge: &Judge<'_>, row: &Transmission) -> Cell {
    let broken = judge.transmission(&row.fact());
    let Some(worst) = broken.iter().map(|b| b.rule.severity()).max() else {
        return Cell::new(paper.text("record-transmission-kept")).muted();
    };
    let line = |warning: rulebook::Warning| {
        let title = match warning.what.as_str() {
            "" => warning.title,
            what => {
                let args = [("title", warning.title.into()), ("what", what.into())];
                paper.say("record-transmission-broken", &args)
            }
        };
        match row.exceptions.0.get(&warning.rule) {
            Some(reason) => {
                let args = [("reason", reason.as_str().into())];
                format!("{title}\n{}", paper.say("record-transmission-reason", &args))
            }
            None => title,
        }
    };
    let lines: Vec<String> =
        rulebook::warnings(paper.language(), &broken).into_iter().map(line).collect();
    let tone = if worst == Severity::High { Tone::Bad } else { Tone::Caution };
    Cell::new(lines.join("\n")).tone(tone)
}

fn confirmation(paper: &Paper, row: &Transmission) -> Cell {
    let mut lines = vec![paper.text(&format!("transmission-confirmation-{}", row.confirmation))];
    if let Some(at) = row.confirmed_at {
        lines.push(row.confirmed_by_name.clone());
        lines.push(paper.moment_short(at));
    }
    lines.push(row.confirmation_note.clone());
    lines.retain(|line| !line.is_empty());
    let cell = Cell::new(lines.join("\n"));
    match row.confirmation {
        Confirmation::Disputed => cell.tone(Tone::Bad),
        Confirmation::Waiting => cell.tone(Tone::Caution),
        _ => cell,
    }
}

fn write_recipients(paper: &mut Paper, filed: &Filed) {
    paper.heading(2, paper.text("record-recipients"));
    if filed.recipients.is_empty() {
        paper.body(paper.text("record-recipients-none"));
        return;
    }
    let heads = [
        ("record-recipient-name", 2.6, Align::Left),
        ("record-recipient-purpose", 3.0, Align::Left),
        ("record-recipient-limit", 2.4, Align::Left),
        ("record-recipient-status", 2.0, Align::Left),
    ];
    let rows = filed.recipients.iter().map(|row| recipient_cells(paper, filed, row)).collect();
    paper.table(&heads, rows);
}

fn recipient_cells(paper: &Paper, filed: &Filed, row: &Recipient) -> Vec<Cell> {
    let names: Vec<&str> =
        row.items.0.iter().filter_map(|id| filed.items.get(id)).map(String::as_str).collect();
    let mut limit = vec![names.join(&paper.text("paper-between"))];
    limit.extend(
        row.persons_limit
            .map(|count| paper.say("record-persons-count", &[("count", count.into())])),
    );
    limit.extend(
        row.until_on
            .map(|day| paper.say("record-recipient-until", &[("date", paper.date(day).into())])),
    );
    limit.retain(|line| !line.is_empty());
    let mut status = vec![paper.text(&format!("recipient-status-{}", row.status))];
    status.extend(row.decided_at.map(|at| paper.moment_short(at)));
    status.push(row.decided_by_name.clone());
    status.retain(|line| !line.is_empty());
    let status = Cell::new(status.join("\n"));
    let mut name = vec![row.name.clone(), row.address.clone()];
    name.retain(|line| !line.is_empty());
    vec![
        Cell::new(name.join("\n")),
        Cell::new(row.purpose.clone()),
        Cell::new(limit.join("\n")),
        if row.status == RecipientStatus::Proposed { status.tone(Tone::Caution) } else { status },
    ]
}
