//! API tokens: with which an organisation's programs ask, on the routes under `/api/`.
//!
//! A token is made by an administrator or a representative, shown once, and kept as a hash. It says
//! what it may do ([`crate::actor::ApiScope`]) and until when. A program sees what the member sees
//! who made its token, and the token counts no longer than that membership, in that role: whoever
//! leaves has seen it. It counts no more once it was seen to have expired, even when a clock is set
//! back. The guard asks here ([`TOKENS`]); which route needs what is in the route table.

mod model;
mod policy;
mod spelling;
mod store;
mod views;
mod web;

use crate::clock::Timestamp;
use crate::database::Scope;
use crate::error::Result;
use crate::web::Portal;
use crate::web::bearer::{Shown, Tokens};

pub use views::samples;
pub use web::routes;

/// How the guard weighs a token that was shown.
pub const TOKENS: Tokens = Tokens { weigh, note_use: store::note_use };

/// What a token is worth now.
fn weigh(portal: &Portal, shown: &str, now: Timestamp) -> Result<Shown> {
    let Some(hash) = spelling::hash_of(shown) else {
        return Ok(Shown::Nothing);
    };
    // Whose token it is isn't known before it is read.
    let found = {
        let mut loan = portal.database.reader(&Scope::everything())?;
        store::by_hash(&mut loan, &hash, now)?
    };
    let Some((token, maker)) = found else {
        return Ok(Shown::Refused { tenant: None, id: String::new(), reason: "unknown" });
    };
    let refused =
        |reason| Shown::Refused { tenant: Some(token.tenant_id), id: token.id.to_string(), reason };
    if token.expired_at.is_none() && now >= token.expires_at {
        store::note_end(portal, &token, now)?;
    }
    Ok(match model::standing(&token, maker.as_ref().map(|maker| maker.role), now) {
        model::Standing::Active => match maker {
            Some(maker) => Shown::Counts(Box::new(token.acting(maker, now))),
            None => refused("left"),
        },
        other => refused(other.as_str()),
    })
}
