//! Recipients: to whom the data of an entrustment may go, for which purpose, approved by the
//! principal before anything is sent.

mod export;
mod mail;
mod model;
mod policy;
mod store;
mod views;
mod web;

pub use model::{NewRecipient, Recipient, RecipientKind, RecipientStatus};
pub use store::{facts_of_many, of_entrustment};
pub use views::{line, samples};
pub use web::routes;

pub use crate::rulebook::RecipientId;

use crate::database::Tx;
use crate::entrustment::{self, EntrustmentId};
use crate::error::Result;

/// Enters a recipient: proposed, or approved at once when the principal's officer does it and nobody
/// else has to approve.
///
/// # Errors
/// [`crate::error::Error::Forbidden`] for who may not; those of the database.
pub fn register(
    tx: &mut Tx<'_>,
    entrustment: EntrustmentId,
    new: &NewRecipient,
) -> Result<RecipientId> {
    let found = entrustment::find(tx.connection, tx.actor, entrustment)?;
    let entering = policy::register(tx.connection, tx.actor, found)?;
    store::insert(tx, &entering, new)
}

/// Approves a recipient that somebody else proposed.
///
/// # Errors
/// [`crate::error::Error::Forbidden`] for who may not; those of the database.
pub fn approve(tx: &mut Tx<'_>, entrustment: EntrustmentId, id: RecipientId) -> Result<()> {
    let found = entrustment::find(tx.connection, tx.actor, entrustment)?;
    let recipient = store::find(tx.connection, &found, id)?;
    let decision = model::Decision {
        status: RecipientStatus::Approved,
        reason: String::new(),
        version: recipient.version,
    };
    let asked = policy::decide(tx.connection, tx.actor, found, recipient)?;
    store::decide(tx, &asked, &decision)
}
