//! What the pages of transmissions show.

use serde::Serialize;
use serde_json::{Value, json};

use super::model::{Confirmation, Transmission, TransmissionId};
use super::store;
use crate::clock::Timestamp;
use crate::database::Connection;
use crate::entrustment::{Entrustment, PanelRow};
use crate::error::Result;
use crate::finding;
use crate::ledger::HistoryLine;
use crate::rulebook::{self, Broken, Judge, Party, Receiver, Terms, Warning};
use crate::web::locale::{text, text_with};
use crate::web::paging::Page;
use crate::web::{Choice, Ctx, FormView, Language, View};

/// A line of the list.
#[derive(Serialize)]
pub(super) struct Row {
    pub id: TransmissionId,
    pub position: i32,
    pub sent_at: Timestamp,
    pub sender: String,
    pub receivers: String,
    pub way: String,
    pub persons: i64,
    pub confirmation: Confirmation,
    pub tone: &'static str,
    /// The rules that it breaks, in words.
    pub broken: Vec<String>,
}

impl Row {
    pub fn of(language: Language, terms: &Terms, judge: &Judge<'_>, row: &Transmission) -> Self {
        let broken = judge.transmission(&row.fact());
        Self {
            id: row.id,
            position: row.position,
            sent_at: row.sent_at,
            sender: party(terms, row.sender).unwrap_or_else(|| other(language)),
            receivers: few(language, terms, &row.receivers.0),
            way: text(language, &format!("way-{}", row.way)),
            persons: row.persons,
            confirmation: row.confirmation,
            tone: tone(row.confirmation),
            broken: titles(language, &broken),
        }
    }
}

fn titles(language: Language, broken: &[Broken]) -> Vec<String> {
    rulebook::warnings(language, broken).into_iter().map(|warning| warning.title).collect()
}

/// The name of a party of the entrustment.
fn party(terms: &Terms, party: Party) -> Option<String> {
    match party {
        Party::Principal => Some(terms.principal.clone()),
        Party::Contractor => Some(terms.contractor.clone()),
        Party::Other => None,
    }
}

fn other(language: Language) -> String {
    text(language, "transmission-party-other")
}

/// What a receiver is called.
pub(super) fn called(terms: &Terms, receiver: &Receiver) -> String {
    if !receiver.name.is_empty() {
        return receiver.name.clone();
    }
    party(terms, receiver.party).unwrap_or_else(|| receiver.address.clone())
}

/// The first two receivers and how many more.
pub(super) fn few(language: Language, terms: &Terms, receivers: &[Receiver]) -> String {
    let names: Vec<String> = receivers.iter().take(2).map(|r| called(terms, r)).collect();
    let names = names.join(&text(language, "rule-between"));
    match receivers.len() {
        0..=2 => names,
        all => {
            let args = [("names", names.into()), ("count", (all - 2).into())];
            text_with(language, "transmission-and-more", &args)
        }
    }
}

/// The tone of a confirmation.
pub(super) fn tone(confirmation: Confirmation) -> &'static str {
    match confirmation {
        Confirmation::Waiting => "warn",
        Confirmation::Confirmed => "good",
        Confirmation::Disputed => "bad",
        Confirmation::NotNeeded => "neutral",
    }
}

/// The list.
#[derive(Serialize)]
pub(super) struct ListView {
    #[serde(flatten)]
    pub list: Page<Row>,
    pub entrustment: Entrustment,
    pub ways: Vec<Choice>,
    pub confirmations: Vec<Choice>,
    pub parties: Vec<Choice>,
    pub may_enter: bool,
}

impl View for ListView {
    const TEMPLATE: &'static str = "transmission/list.html";
    const TITLE: &'static str = "transmission-list-title";
}

/// The form.
#[derive(Serialize)]
pub(super) struct FormPage {
    pub form: FormView,
    pub id: Option<TransmissionId>,
    pub entrustment: Entrustment,
    pub warnings: Vec<Warning>,
    pub rows: Vec<usize>,
    pub who: Vec<Choice>,
    pub fields: Vec<Choice>,
    pub senders: Vec<Choice>,
    pub handlers: Vec<Choice>,
    pub ways: Vec<Choice>,
    pub items: Vec<Choice>,
    pub protections: Vec<Choice>,
    pub key_ways: Vec<Choice>,
}

impl View for FormPage {
    const TEMPLATE: &'static str = "transmission/form.html";
    const TITLE: &'static str = "transmission-form-title";

    fn title(&self, language: Language) -> String {
        let key = if self.id.is_some() { "transmission-edit-title" } else { Self::TITLE };
        text(language, key)
    }
}

/// A receiver on the page of a transmission.
#[derive(Serialize)]
pub(super) struct ReceiverLine {
    pub name: String,
    pub address: String,
    pub field: String,
    pub registered: bool,
    pub outside: bool,
}

/// A broken rule with the reason that was given.
#[derive(Serialize)]
pub(super) struct BrokenLine {
    #[serde(flatten)]
    pub warning: Warning,
    pub reason: String,
}

/// One transmission.
#[derive(Serialize)]
pub(super) struct ShowView {
    pub form: FormView,
    pub entrustment: Entrustment,
    pub transmission: Transmission,
    pub sender: String,
    pub handler: String,
    pub receivers: Vec<ReceiverLine>,
    pub items: Vec<String>,
    pub broken: Vec<BrokenLine>,
    pub entered_by: String,
    pub tone: &'static str,
    pub decisions: Vec<Choice>,
    pub may_confirm: bool,
    pub may_edit: bool,
    pub may_enter: bool,
    pub history: Vec<HistoryLine>,
}

impl View for ShowView {
    const TEMPLATE: &'static str = "transmission/show.html";
    const TITLE: &'static str = "transmission-show-title";

    fn title(&self, language: Language) -> String {
        let number = self.transmission.position.to_string();
        text_with(language, Self::TITLE, &[("number", number.into())])
    }
}

/// The name of the sender.
pub(super) fn sender(language: Language, terms: &Terms, row: &Transmission) -> String {
    party(terms, row.sender).unwrap_or_else(|| other(language))
}

/// The receivers for the page.
pub(super) fn receivers(
    language: Language,
    terms: &Terms,
    row: &Transmission,
) -> Vec<ReceiverLine> {
    let line = |receiver: &Receiver| ReceiverLine {
        name: called(terms, receiver),
        address: receiver.address.clone(),
        field: text(language, &format!("transmission-field-{}", receiver.field)),
        registered: receiver.recipient.is_some(),
        outside: receiver.party == Party::Other,
    };
    row.receivers.0.iter().map(line).collect()
}

/// The rules that are broken, with the reasons that were given.
pub(super) fn broken(language: Language, terms: &Terms, row: &Transmission) -> Vec<BrokenLine> {
    let broken = rulebook::transmission(terms, &row.fact());
    let line = |warning: Warning| BrokenLine {
        reason: row.exceptions.0.get(&warning.rule).cloned().unwrap_or_default(),
        warning,
    };
    rulebook::warnings(language, &broken).into_iter().map(line).collect()
}

/// The transmissions' line on the entrustment's page.
///
/// # Errors
/// Those of the database.
pub fn line(connection: &mut Connection, ctx: &Ctx, entrustment: &Entrustment) -> Result<PanelRow> {
    let counts = store::counts(connection, entrustment)?;
    let total: i64 = counts.iter().map(|(_, count)| count).sum();
    let of = |word| counts.iter().find(|(c, _)| *c == word).map_or(0, |(_, count)| *count);
    let findings = finding::counts(connection, entrustment)?;
    let open = findings.iter().find(|(kind, _)| kind == "transmission").map_or(0, |(_, n)| *n);
    let say = |key: &str, count: i64| text_with(ctx.language, key, &[("count", count.into())]);
    let (status, tone) = if open > 0 {
        (say("transmission-line-findings", open), "bad")
    } else if of(Confirmation::Waiting) > 0 {
        (say("transmission-line-waiting", of(Confirmation::Waiting)), "warn")
    } else {
        (ctx.text("transmission-line-none"), "good")
    };
    Ok(PanelRow {
        title: ctx.text("transmission-list-title"),
        href: format!("/entrustments/{}/transmissions", entrustment.id),
        hint: say("transmission-line-count", total),
        status,
        tone,
        ..PanelRow::default()
    })
}

/// A sample of each page, for the test that renders them all.
#[must_use]
pub fn samples() -> Vec<(&'static str, Value)> {
    let entrustment = json!({ "id": "0", "title": "保育所等監査業務委託", "number": "令8子-12" });
    let row = json!({ "id": "0", "position": 1, "sent_at": "2026-04-01T00:00:00", "sender": "髙橋", "receivers": "三重野県",
        "way": "手渡し", "persons": 49, "confirmation": "waiting", "tone": "warn", "broken": ["自分のアドレス"] });
    let choice = json!([{ "value": "0", "label": "氏名", "hint": "要配慮個人情報" }]);
    let list = |rows: Value| {
        json!({ "rows": rows, "paging": { "page": 1, "pages": 1, "total": 1, "first": 1, "last": 1 },
            "sorting": { "key": "sent_at", "descending": true }, "form": FormView::default(),
            "entrustment": entrustment, "ways": choice, "confirmations": [], "parties": [], "may_enter": true })
    };
    let warning = json!({ "rule": "own_address", "title": "題", "text": "文", "what": "a@b.example", "clause": 10,
        "severity": "high", "allows_exception": false, "field": "fact_own_address", "reason": "" });
    let form = |id: Value, warnings: Value| {
        json!({ "form": FormView::default(), "id": id, "entrustment": entrustment, "warnings": warnings, "rows": [0, 1],
            "who": choice, "fields": choice, "senders": choice, "handlers": choice, "ways": choice, "items": choice,
            "protections": choice, "key_ways": choice })
    };
    let show = |confirmation: &str, may: bool, broken: Value| {
        json!({ "form": FormView::default(), "entrustment": entrustment, "sender": "髙橋", "handler": "髙橋",
            "transmission": { "id": "0", "position": 1, "sent_at": "2026-04-01T00:00:00", "sender_address": "a@b.example",
                "way": "plain_mail", "persons": 49, "protection": "none", "key_way": "none", "checked_by": "", "purpose": "報告",
                "description": "一覧", "content_hash": "", "entered_by": "contractor", "entered_by_name": "髙橋",
                "confirmation": confirmation, "confirmed_by_name": "﨑山", "confirmed_at": "2026-04-02T00:00:00",
                "confirmation_note": "件数が違う", "created_at": "2026-04-01T00:00:00", "version": 1 },
            "receivers": [{ "name": "三重野県", "address": "", "field": "To", "registered": false, "outside": true }],
            "items": ["氏名"], "broken": broken, "entered_by": "髙橋", "tone": "warn",
            "decisions": choice, "may_confirm": may, "may_edit": may, "may_enter": may, "history": [] })
    };
    vec![
        (ListView::TEMPLATE, list(json!([row]))),
        (ListView::TEMPLATE, list(json!([]))),
        (FormPage::TEMPLATE, form(Value::Null, json!([]))),
        (FormPage::TEMPLATE, form(json!("0"), json!([warning]))),
        (ShowView::TEMPLATE, show("waiting", true, json!([warning]))),
        (ShowView::TEMPLATE, show("disputed", false, json!([]))),
    ]
}
