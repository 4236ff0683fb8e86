//! The link with which a wrong recipient confirms in writing. The token names the row and has a random
//! part; the row has the hash of the newest one and says until when it counts.

use chrono::TimeDelta;

use super::model::{WrongRecipient, WrongRecipientId};
use super::policy::Matter;
use super::rules;
use crate::actor::OrganisationId;
use crate::clock::Timestamp;
use crate::error::{Error, Result};
use crate::secret::Secret;
use crate::storage::sha256;
use crate::web::Language;
use crate::web::locale::text;
use crate::web::token::{self, Purpose};

/// How much longer than it counts a link is readable: its page says why.
const TOLD: TimeDelta = TimeDelta::days(180);

/// The lines of the text to which a wrong recipient agrees.
const AGREEMENT: [&str; 3] = [
    "incident-wrong-agreement-use",
    "incident-wrong-agreement-kept",
    "incident-wrong-agreement-end",
];

/// A new link.
#[derive(Clone, Debug)]
pub(super) struct Link {
    /// Its path.
    pub path: String,
    /// The hash of its token.
    pub sha256: String,
    /// Until when it counts.
    pub expires_at: Timestamp,
}

/// A new link for a wrong recipient.
pub(super) fn make(secret: &Secret, of: &WrongRecipient, now: Timestamp) -> Result<Link> {
    let nonce = hex::encode(rand::random::<[u8; 16]>());
    let subject = format!("{}/{}/{nonce}", of.tenant_id, of.id);
    let expires_at = now + rules::LINK;
    let token = token::issue(secret, Purpose::Confirmation, &subject, now, expires_at + TOLD)?;
    let sha256 = sha256(token.as_bytes());
    Ok(Link { path: path(&token), sha256, expires_at })
}

/// The page behind a token.
pub(super) fn path(token: &str) -> String {
    format!("/confirmations/{token}")
}

/// Whom a token names.
pub(super) fn named(
    secret: &Secret,
    token: &str,
    now: Timestamp,
) -> Result<(OrganisationId, WrongRecipientId)> {
    let subject = token::subject(secret, Purpose::Confirmation, token, now);
    let mut ids = subject.as_deref().unwrap_or_default().split('/');
    match (ids.next().map(str::parse), ids.next().map(str::parse)) {
        (Some(Ok(tenant)), Some(Ok(id))) => Ok((tenant, id)),
        _ => Err(Error::Gone("error-confirmation")),
    }
}

/// Whether a token is that of the newest link.
pub(super) fn is_newest(of: &WrongRecipient, token: &str) -> bool {
    !of.link_sha256.is_empty() && of.link_sha256 == sha256(token.as_bytes())
}

/// Whether something may be said by a token at a moment.
pub(super) fn check((_, incident, of): &Matter, token: &str, now: Timestamp) -> Result<()> {
    if !is_newest(of, token) {
        return Err(Error::Gone("error-confirmation-replaced"));
    }
    if of.link_used_at.is_some() {
        return Err(Error::Conflict("error-confirmation-used"));
    }
    if of.link_expires_at.is_none_or(|until| until <= now) {
        return Err(Error::Gone("error-confirmation-expired"));
    }
    if !incident.is_open() {
        return Err(Error::Gone("error-confirmation-over"));
    }
    Ok(())
}

/// The text to which a wrong recipient agrees.
pub(super) fn agreement(language: Language) -> String {
    AGREEMENT.map(|key| text(language, key)).join("\n")
}
