//! Passkeys: registered on the account's page, used to sign in.

mod ceremony;
mod own;
mod sign_in;
mod store;
mod views;

use serde_json::{Value, json};

use webauthn_rs::prelude::DiscoverableAuthentication;

use self::ceremony::{Answer, PasskeyFault};
use crate::account::ceremony_store::{self, Kind};
use crate::account::refused;
use crate::actor::PersonId;
use crate::database::{Connection, Tx};
use crate::error::Result;
use crate::web::{Ctx, Form, Message, Route, Settings};

/// Most passkeys of a person.
const MOST: i64 = 20;

/// The routes of passkeys.
pub(in crate::account) fn routes() -> Vec<Route> {
    let mut routes = own::routes();
    routes.extend(sign_in::routes());
    routes
}

/// A sample of each page, for the test that renders them all.
pub(in crate::account) fn samples() -> Vec<(&'static str, Value)> {
    views::samples()
}

/// Whether browsers offer passkeys at the portal's address at all.
pub(in crate::account) fn offered(settings: &Settings) -> bool {
    ceremony::relying_party(settings).is_some()
}

/// How many passkeys a person has.
///
/// # Errors
/// Those of the database.
pub(super) fn count(connection: &mut Connection, person: PersonId) -> Result<i64> {
    store::count(connection, person)
}

/// Removes all passkeys of a person.
///
/// # Errors
/// Those of the database.
pub(super) fn remove_all(tx: &mut Tx<'_>, person: PersonId) -> Result<()> {
    store::remove_all(tx, person)
}

/// Whose passkey answered what this browser was asked for a proof, or why it isn't taken.
///
/// # Errors
/// Those of the database.
pub(in crate::account) async fn proven(
    ctx: &Ctx,
    form: &Form,
) -> Result<Result<PersonId, Message>> {
    let (name, answer) = (form.value("ceremony").to_owned(), form.value("credential").to_owned());
    Ok(proved(ctx, Kind::PasskeySignIn, name, answer).await?.map_err(Refused::message))
}

/// Why a proof by passkey is not taken, in the reader's words.
#[derive(Clone, Copy, Debug)]
enum Refused {
    /// Scripts didn't run: nothing came of a passkey.
    NoScripts,
    /// The exchange is over, or was another's.
    Over,
    /// The passkey's answer doesn't fit.
    Fault(PasskeyFault),
}

impl Refused {
    fn message(self) -> Message {
        Message::new(match self {
            Self::NoScripts => "passkey-needs-scripts",
            Self::Over => "error-passkey-over",
            Self::Fault(PasskeyFault::Unfit) => "error-passkey-unfit",
            Self::Fault(PasskeyFault::Copied) => "error-passkey-copied",
        })
    }
}

/// What a script hands to the browser: the question, and the name of the exchange.
fn question(options: Value, name: &str) -> Value {
    let mut question = options;
    if let Some(question) = question.as_object_mut() {
        question.insert("ceremony".into(), json!(name));
    }
    question
}

/// Holds a passkey's answer against what this browser was asked for `kind`, and gives whose it is.
/// The question is used up whatever comes of it, so it is taken in a transaction of its own.
async fn proved(
    ctx: &Ctx,
    kind: Kind,
    name: String,
    answer: String,
) -> Result<Result<PersonId, Refused>> {
    if answer.is_empty() {
        return Ok(Err(Refused::NoScripts));
    }
    let asked: Option<DiscoverableAuthentication> = ctx
        .write(move |tx, ctx| {
            let asked = ceremony_store::take(tx, ctx, kind, &name)?;
            if asked.is_none() {
                tell(tx, None, "over")?;
            }
            Ok(asked)
        })
        .await?;
    let Some(asked) = asked else { return Ok(Err(Refused::Over)) };
    ctx.write(move |tx, ctx| Ok(check(tx, ctx, asked, &answer)?.map_err(Refused::Fault))).await
}

/// Tells of a passkey that let nobody in.
fn tell(tx: &mut Tx<'_>, person: Option<PersonId>, reason: &'static str) -> Result<()> {
    if tx.actor.member().is_some() {
        return refused::tell_no_proof(tx, "passkey", reason);
    }
    let account = String::new();
    refused::tell(tx, &refused::Refused { method: "passkey", account, person, reason })
}

fn check(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    asked: DiscoverableAuthentication,
    answer: &str,
) -> Result<Result<PersonId, PasskeyFault>> {
    let party = ceremony::required(&ctx.portal.settings)?;
    let answer = match Answer::parse(answer) {
        Ok(answer) => answer,
        Err(fault) => {
            tell(tx, None, "unfit")?;
            return Ok(Err(fault));
        }
    };
    let Some(kept) = store::by_credential(tx.connection, answer.credential_id())? else {
        tell(tx, None, "unknown")?;
        return Ok(Err(PasskeyFault::Unfit));
    };
    let owner = kept.person_id;
    match answer.check(&party, asked, owner, &kept.credential.0) {
        Ok(result) => {
            store::note_use(tx, kept, &result)?;
            Ok(Ok(owner))
        }
        Err(fault) => {
            let copied = matches!(fault, PasskeyFault::Copied);
            tell(tx, Some(owner), if copied { "copied" } else { "unfit" })?;
            Ok(Err(fault))
        }
    }
}
