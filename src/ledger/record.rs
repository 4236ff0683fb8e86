//! The history of an entrustment in its audit record.

use serde_json::Value;

use super::model::Entry;
use crate::paper::Paper;
use crate::typeset::{Align, Cell};

/// The details that the record tells, each with the key of its label; the others are for machines.
const FACTS: [&str; 15] = [
    "number",
    "question",
    "questions",
    "round",
    "deadline",
    "to",
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

/// Digits of a hash that the table shows.
const DIGITS: usize = 12;

/// Writes the history: every entry, oldest first.
pub fn write(paper: &mut Paper, entries: &[Entry]) {
    paper.heading(1, paper.text("record-history"));
    let heads = [
        ("record-history-number", 0.8, Align::Right),
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
    let facts = facts(paper, &entry.details.0);
    if !facts.is_empty() {
        act.push('\n');
        act.push_str(&facts.join(&paper.text("paper-between")));
    }
    vec![
        Cell::new(entry.sequence.to_string()).muted(),
        Cell::new(paper.moment_short(entry.at)),
        Cell::new(entry.actor_text(language)),
        Cell::new(act),
        Cell::new(first_digits(&entry.leaf_hash)).muted(),
    ]
}

/// The details that have a label, in words.
fn facts(paper: &Paper, details: &Value) -> Vec<String> {
    let fact = |name: &&str| {
        let value = value_text(paper, name, details)?;
        let label = paper.text(&label(name, details));
        Some(paper.say("record-fact", &[("label", label.into()), ("value", value.into())]))
    };
    FACTS.iter().filter_map(fact).collect()
}

/// Contracts are numbered in words, questions in digits.
fn label(name: &str, details: &Value) -> String {
    let question = name == "number" && details.get(name).is_some_and(Value::is_number);
    format!("fact-{}", if question { "question" } else { name })
}

fn value_text(paper: &Paper, name: &str, details: &Value) -> Option<String> {
    // The question's number says more than its id.
    if name == "question" && details.get("number").is_some() {
        return None;
    }
    match details.get(name)? {
        Value::String(text) if text.is_empty() => None,
        Value::String(hash) if name == "sha256" => Some(first_digits(hash)),
        Value::String(text) => Some(match text.parse::<chrono::NaiveDate>() {
            Ok(date) => paper.date(date),
            Err(_) => text.clone(),
        }),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn first_digits(hash: &str) -> String {
    hash.chars().take(DIGITS).collect()
}
