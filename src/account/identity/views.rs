//! The pages of identity providers.

use openidconnect::core::CoreProviderMetadata;
use serde::Serialize;
use serde_json::{Value, json};

use super::store::IdentityRow;
use crate::actor::OrganisationId;
use crate::web::{FormView, View};

/// The page on which a provider is set.
#[derive(Serialize)]
pub(super) struct ProviderPage {
    pub form: FormView,
    /// Whether a provider is stored already.
    pub known: bool,
    /// The address to register with the provider.
    pub redirect_url: String,
    pub found: Option<Found>,
    pub identities: Vec<IdentityRow>,
}

impl View for ProviderPage {
    const TEMPLATE: &'static str = "account/identity_provider.html";
    const TITLE: &'static str = "identity-title";
}

/// What discovery found, for whoever tries a provider.
#[derive(Serialize)]
pub(super) struct Found {
    issuer: String,
    authorization: String,
    token: String,
    user_info: String,
    algorithms: Vec<String>,
    scopes: Vec<String>,
    claims: Vec<String>,
    means: Vec<String>,
    keys: usize,
}

impl Found {
    pub(super) fn of(metadata: &CoreProviderMetadata) -> Self {
        // The lists are of closed types, which are the words of the protocol as JSON.
        let words = |list: Value| -> Vec<String> {
            let items = list.as_array().map(Vec::as_slice).unwrap_or_default();
            items.iter().filter_map(Value::as_str).map(str::to_owned).collect()
        };
        Self {
            issuer: metadata.issuer().to_string(),
            authorization: metadata.authorization_endpoint().to_string(),
            token: metadata.token_endpoint().map(ToString::to_string).unwrap_or_default(),
            user_info: metadata.userinfo_endpoint().map(ToString::to_string).unwrap_or_default(),
            algorithms: words(json!(metadata.id_token_signing_alg_values_supported())),
            scopes: words(json!(metadata.scopes_supported())),
            claims: words(json!(metadata.claims_supported())),
            means: words(json!(metadata.acr_values_supported())),
            keys: metadata.jwks().keys().len(),
        }
    }
}

/// An organisation whose provider vouches for a domain.
#[derive(Serialize)]
pub(super) struct Offer {
    pub id: OrganisationId,
    pub name: String,
}

/// The page that asks for the mail address and shows the ways.
#[derive(Serialize)]
pub(super) struct OfferPage {
    pub form: FormView,
    /// Where it goes on.
    pub next: String,
    pub offers: Option<Vec<Offer>>,
}

impl View for OfferPage {
    const TEMPLATE: &'static str = "account/identity_offer.html";
    const TITLE: &'static str = "identity-offer-title";
}

/// The page that says why somebody didn't get in.
#[derive(Serialize)]
pub(super) struct FailedPage {
    pub reason: &'static str,
}

impl View for FailedPage {
    const TEMPLATE: &'static str = "account/identity_failed.html";
    const TITLE: &'static str = "identity-failed-title";
}

pub(super) fn samples() -> Vec<(&'static str, Value)> {
    let found = json!({
        "issuer": "https://login.example", "authorization": "https://login.example/authorize",
        "token": "https://login.example/token", "user_info": "", "algorithms": ["RS256"],
        "scopes": ["openid", "email"], "claims": [], "means": ["mfa"], "keys": 2,
    });
    let identity = json!({
        "id": "0", "name": "﨑山", "email": "a@b.example",
        "created_at": "2026-04-01T00:00:00", "last_used_at": "2026-04-02T00:00:00",
    });
    let page = |known: bool, found: Value, identities: Value| {
        let view = json!({
            "form": FormView::default(), "known": known, "found": found, "identities": identities,
            "redirect_url": "https://azukari.example/sign-in/organisation/0/callback",
        });
        (ProviderPage::TEMPLATE, view)
    };
    let offer = |offers: Value| {
        (OfferPage::TEMPLATE, json!({ "next": "/", "form": FormView::default(), "offers": offers }))
    };
    let failed = |reason: &str| (FailedPage::TEMPLATE, json!({ "reason": reason }));
    let mut samples = vec![
        page(false, Value::Null, json!([])),
        page(true, found, json!([identity])),
        offer(Value::Null),
        offer(json!([])),
        offer(json!([{ "id": "0", "name": "三重野県" }])),
    ];
    samples.extend(
        ["unreachable", "over", "refused", "invalid", "address", "unknown", "other"].map(failed),
    );
    samples
}
