//! What the pages of inspections show.

use chrono::NaiveDate;
use serde::Serialize;
use serde_json::{Value, json};

use super::checklist::{ItemResult, Line};
use super::model::{Inspection, InspectionStatus, Overall, note_field, result_field};
use super::store::duty::{DutyRow, Standing};
use crate::attachment::FileView;
use crate::clock::Timestamp;
use crate::entrustment::Entrustment;
use crate::finding::Finding;
use crate::japanese::{FiscalYear, jst_date};
use crate::ledger::HistoryLine;
use crate::web::paging::Page;
use crate::web::{Choice, FormView, Language, View, locale};

/// The entrustment to which a page belongs.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Head {
    pub id: String,
    pub number: String,
    pub title: String,
}

impl Head {
    pub(super) fn of(entrustment: &Entrustment) -> Self {
        Self {
            id: entrustment.id.to_string(),
            number: entrustment.number.clone(),
            title: entrustment.title.clone(),
        }
    }
}

/// A word with its tone.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Mark {
    pub label: String,
    pub tone: &'static str,
}

/// How the duty of a year stands, in words and tone.
pub(super) fn standing(language: Language, standing: Standing) -> Mark {
    let tone = match standing {
        Standing::Held => "good",
        Standing::Planned => "info",
        Standing::Missing | Standing::Undone => "warn",
    };
    Mark { label: locale::text(language, &format!("inspection-standing-{standing}")), tone }
}

fn status(language: Language, status: InspectionStatus) -> Mark {
    let tone = match status {
        InspectionStatus::Planned => "neutral",
        InspectionStatus::Held => "progress",
        InspectionStatus::Answered => "info",
        InspectionStatus::Closed => "good",
    };
    Mark { label: locale::text(language, &format!("inspection-status-{status}")), tone }
}

pub(super) fn overall(language: Language, overall: Overall) -> Option<Mark> {
    let tone = match overall {
        Overall::None => return None,
        Overall::Good => "good",
        Overall::Mend => "warn",
        Overall::Bad => "bad",
    };
    Some(Mark { label: locale::text(language, &format!("inspection-overall-{overall}")), tone })
}

fn result(language: Language, result: ItemResult) -> Mark {
    let tone = match result {
        ItemResult::Kept => "good",
        ItemResult::NotKept => "bad",
        ItemResult::NotApplicable => "neutral",
        ItemResult::NotSeen => "warn",
    };
    Mark { label: locale::text(language, &format!("inspection-result-{result}")), tone }
}

/// A line of the overview.
#[derive(Clone, Debug, Serialize)]
pub(super) struct DutyLine {
    pub href: String,
    pub number: String,
    pub title: String,
    pub contractor: String,
    pub division: String,
    pub ends_on: NaiveDate,
    pub standing: Mark,
    pub inspection_href: String,
    pub planned_on: Option<NaiveDate>,
    pub held_on: Option<NaiveDate>,
    pub overall: Option<Mark>,
    pub due: NaiveDate,
    pub days: i64,
    pub done: bool,
}

impl DutyLine {
    pub(super) fn of(language: Language, row: DutyRow, year: FiscalYear, today: NaiveDate) -> Self {
        let href = format!("/entrustments/{}", row.id);
        let stands = row.standing();
        let brief = row.inspection.as_ref();
        Self {
            inspection_href: brief
                .map_or_else(String::new, |brief| format!("{href}/inspections/{}", brief.id)),
            planned_on: brief.map(|brief| brief.planned_on),
            held_on: brief.and_then(|brief| brief.held_at).map(jst_date),
            overall: brief.and_then(|brief| overall(language, brief.result)),
            standing: standing(language, stands),
            due: year.end(),
            days: (year.end() - today).num_days(),
            done: stands == Standing::Held,
            number: row.number,
            title: row.title,
            contractor: row.contractor,
            division: row.division,
            ends_on: row.ends_on,
            href,
        }
    }
}

/// The overview of a fiscal year.
#[derive(Serialize)]
pub(super) struct DutyView {
    #[serde(flatten)]
    pub list: Page<DutyLine>,
    pub year_label: String,
    pub years: Vec<Choice>,
    pub standings: Vec<Choice>,
    pub divisions: Vec<Choice>,
    pub is_principal: bool,
}

impl View for DutyView {
    const TEMPLATE: &'static str = "inspection/duty.html";
    const TITLE: &'static str = "inspection-duty-title";
}

/// An inspection in an entrustment's list.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Row {
    pub href: String,
    pub year: String,
    pub planned_on: NaiveDate,
    pub held_at: Option<Timestamp>,
    pub method: String,
    pub status: Mark,
    pub overall: Option<Mark>,
}

impl Row {
    pub(super) fn of(language: Language, inspection: &Inspection) -> Self {
        Self {
            href: inspection.href(),
            year: year(language, inspection.fiscal_year),
            planned_on: inspection.planned_on,
            held_at: inspection.held_at,
            method: locale::text(language, &format!("inspection-method-{}", inspection.method)),
            status: status(language, inspection.status),
            overall: overall(language, inspection.result),
        }
    }
}

/// A fiscal year in words.
pub(super) fn year(language: Language, year: i32) -> String {
    match language {
        Language::Ja => FiscalYear(year).era_label(),
        Language::En => {
            locale::text_with(language, "inspection-year", &[("year", year.to_string().into())])
        }
    }
}

/// The inspections of an entrustment.
#[derive(Serialize)]
pub(super) struct OfView {
    pub of: Head,
    pub rows: Vec<Row>,
    pub year: String,
    pub standing: Mark,
    pub due: NaiveDate,
    pub days: i64,
    pub done: bool,
    pub may_plan: bool,
}

impl View for OfView {
    const TEMPLATE: &'static str = "inspection/of.html";
    const TITLE: &'static str = "inspection-of-title";
}

/// The form of a plan.
#[derive(Serialize)]
pub(super) struct PlanView {
    pub form: FormView,
    pub of: Head,
    pub action: String,
    pub back: String,
    pub methods: Vec<Choice>,
    pub is_new: bool,
}

impl View for PlanView {
    const TEMPLATE: &'static str = "inspection/plan.html";
    const TITLE: &'static str = "inspection-plan-title";

    fn title(&self, language: Language) -> String {
        let key = if self.is_new { Self::TITLE } else { "inspection-replan-title" };
        locale::text(language, key)
    }
}

/// An item as the pages show it.
#[derive(Clone, Debug, Serialize)]
pub(super) struct ItemView {
    pub result_field: String,
    pub note_field: String,
    pub clause: u8,
    pub text: String,
    pub look_at: String,
    pub result: Option<Mark>,
    pub note: String,
}

impl ItemView {
    pub(super) fn of(language: Language, line: &Line) -> Self {
        let lang = language.as_str();
        Self {
            result_field: result_field(&line.item.id),
            note_field: note_field(&line.item.id),
            clause: line.item.clause,
            text: line.item.text.get(lang).to_owned(),
            look_at: line.item.look_at.get(lang).to_owned(),
            result: line.result.map(|said| result(language, said)),
            note: line.note.clone(),
        }
    }
}

/// The form with which an inspection is held.
#[derive(Serialize)]
pub(super) struct HoldView {
    pub form: FormView,
    pub of: Head,
    pub href: String,
    pub checklist: String,
    pub items: Vec<ItemView>,
    pub results: Vec<Choice>,
    pub overalls: Vec<Choice>,
}

impl View for HoldView {
    const TEMPLATE: &'static str = "inspection/hold.html";
    const TITLE: &'static str = "inspection-hold-title";
}

/// A file, and whether the reader may take it back.
#[derive(Clone, Debug, Serialize)]
pub(super) struct File {
    #[serde(flatten)]
    pub file: FileView,
    pub removable: bool,
}

/// A finding that an inspection made.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Found {
    pub href: String,
    pub title: String,
    pub status: String,
    pub tone: &'static str,
    pub due_on: NaiveDate,
    pub days: i64,
}

impl Found {
    pub(super) fn of(language: Language, finding: &Finding, today: NaiveDate) -> Self {
        Self {
            href: finding.href(),
            title: finding.heading(language),
            status: locale::text(language, &format!("finding-status-{}", finding.status)),
            tone: if finding.is_open() { "warn" } else { "good" },
            due_on: finding.due_on,
            days: (finding.due_on - today).num_days(),
        }
    }
}

/// An inspection with everything about it.
#[expect(clippy::struct_excessive_bools, reason = "what the template asks, one by one")]
#[derive(Serialize)]
pub(super) struct ShowView {
    pub form: FormView,
    pub of: Head,
    pub row: Row,
    pub method_reason: String,
    pub inspector: String,
    pub attendant: String,
    pub held: bool,
    pub seen: String,
    pub comment: String,
    pub mend_by: Option<NaiveDate>,
    pub checklist: String,
    pub items: Vec<ItemView>,
    pub answer: String,
    pub answered_by: String,
    pub answered_at: Option<Timestamp>,
    pub closed_by: String,
    pub closed_at: Option<Timestamp>,
    pub findings: Vec<Found>,
    pub files: Vec<File>,
    pub history: Vec<HistoryLine>,
    pub may_hold: bool,
    pub may_answer: bool,
    pub may_close: bool,
    pub may_attach: bool,
    pub version: i32,
}

impl View for ShowView {
    const TEMPLATE: &'static str = "inspection/show.html";
    const TITLE: &'static str = "inspection-show-title";
}

/// A sample of each page, for the test that renders them all.
#[must_use]
pub fn samples() -> Vec<(&'static str, Value)> {
    let of = json!({ "id": "0", "number": "令8子-12", "title": "保育所等監査業務委託" });
    let mark = json!({ "label": "実施済み", "tone": "good" });
    let paging = json!({ "page": 1, "pages": 1, "total": 1, "first": 1, "last": 1 });
    let line = |held: bool| {
        json!({ "href": "/", "number": "1", "title": "監査", "contractor": "髙橋", "division": "子ども課",
            "ends_on": "2027-03-31", "standing": mark, "inspection_href": if held { "/" } else { "" },
            "planned_on": if held { json!("2026-09-01") } else { Value::Null },
            "held_on": if held { json!("2026-09-01") } else { Value::Null },
            "overall": if held { mark.clone() } else { Value::Null }, "due": "2027-03-31", "days": 30, "done": held })
    };
    let duty = |rows: Value, principal: bool| {
        json!({ "rows": rows, "paging": paging, "sorting": { "key": "ends_on", "descending": false },
            "form": FormView::default(), "year_label": "令和8年度", "years": [], "standings": [], "divisions": [],
            "is_principal": principal })
    };
    let row = json!({ "href": "/", "year": "令和8年度", "planned_on": "2026-09-01", "held_at": "2026-09-01T01:00:00",
        "method": "訪問", "status": mark, "overall": mark });
    let list = |rows: Value| {
        json!({ "of": of, "rows": rows, "year": "令和8年度", "standing": mark, "due": "2027-03-31", "days": 30,
            "done": false, "may_plan": true })
    };
    let item = json!({ "result_field": "result_c2-1", "note_field": "note_c2-1", "clause": 2, "text": "誓約している",
        "look_at": "誓約書", "result": mark, "note": "確認した" });
    let results = json!([{ "value": "kept", "label": "守られている", "hint": "" }]);
    let file = json!({ "id": "0", "name": "写真.png", "size": 1234, "href": "/", "sha256": "0a", "by": "﨑山",
        "at": "2026-09-01T00:00:00", "removable": true });
    let found = json!({ "href": "/", "title": "鍵の管理", "status": "回答待ち", "tone": "warn", "due_on": "2026-10-01", "days": 3 });
    let show = |held: bool| {
        json!({ "form": FormView::default(), "of": of, "row": row, "method_reason": "大雪のため", "inspector": "﨑山",
            "attendant": "髙橋", "held": held, "seen": "名簿", "comment": "所見", "mend_by": "2026-10-01",
            "checklist": "標準", "items": [item], "answer": if held { "承知しました" } else { "" }, "answered_by": "髙橋",
            "answered_at": if held { json!("2026-09-05T00:00:00") } else { Value::Null }, "closed_by": "﨑山",
            "closed_at": if held { json!("2026-09-06T00:00:00") } else { Value::Null }, "findings": if held { json!([found]) } else { json!([]) },
            "files": if held { json!([file]) } else { json!([]) }, "history": [], "may_hold": !held, "may_answer": held,
            "may_close": held, "may_attach": true, "version": 1 })
    };
    vec![
        (DutyView::TEMPLATE, duty(json!([line(true), line(false)]), true)),
        (DutyView::TEMPLATE, duty(json!([]), false)),
        (OfView::TEMPLATE, list(json!([row]))),
        (OfView::TEMPLATE, list(json!([]))),
        (
            PlanView::TEMPLATE,
            json!({ "form": FormView::default(), "of": of, "action": "/x", "back": "/", "methods": results, "is_new": true }),
        ),
        (
            HoldView::TEMPLATE,
            json!({ "form": FormView::default(), "of": of, "href": "/", "checklist": "標準", "items": [item],
                "results": results, "overalls": results }),
        ),
        (ShowView::TEMPLATE, show(true)),
        (ShowView::TEMPLATE, show(false)),
    ]
}
