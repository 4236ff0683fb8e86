//! Recipients: to whom the data of an entrustment may go, for which purpose, approved by the
//! principal before anything is sent.

mod model;
mod store;

pub use model::RecipientStatus;
pub use store::facts;

pub use crate::rulebook::RecipientId;
