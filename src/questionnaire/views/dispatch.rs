//! What the pages of a dispatch show.

use chrono::NaiveDate;
use serde::Serialize;
use serde_json::{Value, json};

use crate::questionnaire::dispatch::{LeftOut, Planned};
use crate::web::{Choice, FormView, Language, View, locale};

/// The form of a dispatch.
#[derive(Serialize)]
pub(in crate::questionnaire) struct NewView {
    pub form: FormView,
    /// The templates to choose from.
    pub templates: Vec<Choice>,
    /// The entrustments shown for choosing.
    pub entrustments: Vec<Choice>,
    /// Whether only those named in the address are shown, without a filter.
    pub alone: bool,
    /// How many fit the filter.
    pub total: i64,
    /// Whether more fit the filter than are shown.
    pub more: bool,
    /// Whether to choose the ticked or all that fit.
    pub scopes: Vec<Choice>,
    pub divisions: Vec<Choice>,
    pub years: Vec<Choice>,
}

impl View for NewView {
    const TEMPLATE: &'static str = "questionnaire/dispatch_new.html";
    const TITLE: &'static str = "questionnaire-dispatch-title";
}

/// What a dispatch would do, before it is done.
#[derive(Serialize)]
pub(in crate::questionnaire) struct CheckView {
    pub template: String,
    pub questions: usize,
    pub deadline: NaiveDate,
    pub days: i64,
    pub contact: String,
    pub message: String,
    pub rows: Vec<CheckRow>,
    /// How many of them go by an invitation.
    pub invited: usize,
    pub left_out: Vec<LeftOutRow>,
    /// The fields to send again.
    pub fields: Vec<(String, String)>,
}

/// An entrustment that gets a questionnaire.
#[derive(Serialize)]
pub(in crate::questionnaire) struct CheckRow {
    number: String,
    title: String,
    contractor: String,
    invited: bool,
    recipients: usize,
}

/// An entrustment that is left out.
#[derive(Serialize)]
pub(in crate::questionnaire) struct LeftOutRow {
    number: String,
    title: String,
    reason: String,
}

impl CheckRow {
    pub(in crate::questionnaire) fn of(planned: &Planned) -> Self {
        Self {
            number: planned.entrustment.number.clone(),
            title: planned.entrustment.title.clone(),
            contractor: planned.contractor.name.clone(),
            invited: planned.recipients.is_empty(),
            recipients: planned.recipients.len(),
        }
    }

    pub(in crate::questionnaire) fn is_invited(&self) -> bool {
        self.invited
    }
}

impl LeftOutRow {
    pub(in crate::questionnaire) fn of(language: Language, left_out: &LeftOut) -> Self {
        Self {
            number: left_out.entrustment.number.clone(),
            title: left_out.entrustment.title.clone(),
            reason: locale::text(language, left_out.reason),
        }
    }
}

impl View for CheckView {
    const TEMPLATE: &'static str = "questionnaire/dispatch_check.html";
    const TITLE: &'static str = "questionnaire-dispatch-check-title";
}

pub(super) fn samples() -> Vec<(&'static str, Value)> {
    let choice =
        json!({ "value": "built-in", "label": "個人情報の取扱いに関する点検票", "hint": "" });
    let row = json!({ "number": "令8子-12", "title": "保育所等監査業務委託", "contractor": "髙橋事務所",
        "invited": true, "recipients": 0 });
    let new = |entrustments: Value, total: i64| {
        json!({ "form": FormView::default(), "templates": [choice], "entrustments": entrustments, "total": total,
            "alone": total == 0, "more": total > 1, "scopes": [choice], "divisions": [], "years": [] })
    };
    let check = |rows: Value, left_out: Value| {
        json!({ "template": "点検票", "questions": 48, "deadline": "2026-07-31", "days": 30, "contact": "子ども課",
            "message": "お願いします\n以上", "rows": rows, "invited": 1, "left_out": left_out,
            "fields": [["template", "built-in"]] })
    };
    let left = json!([{ "number": "令8子-13", "title": "給食調理業務委託", "reason": "回答が終わっていない" }]);
    vec![
        (NewView::TEMPLATE, new(json!([]), 0)),
        (NewView::TEMPLATE, new(json!([choice]), 300)),
        (CheckView::TEMPLATE, check(json!([row]), left.clone())),
        (CheckView::TEMPLATE, check(json!([]), left)),
    ]
}
