//! The hand-over desk (受渡し): personal data moves through the portal, never by mail.
//!
//! A hand-over has files and recipients, who are chosen from what is registered, never typed. What
//! is in the files is looked at (`checking`), a second person approves, it waits a few minutes in
//! which it can be taken back, and then each recipient fetches its own files (`delivery`). What
//! happened stands in the register of transmissions by itself.

mod checking;
mod cutting;
mod delivery;
mod desk;
mod model;
mod policy;
pub mod record;
mod record_store;
mod request;
mod statistics;
mod store;
#[cfg(test)]
mod testing;
mod upload;

pub use delivery::{deleted, fetch, recall};
pub use desk::{approve, begin, bring, panel, propose};
pub use model::{
    Deletion, Delivery, DeliveryId, Direction, File, FileId, FileState, Handover, HandoverId,
    HandoverStatus, ReceivingParty, Request, RequestId, RequestStatus, Stop, StopId, Stopped,
};
pub use request::ask;

use crate::actor::Actor;
use crate::database::Connection;
use crate::entrustment::Entrustment;
use crate::error::Result;
use crate::job::Registry;
use crate::secret::Sealed;
use crate::web::Route;

/// What is kept under the installation's secret.
pub const CODES: Sealed = delivery::CODES;

/// The routes of the desk.
#[must_use]
pub fn routes() -> Vec<Route> {
    [
        desk::routes(),
        upload::routes(),
        checking::routes(),
        cutting::routes(),
        delivery::routes(),
        request::routes(),
        statistics::routes(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// A sample of every page of the desk.
#[must_use]
pub fn samples() -> Vec<(&'static str, serde_json::Value)> {
    [
        desk::samples(),
        upload::samples(),
        checking::samples(),
        cutting::samples(),
        delivery::samples(),
        request::samples(),
        statistics::samples(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The registry with what the desk does by itself.
#[must_use]
pub fn jobs(registry: Registry) -> Registry {
    type Add = fn(Registry) -> Registry;
    let parts: &[Add] = &[desk::jobs, upload::jobs, checking::jobs, delivery::jobs, request::jobs];
    parts.iter().fold(registry, |registry, add| add(registry))
}

/// A hand-over of a visible entrustment with its recipients, if the actor sees it.
///
/// # Errors
/// [`crate::error::Error::NotFound`] as if it weren't there.
pub fn seen(
    connection: &mut Connection,
    actor: &Actor,
    entrustment: &Entrustment,
    id: HandoverId,
) -> Result<(Handover, Vec<Delivery>)> {
    let found = policy::see(actor, store::find(connection, entrustment, id)?)?;
    let deliveries = store::deliveries(connection, &found)?;
    Ok((found, deliveries))
}
