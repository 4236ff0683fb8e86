//! What the pages of divisions show.

use serde::Serialize;

use super::model::Division;
use crate::web::{FormView, View};

/// The list of divisions.
#[derive(Debug, Serialize)]
pub struct ListView {
    /// All of the principal.
    pub divisions: Vec<Division>,
}

impl View for ListView {
    const TEMPLATE: &'static str = "division/list.html";
    const TITLE: &'static str = "division-list-title";
}

/// The form for a division.
#[derive(Debug, Serialize)]
pub struct FormPage {
    /// The form.
    pub form: FormView,
    /// The division's id when it is changed, nothing when it is new.
    pub id: Option<String>,
}

impl View for FormPage {
    const TEMPLATE: &'static str = "division/form.html";
    const TITLE: &'static str = "division-form-title";
}

/// A sample of each page, for the test that renders them all.
#[must_use]
pub fn samples() -> Vec<(&'static str, serde_json::Value)> {
    vec![
        (ListView::TEMPLATE, serde_json::json!({ "divisions": [] })),
        (
            ListView::TEMPLATE,
            serde_json::json!({ "divisions": [
                { "id": "0", "name": "子ども課", "email": "kodomo@pref.example", "phone": "", "version": 1 }
            ] }),
        ),
        (FormPage::TEMPLATE, serde_json::json!({ "form": FormView::default(), "id": null })),
    ]
}
