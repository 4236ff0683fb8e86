//! What is asked of a passkey, and whether its answer fits (W3C Web Authentication Level 3).
//!
//! Every ceremony asks for user verification: a passkey is something one has, opened by something
//! one knows or is, and so both factors in one.

use serde_json::{Value, json};
use url::Url;
use webauthn_rs::prelude::{
    AuthenticationResult, CredentialID, DiscoverableAuthentication, Passkey, PasskeyRegistration,
    PublicKeyCredential, RegisterPublicKeyCredential, Uuid, Webauthn, WebauthnBuilder,
    WebauthnError,
};

use crate::actor::PersonId;
use crate::error::{Error, Result};
use crate::web::Settings;

/// Why a passkey's answer is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasskeyFault {
    /// It doesn't fit what was asked.
    Unfit,
    /// Its counter went back: there may be a copy of it.
    Copied,
}

impl From<WebauthnError> for PasskeyFault {
    fn from(error: WebauthnError) -> Self {
        tracing::info!(%error, "a passkey was refused");
        match error {
            WebauthnError::CredentialPossibleCompromise => Self::Copied,
            _ => Self::Unfit,
        }
    }
}

/// The portal as passkeys know it, or `None` where browsers offer none: they ask for TLS and a
/// name (Web Authentication §5.1.3), or for this very machine.
pub(crate) fn relying_party(settings: &Settings) -> Option<Webauthn> {
    let origin = Url::parse(&settings.base_url).ok()?;
    let name = origin.domain()?;
    if origin.scheme() != "https" && name != "localhost" {
        return None;
    }
    WebauthnBuilder::new(name, &origin).ok()?.rp_name("預かり Azukari").build().ok()
}

/// The relying party, for what is only reached where there is one.
///
/// # Errors
/// [`Error::NotFound`] where browsers offer no passkeys.
pub(super) fn required(settings: &Settings) -> Result<Webauthn> {
    relying_party(settings).ok_or(Error::NotFound)
}

/// What to ask of the browser for a new passkey, and what to keep until it answers.
pub(super) fn begin_registration(
    party: &Webauthn,
    person: (PersonId, &str, &str),
    known: Vec<CredentialID>,
) -> Result<(Value, PasskeyRegistration)> {
    let (id, email, name) = person;
    let (asked, state) = party
        .start_passkey_registration(handle(id)?, email, name, Some(known))
        .map_err(Error::internal)?;
    let mut options = serde_json::to_value(asked)?;
    // With its owner in it, a passkey signs in without a mail address; a key without room for
    // that still counts as a second factor.
    if let Some(selection) = options.pointer_mut("/publicKey/authenticatorSelection") {
        *selection = json!({ "residentKey": "preferred", "userVerification": "required" });
    }
    Ok((options, state))
}

/// The new passkey, if the answer fits.
pub(super) fn finish_registration(
    party: &Webauthn,
    answer: &str,
    state: &PasskeyRegistration,
) -> Result<Passkey, PasskeyFault> {
    let answer: RegisterPublicKeyCredential = parsed(answer)?;
    Ok(party.finish_passkey_registration(&answer, state)?)
}

/// Asks for any passkey that knows its owner.
pub(super) fn ask_anybody(party: &Webauthn) -> Result<(Value, DiscoverableAuthentication)> {
    let (asked, state) = party.start_discoverable_authentication().map_err(Error::internal)?;
    let mut options = serde_json::to_value(asked)?;
    // A button asks, not the mail field: the browser shows its choice at once.
    if let Some(options) = options.as_object_mut() {
        options.remove("mediation");
    }
    Ok((options, state))
}

/// An answer as it came, with whose it says to be and which passkey gave it.
pub(super) struct Answer {
    credential: PublicKeyCredential,
}

impl Answer {
    pub(super) fn parse(text: &str) -> Result<Self, PasskeyFault> {
        Ok(Self { credential: parsed(text)? })
    }

    /// The passkey that answered.
    pub(super) fn credential_id(&self) -> &[u8] {
        &self.credential.raw_id
    }

    /// Holds the answer against what was asked and against the passkey as it is kept.
    pub(super) fn check(
        &self,
        party: &Webauthn,
        asked: DiscoverableAuthentication,
        owner: PersonId,
        kept: &Passkey,
    ) -> Result<AuthenticationResult, PasskeyFault> {
        let (named, _) = party.identify_discoverable_authentication(&self.credential)?;
        if named.to_string() != owner.as_str() {
            return Err(PasskeyFault::Unfit);
        }
        let result = party.finish_discoverable_authentication_v2(&self.credential, asked, kept)?;
        if result.user_verified() { Ok(result) } else { Err(PasskeyFault::Unfit) }
    }
}

fn parsed<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, PasskeyFault> {
    serde_json::from_str(text).map_err(|error| {
        tracing::info!(%error, "a passkey's answer can't be read");
        PasskeyFault::Unfit
    })
}

/// What a passkey keeps of its owner: the person's id, which is no secret.
fn handle(person: PersonId) -> Result<Uuid> {
    Uuid::parse_str(person.as_str()).map_err(Error::internal)
}
