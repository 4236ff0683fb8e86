//! The security events of an organisation, as its administrators see them: who signed in, was
//! refused, took something out, changed who may; and from where.
//!
//! What an event is, and when one is told, is [`crate::event`]'s; here are the page and its file.

mod export;
mod store;
mod views;
mod web;

pub use views::samples;
pub use web::routes;
