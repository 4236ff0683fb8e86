//! How an organisation's identity provider is reached and what it is trusted with.

use std::collections::BTreeSet;

use diesel::prelude::*;
use url::Url;

use super::exchange::Registration;
use super::{http, store};
use crate::actor::OrganisationId;
use crate::database::schema::identity_provider;
use crate::database::types::Json;
use crate::error::{Error, Result};
use crate::secret::{self, BATCH, Sealed, Secret, sealed};
use crate::web::{Fields, Form, Invalid, Message, Rule, Settings};

/// An organisation's provider, with its secret encrypted.
#[derive(Clone, Queryable, Selectable)]
#[diesel(table_name = identity_provider)]
pub(super) struct Provider {
    pub tenant_id: OrganisationId,
    /// The issuer, to the letter.
    pub issuer: String,
    pub client_id: String,
    /// Under the installation's secret, for this organisation's provider alone.
    pub client_secret: String,
    /// The scopes beside `openid`, with spaces between them.
    pub scopes: String,
    /// The claim that is the mail address.
    pub email_claim: String,
    /// Values of `acr`, `amr` or `acrs` that stand for a second factor.
    pub strong: Json<BTreeSet<String>>,
    /// Whether members can't sign in by password.
    pub password_off: bool,
    pub version: i32,
}

/// The use of the installation's secret for a provider's.
pub(super) const SEALED: &str = "identity provider";

/// The providers' secrets, as the rotation of the installation's renews them.
pub(in crate::account) const CLIENT_SECRETS: Sealed = Sealed {
    what: "client secrets of identity providers",
    count: store::count_secrets,
    count_under: |c, key| store::count_secrets_like(c, &sealed::pattern(key)),
    renew: |tx, secret, after| {
        let newest = sealed::pattern(&secret.newest_id());
        let rows = store::secrets_unlike(tx.connection, &newest, after, BATCH)?;
        let again = |tenant: &str, old: &str| sealed::renewed(secret, SEALED, tenant, old);
        secret::renew(tx, &rows, again, store::reseal)
    },
};

fn opened(secret: &Secret, tenant: OrganisationId, text: &str) -> Result<String> {
    let plain = sealed::open(secret, SEALED, tenant.as_str(), text)?;
    String::from_utf8(plain).map_err(Error::internal)
}

/// Where a provider sends the browser back: an address for each organisation, so that no
/// provider's answer passes for another's (RFC 9700 §4.4).
pub(super) fn redirect_url(settings: &Settings, tenant: OrganisationId) -> String {
    format!("{}/sign-in/organisation/{tenant}/callback", settings.base_url)
}

impl Provider {
    /// Everything that an exchange needs, the secret in clear.
    pub(super) fn registration(
        &self,
        secret: &Secret,
        settings: &Settings,
    ) -> Result<Registration> {
        Ok(Registration {
            issuer: self.issuer.clone(),
            client_id: self.client_id.clone(),
            client_secret: opened(secret, self.tenant_id, &self.client_secret)?,
            scopes: self.scopes.split_whitespace().map(str::to_owned).collect(),
            email_claim: self.email_claim.clone(),
            redirect_url: redirect_url(settings, self.tenant_id),
            private: settings.identity_private_network,
        })
    }

    /// Whether what the provider says of the means counts as a second factor.
    pub(super) fn is_strong(&self, means: &[String]) -> bool {
        means.iter().any(|word| self.strong.0.contains(word))
    }

    /// The form as it is filled in; the secret is never shown again.
    pub(super) fn form(&self, domains: &[String]) -> Form {
        let strong: Vec<&str> = self.strong.0.iter().map(String::as_str).collect();
        let mut form = Form::from_pairs([
            ("issuer", self.issuer.clone()),
            ("client_id", self.client_id.clone()),
            ("scopes", self.scopes.clone()),
            ("email_claim", self.email_claim.clone()),
            ("domains", domains.join("\n")),
            ("strong", strong.join("\n")),
            ("version", self.version.to_string()),
        ]);
        if self.password_off {
            form.add("password_off", "yes");
        }
        form
    }
}

/// What an administrator enters.
#[derive(Clone)]
pub(super) struct NewProvider {
    pub issuer: String,
    pub client_id: String,
    /// Empty to keep the one that is stored.
    pub client_secret: String,
    pub scopes: String,
    pub email_claim: String,
    pub domains: BTreeSet<String>,
    pub strong: BTreeSet<String>,
    pub password_off: bool,
    pub version: i32,
}

impl NewProvider {
    /// Reads the form; `known` is whether a secret is stored already.
    pub(super) fn parse(form: &Form, known: bool, private: bool) -> Result<Self, Invalid> {
        let mut fields = Fields::of(form);
        let issuer = issuer(&mut fields, private);
        let client_id = fields.text("client_id", Rule::line(200));
        let client_secret = fields.optional("client_secret", Rule::line(500));
        let has_secret = known || client_secret.as_ref().is_some_and(|text| !text.is_empty());
        fields.check(has_secret, "client_secret", "error-required");
        let scopes = fields.optional("scopes", Rule::line(300));
        let email_claim = fields.text("email_claim", Rule::line(100));
        let domains = fields.text("domains", Rule::text(2000)).map(|text| words(&text, true));
        let sound = domains.as_ref().is_none_or(|all| all.iter().all(|d| is_domain(d)));
        fields.check(sound, "domains", "error-identity-domain");
        let strong = fields.optional("strong", Rule::text(1000)).map(|text| words(&text, false));
        let (password_off, version) = (fields.ticked("password_off"), fields.version());
        fields.finish(|| {
            Some(Self {
                issuer: issuer?,
                client_id: client_id?,
                client_secret: client_secret?,
                scopes: scopes?.split_whitespace().collect::<Vec<_>>().join(" "),
                email_claim: email_claim?,
                domains: domains?,
                strong: strong?,
                password_off,
                version,
            })
        })
    }

    /// The secret as it is stored.
    pub(super) fn sealed(&self, secret: &Secret, tenant: OrganisationId) -> Result<String> {
        sealed::seal(secret, SEALED, tenant.as_str(), self.client_secret.as_bytes())
    }
}

/// The issuer's address, kept to the letter: ID tokens must name it so.
pub(super) fn issuer(fields: &mut Fields<'_>, private: bool) -> Option<String> {
    let typed = fields.text("issuer", Rule::line(300))?;
    let url = Url::parse(&typed).ok().filter(|url| {
        http::allowed(url, private) && url.query().is_none() && url.fragment().is_none()
    });
    if url.is_none() {
        fields.error("issuer", Message::new("error-identity-issuer"));
        return None;
    }
    Some(typed)
}

/// The words of a list that was typed one a line, or with spaces or commas between them.
fn words(text: &str, lower: bool) -> BTreeSet<String> {
    text.split(|c: char| c.is_whitespace() || matches!(c, ',' | '、'))
        .map(|word| word.trim_start_matches('@'))
        .filter(|word| !word.is_empty())
        .map(|word| if lower { word.to_lowercase() } else { word.to_owned() })
        .collect()
}

fn is_domain(text: &str) -> bool {
    let label =
        |part: &str| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || c == '-');
    text.contains('.') && text.split('.').all(label)
}

/// The domain of a mail address.
pub(super) fn domain_of(email: &str) -> &str {
    email.rsplit_once('@').map_or("", |(_, domain)| domain)
}
