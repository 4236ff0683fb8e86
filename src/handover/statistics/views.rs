//! What the statistics show: figures and bars beside their tables, and the list behind each.

use serde::Serialize;
use serde_json::{Value, json};

use super::super::checking;
use super::super::model::HandoverStatus;
use super::model::End;
use super::store::Row;
use crate::clock::Timestamp;
use crate::dashboard::{Chart, Figure};
use crate::web::paging::Page;
use crate::web::{Choice, Ctx, FormView, Language, View};

/// The figures and pictures.
#[derive(Debug, Serialize)]
pub(super) struct OverviewView {
    /// How they ended.
    pub figures: Vec<Figure>,
    /// By month, by stop, by entrustment.
    pub charts: Vec<Chart>,
    /// How many there are in all.
    pub total: i64,
}

impl View for OverviewView {
    const TEMPLATE: &'static str = "handover/statistics.html";
    const TITLE: &'static str = "handover-statistics-title";
}

/// A line of the list.
#[derive(Debug, Serialize)]
pub(super) struct Line {
    pub found_at: Timestamp,
    /// What was wrong, in words.
    pub stop: String,
    pub number: String,
    pub title: String,
    pub position: i32,
    /// The hand-over's page.
    pub href: String,
    /// The form that reports it as a near miss.
    pub near_miss: String,
    pub end: End,
    pub tone: &'static str,
    /// Why it could go all the same.
    pub reason: String,
}

impl Line {
    pub fn of(language: Language, row: Row) -> Self {
        let end = end(&row);
        Self {
            found_at: row.stopped.found_at,
            stop: checking::title(language, row.stopped.stop, &row.stopped.what),
            href: format!("/entrustments/{}/hand-overs/{}", row.entrustment_id, row.handover_id),
            near_miss: format!(
                "/near-misses/new?entrustment={}&handover={}&stop={}",
                row.entrustment_id, row.handover_id, row.stopped.stop
            ),
            number: row.number,
            title: row.title,
            position: row.position,
            tone: tone(end),
            reason: if end == End::Explained { row.stopped.reason } else { String::new() },
            end,
        }
    }
}

fn end(row: &Row) -> End {
    if row.stopped.mended_at.is_some() {
        End::Mended
    } else if !row.stopped.reason.is_empty() {
        End::Explained
    } else if row.status == HandoverStatus::Discarded {
        End::Discarded
    } else {
        End::Standing
    }
}

/// How an end looks.
pub(super) fn tone(end: End) -> &'static str {
    match end {
        End::Mended => "good",
        End::Explained => "info",
        End::Discarded => "neutral",
        End::Standing => "warn",
    }
}

/// The list behind a figure.
#[derive(Debug, Serialize)]
pub(super) struct ListView {
    /// The rows.
    pub rows: Vec<Line>,
    /// Where the page stands.
    pub paging: crate::web::paging::Paging,
    /// The filter.
    pub form: FormView,
    /// The months to choose from.
    pub months: Vec<Choice>,
    /// The stops to choose from.
    pub stops: Vec<Choice>,
    /// The ends to choose from.
    pub ends: Vec<Choice>,
}

impl ListView {
    pub fn new(ctx: &Ctx, page: Page<Line>, form: FormView, months: Vec<Choice>) -> Self {
        let language = ctx.language;
        let stops = super::model::counted();
        Self {
            rows: page.rows,
            paging: page.paging,
            form,
            months,
            stops: Choice::words(language, "handover-stop-", &stops),
            ends: Choice::words(language, "handover-statistics-end-", End::ALL),
        }
    }
}

impl View for ListView {
    const TEMPLATE: &'static str = "handover/statistics_list.html";
    const TITLE: &'static str = "handover-statistics-list-title";
}

/// A sample of each page, for the test that renders them all.
#[must_use]
pub fn samples() -> Vec<(&'static str, Value)> {
    let figure = |tone, value| json!({ "label": "直したもの", "value": value, "tone": tone, "href": "/hand-over-stops/list?end=mended" });
    let bar = json!({ "label": "令和8年4月", "count": 3, "persons": 0, "href": "/hand-over-stops/list?month=2026-04", "tone": "neutral", "width": 320, "y": 0 });
    let chart = |id, bars: Value| json!({ "id": id, "title": "月ごと", "head": "月", "count_head": "件数", "persons": false, "height": 44, "bars": bars });
    let line = |stop: &str, end: &str, reason: &str| {
        json!({ "found_at": "2026-04-01T00:00:00", "stop": stop, "number": "令8子-12", "title": "監査", "position": 2,
            "href": "/entrustments/0/hand-overs/0", "near_miss": "/near-misses/new?handover=0", "end": end, "tone": "good", "reason": reason })
    };
    let ends: Vec<Value> = End::ALL
        .iter()
        .map(|end| line("画面に見えない内容", end.as_str(), "相手が使う列"))
        .collect();
    let list = |rows: Value| {
        json!({ "rows": rows, "paging": { "page": 1, "pages": 1, "total": 1, "first": 1, "last": 1 },
            "form": FormView::default(), "months": [], "stops": [], "ends": [] })
    };
    vec![
        (
            OverviewView::TEMPLATE,
            json!({ "figures": [figure("neutral", 3), figure("warn", 1)],
                "charts": [chart("month", json!([bar])), chart("stop", json!([]))], "total": 4 }),
        ),
        (OverviewView::TEMPLATE, json!({ "figures": [], "charts": [], "total": 0 })),
        (ListView::TEMPLATE, list(json!(ends))),
        (ListView::TEMPLATE, list(json!([]))),
    ]
}
