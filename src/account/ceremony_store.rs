//! Exchanges under way: what was asked of a passkey or of an identity provider, until it answers.

use chrono::Duration;
use diesel::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::database::Tx;
use crate::database::schema::ceremony as t;
use crate::database::types::json_text;
use crate::error::Result;
use crate::storage::sha256;
use crate::web::Ctx;
use crate::word_type;

/// How long an answer is waited for (ASVS 5.0, 6.5.5: at most ten minutes).
const LIFE: Duration = Duration::minutes(10);

word_type! {
    /// What an exchange is for; an answer to one counts for no other.
    Kind {
        /// A new passkey.
        PasskeyRegistration = "passkey_registration",
        /// Signing in with a passkey alone.
        PasskeySignIn = "passkey_sign_in",
        /// Signing in at an organisation's identity provider.
        Provider = "provider",
    }
}

/// The browser of this request, and whoever is signed in with it: an exchange goes on only where
/// it was begun.
fn browser(ctx: &Ctx) -> String {
    sha256(ctx.csrf.as_bytes())
}

/// Keeps `state` and gives the random value with which the answer names it. Forgets what is over.
pub(super) fn begin(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    kind: Kind,
    state: &impl Serialize,
) -> Result<String> {
    let name = hex::encode(rand::random::<[u8; 32]>());
    begin_as(tx, ctx, kind, &name, state)?;
    Ok(name)
}

/// The same under a random value that was made before.
pub(super) fn begin_as(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    kind: Kind,
    name: &str,
    state: &impl Serialize,
) -> Result<()> {
    diesel::delete(t::table.filter(t::expires_at.le(tx.now))).execute(tx.connection)?;
    diesel::insert_into(t::table)
        .values((
            t::id.eq(sha256(name.as_bytes())),
            t::kind.eq(kind),
            t::bound_to.eq(browser(ctx)),
            t::state.eq(json_text(state)?),
            t::expires_at.eq(tx.now + LIFE),
        ))
        .execute(tx.connection)?;
    Ok(())
}

/// The state of the exchange that `name` names, once: for the browser that began it, in time.
pub(super) fn take<T: DeserializeOwned>(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    kind: Kind,
    name: &str,
) -> Result<Option<T>> {
    let id = sha256(name.as_bytes());
    let open = t::table
        .find(&id)
        .filter(t::kind.eq(kind))
        .filter(t::bound_to.eq(browser(ctx)))
        .filter(t::expires_at.gt(tx.now));
    let Some(state) = open.select(t::state).first::<String>(tx.connection).optional()? else {
        return Ok(None);
    };
    // Of two answers at once one alone removes the row.
    if diesel::delete(t::table.find(&id)).execute(tx.connection)? != 1 {
        return Ok(None);
    }
    Ok(Some(serde_json::from_str(&state)?))
}
