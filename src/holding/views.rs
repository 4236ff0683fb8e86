//! What the pages of holdings show.

use serde::Serialize;
use serde_json::{Value, json};

use super::country;
use super::form::Known;
use super::model::{Holding, HoldingId, HoldingKind, HoldingStatus};
use crate::entrustment::Entrustment;
use crate::entrustment::rules::{Medium, Place};
use crate::finding::FindingLine;
use crate::ledger::HistoryLine;
use crate::rulebook::{Encrypted, Warning};
use crate::web::paging::Page;
use crate::web::{Choice, Form, FormView, Language, View, locale};

/// A holding in the list.
#[derive(Serialize)]
pub(super) struct Row {
    #[serde(flatten)]
    pub holding: Holding,
    pub item_names: String,
    pub country_name: String,
    pub findings: i64,
}

/// The list.
#[derive(Serialize)]
pub(super) struct ListView {
    #[serde(flatten)]
    pub list: Page<Row>,
    pub entrustment: Entrustment,
    pub statuses: Vec<Choice>,
    pub kinds: Vec<Choice>,
    pub countries: Vec<Choice>,
    pub handlers: Vec<Choice>,
    pub may_hold: bool,
}

impl View for ListView {
    const TEMPLATE: &'static str = "holding/list.html";
    const TITLE: &'static str = "holding-list-title";
}

/// One holding.
#[derive(Serialize)]
pub(super) struct ShowView {
    pub entrustment: Entrustment,
    pub holding: Holding,
    pub label: String,
    pub items: Vec<Choice>,
    pub handlers: Vec<String>,
    pub country: String,
    pub access: Vec<String>,
    pub source: Option<(HoldingId, String)>,
    pub successor: Option<(String, String)>,
    pub exceptions: Vec<(String, String)>,
    pub findings: Vec<FindingLine>,
    pub history: Vec<HistoryLine>,
    pub may_hold: bool,
}

impl View for ShowView {
    const TEMPLATE: &'static str = "holding/show.html";
    const TITLE: &'static str = "holding-show-title";

    fn title(&self, _: Language) -> String {
        self.label.clone()
    }
}

/// The form.
#[derive(Serialize)]
pub(super) struct FormPage {
    pub entrustment: Entrustment,
    pub id: Option<HoldingId>,
    pub copied: Option<String>,
    pub form: FormView,
    pub warnings: Vec<Warning>,
    pub items: Vec<Choice>,
    pub kinds: Vec<Choice>,
    pub sources: Vec<Choice>,
    pub places: Vec<Choice>,
    pub media: Vec<Choice>,
    pub encryption: Vec<Choice>,
    pub countries: Vec<Choice>,
    pub handlers: Vec<Choice>,
}

impl View for FormPage {
    const TEMPLATE: &'static str = "holding/form.html";
    const TITLE: &'static str = "holding-form-title";

    fn title(&self, language: Language) -> String {
        let key = if self.id.is_some() { "holding-edit-title" } else { Self::TITLE };
        locale::text(language, key)
    }
}

impl FormPage {
    /// The page of a form as it stands.
    pub fn new(language: Language, known: &Known, form: &Form, id: Option<HoldingId>) -> Self {
        let source: Option<HoldingId> = form.value("source").parse().ok();
        let from = known.holdings.iter().find(|h| Some(h.id) == source);
        Self {
            copied: from.filter(|_| id.is_none()).map(|h| h.label(language)),
            form: form.view(language),
            warnings: Vec::new(),
            items: known.item_choices(language, form),
            kinds: Choice::words(language, "holding-kind-", HoldingKind::ALL),
            sources: known.source_choices(language, id),
            places: Choice::words(language, "place-", Place::ALL),
            media: Choice::words(language, "medium-", Medium::ALL),
            encryption: Choice::words(language, "holding-encryption-", Encrypted::ALL),
            countries: country::choices(language),
            handlers: known.handler_choices(form),
            entrustment: known.entrustment.clone(),
            id,
        }
    }
}

/// The form of a transfer.
#[derive(Serialize)]
pub(super) struct TransferPage {
    pub entrustment: Entrustment,
    pub id: HoldingId,
    pub label: String,
    pub form: FormView,
    pub successors: Vec<Choice>,
}

impl View for TransferPage {
    const TEMPLATE: &'static str = "holding/transfer.html";
    const TITLE: &'static str = "holding-transfer-title";
}

/// The choices of the list's filter.
pub(super) fn filters(language: Language) -> (Vec<Choice>, Vec<Choice>) {
    (
        Choice::words(language, "holding-status-", HoldingStatus::ALL),
        Choice::words(language, "holding-kind-", HoldingKind::ALL),
    )
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
    let holding = json!({
        "id": "1", "position": 1, "kind": "original", "source_id": null, "holder": "", "items": ["2"], "persons": 49,
        "place": "cloud", "place_detail": "ファイル共有", "provider": "架空クラウド", "plan": "Business", "country": "US",
        "access_countries": ["JP", "US"], "medium": "cloud", "system": "", "encryption": "at_rest", "handlers": ["3"],
        "backups": "", "starts_on": "2026-04-01", "until_on": null, "status": "open", "ended_on": null,
        "disposal_id": null, "successor_id": null, "exceptions": {}, "entered_by_name": "髙橋",
        "created_at": "2026-04-01T00:00:00", "version": 1,
        "item_names": "氏名、給与", "country_name": "アメリカ合衆国（US）", "findings": 1,
    });
    let mut ended = holding.clone();
    set(&mut ended, "status", json!("transferred"));
    set(&mut ended, "ended_on", json!("2026-05-01"));
    let list = |rows: Value, may_hold: bool| {
        json!({ "rows": rows, "paging": { "page": 1, "pages": 1, "total": 1, "first": 1, "last": 1 },
                "sorting": { "key": "number", "descending": false }, "form": FormView::default(), "entrustment": entrustment,
                "statuses": [], "kinds": [], "countries": [], "handlers": [], "may_hold": may_hold })
    };
    let show = |holding: &Value, full: bool| {
        let two = |a: &str, b: &str| if full { json!([a, b]) } else { Value::Null };
        json!({ "entrustment": entrustment, "holding": holding, "label": "1 原本", "items": [{ "value": "2", "label": "給与", "hint": "要配慮個人情報" }],
                "handlers": ["髙橋"], "country": "アメリカ合衆国（US）", "access": ["日本（JP）"], "source": two("1", "1 原本"),
                "successor": two("/entrustments/0/holdings/1", "2 複製"),
                "exceptions": if full { json!([["保管してよい国", "一時的"]]) } else { json!([]) },
                "findings": if full { json!([{ "href": "/x", "title": "国", "detail": "US", "reason": "一時的", "severity": "high",
                    "closed": false, "mended": false, "due_on": "2026-05-01" }]) } else { json!([]) },
                "history": [], "may_hold": !full })
    };
    let form = json!({ "entrustment": entrustment, "id": null, "copied": "1 原本", "form": FormView::default(), "warnings": [{
            "rule": "country", "title": "国", "text": "文", "what": "US", "clause": 10, "severity": "high", "allows_exception": false, "field": "fact_country" }],
        "items": [{ "value": "2", "label": "給与", "hint": "要配慮個人情報" }], "kinds": [], "sources": [], "places": [], "media": [],
        "encryption": [], "countries": [], "handlers": [] });
    let transfer = |successors: Value| json!({ "entrustment": entrustment, "id": "1", "label": "1 原本", "form": FormView::default(), "successors": successors });
    vec![
        (ListView::TEMPLATE, list(json!([holding, ended]), true)),
        (ListView::TEMPLATE, list(json!([]), false)),
        (ShowView::TEMPLATE, show(&holding, false)),
        (ShowView::TEMPLATE, show(&ended, true)),
        (FormPage::TEMPLATE, form),
        (
            TransferPage::TEMPLATE,
            transfer(json!([{ "value": "2", "label": "2 複製", "hint": "" }])),
        ),
        (TransferPage::TEMPLATE, transfer(json!([]))),
    ]
}
