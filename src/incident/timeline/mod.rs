//! The timeline of an incident: what happened when, and when that was written down. Append-only: the
//! database itself refuses to change or remove an entry.

mod model;
mod store;
mod views;
mod web;

pub(super) use store::note;
pub(super) use views::{part, samples};
pub(super) use web::routes;
