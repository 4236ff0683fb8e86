//! Signed tokens: one purpose each, and for each purpose its own key, audience and life.
//!
//! A token only names something (a session, an invitation); the row it names decides.

use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, encode};
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
    let key = EncodingKey::from_secret(&secret.derive(purpose.audience()));
    encode(&Header::new(Algorithm::HS256), &claims, &key).map_err(Error::internal)
}

/// What a token of `purpose` names, or `None` for anything forged, foreign, early or expired.
#[must_use]
pub fn subject(secret: &Secret, purpose: Purpose, token: &str, now: Timestamp) -> Option<String> {
    let mut validation = Validation::new(Algorithm::HS256);
    validation.set_required_spec_claims(&["iss", "aud", "sub", "nbf", "exp"]);
    validation.set_issuer(&[ISSUER]);
    validation.set_audience(&[purpose.audience()]);
    // The library would ask the machine's clock; the times are held against ours below.
    validation.validate_exp = false;
    validation.validate_nbf = false;
    let key = DecodingKey::from_secret(&secret.derive(purpose.audience()));
    let claims = decode::<Claims>(token, &key, &validation).ok()?.claims;
    let now = now.and_utc().timestamp();
    (claims.nbf <= now && now < claims.exp).then_some(claims.sub)
}
