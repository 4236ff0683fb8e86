//! What the pages of near misses show.

use chrono::NaiveDate;
use serde::Serialize;
use serde_json::{Value, json};

use super::model::NearMiss;
use super::store::Names;
use crate::actor::Member;
use crate::dashboard::Chart;
use crate::entrustment::KEEPERS;
use crate::web::paging::Page;
use crate::web::{Choice, Ctx, FormView, View};

/// A line of the list.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Line {
    pub kind: String,
    pub occurred_on: NaiveDate,
    pub what: String,
    pub stopped_by: String,
    pub cause: String,
    /// Number and title; empty where it is about none.
    pub entrustment: String,
    pub entrustment_href: String,
    /// Whose people reported it, for the principal's.
    pub by: String,
    /// Who reported it, or that nobody is named.
    pub reporter: String,
    /// Whether a contractor's people keep it among themselves.
    pub inside: bool,
    /// Where a lesson is drawn from it; empty for who draws none.
    pub lesson_href: String,
}

impl Line {
    /// The line of a near miss, as `member` reads it.
    pub(super) fn of(ctx: &Ctx, member: &Member, row: NearMiss, names: &Names) -> Self {
        let about =
            row.entrustment_id.and_then(|id| names.entrustments.get(&id).map(|of| (id, of)));
        let by = match row.contractor_id {
            _ if !member.role.is_principal() => String::new(),
            None => ctx.text("near-miss-own-people"),
            Some(id) => names.contractors.get(&id).cloned().unwrap_or_default(),
        };
        let teaches = KEEPERS.contains(&member.role);
        Self {
            kind: ctx.text(&format!("near-miss-kind-{}", row.kind)),
            stopped_by: ctx.text(&format!("near-miss-stopped-by-{}", row.stopped_by)),
            cause: ctx.text(&format!("near-miss-cause-{}", row.cause)),
            entrustment: about.map(|(_, (no, title))| format!("{no}　{title}")).unwrap_or_default(),
            entrustment_href: about
                .map(|(id, _)| format!("/entrustments/{id}"))
                .unwrap_or_default(),
            inside: row.is_inside(),
            lesson_href: if teaches {
                format!("/near-misses/lessons/new?near_miss={}", row.id)
            } else {
                String::new()
            },
            reporter: if row.anonymous {
                ctx.text("near-miss-nobody")
            } else {
                row.reported_by_name
            },
            occurred_on: row.occurred_on,
            what: row.what,
            by,
        }
    }
}

/// The list.
#[derive(Serialize)]
pub(super) struct ListView {
    #[serde(flatten)]
    pub list: Page<Line>,
    pub kinds: Vec<Choice>,
    pub stops: Vec<Choice>,
    pub causes: Vec<Choice>,
    pub months: Vec<Choice>,
    pub contractors: Vec<Choice>,
    pub may_report: bool,
    pub is_principal: bool,
}

impl View for ListView {
    const TEMPLATE: &'static str = "near_miss/list.html";
    const TITLE: &'static str = "near-miss-list-title";
}

/// The form of a report.
#[derive(Serialize)]
pub(super) struct ReportView {
    pub form: FormView,
    pub kinds: Vec<Choice>,
    pub stops: Vec<Choice>,
    pub causes: Vec<Choice>,
    pub entrustments: Vec<Choice>,
    /// The entrustment of the hand-over from which it is reported.
    pub of: Option<String>,
    /// Whether the reader may report without a name, and without telling the principal.
    pub may_hide: bool,
    /// Whether the box is shown that says that a text was looked at again.
    pub warned: bool,
}

impl View for ReportView {
    const TEMPLATE: &'static str = "near_miss/report.html";
    const TITLE: &'static str = "near-miss-report-title";
}

/// The analysis.
#[derive(Serialize)]
pub(super) struct AnalysisView {
    pub total: i64,
    /// The list of all that is counted.
    pub href: String,
    pub charts: Vec<Chart>,
    /// The month in words, when it is one.
    pub month: Option<String>,
    pub form: FormView,
    pub months: Vec<Choice>,
}

impl View for AnalysisView {
    const TEMPLATE: &'static str = "near_miss/analysis.html";
    const TITLE: &'static str = "near-miss-analysis-title";
}

/// A sample of each page, for the test that renders them all.
#[must_use]
pub(super) fn samples() -> Vec<(&'static str, Value)> {
    let choice = json!([{ "value": "wrong_address", "label": "宛先の誤り", "hint": "" }]);
    let line = |inside: bool, about: &str| {
        json!({ "kind": "宛先の誤り", "occurred_on": "2026-04-01", "what": "似た名前の事業所を選んだ", "stopped_by": "別の人",
            "cause": "似た名前", "entrustment": about, "entrustment_href": "/", "by": if inside { "" } else { "髙橋事務所" },
            "reporter": "匿名", "inside": inside, "lesson_href": if inside { "" } else { "/near-misses/lessons/new?near_miss=0" } })
    };
    let list = |rows: Value, is_principal: bool| {
        json!({ "rows": rows, "paging": { "page": 1, "pages": 1, "total": 1, "more": false, "first": 1, "last": 1 },
            "sorting": { "key": "occurred_on", "descending": false }, "form": FormView::default(), "kinds": choice,
            "stops": choice, "causes": choice, "months": choice, "contractors": if is_principal { choice.clone() } else { json!([]) },
            "may_report": true, "is_principal": is_principal })
    };
    let report = |of: Value, may_hide: bool| {
        json!({ "form": FormView::default(), "kinds": choice, "stops": choice, "causes": choice, "entrustments": choice,
            "of": of, "may_hide": may_hide, "warned": may_hide })
    };
    let bar = json!({ "label": "宛先の誤り", "count": 3, "persons": 0, "href": "/near-misses?kind=wrong_address", "tone": "neutral", "width": 320, "y": 0 });
    let chart = json!({ "id": "kind", "title": "種類ごと", "head": "種類", "count_head": "件数", "persons": false, "height": 44, "bars": [bar] });
    let analysis = |total: i64, month: Value| json!({ "total": total, "href": "/near-misses", "charts": [chart], "month": month, "form": FormView::default(), "months": choice });
    vec![
        (ListView::TEMPLATE, list(json!([line(true, ""), line(false, "令8子-12　監査")]), true)),
        (ListView::TEMPLATE, list(json!([]), false)),
        (ReportView::TEMPLATE, report(Value::Null, true)),
        (ReportView::TEMPLATE, report(json!("令8子-12　監査"), false)),
        (AnalysisView::TEMPLATE, analysis(3, Value::Null)),
        (AnalysisView::TEMPLATE, analysis(0, json!("令和8年4月"))),
    ]
}
