//! Entrustments (委託案件): the aggregate around which everything else stands.
//!
//! An entrustment belongs to the principal (its tenant), is looked after by one division, and is
//! held by one registered contractor. Who may see it follows from [`visible`]: the principal's
//! members by role and division, and the members of the contractor's organisation. Its page gathers
//! what the other slices know about it ([`Panel`]).

mod items;
mod model;
mod page;
mod policy;
pub mod record;
pub mod rules;
mod store;
#[cfg(test)]
mod tests;
mod views;
mod web;

pub use items::{DataItem, DataItemId, ItemMark, NewItem, PlacedItem, full_name, placed};
pub use model::{Entrustment, EntrustmentId, EntrustmentStatus, NewEntrustment};
pub use page::{Panel, PanelRow, PanelView, Panels};
pub use policy::{DECIDERS, HOLDERS, KEEPERS, REPRESENTATIVES};
pub use policy::{Decide, Hold, Manage, Represent, decide, hold, manage, open, represent, set_up};
pub use rules::HandlingRules;
pub use store::create;
pub use store::{
    Side, Summary, below, by_ids, filtered, find, find_for_system, items, items_ever, page, parent,
    side, visible,
};
pub use views::samples;
pub use web::routes;

use crate::database::Tx;
use crate::error::Result;

/// Registers an entrustment for the actor's organisation, whose contractor and division it names.
///
/// # Errors
/// [`crate::error::Error::Forbidden`] for who may not; those of the database.
pub fn register(tx: &mut Tx<'_>, new: &NewEntrustment) -> Result<EntrustmentId> {
    let tenant = policy::register(tx.actor)?;
    store::create(tx, &tenant, new)
}
