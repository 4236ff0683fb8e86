//! The first report (第一報): by anybody who works on an entrustment, in a few fields, from any page.

mod form;
mod known;
mod views;
mod web;

pub(super) use form::{Facts as ReportedFacts, FirstReport};
pub(super) use known::Known;
pub use views::samples;
pub(super) use web::{create_now, routes};
