//! What the pages of the timeline show.

use serde::Serialize;
use serde_json::{Value, json};

use super::model::{Entry, EntryKind};
use crate::attachment::{self, Attachment, FileView};
use crate::clock::Timestamp;
use crate::entrustment::Entrustment;
use crate::incident::correction;
use crate::web::locale::{ArgValue, text, text_with};
use crate::web::paging::Page;
use crate::web::{Choice, FormView, Language, View};

/// An entry in words.
#[derive(Debug, Serialize)]
pub(super) struct Line {
    pub position: i32,
    pub happened_at: Timestamp,
    pub entered_at: Timestamp,
    pub kind: String,
    pub text: String,
    pub by: String,
    pub files: Vec<FileView>,
    /// The number of the entry that it corrects.
    pub corrects: Option<i32>,
    /// The numbers of those that correct it.
    pub corrected_by: Vec<i32>,
    pub may_correct: bool,
}

/// What an entry says: the portal's own in the reader's language, the others' as they were typed.
pub(super) fn said(language: Language, entry: &Entry) -> String {
    if entry.kind != EntryKind::Automatic {
        return entry.text.clone();
    }
    let details = entry.details.0.as_object().into_iter().flatten();
    let args: Vec<(&str, ArgValue)> =
        details.filter_map(|(name, value)| Some((name.as_str(), argument(value)?))).collect();
    let mut said = vec![text_with(language, &format!("incident-timeline-{}", entry.act), &args)];
    said.extend(
        entry
            .details
            .0
            .get("changed")
            .into_iter()
            .flat_map(|kept| correction::told(language, kept)),
    );
    said.join("\n")
}

fn argument(value: &Value) -> Option<ArgValue> {
    match value {
        Value::String(text) => Some(text.as_str().into()),
        Value::Number(number) => number.as_i64().map(ArgValue::from),
        _ => None,
    }
}

pub(super) fn line(
    language: Language,
    entry: &Entry,
    corrections: &[(i32, i32)],
    files: &[Attachment],
    may_correct: bool,
) -> Line {
    let own: Vec<Attachment> =
        files.iter().filter(|file| file.subject_id == entry.id.as_str()).cloned().collect();
    let those = corrections.iter().filter(|(wrong, _)| *wrong == entry.position);
    Line {
        position: entry.position,
        happened_at: entry.happened_at,
        entered_at: entry.entered_at,
        kind: text(language, &format!("incident-timeline-kind-{}", entry.kind)),
        text: said(language, entry),
        by: entry.by_name.clone(),
        files: attachment::views(&own),
        corrects: entry.corrects(),
        corrected_by: those.map(|(_, by)| *by).collect(),
        may_correct: may_correct && entry.kind != EntryKind::Automatic,
    }
}

/// The timeline.
#[derive(Debug, Serialize)]
pub(super) struct TimelineView {
    #[serde(flatten)]
    pub list: Page<Line>,
    pub entrustment: Entrustment,
    pub home: String,
    pub name: String,
    /// When the page was made: what was printed is as of then.
    pub now: Timestamp,
    pub may_add: bool,
    pub printing: bool,
}

impl View for TimelineView {
    const TEMPLATE: &'static str = "incident/timeline.html";
    const TITLE: &'static str = "incident-timeline-title";
}

/// The form of an entry.
#[derive(Debug, Serialize)]
pub(super) struct FormPage {
    pub form: FormView,
    pub entrustment: Entrustment,
    pub home: String,
    pub name: String,
    pub kinds: Vec<Choice>,
    /// The number of the entry that is to be corrected, and what it says.
    pub corrects: Option<i32>,
    pub wrong: Option<Line>,
    pub warned: bool,
}

impl View for FormPage {
    const TEMPLATE: &'static str = "incident/timeline_form.html";
    const TITLE: &'static str = "incident-timeline-form-title";
}

/// A sample of each page, for the test that renders them all.
#[must_use]
pub(in crate::incident) fn samples() -> Vec<(&'static str, Value)> {
    let entrustment = json!({ "id": "0", "title": "保育所等監査業務委託", "number": "令8子-12" });
    let file = json!({ "id": "0", "name": "通話記録.pdf", "size": 1024, "href": "/", "sha256": "00", "by": "髙橋",
        "at": "2026-04-01T07:30:00" });
    let line = |position: i32, files: Value, corrects: Value, corrected_by: Value, may: bool| {
        json!({ "position": position, "happened_at": "2026-04-01T07:08:00", "entered_at": "2026-04-01T07:30:00", "kind": "電話",
            "text": "相手に電話した\n消去を頼んだ", "by": "髙橋", "files": files, "corrects": corrects,
            "corrected_by": corrected_by, "may_correct": may })
    };
    let list = |rows: Value, may: bool, printing: bool| {
        json!({ "rows": rows, "paging": { "page": 1, "pages": 1, "total": 1, "more": false, "first": 1, "last": 1 },
            "sorting": { "key": "happened", "descending": false }, "form": FormView::default(), "entrustment": entrustment,
            "home": "/", "name": "事故 第2号", "now": "2026-04-01T07:30:00", "may_add": may, "printing": printing })
    };
    let form = |corrects: Value, wrong: Value, warned: bool| {
        json!({ "form": FormView::default(), "entrustment": entrustment, "home": "/", "name": "事故 第2号",
            "kinds": [{ "value": "call", "label": "電話", "hint": "" }], "corrects": corrects, "wrong": wrong,
            "warned": warned })
    };
    let plain = line(3, json!([]), json!(null), json!([]), false);
    let full = line(4, json!([file]), json!(2), json!([5, 6]), true);
    vec![
        (TimelineView::TEMPLATE, list(json!([plain, full]), true, false)),
        (TimelineView::TEMPLATE, list(json!([plain, full]), false, true)),
        (TimelineView::TEMPLATE, list(json!([]), true, false)),
        (FormPage::TEMPLATE, form(json!(null), json!(null), false)),
        (FormPage::TEMPLATE, form(json!(3), plain, true)),
    ]
}
