//! The pages of tokens.

use serde::Serialize;
use serde_json::{Value, json};

use super::model::{Standing, Token, standing};
use crate::actor::{ApiScope, ApiTokenId, Role};
use crate::clock::Timestamp;
use crate::web::paging::Page;
use crate::web::{Choice, FormView, View};

/// A token in the list.
#[derive(Debug, Serialize)]
pub(super) struct Row {
    id: ApiTokenId,
    name: String,
    hint: String,
    scopes: Vec<ApiScope>,
    made_by_name: String,
    created_at: Timestamp,
    expires_at: Timestamp,
    last_used_at: Option<Timestamp>,
    revoked_at: Option<Timestamp>,
    revoked_by_name: String,
    standing: Standing,
}

impl Row {
    /// A token and its maker's role, as long as that membership counts.
    pub fn new((token, maker): (Token, Option<Role>), now: Timestamp) -> Self {
        let standing = standing(&token, maker, now);
        Self {
            id: token.id,
            name: token.name,
            hint: token.hint,
            scopes: token.scopes.0,
            made_by_name: token.made_by_name,
            created_at: token.created_at,
            expires_at: token.expires_at,
            last_used_at: token.last_used_at,
            revoked_at: token.revoked_at,
            revoked_by_name: token.revoked_by_name,
            standing,
        }
    }
}

/// The list.
#[derive(Debug, Serialize)]
pub(super) struct ListView {
    #[serde(flatten)]
    pub list: Page<Row>,
}

impl View for ListView {
    const TEMPLATE: &'static str = "api_token/list.html";
    const TITLE: &'static str = "api-token-list-title";
}

/// The form for a new one.
#[derive(Debug, Serialize)]
pub(super) struct FormPage {
    pub form: FormView,
    pub scopes: Vec<Choice>,
}

impl View for FormPage {
    const TEMPLATE: &'static str = "api_token/form.html";
    const TITLE: &'static str = "api-token-form-title";
}

/// The token itself, this once.
#[derive(Serialize)]
pub(super) struct IssuedView {
    pub name: String,
    pub token: String,
    pub expires_at: Timestamp,
}

impl View for IssuedView {
    const TEMPLATE: &'static str = "api_token/issued.html";
    const TITLE: &'static str = "api-token-issued-title";
}

/// A sample of each page, for the test that renders them all.
#[must_use]
pub fn samples() -> Vec<(&'static str, Value)> {
    let row = |standing: Standing| {
        json!({
            "id": "0", "name": "会計システム", "hint": "azk_0000", "scopes": ApiScope::ALL,
            "made_by_name": "﨑山", "created_at": "2026-04-01T00:00:00",
            "expires_at": "2026-07-01T00:00:00", "last_used_at": null,
            "revoked_at": (standing == Standing::Revoked).then_some("2026-04-02T00:00:00"),
            "revoked_by_name": "髙橋", "standing": standing,
        })
    };
    let list = |rows: Vec<Value>| {
        let total = rows.len();
        json!({
            "rows": rows,
            "paging": { "page": 1, "pages": 1, "total": total, "more": false, "first": 1, "last": total },
            "sorting": { "key": "created_at", "descending": true }, "form": FormView::default(),
        })
    };
    let scopes = json!([{ "value": "read_records", "label": "監査記録を読む" }]);
    let issued =
        json!({ "name": "会計システム", "token": "azk_0", "expires_at": "2026-07-01T00:00:00" });
    vec![
        (ListView::TEMPLATE, list(Standing::ALL.iter().map(|s| row(*s)).collect())),
        (ListView::TEMPLATE, list(Vec::new())),
        (FormPage::TEMPLATE, json!({ "form": FormView::default(), "scopes": scopes })),
        (IssuedView::TEMPLATE, issued),
    ]
}
