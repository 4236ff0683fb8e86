//! What the pages of incidents show.

use serde::Serialize;
use serde_json::{Value, json};

use crate::clock::Timestamp;
use crate::entrustment::Entrustment;
use crate::incident::clock::{self, ClockView};
use crate::incident::correction::Difference;
use crate::incident::model::{Incident, IncidentStatus};
use crate::incident::panel::Part;
use crate::incident::store::list::IncidentRow;
use crate::ledger::HistoryLine;
use crate::web::locale::{text, text_with};
use crate::web::paging::Page;
use crate::web::{Choice, FormView, Language, View};

/// The tone of a status.
pub(super) const fn tone(status: IncidentStatus) -> &'static str {
    match status {
        IncidentStatus::Reported => "bad",
        IncidentStatus::Open => "warn",
        IncidentStatus::Closed => "good",
    }
}

/// A line of a list.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Line {
    pub href: String,
    pub kind: String,
    pub position: i32,
    pub status: String,
    pub tone: &'static str,
    pub known_at: Timestamp,
    pub reported_at: Timestamp,
    pub persons: Option<i32>,
    pub entrustment_href: String,
    pub entrustment: String,
    pub number: String,
    pub contractor: String,
}

impl Line {
    pub(super) fn of(language: Language, row: IncidentRow) -> Self {
        let entrustment_href = format!("/entrustments/{}", row.entrustment_id);
        Self {
            href: format!("{entrustment_href}/incidents/{}", row.id),
            kind: text(language, &format!("incident-kind-{}", row.kind)),
            position: row.position,
            status: text(language, &format!("incident-status-{}", row.status)),
            tone: tone(row.status),
            known_at: row.known_at,
            reported_at: row.reported_at,
            persons: row.persons,
            entrustment_href,
            entrustment: row.entrustment,
            number: row.number,
            contractor: row.contractor,
        }
    }
}

/// The list of an organisation, or of one entrustment.
#[derive(Serialize)]
pub(super) struct ListView {
    #[serde(flatten)]
    pub list: Page<Line>,
    pub of: Option<Entrustment>,
    pub statuses: Vec<Choice>,
    pub kinds: Vec<Choice>,
    pub divisions: Vec<Choice>,
    pub may_report: bool,
}

impl View for ListView {
    const TEMPLATE: &'static str = "incident/list.html";
    const TITLE: &'static str = "incident-list-title";

    fn title(&self, language: Language) -> String {
        text(language, if self.of.is_some() { "incident-of-title" } else { Self::TITLE })
    }
}

/// What is to be done next, by whom reads the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Next {
    /// The reader reported: what to do now, until an officer opens it.
    Reporter,
    /// An officer is to open it.
    Open,
    /// The response is under way.
    Respond,
    /// The reader audits: it changes nothing.
    Reader,
    /// It is closed.
    Closed,
}

/// An incident with everything about it.
#[derive(Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "what the template asks, one by one")]
pub(super) struct ShowView {
    pub form: FormView,
    pub entrustment: Entrustment,
    pub incident: Incident,
    pub tone: &'static str,
    pub next: Next,
    /// The part that is to be looked at first.
    pub urgent: Option<Part>,
    pub clock: ClockView,
    pub parts: Vec<Part>,
    /// The contractor's numbers, for the principal's people: usual, after hours.
    pub phones: Vec<(String, String)>,
    pub may_open: bool,
    pub may_correct: bool,
    pub may_close: bool,
    /// Whether the reader works on the principal's side.
    pub is_principal: bool,
    pub history: Vec<HistoryLine>,
}

impl View for ShowView {
    const TEMPLATE: &'static str = "incident/show.html";
    const TITLE: &'static str = "incident-show-title";

    fn title(&self, language: Language) -> String {
        numbered(language, &self.incident)
    }
}

/// What an incident is called.
pub(in crate::incident) fn numbered(language: Language, incident: &Incident) -> String {
    let kind = text(language, &format!("incident-kind-{}", incident.kind));
    let args = [("number", i64::from(incident.position).into()), ("kind", kind.into())];
    text_with(language, "incident-numbered", &args)
}

/// The form with which the facts are corrected.
#[derive(Serialize)]
pub(super) struct EditView {
    pub form: FormView,
    pub entrustment: Entrustment,
    pub home: String,
    pub name: String,
    pub kinds: Vec<Choice>,
    pub counted: Vec<Choice>,
    /// What was typed otherwise than somebody else has stored meanwhile.
    pub differs: Vec<Difference>,
    pub warned: bool,
}

impl View for EditView {
    const TEMPLATE: &'static str = "incident/edit.html";
    const TITLE: &'static str = "incident-edit-title";
}

/// Something that is to be settled before closing, and where.
#[derive(Serialize)]
pub(super) struct OpenMatter {
    pub text: String,
    pub href: String,
}

/// The page on which an incident is closed.
#[derive(Serialize)]
pub(super) struct CloseView {
    pub form: FormView,
    pub entrustment: Entrustment,
    pub home: String,
    pub name: String,
    pub warned: bool,
    /// What is to be done before.
    pub open: Vec<OpenMatter>,
}

impl View for CloseView {
    const TEMPLATE: &'static str = "incident/close.html";
    const TITLE: &'static str = "incident-close-title";
}

fn sample_of(status: &str) -> Value {
    let closed = status == "closed";
    json!({ "id": "0", "position": 2, "kind": "misdirected", "summary": "名簿を別の事務所に送った",
        "occurred_at": "2026-04-01T07:01:00", "known_at": "2026-04-01T07:08:00", "known_side": "contractor",
        "known_by": "髙橋", "persons": if closed { json!(49) } else { json!(null) },
        "counted": if closed { "exact" } else { "unknown" }, "recipients": "別の事務所 1か所", "status": status,
        "reported_side": "contractor", "reported_by_name": "髙橋", "reported_at": "2026-04-01T07:10:00",
        "notified_at": "2026-04-01T07:10:00", "opened_at": if status == "reported" { json!(null) } else { json!("2026-04-01T07:20:00") },
        "opened_by_name": "﨑山", "escalated_at": null, "handover_id": if closed { json!("0") } else { json!(null) },
        "transmission_id": null, "closed_at": if closed { json!("2026-05-01T07:20:00") } else { json!(null) },
        "closed_by_name": "承認", "closing_note": "消去を確かめた", "version": 1 })
}

/// A sample of each page, for the test that renders them all.
#[must_use]
pub(in crate::incident) fn samples() -> Vec<(&'static str, Value)> {
    let entrustment = json!({ "id": "0", "title": "保育所等監査業務委託", "number": "令8子-12" });
    let choice = json!([{ "value": "misdirected", "label": "誤送付", "hint": "" }]);
    let line = json!({ "href": "/", "kind": "誤送付", "position": 2, "status": "第一報", "tone": "bad",
        "known_at": "2026-04-01T07:08:00", "reported_at": "2026-04-01T07:10:00", "persons": 49, "entrustment_href": "/",
        "entrustment": "保育所等監査業務委託", "number": "令8子-12", "contractor": "髙橋社会保険労務士事務所" });
    let list = |rows: Value, of: Value, divisions: Value| {
        json!({ "rows": rows, "paging": { "page": 1, "pages": 1, "total": 1, "more": false, "first": 1, "last": 1 },
            "sorting": { "key": "reported", "descending": false }, "form": FormView::default(), "of": of,
            "statuses": choice, "kinds": choice, "divisions": divisions, "may_report": true })
    };
    let show = |status: &str, next: &str, may: bool| {
        json!({ "form": FormView::default(), "entrustment": entrustment, "incident": sample_of(status), "tone": "bad",
            "next": next, "urgent": if may { json!({ "title": "対応の手順", "href": "/", "status": "遅れ 1件", "tone": "bad",
                "lines": ["次：電話する"] }) } else { json!(null) }, "clock": clock::sample(), "parts": [{ "title": "対応の手順", "href": "/", "status": "3件", "tone": "warn", "lines": ["電話する"] }],
            "phones": if may { json!([["電話", "059-000-0000"]]) } else { json!([]) }, "may_open": may && status == "reported",
            "may_correct": may, "may_close": may, "is_principal": may, "history": [] })
    };
    let form = |warned: bool| {
        json!({ "form": FormView::default(), "entrustment": entrustment, "home": "/", "name": "事故 第2号",
            "kinds": choice, "counted": choice, "warned": warned, "differs": if warned {
                json!([{ "field": "本人の数", "stored": "52人", "typed": "60人" }]) } else { json!([]) } })
    };
    let close = |open: Value, warned: bool| {
        json!({ "form": FormView::default(), "entrustment": entrustment, "home": "/", "name": "事故 第2号",
            "open": open, "warned": warned })
    };
    vec![
        (ListView::TEMPLATE, list(json!([line]), entrustment.clone(), json!([]))),
        (ListView::TEMPLATE, list(json!([line]), json!(null), choice.clone())),
        (ListView::TEMPLATE, list(json!([]), json!(null), json!([]))),
        (ShowView::TEMPLATE, show("reported", "reporter", false)),
        (ShowView::TEMPLATE, show("reported", "open", true)),
        (ShowView::TEMPLATE, show("open", "respond", true)),
        (ShowView::TEMPLATE, show("open", "reader", false)),
        (ShowView::TEMPLATE, show("closed", "closed", false)),
        (EditView::TEMPLATE, form(false)),
        (EditView::TEMPLATE, form(true)),
        (CloseView::TEMPLATE, close(json!([]), true)),
        (
            CloseView::TEMPLATE,
            close(json!([{ "text": "手順が残っています。", "href": "/plan" }]), false),
        ),
    ]
}
