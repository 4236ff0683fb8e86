//! What the pages of the first report show.

use serde::Serialize;
use serde_json::{Value, json};

use crate::entrustment::Entrustment;
use crate::web::paging::Page;
use crate::web::{Choice, FormView, View};

/// An entrustment that may be chosen.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Chosen {
    pub href: String,
    pub title: String,
    pub number: String,
    pub contractor: String,
}

/// The page on which the entrustment is chosen.
#[derive(Serialize)]
pub(super) struct ChooseView {
    #[serde(flatten)]
    pub list: Page<Chosen>,
}

impl View for ChooseView {
    const TEMPLATE: &'static str = "incident/choose.html";
    const TITLE: &'static str = "incident-report-title";
}

/// The form of the first report.
#[derive(Serialize)]
pub(super) struct ReportView {
    pub form: FormView,
    pub entrustment: Entrustment,
    pub kinds: Vec<Choice>,
    pub counted: Vec<Choice>,
    /// On which side it became known; empty for the contractor's people.
    pub sides: Vec<Choice>,
    /// Whether the box is shown that says that a text was looked at again.
    pub warned: bool,
    /// Whether something is filled in already.
    pub known: bool,
}

impl View for ReportView {
    const TEMPLATE: &'static str = "incident/report.html";
    const TITLE: &'static str = "incident-report-title";
}

/// A sample of each page, for the test that renders them all.
#[must_use]
pub fn samples() -> Vec<(&'static str, Value)> {
    let entrustment = json!({ "id": "0", "title": "保育所等監査業務委託", "number": "令8子-12" });
    let choice = |value: &str, label: &str| json!({ "value": value, "label": label, "hint": "" });
    let choose = |rows: Value| {
        json!({ "rows": rows, "paging": { "page": 1, "pages": 1, "total": 1, "more": false, "first": 1, "last": 1 },
            "sorting": { "key": "ends_on", "descending": false }, "form": FormView::default() })
    };
    let report = |sides: Value, warned: bool| {
        json!({ "form": FormView::default(), "entrustment": entrustment,
            "kinds": [choice("misdirected", "誤送付")], "counted": [choice("exact", "確定")],
            "sides": sides, "warned": warned, "known": warned })
    };
    vec![
        (
            ChooseView::TEMPLATE,
            choose(json!([{ "href": "/", "title": "保育所等監査業務委託", "number": "令8子-12",
                "contractor": "髙橋社会保険労務士事務所" }])),
        ),
        (ChooseView::TEMPLATE, choose(json!([]))),
        (ReportView::TEMPLATE, report(json!([]), false)),
        (ReportView::TEMPLATE, report(json!([choice("principal", "委託元")]), true)),
    ]
}
