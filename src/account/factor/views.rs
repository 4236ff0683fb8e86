//! The pages of one's own account and its second factors.

use serde::Serialize;
use serde_json::{Value, json};

use super::Ways;
use super::store::AppRow;
use crate::clock::Timestamp;
use crate::web::{Choice, FormView, View};

/// An app in a list.
#[derive(Serialize)]
pub(in crate::account) struct AppView {
    id: String,
    name: String,
    created_at: Timestamp,
    last_used_at: Option<Timestamp>,
}

impl AppView {
    /// An app as a list shows it.
    pub fn of(app: AppRow) -> Self {
        Self {
            id: app.id.to_string(),
            name: app.name,
            created_at: app.created_at,
            last_used_at: app.last_used_at,
        }
    }
}

/// The account: who one is, and with what one signs in.
#[derive(Serialize)]
pub(in crate::account) struct AccountView {
    pub form: FormView,
    pub name: String,
    pub email: String,
    pub languages: Vec<Choice>,
    pub ways: Ways,
    pub apps: Vec<AppView>,
    /// Whether a second factor is demanded of the person.
    pub demanded: bool,
}

impl View for AccountView {
    const TEMPLATE: &'static str = "account/account.html";
    const TITLE: &'static str = "account-title";
}

/// The change of the password.
#[derive(Serialize)]
pub(in crate::account) struct PasswordView {
    pub form: FormView,
    pub min_length: usize,
}

impl View for PasswordView {
    const TEMPLATE: &'static str = "account/password.html";
    const TITLE: &'static str = "password-title";
}

/// An app as it is set up.
#[derive(Serialize)]
pub(in crate::account) struct FactorView {
    pub form: FormView,
    /// Whether the member can't go on without.
    pub needed: bool,
    /// The seed of one that doesn't count yet, and its picture.
    pub offered: Option<OfferView>,
    /// Whether browsers offer passkeys here.
    pub passkeys: bool,
}

/// What the app is given.
#[derive(Serialize)]
pub(in crate::account) struct OfferView {
    pub seed: String,
    pub side: usize,
    pub path: String,
}

impl View for FactorView {
    const TEMPLATE: &'static str = "account/second_factor.html";
    const TITLE: &'static str = "factor-title";
}

/// A new set of recovery codes, shown once.
#[derive(Serialize)]
pub(in crate::account) struct CodesView {
    pub codes: Vec<String>,
}

impl View for CodesView {
    const TEMPLATE: &'static str = "account/recovery_codes.html";
    const TITLE: &'static str = "recovery-title";
}

/// A sample of each page.
pub(in crate::account) fn samples() -> Vec<(&'static str, Value)> {
    let form = FormView::default;
    let factor = |needed: bool, offered: Value| json!({ "form": form(), "needed": needed, "offered": offered, "passkeys": needed });
    let offer = json!({ "seed": "ABCD EFGH", "side": 21, "path": "M0 0h1v1h-1z" });
    let account = |demanded: bool, apps: Value, codes: i64| {
        json!({ "form": form(), "name": "﨑山", "email": "a@b.example", "demanded": demanded,
                "languages": [{ "value": "ja", "label": "日本語", "hint": "" }],
                "ways": { "apps": apps.as_array().map_or(0, Vec::len), "passkeys": 0,
                "codes": codes }, "apps": apps })
    };
    let app = |name: &str, used: Value| {
        json!({ "id": "0", "name": name, "created_at": "2026-04-01T00:00:00",
                "last_used_at": used })
    };
    let one = json!([app("スマートフォン", Value::Null)]);
    let two = json!([app("スマートフォン", json!("2026-04-02T00:00:00")), app("PC", Value::Null)]);
    vec![
        (AccountView::TEMPLATE, account(true, one, 10)),
        (AccountView::TEMPLATE, account(true, two, 2)),
        (AccountView::TEMPLATE, account(false, json!([]), 0)),
        (PasswordView::TEMPLATE, json!({ "form": form(), "min_length": 12 })),
        (FactorView::TEMPLATE, factor(true, Value::Null)),
        (FactorView::TEMPLATE, factor(false, Value::Null)),
        (FactorView::TEMPLATE, factor(true, offer)),
        (CodesView::TEMPLATE, json!({ "codes": ["abcd-efgh"] })),
    ]
}
