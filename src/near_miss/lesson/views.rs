//! What the pages of lessons show.

use serde::Serialize;
use serde_json::{Value, json};

use crate::clock::Timestamp;
use crate::web::paging::Page;
use crate::web::{Choice, FormView, View};

/// A lesson as it is read.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Line {
    pub id: String,
    pub title: String,
    pub text: String,
    pub kinds: Vec<String>,
    /// The principal, for a contractor's people.
    pub principal: String,
    pub published_at: Timestamp,
    pub withdrawn_at: Option<Timestamp>,
    /// From how many near misses it was drawn; nothing for a contractor's people.
    pub sources: i64,
}

/// The lessons.
#[derive(Serialize)]
pub(super) struct ListView {
    #[serde(flatten)]
    pub list: Page<Line>,
    pub may_teach: bool,
}

impl View for ListView {
    const TEMPLATE: &'static str = "near_miss/lessons.html";
    const TITLE: &'static str = "near-miss-lessons-title";
}

/// The form of a lesson.
#[derive(Serialize)]
pub(super) struct TeachView {
    pub form: FormView,
    pub kinds: Vec<Choice>,
    /// The near misses from which it may be drawn.
    pub sources: Vec<Choice>,
    /// Whether the box is shown that says that a text was looked at again.
    pub warned: bool,
}

impl View for TeachView {
    const TEMPLATE: &'static str = "near_miss/lesson_form.html";
    const TITLE: &'static str = "near-miss-lesson-form-title";
}

/// A sample of each page, for the test that renders them all.
#[must_use]
pub(in crate::near_miss) fn samples() -> Vec<(&'static str, Value)> {
    let choice = json!([{ "value": "wrong_address", "label": "宛先の誤り", "hint": "" }]);
    let line = |id: &str, withdrawn: Value, principal: &str| {
        json!({ "id": id, "title": "似た名前の宛先", "text": "宛先は、登録した一覧から選びます。", "kinds": ["宛先の誤り"],
            "principal": principal, "published_at": "2026-04-01T00:00:00", "withdrawn_at": withdrawn, "sources": 2 })
    };
    let list = |rows: Value, may_teach: bool| {
        json!({ "rows": rows, "paging": { "page": 1, "pages": 1, "total": 1, "more": false, "first": 1, "last": 1 },
            "sorting": { "key": "published_at", "descending": false }, "form": FormView::default(), "may_teach": may_teach })
    };
    let form = |warned: bool, sources: Value| json!({ "form": FormView::default(), "kinds": choice, "sources": sources, "warned": warned });
    let rows = json!([line("0", Value::Null, ""), line("1", json!("2026-05-01T00:00:00"), "")]);
    vec![
        (ListView::TEMPLATE, list(rows, true)),
        (ListView::TEMPLATE, list(json!([line("0", Value::Null, "青波県")]), false)),
        (ListView::TEMPLATE, list(json!([]), false)),
        (TeachView::TEMPLATE, form(false, choice.clone())),
        (TeachView::TEMPLATE, form(true, json!([]))),
    ]
}
