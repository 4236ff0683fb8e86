//! What the pages of entrustments show.

use serde::Serialize;
use serde_json::{Value, json};

use super::items::PlacedItem;
use super::model::Entrustment;
use super::page::PanelView;
use super::rules::{self, HandlingRules};
use super::store::Summary;
use crate::ledger::HistoryLine;
use crate::organisation::contractor::Contractor;
use crate::web::paging::Page;
use crate::web::{Choice, FormView, Language, View};

/// The list of entrustments.
#[derive(Serialize)]
pub(super) struct ListView {
    /// A page of it.
    #[serde(flatten)]
    pub list: Page<Summary>,
    /// The divisions to filter by.
    pub divisions: Vec<Choice>,
    /// The fiscal years to filter by.
    pub years: Vec<Choice>,
    /// The statuses to filter by.
    pub statuses: Vec<Choice>,
    /// Whether the actor may register.
    pub may_manage: bool,
    /// Today in Japan, for what has ended.
    pub today: chrono::NaiveDate,
}

impl View for ListView {
    const TEMPLATE: &'static str = "entrustment/list.html";
    const TITLE: &'static str = "entrustment-list-title";
}

/// One entrustment with everything about it.
#[derive(Serialize)]
pub(super) struct ShowView {
    pub entrustment: Entrustment,
    pub principal: String,
    pub contractor: Contractor,
    pub division: String,
    pub fiscal_year: String,
    pub items: Vec<PlacedItem>,
    pub panels: Vec<PanelView>,
    pub history: Vec<HistoryLine>,
    pub may_manage: bool,
    pub is_principal: bool,
}

impl View for ShowView {
    const TEMPLATE: &'static str = "entrustment/show.html";
    const TITLE: &'static str = "entrustment-show-title";

    fn title(&self, _: Language) -> String {
        self.entrustment.title.clone()
    }
}

/// The whole history of an entrustment.
#[derive(Serialize)]
pub(super) struct HistoryView {
    #[serde(flatten)]
    pub list: Page<HistoryLine>,
    pub entrustment: Entrustment,
}

impl View for HistoryView {
    const TEMPLATE: &'static str = "entrustment/history.html";
    const TITLE: &'static str = "entrustment-history-title";
}

/// The form for an entrustment.
#[derive(Serialize)]
pub(super) struct FormPage {
    pub form: FormView,
    pub id: Option<String>,
    pub item_rows: Vec<usize>,
    pub contractors: Vec<Choice>,
    pub divisions: Vec<Choice>,
    pub choices: Value,
}

impl View for FormPage {
    const TEMPLATE: &'static str = "entrustment/form.html";
    const TITLE: &'static str = "entrustment-form-title";

    fn title(&self, language: Language) -> String {
        let key = if self.id.is_some() { "entrustment-edit-title" } else { Self::TITLE };
        crate::web::locale::text(language, key)
    }
}

/// A sample of each page, for the test that renders them all.
#[must_use]
pub fn samples() -> Vec<(&'static str, Value)> {
    let entrustment = json!({
        "id": "0", "number": "令8子-12", "title": "保育所等監査業務委託", "purpose": "監査", "starts_on": "2026-04-01",
        "ends_on": "2027-03-31", "erase_by": "2027-04-30", "persons": 49, "sensitive": false, "my_number": false,
        "handover_way": "", "status": "active", "note": "", "rules": HandlingRules::default(),
        "clauses": "standard", "clauses_version": 1, "version": 1, "fiscal_year": 2026,
    });
    let row = json!({ "id": "0", "number": "令8子-12", "title": "保育所等監査業務委託", "contractor": "髙橋",
        "division": "子ども課", "fiscal_year": 2026, "ends_on": "2027-03-31", "persons": 49, "status": "active" });
    let paging = json!({ "page": 1, "pages": 1, "total": 1, "first": 1, "last": 1 });
    let sorting = json!({ "key": "ends_on", "descending": false });
    let list = |rows: Value| {
        json!({ "rows": rows, "paging": paging, "sorting": sorting, "form": FormView::default(), "divisions": [],
                "years": [], "statuses": [], "may_manage": true, "today": "2026-06-01" })
    };
    let history = json!({
        "rows": [{ "at": "2026-04-01T00:00:00", "actor": "﨑山", "act": "登録", "text": null, "href": null }],
        "paging": paging, "sorting": sorting, "form": FormView::default(), "entrustment": entrustment,
    });
    vec![
        (ListView::TEMPLATE, list(json!([row]))),
        (ListView::TEMPLATE, list(json!([]))),
        (
            ShowView::TEMPLATE,
            json!({ "entrustment": entrustment, "principal": "三重野県", "division": "子ども課",
                "contractor": { "id": "0", "name": "髙橋" , "person_in_charge": "髙橋", "phone": "0", "email": "a@b.example",
                    "after_hours_phone": "", "organisation_id": null, "kind": "company" },
                "fiscal_year": "令和8年度", "items": [{ "id": "0", "name": "氏名", "mark": "none" }],
                "panels": [{ "title": "点検票", "text": "", "rows": [{ "title": "点検票", "href": "/", "hint": "",
                    "status": "確認待ち", "tone": "info", "due": "2026-05-01", "days": 3, "download": false }],
                    "links": [["送付する", "/"]], "acts": [["発行する", "/"]] }],
                "history": [], "may_manage": true, "is_principal": true }),
        ),
        (HistoryView::TEMPLATE, history),
        (
            FormPage::TEMPLATE,
            json!({ "form": FormView::default(), "id": null, "item_rows": [0, 1], "contractors": [],
                "divisions": [], "choices": rules::choices(Language::Ja) }),
        ),
    ]
}
