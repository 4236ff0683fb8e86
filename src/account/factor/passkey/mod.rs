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
use crate::actor::PersonId;
use crate::database::Tx;
use crate::error::Result;
use crate::web::{Ctx, Message, Route, Settings};

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
    let asked: Option<DiscoverableAuthentication> =
        ctx.write(move |tx, ctx| ceremony_store::take(tx, ctx, kind, &name)).await?;
    let Some(asked) = asked else { return Ok(Err(Refused::Over)) };
    ctx.write(move |tx, ctx| Ok(check(tx, ctx, asked, &answer)?.map_err(Refused::Fault))).await
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
        Err(fault) => return Ok(Err(fault)),
    };
    let Some(kept) = store::by_credential(tx.connection, answer.credential_id())? else {
        return Ok(Err(PasskeyFault::Unfit));
    };
    let owner = kept.person_id;
    match answer.check(&party, asked, owner, &kept.credential.0) {
        Ok(result) => {
            store::note_use(tx, kept, &result)?;
            Ok(Ok(owner))
        }
        Err(fault) => Ok(Err(fault)),
    }
}
