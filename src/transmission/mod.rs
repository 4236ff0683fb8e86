//! Transmissions (送受): how the data of an entrustment moved, entered by one side and confirmed by
//! the other, each compared with the handling rules before it is saved.

mod command;
mod export;
mod jobs;
mod mail;
mod model;
mod policy;
pub mod record;
mod reminder;
mod store;
mod views;
mod web;

pub use command::{MOST_ROWS as MOST_RECEIVERS, NewTransmission};
pub use jobs::jobs;
pub use model::{Confirmation, Transmission, TransmissionId};
pub use policy::WRITERS;
pub use store::{HandedOver, Same, facts, of_entrustment, sent_between};
pub use views::{line, samples};
pub use web::routes;

use crate::actor::Actor;
use crate::conformity;
use crate::database::{Connection, Tx};
use crate::entrustment::{self, Entrustment, EntrustmentId};
use crate::error::Result;
use crate::finding::{self, Subject};
use crate::japanese::jst_date;
use crate::rulebook::{self, Broken, Exceptions};

/// Enters a transmission for the actor's side, with the findings of what it breaks.
///
/// # Errors
/// [`crate::error::Error::Forbidden`] for who may not; those of the database.
pub fn enter(
    tx: &mut Tx<'_>,
    entrustment: EntrustmentId,
    new: &NewTransmission,
    exceptions: &Exceptions,
) -> Result<TransmissionId> {
    let found = entrustment::find(tx.connection, tx.actor, entrustment)?;
    let entering = policy::enter(tx.connection, tx.actor, found, None)?;
    let terms = conformity::terms(tx.connection, &entering.entrustment, jst_date(tx.now))?;
    let broken = rulebook::transmission(&terms, &new.fact());
    let id = store::save(tx, &entering, 0, new, exceptions)?;
    let subject = Subject { kind: "transmission", id: id.as_str() };
    finding::hold_against(tx, &entering.entrustment, subject, &broken, exceptions)?;
    Ok(id)
}

/// Enters what went over the hand-over desk, confirmed by whoever fetched it, with the findings of
/// what it breaks. That it might go, the desk has seen to.
///
/// # Errors
/// Those of the database.
pub fn enter_handed_over(
    tx: &mut Tx<'_>,
    entrustment: &Entrustment,
    entered: &HandedOver<'_>,
) -> Result<TransmissionId> {
    let entering = policy::handed_over(entrustment, entered.new.sender);
    let terms = conformity::terms(tx.connection, entrustment, jst_date(tx.now))?;
    let broken = rulebook::transmission(&terms, &entered.new.fact());
    let id = store::hand_over(tx, &entering, entered)?;
    let subject = Subject { kind: "transmission", id: id.as_str() };
    finding::hold_against(tx, entrustment, subject, &broken, &Exceptions::new())?;
    Ok(id)
}

/// The entrustment, if the actor may enter its transmissions for either side.
///
/// # Errors
/// [`crate::error::Error::Forbidden`] for who may not; [`crate::error::Error::Conflict`] when it is
/// closed.
pub fn writable(
    connection: &mut Connection,
    actor: &Actor,
    entrustment: Entrustment,
) -> Result<Entrustment> {
    Ok(policy::enter(connection, actor, entrustment, None)?.into_inner().entrustment)
}

/// A transmission to enter, what it breaks, and the exceptions that are claimed.
pub type Entering<'a> = (&'a NewTransmission, &'a [Broken], &'a Exceptions);

/// Enters transmissions of one entrustment for the actor's side, as [`enter`] does one by one.
///
/// # Errors
/// [`crate::error::Error::Forbidden`] for who may not; those of the database.
pub fn enter_all(tx: &mut Tx<'_>, entrustment: Entrustment, all: &[Entering<'_>]) -> Result<()> {
    let entering = policy::enter(tx.connection, tx.actor, entrustment, None)?;
    let new: Vec<_> = all.iter().map(|(new, _, exceptions)| (*new, *exceptions)).collect();
    let ids = store::enter_all(tx, &entering, &new)?;
    let entered: Vec<finding::Entered<'_>> = ids
        .iter()
        .zip(all)
        .map(|(id, (_, broken, exceptions))| {
            (Subject { kind: "transmission", id: id.as_str() }, *broken, *exceptions)
        })
        .collect();
    finding::raise_of_entered(tx, &entering.entrustment, &entered)
}

/// A transmission of a visible entrustment.
///
/// # Errors
/// [`crate::error::Error::NotFound`]; those of the database.
pub fn seen(
    connection: &mut Connection,
    entrustment: &Entrustment,
    id: TransmissionId,
) -> Result<Transmission> {
    store::find(connection, entrustment, id)
}
