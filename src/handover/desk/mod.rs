//! Putting a hand-over together, asking for approval, deciding, and letting it leave.

mod addressee;
mod command;
mod deciding;
mod export;
mod mail;
mod panel;
mod received;
mod release;
mod showing;
mod store;
#[cfg(test)]
mod tests;
mod told;
mod views;
mod web;

pub use panel::panel;
pub(super) use received::received;
pub(super) use release::jobs;
pub use told::{approve, begin, bring, propose};
pub(super) use views::samples;
pub(super) use web::routes;
