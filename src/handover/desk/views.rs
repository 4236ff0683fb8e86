//! What the pages of the desk show.

use serde::Serialize;
use serde_json::{Value, json};

use super::store::Row;
use crate::clock::Timestamp;
use crate::entrustment::Entrustment;
use crate::handover::checking::{self, ContentsView, DifferencesView, StopsView};
use crate::handover::delivery::{self, DeliveriesView};
use crate::handover::model::{
    Delivery, DeliveryId, Direction, Handover, HandoverId, HandoverStatus, ReceivingParty,
};
use crate::handover::upload::{self, FilesView};
use crate::ledger::HistoryLine;
use crate::web::locale::text_with;
use crate::web::paging::Page;
use crate::web::{Choice, FormView, Language, View};

/// How a status looks.
pub(super) fn tone(status: HandoverStatus) -> &'static str {
    match status {
        HandoverStatus::Draft | HandoverStatus::Discarded => "neutral",
        HandoverStatus::Proposed | HandoverStatus::Approved => "progress",
        HandoverStatus::Returned | HandoverStatus::Recalled => "warn",
        HandoverStatus::Sent | HandoverStatus::Ended => "good",
    }
}

/// The first recipients by name, and how many more there are.
pub(super) fn few(language: Language, names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [one, more @ ..] => {
            let args = [("name", one.as_str().into()), ("count", more.len().into())];
            text_with(language, "handover-and-more", &args)
        }
    }
}

/// A line of the list.
#[derive(Serialize)]
pub(super) struct Line {
    pub id: HandoverId,
    pub position: i32,
    pub direction: Direction,
    pub to: String,
    pub purpose: String,
    pub status: HandoverStatus,
    pub tone: &'static str,
    pub sent_at: Option<Timestamp>,
}

impl Line {
    pub(super) fn of(language: Language, (handover, names): Row) -> Self {
        Self {
            id: handover.id,
            position: handover.position,
            direction: handover.direction,
            to: few(language, &names),
            tone: tone(handover.status),
            status: handover.status,
            sent_at: handover.sent_at,
            purpose: handover.purpose,
        }
    }
}

/// The list.
#[derive(Serialize)]
pub(super) struct ListView {
    #[serde(flatten)]
    pub list: Page<Line>,
    pub entrustment: Entrustment,
    pub statuses: Vec<Choice>,
    pub directions: Vec<Choice>,
    pub may_begin: bool,
}

impl View for ListView {
    const TEMPLATE: &'static str = "handover/list.html";
    const TITLE: &'static str = "handover-list-title";
}

/// The form, to begin or to change.
#[derive(Serialize)]
pub(super) struct FormPage {
    pub form: FormView,
    pub entrustment: Entrustment,
    pub id: Option<HandoverId>,
    /// The number of what is changed.
    pub position: Option<i32>,
    pub directions: Vec<Choice>,
    /// The other party.
    pub given: String,
    pub below: Vec<Choice>,
    pub recipients: Vec<Choice>,
    pub items: Vec<Choice>,
    /// The request that it answers.
    pub request: String,
}

impl View for FormPage {
    const TEMPLATE: &'static str = "handover/form.html";
    const TITLE: &'static str = "handover-form-title";
}

/// A recipient as the page tells it.
#[derive(Serialize)]
pub(super) struct To {
    pub party: ReceivingParty,
    pub name: String,
    pub address: String,
}

impl To {
    pub(super) fn of(delivery: &Delivery) -> Self {
        Self {
            party: delivery.party,
            name: delivery.name.clone(),
            address: delivery.address.clone(),
        }
    }
}

/// What can be done with a hand-over.
#[expect(clippy::struct_excessive_bools, reason = "what the template asks, one by one")]
#[derive(Clone, Copy, Default, Serialize)]
pub(super) struct May {
    pub edit: bool,
    pub propose: bool,
    pub decide: bool,
    pub take_back: bool,
    /// Whether the reader could decide, but had a hand in it.
    pub own: bool,
}

/// One hand-over.
#[derive(Serialize)]
pub(super) struct ShowView {
    pub form: FormView,
    pub entrustment: Entrustment,
    pub handover: Handover,
    pub tone: &'static str,
    /// What comes next: the word of a message.
    pub next: &'static str,
    /// Which step it is at, from 1.
    pub step: usize,
    pub to: Vec<To>,
    pub items: Vec<String>,
    pub may: May,
    /// Whether the reader sees what was found, and who has it: who sends it, and the principal.
    pub looks: bool,
    /// The reader's own part, where its side gets it.
    pub received: Option<DeliveryId>,
    pub files: FilesView,
    pub contents: Vec<ContentsView>,
    pub stops: StopsView,
    pub deliveries: Option<DeliveriesView>,
    pub history: Vec<HistoryLine>,
}

impl View for ShowView {
    const TEMPLATE: &'static str = "handover/show.html";
    const TITLE: &'static str = "handover-show-title";

    fn title(&self, language: Language) -> String {
        let args = [("number", i64::from(self.handover.position).into())];
        text_with(language, Self::TITLE, &args)
    }
}

/// What the second person looks at.
#[derive(Serialize)]
pub(super) struct DecisionView {
    pub form: FormView,
    pub entrustment: Entrustment,
    pub handover: Handover,
    pub to: Vec<To>,
    pub items: Vec<String>,
    pub files: FilesView,
    pub contents: Vec<ContentsView>,
    pub stops: StopsView,
    pub differences: Option<DifferencesView>,
    pub decisions: Vec<Choice>,
    /// Minutes between the approval and the leaving.
    pub minutes: i64,
}

impl View for DecisionView {
    const TEMPLATE: &'static str = "handover/decision.html";
    const TITLE: &'static str = "handover-decision-title";

    fn title(&self, language: Language) -> String {
        let args = [("number", i64::from(self.handover.position).into())];
        text_with(language, Self::TITLE, &args)
    }
}

/// A sample of each page, for the test that renders them all.
pub(in crate::handover) fn samples() -> Vec<(&'static str, Value)> {
    let mut samples = vec![
        (ListView::TEMPLATE, list_sample(&[line_sample("proposed"), line_sample("sent")])),
        (ListView::TEMPLATE, list_sample(&[])),
        (FormPage::TEMPLATE, form_sample(true)),
        (FormPage::TEMPLATE, form_sample(false)),
        (DecisionView::TEMPLATE, decision_sample()),
    ];
    let shown = [
        ("draft", "waits", 2),
        ("draft", "files", 2),
        ("draft", "stops", 3),
        ("returned", "propose", 3),
        ("proposed", "decide", 4),
        ("proposed", "proposed", 4),
        ("approved", "approved", 5),
        ("sent", "sent", 5),
        ("recalled", "recalled", 6),
        ("ended", "ended", 6),
        ("discarded", "discarded", 3),
    ];
    samples.extend(
        shown.map(|(status, next, step)| (ShowView::TEMPLATE, show_sample(status, next, step))),
    );
    samples
}

fn entrustment_sample() -> Value {
    json!({ "id": "0", "title": "保育所等監査業務委託", "number": "令8子-12" })
}

fn line_sample(status: &str) -> Value {
    let directions = ["to_contractor", "to_principal", "to_sub_contractor", "to_recipients"];
    json!({ "id": "0", "position": 3, "direction": directions.get(status.len() % 4),
        "to": "架空センター ほか2", "purpose": "監査結果の報告", "status": status, "tone": "progress",
        "sent_at": "2026-04-01T00:00:00" })
}

fn list_sample(rows: &[Value]) -> Value {
    json!({ "rows": rows, "paging": { "page": 1, "pages": 1, "total": 1, "first": 1, "last": 1 },
        "sorting": { "key": "position", "descending": true }, "form": FormView::default(),
        "entrustment": entrustment_sample(), "statuses": [], "directions": [], "may_begin": true })
}

fn form_sample(begins: bool) -> Value {
    let choice =
        json!([{ "value": "0", "label": "架空センター", "hint": "center@example.jp　報告" }]);
    let (id, position) = if begins { (Value::Null, Value::Null) } else { (json!("0"), json!(3)) };
    json!({ "form": FormView::default(), "entrustment": entrustment_sample(), "id": id, "position": position,
        "directions": choice, "given": "三重野県", "below": choice, "recipients": choice, "items": choice,
        "request": if begins { "0" } else { "" } })
}

fn handover_sample(status: &str) -> Value {
    json!({ "id": "0", "position": 3, "direction": "to_recipients", "sender": "principal", "status": status,
        "purpose": "監査結果の報告", "message": "よろしくお願いします", "valid_days": 7, "downloads": 1,
        "created_by_name": "﨑山", "created_at": "2026-04-01T00:00:00", "proposed_by_name": "﨑山",
        "proposed_at": "2026-04-01T01:00:00", "decided_by_name": if status == "returned" { "" } else { "髙橋" },
        "decided_at": "2026-04-01T02:00:00", "decision_reason": "確認済み", "release_at": "2026-04-01T02:10:00",
        "sent_at": "2026-04-01T02:10:00", "valid_until": "2026-04-08T02:10:00", "recalled_by_name": "﨑山",
        "recalled_at": if status == "recalled" { json!("2026-04-02T00:00:00") } else { Value::Null },
        "recall_reason": "誤り", "version": 3 })
}

fn to_sample() -> Value {
    json!([
        { "party": "outside", "name": "架空センター", "address": "center@example.jp" },
        { "party": "principal", "name": "三重野県", "address": "" },
        { "party": "contractor", "name": "髙橋事務所", "address": "" },
        { "party": "sub_contractor", "name": "𠮷田データ", "address": "" },
    ])
}

fn show_sample(status: &str, next: &str, step: usize) -> Value {
    let edits = ["files", "stops", "propose"].contains(&next);
    let may = json!({ "edit": edits, "propose": next == "propose", "decide": next == "decide",
        "take_back": status == "approved", "own": next == "proposed" });
    let (contents, stops) = checking::sample();
    let deliveries = match status {
        "sent" | "recalled" | "ended" => delivery::deliveries_sample(),
        _ => Value::Null,
    };
    json!({ "form": FormView::default(), "entrustment": entrustment_sample(), "handover": handover_sample(status),
        "files": upload::files_sample(), "contents": contents, "stops": stops, "deliveries": deliveries,
        "tone": "neutral", "next": next, "step": step, "to": to_sample(), "items": ["氏名"], "may": may,
        "looks": next != "waits", "received": if next == "sent" { json!("0") } else { Value::Null }, "history": [] })
}

fn decision_sample() -> Value {
    let decisions = json!([
        { "value": "approved", "label": "承認する", "hint": "" },
        { "value": "returned", "label": "差し戻す", "hint": "" },
    ]);
    let (contents, stops) = checking::sample();
    json!({ "form": FormView::default(), "entrustment": entrustment_sample(), "handover": handover_sample("proposed"),
        "files": upload::files_sample(), "contents": contents, "stops": stops,
        "differences": checking::differences_sample(),
        "to": to_sample(), "items": ["氏名"], "decisions": decisions, "minutes": 10 })
}
