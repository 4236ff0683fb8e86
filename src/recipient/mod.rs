//! Recipients: to whom the data of an entrustment may go, for which purpose, approved by the
//! principal before anything is sent.

mod mail;
mod model;
mod policy;
mod store;
mod views;
mod web;

pub use model::{NewRecipient, Recipient, RecipientKind, RecipientStatus};
pub use store::{facts, of_entrustment};
pub use views::{line, samples};
pub use web::routes;

pub use crate::rulebook::RecipientId;
