//! What the page that asks for a reason shows.

use serde::Serialize;
use serde_json::{Value, json};

use crate::entrustment::Entrustment;
use crate::handover::model::{Handover, StopId};
use crate::web::{FormView, View};

/// The page with the stop and its form.
#[derive(Serialize)]
pub(super) struct ExplainView {
    pub form: FormView,
    pub entrustment: Entrustment,
    pub handover: Handover,
    pub stop: StopId,
    pub title: String,
    pub what: String,
    pub to_do: String,
    pub file: String,
}

impl View for ExplainView {
    const TEMPLATE: &'static str = "handover/explain.html";
    const TITLE: &'static str = "handover-explain-title";
}

/// A sample of the page.
pub(super) fn samples() -> Vec<(&'static str, Value)> {
    let sample = |what: &str, file: &str| {
        json!({ "form": FormView::default(), "entrustment": { "id": "0", "title": "監査業務委託", "number": "12" },
            "handover": { "id": "0", "position": 1 }, "stop": "0", "title": "見えない内容", "what": what,
            "to_do": "元のファイルから消す。", "file": file })
    };
    vec![
        (ExplainView::TEMPLATE, sample("コメント", "名簿.xlsx")),
        (ExplainView::TEMPLATE, sample("", "")),
    ]
}
