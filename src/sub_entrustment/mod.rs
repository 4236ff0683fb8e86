//! Sub-entrustment (再委託): applied for by the contractor, decided by the principal's approver; what
//! is approved becomes an entrustment below, with registers and questionnaires of its own.
//!
//! An application is for one organisation. A later one for the same organisation goes on with the
//! entrustment that is there already. Whoever stands above sees what is below, at every tier.

mod applying;
mod command;
mod deciding;
mod export;
mod jobs;
mod mail;
mod model;
mod page;
mod policy;
pub mod record;
mod store;
#[cfg(test)]
mod tests;
mod views;
mod web;

pub use applying::save as apply;
pub use deciding::decide;
pub use jobs::jobs;
pub use model::{ApplicationId, ApplicationStatus};
pub use page::{line, panel};
pub use store::facts_of_many;
pub use views::samples;
pub use web::routes;
