//! What the page of the security events shows.

use serde::Serialize;
use serde_json::{Value, json};

use super::store::EventRow;
use crate::clock::Timestamp;
use crate::event::Outcome;
use crate::web::paging::Page;
use crate::web::{Choice, FormView, Language, View, locale};

/// A page of the events.
#[derive(Serialize)]
pub(super) struct ListView {
    #[serde(flatten)]
    pub list: Page<Line>,
    pub kinds: Vec<Choice>,
    pub categories: Vec<Choice>,
    pub outcomes: Vec<Choice>,
    pub people: Vec<Choice>,
}

impl View for ListView {
    const TEMPLATE: &'static str = "event_log/list.html";
    const TITLE: &'static str = "event-list-title";
}

/// An event in words.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Line {
    pub at: Timestamp,
    /// What happened.
    pub what: String,
    /// Whether it was refused.
    pub refused: bool,
    /// Why, by what, how much.
    pub more: Vec<String>,
    /// Who.
    pub who: String,
    pub organisation: String,
    /// The filter that keeps to the person; empty for somebody unknown.
    pub person: String,
    pub address: String,
    pub device: String,
    /// What it is about.
    pub subject: String,
    /// The page of the entrustment that it is about; empty without one.
    pub href: String,
}

impl Line {
    pub(super) fn of(language: Language, row: &EventRow) -> Self {
        let about = row.details.0.get("entrustment").and_then(Value::as_str);
        Self {
            at: row.at,
            what: locale::text(language, &format!("event-kind-{}", row.kind)),
            refused: row.outcome == Outcome::Refused,
            more: more(language, row),
            who: who(language, row),
            organisation: row.organisation_name.clone(),
            person: row.person_id.map(|id| id.to_string()).unwrap_or_default(),
            address: row.address.clone(),
            device: row.device.clone(),
            subject: subject(language, row),
            href: about.map(|id| format!("/entrustments/{id}")).unwrap_or_default(),
        }
    }
}

/// The words of a key where there are some, or else the word itself.
fn words(language: Language, key: &str, word: &str) -> String {
    if locale::has(language, key) { locale::text(language, key) } else { word.to_owned() }
}

fn who(language: Language, row: &EventRow) -> String {
    match row.person_id {
        Some(_) => row.person_name.clone(),
        None => words(language, &format!("actor-{}", row.person_name), &row.person_name),
    }
}

/// What it is about: a person by name, a list by its title, a path as it is, anything else by its kind.
fn subject(language: Language, row: &EventRow) -> String {
    let list = row.details.0.get("list").and_then(Value::as_str);
    match (&*row.subject_kind, list) {
        // Who signed in is said already.
        ("person" | "membership", _) => row.subject_name.clone(),
        ("list", Some(title)) => words(language, title, title),
        ("path", _) => row.subject_id.clone(),
        ("", _) => String::new(),
        (kind, _) => words(language, &format!("event-subject-{kind}"), kind),
    }
}

/// The details that say something to a reader, in a fixed order.
fn more(language: Language, row: &EventRow) -> Vec<String> {
    let details = &row.details.0;
    let word = |name: &str| details.get(name).and_then(Value::as_str);
    let mut more = Vec::new();
    if !row.reason.is_empty() {
        more.push(words(language, &format!("event-reason-{}", row.reason), &row.reason));
    }
    for (name, beginning) in
        [("method", "event-method-"), ("factor", "event-factor-"), ("role", "role-")]
    {
        if let Some(word) = word(name) {
            more.push(words(language, &format!("{beginning}{word}"), word));
        }
    }
    if let Some(format) = word("format") {
        more.push(words(language, &format!("event-format-{format}"), format));
    }
    if let Some(rows) = details.get("rows").and_then(Value::as_i64) {
        more.push(locale::text_with(language, "event-rows", &[("rows", rows.into())]));
    }
    more
}

/// A sample of each page, for the test that renders them all.
#[must_use]
pub fn samples() -> Vec<(&'static str, Value)> {
    let row = |refused: bool, person: &str| {
        json!({ "at": "2026-04-01T00:00:00", "what": "サインイン", "refused": refused, "more": ["パスワード"],
            "who": "﨑山", "organisation": "三重野県", "person": person, "address": "203.0.113.5",
            "device": "Firefox (Windows)", "subject": "証拠資料", "href": if refused { "" } else { "/entrustments/0" } })
    };
    let sample = |rows: Value| {
        let paging =
            json!({ "page": 1, "pages": 1, "total": 2, "more": false, "first": 1, "last": 2 });
        json!({ "rows": rows, "paging": paging, "sorting": { "key": "", "descending": false },
            "form": FormView::default(), "kinds": [], "categories": [], "outcomes": [], "people": [] })
    };
    vec![
        (ListView::TEMPLATE, sample(json!([row(false, "0"), row(true, "")]))),
        (ListView::TEMPLATE, sample(json!([]))),
    ]
}
