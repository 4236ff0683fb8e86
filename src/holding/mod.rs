//! Holdings (保管): which data items are where, on what, in which country, by whom, from – until.
//!
//! The contractor's side keeps the register, both sides see it. A holding is never deleted: it ends
//! in a disposal ([`end`]), or is transferred to the holding that took its data over.

mod country;
mod export;
mod form;
mod list_store;
mod many_store;
mod model;
mod panel;
pub mod record;
mod store;
#[cfg(test)]
mod tests;
mod transfer;
mod views;
mod web;

pub use country::COMMON as COUNTRIES;
pub use form::{Known, empty as empty_form};
pub use many_store::{Entering, Same, enter_all, held_since, of_entrustments};
pub use model::{DisposalId, Holding, HoldingId, HoldingKind, HoldingStatus, NewHolding};
pub use panel::line;
pub use store::{by_ids, end, enter, facts, of_entrustment, open};
pub use views::samples;
pub use web::routes;
