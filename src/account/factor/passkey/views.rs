//! The pages of passkeys.

use serde::Serialize;
use serde_json::{Value, json};

use super::store::{Kept, PasskeyId};
use crate::clock::Timestamp;
use crate::web::{FormView, View};

/// A passkey as its owner sees it.
#[derive(Serialize)]
pub(super) struct OwnPasskey {
    id: PasskeyId,
    name: String,
    created_at: Timestamp,
    last_used_at: Option<Timestamp>,
}

impl OwnPasskey {
    pub(super) fn of(kept: &Kept) -> Self {
        Self {
            id: kept.id,
            name: kept.name.clone(),
            created_at: kept.created_at,
            last_used_at: kept.last_used_at,
        }
    }
}

/// The list of one's own, with the form for another.
#[derive(Serialize)]
pub(super) struct OwnPage {
    pub form: FormView,
    /// Whether browsers offer passkeys at the portal's address.
    pub offered: bool,
    pub passkeys: Vec<OwnPasskey>,
}

impl View for OwnPage {
    const TEMPLATE: &'static str = "account/passkeys.html";
    const TITLE: &'static str = "passkey-title";
}

/// One passkey, to be renamed or removed.
#[derive(Serialize)]
pub(super) struct PasskeyPage {
    pub form: FormView,
    pub passkey: OwnPasskey,
}

impl View for PasskeyPage {
    const TEMPLATE: &'static str = "account/passkey.html";
    const TITLE: &'static str = "passkey-change-title";
}

/// Signing in with a passkey.
#[derive(Serialize)]
pub(super) struct SignInPage {
    pub form: FormView,
    pub offered: bool,
    pub next: String,
}

impl View for SignInPage {
    const TEMPLATE: &'static str = "account/passkey_sign_in.html";
    const TITLE: &'static str = "passkey-sign-in";
}

pub(super) fn samples() -> Vec<(&'static str, Value)> {
    let form = FormView::default();
    let passkey = |used: Value| {
        json!({ "id": "0", "name": "職場のノートパソコン",
                "created_at": "2026-04-01T00:00:00", "last_used_at": used })
    };
    let (used, unused) = (passkey(json!("2026-04-02T00:00:00")), passkey(Value::Null));
    vec![
        (OwnPage::TEMPLATE, json!({ "form": form, "offered": true, "passkeys": [used, unused] })),
        (OwnPage::TEMPLATE, json!({ "form": form, "offered": false, "passkeys": [] })),
        (PasskeyPage::TEMPLATE, json!({ "form": form, "passkey": unused })),
        (SignInPage::TEMPLATE, json!({ "form": form, "offered": true, "next": "/" })),
        (SignInPage::TEMPLATE, json!({ "form": form, "offered": false, "next": "/" })),
    ]
}
