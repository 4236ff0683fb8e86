//! Holdings (保管): which data items are where, on what, in which country, by whom, from – until.
//!
//! The contractor's side keeps the register, both sides see it. A holding is never deleted: it ends
//! in a disposal ([`end`]), or is transferred to the holding that took its data over.

mod model;
mod store;

pub use model::{DisposalId, Holding, HoldingId, HoldingKind, HoldingStatus, NewHolding};
pub use store::{by_ids, end, enter, facts, of_entrustment, open};
