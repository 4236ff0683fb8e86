//! What the pages of the register show.

use serde::Serialize;
use serde_json::{Value, json};

use super::model::Contractor;
use crate::ledger::HistoryLine;
use crate::web::paging::Page;
use crate::web::{FormView, Language, View};

/// The register.
#[derive(Debug, Serialize)]
pub struct ListView {
    /// A page of it.
    #[serde(flatten)]
    pub list: Page<Contractor>,
    /// Whether the actor may register.
    pub may_manage: bool,
}

impl View for ListView {
    const TEMPLATE: &'static str = "contractor/list.html";
    const TITLE: &'static str = "contractor-list-title";
}

/// One contractor.
#[derive(Debug, Serialize)]
pub struct ShowView {
    /// The contractor.
    pub contractor: Contractor,
    /// Whether the actor may change it and invite.
    pub may_manage: bool,
    /// Its history.
    pub history: Vec<HistoryLine>,
}

impl View for ShowView {
    const TEMPLATE: &'static str = "contractor/show.html";
    const TITLE: &'static str = "contractor-show-title";

    fn title(&self, _: Language) -> String {
        self.contractor.name.clone()
    }
}

/// The form for a contractor.
#[derive(Debug, Serialize)]
pub struct FormPage {
    /// The form.
    pub form: FormView,
    /// The id when it is changed, nothing when it is new.
    pub id: Option<String>,
}

impl View for FormPage {
    const TEMPLATE: &'static str = "contractor/form.html";
    const TITLE: &'static str = "contractor-form-title";
}

/// A sample of each page, for the test that renders them all.
#[must_use]
pub fn samples() -> Vec<(&'static str, Value)> {
    let contractor = json!({
        "id": "0", "organisation_id": null, "kind": "sole_proprietor", "name": "髙橋社会保険労務士事務所",
        "name_kana": "タカハシ", "corporate_number": null, "postcode": "514-0000", "address": "三重野県津島市1-1",
        "representative": "髙橋", "person_in_charge": "髙橋", "person_in_charge_title": "所長",
        "email": "t@sr.example", "phone": "000", "after_hours_phone": "", "privacy_mark": "",
        "privacy_mark_until": null, "isms": "", "isms_until": "2027-03-31", "note": "", "version": 1,
    });
    let list = |rows: Value, total: i64| {
        json!({ "rows": rows, "paging": { "page": 1, "pages": 1, "total": total, "first": total, "last": total },
                "sorting": { "key": "name", "descending": false }, "form": FormView::default(), "may_manage": true })
    };
    vec![
        (ListView::TEMPLATE, list(json!([]), 0)),
        (ListView::TEMPLATE, list(json!([contractor]), 1)),
        (
            ShowView::TEMPLATE,
            json!({ "contractor": contractor, "may_manage": true, "history": [] }),
        ),
        (FormPage::TEMPLATE, json!({ "form": FormView::default(), "id": null })),
    ]
}
