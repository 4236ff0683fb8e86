//! Entrustments (委託案件): the aggregate around which everything else stands.
//!
//! An entrustment belongs to the principal (its tenant), is looked after by one division, and is
//! held by one registered contractor. Who may see it follows from [`visible`]: the principal's
//! members by role and division, and the members of the contractor's organisation. Its page gathers
//! what the other slices know about it ([`Panel`]).

mod api;
mod comparison;
mod duty;
mod export;
mod history_export;
mod items;
mod model;
mod page;
pub mod people;
mod policy;
pub mod record;
pub mod rules;
mod store;
#[cfg(test)]
mod tests;
mod views;
mod web;

pub use comparison::{COMPARISON, recompare};
pub use duty::DUTY;
pub use items::{
    DataItem, DataItemId, ItemMark, MOST as MOST_ITEMS, NewItem, PlacedItem, full_name, placed,
};
pub use model::{
    AuditorAccessStatus, Entrustment, EntrustmentId, EntrustmentStatus, NewEntrustment,
};
pub use page::{Panel, PanelRow, PanelView, Panels};
pub use policy::{DECIDERS, HOLDERS, KEEPERS, REPRESENTATIVES, WRITERS};
pub use policy::{Decide, Hold, Manage, Represent, decide, hold, manage, open, represent, set_up};
pub use rules::HandlingRules;
pub use store::create;
pub(crate) use store::seen;
pub use store::{
    Below, Side, Summary, alone, below, by_ids, contractors_of_line, filtered, find,
    find_for_system, in_tree_order, items, items_ever, numbers_taken, open_after, page, parent,
    sees_all, side, visible,
};
pub use store::{NewBelow, close, create_below, keep_open, lock, renew_below, reopen};
pub use store::{contractors_above_many, items_of_many, keys, numbered};
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

/// Registers many at once, as [`register`] does one by one. That each names a contractor and a
/// division of the actor's own is for the caller, who looked them up.
///
/// # Errors
/// [`crate::error::Error::Forbidden`] for who may not; those of the database.
pub fn register_all(tx: &mut Tx<'_>, new: &[NewEntrustment]) -> Result<()> {
    let tenant = policy::register(tx.actor)?;
    store::create_all(tx, &tenant, new)
}

/// Changes an entrustment that is still at `version`, of the actor's own organisation.
///
/// # Errors
/// [`crate::error::Error::Forbidden`] for who may not; [`crate::error::Error::Conflict`] when it was
/// changed meanwhile; those of the database.
pub fn change(
    tx: &mut Tx<'_>,
    id: EntrustmentId,
    version: i32,
    new: &NewEntrustment,
) -> Result<()> {
    let found = store::find(tx.connection, tx.actor, id)?;
    let entrustment = policy::manage(tx.actor, found)?;
    store::update(tx, &entrustment, version, new)
}
