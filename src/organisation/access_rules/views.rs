//! What the page of the access rules shows.

use serde::Serialize;
use serde_json::{Value, json};

use crate::web::{Choice, FormView, View};

/// The rules of the organisation.
#[derive(Serialize)]
pub(super) struct RulesPage {
    pub form: FormView,
    /// Whether the organisation is a principal, whose approvals the four eyes are about; a
    /// contractor says instead what its handlers need.
    pub principal: bool,
    pub four_eyes: Vec<Choice>,
}

impl View for RulesPage {
    const TEMPLATE: &'static str = "access_rules/form.html";
    const TITLE: &'static str = "access-rules-title";
}

/// A sample of each page, for the test that renders them all.
pub(in crate::organisation) fn samples() -> Vec<(&'static str, Value)> {
    let page = |principal: bool| {
        json!({ "form": FormView::default(), "principal": principal,
            "four_eyes": [{ "value": "recipients", "label": "送付先の承認", "hint": "" }] })
    };
    vec![(RulesPage::TEMPLATE, page(true)), (RulesPage::TEMPLATE, page(false))]
}
