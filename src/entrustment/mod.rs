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

pub use items::{DataItem, ItemMark, NewItem};
pub use model::{Entrustment, EntrustmentId, EntrustmentStatus, NewEntrustment};
pub use page::{Panel, PanelRow, PanelView, Panels};
pub use policy::{Manage, manage, set_up};
pub use rules::HandlingRules;
pub use store::{Summary, by_ids, create, find, find_for_system, items, page, visible};
pub use views::samples;
pub use web::routes;
