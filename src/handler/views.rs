//! What the pages of handlers show.

use chrono::NaiveDate;
use serde::Serialize;
use serde_json::{Value, json};

use super::model::{Duty, Handler, Training};
use crate::attachment::FileView;
use crate::entrustment::Entrustment;
use crate::finding::FindingLine;
use crate::ledger::HistoryLine;
use crate::rulebook::{HandlerId, Warning};
use crate::web::paging::Page;
use crate::web::{Choice, FormView, Language, View, locale};

/// A handler in the list.
#[derive(Serialize)]
pub(super) struct Row {
    #[serde(flatten)]
    pub handler: Handler,
    pub trained_on: Option<NaiveDate>,
    pub findings: i64,
}

/// The roster.
#[derive(Serialize)]
pub(super) struct ListView {
    #[serde(flatten)]
    pub list: Page<Row>,
    pub entrustment: Entrustment,
    pub statuses: Vec<Choice>,
    pub may_hold: bool,
}

impl View for ListView {
    const TEMPLATE: &'static str = "handler/list.html";
    const TITLE: &'static str = "handler-list-title";
}

/// One handler.
#[derive(Serialize)]
pub(super) struct ShowView {
    pub entrustment: Entrustment,
    pub handler: Handler,
    pub trainings: Vec<Training>,
    pub files: Vec<FileView>,
    pub form: FormView,
    pub findings: Vec<FindingLine>,
    pub history: Vec<HistoryLine>,
    pub may_hold: bool,
}

impl View for ShowView {
    const TEMPLATE: &'static str = "handler/show.html";
    const TITLE: &'static str = "handler-show-title";

    fn title(&self, _: Language) -> String {
        self.handler.name.clone()
    }
}

/// The form.
#[derive(Serialize)]
pub(super) struct FormPage {
    pub entrustment: Entrustment,
    pub id: Option<HandlerId>,
    pub form: FormView,
    pub warnings: Vec<Warning>,
    pub duties: Vec<Choice>,
}

impl View for FormPage {
    const TEMPLATE: &'static str = "handler/form.html";
    const TITLE: &'static str = "handler-form-title";

    fn title(&self, language: Language) -> String {
        let key = if self.id.is_some() { "handler-edit-title" } else { Self::TITLE };
        locale::text(language, key)
    }
}

/// The form of a training.
#[derive(Serialize)]
pub(super) struct TrainingPage {
    pub entrustment: Entrustment,
    pub form: FormView,
    pub handlers: Vec<Choice>,
}

impl View for TrainingPage {
    const TEMPLATE: &'static str = "handler/training.html";
    const TITLE: &'static str = "handler-training-title";
}

/// What becomes of a leaver's account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AccessEnd {
    /// There is none.
    None,
    /// It is closed at once.
    Closes,
    /// It stays: another roster has the person.
    OtherRoster,
    /// It stays until the contractor's representative closes it.
    Representative,
}

/// The form of leaving.
#[derive(Serialize)]
pub(super) struct LeavingPage {
    pub entrustment: Entrustment,
    pub handler: Handler,
    pub form: FormView,
    pub access: AccessEnd,
}

impl View for LeavingPage {
    const TEMPLATE: &'static str = "handler/leaving.html";
    const TITLE: &'static str = "handler-leaving-title";
}

/// The duties to choose from.
pub(super) fn duties(language: Language) -> Vec<Choice> {
    Choice::words(language, "handler-duty-", Duty::ALL)
}

/// The sample with another value.
fn set(sample: &mut Value, name: &str, value: Value) {
    if let Some(fields) = sample.as_object_mut() {
        fields.insert(name.to_owned(), value);
    }
}

/// A sample of each page, for the test that renders them all.
#[must_use]
pub fn samples() -> Vec<(&'static str, Value)> {
    let entrustment = json!({ "id": "0", "number": "令8子-12", "title": "保育所等監査業務委託" });
    let handler = json!({
        "id": "1", "person_id": null, "name": "髙橋 桜", "name_kana": "タカハシ サクラ", "email": "t@sr.example", "duty": "handler",
        "temporary": true, "pledged_on": "2026-04-01", "starts_on": "2026-04-01", "ends_on": null, "returned_on": null,
        "return_note": "", "note": "", "version": 1, "created_at": "2026-04-01T00:00:00", "trained_on": "2026-04-02", "findings": 1,
    });
    let mut left = handler.clone();
    set(&mut left, "ends_on", json!("2026-05-01"));
    set(&mut left, "pledged_on", Value::Null);
    set(&mut left, "trained_on", Value::Null);
    set(&mut left, "temporary", json!(false));
    set(&mut left, "person_id", json!("9"));
    let list = |rows: Value, may_hold: bool| {
        json!({ "rows": rows, "paging": { "page": 1, "pages": 1, "total": 1, "first": 1, "last": 1 },
                "sorting": { "key": "name", "descending": false }, "form": FormView::default(), "entrustment": entrustment,
                "statuses": [], "may_hold": may_hold })
    };
    let show = |handler: &Value, may_hold: bool, full: bool| {
        json!({ "entrustment": entrustment, "handler": handler, "form": FormView::default(), "findings": [], "history": [], "may_hold": may_hold,
            "trainings": if full { json!([{ "handler_id": "1", "held_on": "2026-04-02", "content": "個人情報の取扱い", "entered_by_name": "髙橋" }]) } else { json!([]) },
            "files": if full { json!([{ "id": "5", "name": "誓約書.pdf", "size": 1234, "href": "/x", "sha256": "00", "by": "髙橋", "at": "2026-04-01T00:00:00" }]) } else { json!([]) } })
    };
    let form = |id: Value| json!({ "entrustment": entrustment, "id": id, "form": FormView::default(), "warnings": [], "duties": [] });
    let leaving = |handler: &Value, access: AccessEnd| json!({ "entrustment": entrustment, "handler": handler, "form": FormView::default(), "access": access });
    let training = |handlers: Value| json!({ "entrustment": entrustment, "form": FormView::default(), "handlers": handlers });
    vec![
        (ListView::TEMPLATE, list(json!([handler, left]), true)),
        (ListView::TEMPLATE, list(json!([]), false)),
        (ShowView::TEMPLATE, show(&handler, true, true)),
        (ShowView::TEMPLATE, show(&left, false, false)),
        (FormPage::TEMPLATE, form(Value::Null)),
        (FormPage::TEMPLATE, form(json!("1"))),
        (TrainingPage::TEMPLATE, training(json!([{ "value": "1", "label": "髙橋", "hint": "" }]))),
        (TrainingPage::TEMPLATE, training(json!([]))),
        (LeavingPage::TEMPLATE, leaving(&handler, AccessEnd::Closes)),
        (LeavingPage::TEMPLATE, leaving(&left, AccessEnd::None)),
        (LeavingPage::TEMPLATE, leaving(&left, AccessEnd::OtherRoster)),
        (LeavingPage::TEMPLATE, leaving(&left, AccessEnd::Representative)),
    ]
}
