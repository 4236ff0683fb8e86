//! The history of an entrustment in its audit record.

use serde_json::Value;

use super::model::Entry;
use crate::paper::Paper;
use crate::typeset::{Align, Cell};
use crate::web::locale;

/// The details that the record tells, each with the key of its label; the others are for machines.
const FACTS: [&str; 15] = [
    "number",
    "title",
    "question",
    "questions",
    "round",
    "deadline",
    "starts_on",
    "ends_on",
    "erase_by",
    "persons",
    "reason",
    "comment",
    "file_name",
    "sha256",
    "pages",
];

/// Digits of a leaf hash that the table shows.
const LEAF_DIGITS: usize = 16;

/// Writes the history: every entry, oldest first.
pub fn write(paper: &mut Paper, entries: &[Entry]) {
    paper.heading(1, paper.text("record-history"));
    let heads = [
        ("record-history-number", 0.5, Align::Right),
        ("record-history-at", 1.8, Align::Left),
        ("record-history-actor", 1.9, Align::Left),
        ("record-history-act", 3.0, Align::Left),
        ("record-history-leaf", 2.1, Align::Left),
    ];
    let rows = entries.iter().map(|entry| row(paper, entry)).collect();
    paper.table(&heads, rows);
    paper.note(paper.text("record-history-note"));
}

fn row(paper: &Paper, entry: &Entry) -> Vec<Cell> {
    let language = paper.language();
    let mut act = entry.act_text(language);
    for fact in facts(paper, &entry.details.0) {
        act.push('\n');
        act.push_str(&fact);
    }
    let leaf: String = entry.leaf_hash.chars().take(LEAF_DIGITS).collect();
    vec![
        Cell::new(entry.sequence.to_string()).muted(),
        Cell::new(paper.moment_short(entry.at)),
        Cell::new(entry.actor_text(language)),
        Cell::new(act),
        Cell::new(leaf).muted(),
    ]
}

/// The details that have a label, in words.
fn facts(paper: &Paper, details: &Value) -> Vec<String> {
    let fact = |name: &&str| {
        let value = value_text(paper, details.get(name)?)?;
        let label = locale::text(paper.language(), &format!("fact-{name}"));
        Some(paper.say("record-fact", &[("label", label.into()), ("value", value.into())]))
    };
    FACTS.iter().filter_map(fact).collect()
}

fn value_text(paper: &Paper, value: &Value) -> Option<String> {
    match value {
        Value::String(text) if text.is_empty() => None,
        Value::String(text) => Some(match text.parse::<chrono::NaiveDate>() {
            Ok(date) => paper.date(date),
            Err(_) => text.clone(),
        }),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
