//! What the page of a timeline shows.

use serde::Serialize;
use serde_json::{Value, json};

use super::model::Entry;
use super::store;
use crate::clock::Timestamp;
use crate::database::Connection;
use crate::entrustment::Entrustment;
use crate::error::Result;
use crate::incident::panel::Part;
use crate::incident::policy::Case;
use crate::web::locale::{ArgValue, text, text_with};
use crate::web::paging::Page;
use crate::web::{Ctx, FormView, Language, View};

/// An entry in words.
#[derive(Serialize)]
pub(super) struct Line {
    pub what: String,
    pub by_name: String,
    pub happened_at: Timestamp,
    pub entered_at: Timestamp,
}

impl Line {
    pub(super) fn of(language: Language, entry: Entry) -> Self {
        let details = entry.details.0.as_object().cloned().unwrap_or_default();
        let arguments: Vec<(&str, ArgValue)> = details
            .iter()
            .map(|(name, value)| {
                (name.as_str(), value.as_str().unwrap_or_default().to_owned().into())
            })
            .collect();
        Self {
            what: text_with(language, &format!("incident-timeline-{}", entry.act), &arguments),
            by_name: entry.by_name,
            happened_at: entry.happened_at,
            entered_at: entry.entered_at,
        }
    }
}

/// The timeline.
#[derive(Serialize)]
pub(super) struct TimelineView {
    #[serde(flatten)]
    pub list: Page<Line>,
    pub entrustment: Entrustment,
    /// The incident's page.
    pub home: String,
    /// What the incident is called.
    pub name: String,
}

impl View for TimelineView {
    const TEMPLATE: &'static str = "incident/timeline.html";
    const TITLE: &'static str = "incident-timeline-title";
}

/// The timeline on the incident's page.
pub(in crate::incident) fn part(c: &mut Connection, ctx: &Ctx, case: &Case) -> Result<Part> {
    let count = store::count(c, &case.1)?;
    Ok(Part {
        title: text(ctx.language, "incident-timeline-title"),
        href: format!("{}/timeline", case.1.href()),
        status: text_with(ctx.language, "incident-timeline-count", &[("count", count.into())]),
        tone: "neutral",
        lines: Vec::new(),
    })
}

/// A sample of the page, for the test that renders them all.
pub(in crate::incident) fn samples() -> Vec<(&'static str, Value)> {
    let row = json!({ "what": "第一報", "by_name": "髙橋", "happened_at": "2026-04-01T07:01:00",
        "entered_at": "2026-04-01T07:08:00" });
    let sample = |rows: Value| {
        json!({ "rows": rows, "paging": { "page": 1, "pages": 1, "total": 1, "more": false, "first": 1, "last": 1 },
            "sorting": { "key": "happened_at", "descending": false }, "form": FormView::default(),
            "entrustment": { "id": "0", "title": "保育所等監査業務委託", "number": "令8子-12" },
            "home": "/entrustments/0/incidents/0", "name": "事故 第1号" })
    };
    vec![(TimelineView::TEMPLATE, sample(json!([row])))]
}
