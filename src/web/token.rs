//! Signed tokens: one purpose each, and for each purpose its own key, audience and life.
//!
//! A token only names something (a session, an invitation); the row it names decides.

use jsonwebtoken::{
    Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, decode_header, encode,
};
use serde::{Deserialize, Serialize};

use crate::clock::Timestamp;
use crate::error::{Error, Result};
use crate::secret::Secret;

/// The issuer of all tokens.
const ISSUER: &str = "azukari";

/// What a token is for. A token for one purpose is worth nothing for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Names a session row.
    Session,
    /// Names an invitation row.
    Invitation,
    /// Names a sign-in that waits for its second factor.
    SignIn,
    /// Names a browser from which a person has signed in before.
    Device,
    /// Names a link by mail for a forgotten password.
    Reset,
    /// Names a link by mail to sign in with.
    Link,
    /// Names an outside recipient's part of a hand-over.
    Download,
    /// Names what the right code for it opens, and for whom.
    HandOver,
    /// Names a wrong recipient of an incident, who is asked for a written confirmation.
    Confirmation,
}

impl Purpose {
    fn audience(self) -> &'static str {
        match self {
            Self::Session => "azukari:session",
            Self::Invitation => "azukari:invitation",
            Self::SignIn => "azukari:sign-in",
            Self::Device => "azukari:device",
            Self::Reset => "azukari:reset",
            Self::Link => "azukari:link",
            Self::Download => "azukari:download",
            Self::HandOver => "azukari:hand-over",
            Self::Confirmation => "azukari:confirmation",
        }
    }
}

#[derive(Serialize, Deserialize)]
struct Claims {
    iss: String,
    aud: String,
    sub: String,
    nbf: i64,
    exp: i64,
}

/// A token of `purpose` that names `subject` from `now` until `expires`.
///
/// # Errors
/// [`Error::Internal`] when it can't be signed.
pub fn issue(
    secret: &Secret,
    purpose: Purpose,
    subject: &str,
    now: Timestamp,
    expires: Timestamp,
) -> Result<String> {
    let claims = Claims {
        iss: ISSUER.into(),
        aud: purpose.audience().into(),
        sub: subject.into(),
        nbf: now.and_utc().timestamp(),
        exp: expires.and_utc().timestamp(),
    };
    let (id, key) = secret.newest(purpose.audience());
    let header = Header { kid: Some(id), ..Header::new(Algorithm::HS256) };
    encode(&header, &claims, &EncodingKey::from_secret(&key)).map_err(Error::internal)
}

/// What a token of `purpose` names, or `None` for anything forged, foreign, early or expired.
#[must_use]
pub fn subject(secret: &Secret, purpose: Purpose, token: &str, now: Timestamp) -> Option<String> {
    let claims = claims(secret, purpose, token)?;
    let now = now.and_utc().timestamp();
    (claims.nbf <= now && now < claims.exp).then_some(claims.sub)
}

/// What a token of `purpose` names or has named: for what is said of a session that is over, never
/// for letting somebody in.
#[must_use]
pub fn subject_once(secret: &Secret, purpose: Purpose, token: &str) -> Option<String> {
    claims(secret, purpose, token).map(|claims| claims.sub)
}

/// The claims of a token that is one of ours for `purpose`, whatever the time.
fn claims(secret: &Secret, purpose: Purpose, token: &str) -> Option<Claims> {
    let mut validation = Validation::new(Algorithm::HS256);
    validation.set_required_spec_claims(&["iss", "aud", "sub", "nbf", "exp"]);
    validation.set_issuer(&[ISSUER]);
    validation.set_audience(&[purpose.audience()]);
    // The library would ask the machine's clock; the times are held against ours.
    validation.validate_exp = false;
    validation.validate_nbf = false;
    // The name of a key only chooses among ours; one from before keys had names fits one of them.
    let keys = match decode_header(token).ok()?.kid {
        Some(id) => secret.derive_by(&id, purpose.audience()).into_iter().collect(),
        None => secret.derive_all(purpose.audience()),
    };
    keys.iter()
        .find_map(|key| decode::<Claims>(token, &DecodingKey::from_secret(key), &validation).ok())
        .map(|found| found.claims)
}

#[cfg(test)]
mod tests;
