//! The clocks of an incident: the time since it became known, what is due until when, and whether that
//! is done; reminders of it, and by contractor what was on time.

mod jobs;
mod mail;
pub(super) mod record;
mod reminder;
mod rules;
mod statistics;
mod store;
#[cfg(test)]
mod tests;
mod views;
mod web;

pub(super) use jobs::jobs;
pub(super) use rules::Settled;
pub(super) use store::{next, settled};
pub(super) use views::{ClockView, part, sample, samples, view};
pub(super) use web::routes;
