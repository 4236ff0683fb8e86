//! Incidents (事故): what to do when personal data leaked, was lost or damaged.
//!
//! `report` takes the first report, `web` shows it and lets officers open and close it, `timeline`
//! keeps what happened, `assessment` what was computed and decided about the duties, `clock` says what
//! is due until when and reminds of it, `person` how the persons concerned are notified, `cause` why it
//! came to it and what is done about that. [`duty`] says who has to report and notify, on which grounds
//! and until when. It is pure; the calculator shows it to anybody and keeps nothing.

mod assessment;
mod authority;
mod calculator;
mod cause;
mod clock;
mod correction;
pub mod duty;
mod form;
mod jobs;
mod mail;
mod model;
mod panel;
mod person;
mod plan;
mod policy;
pub mod record;
mod report;
mod store;
pub mod story;
mod tasks;
mod text;
mod timeline;
mod views;
mod web;
mod words;
mod wrong_recipient;

pub use model::{Counted, Incident, IncidentId, IncidentKind, IncidentStatus};
pub use panel::panel;
pub use tasks::{IncidentTask, tasks};
pub use text::{CONFIRMED, check as check_texts};

use crate::job::Registry;
use crate::web::Route;

/// The routes of incidents, and of the calculator.
#[must_use]
pub fn routes() -> Vec<Route> {
    let parts = [
        calculator::routes(),
        report::routes(),
        web::routes(),
        clock::routes(),
        assessment::routes(),
        plan::routes(),
        authority::routes(),
        wrong_recipient::routes(),
        person::routes(),
        cause::routes(),
        timeline::routes(),
    ];
    parts.into_iter().flatten().collect()
}

/// A sample of every page, for the test that renders them all.
#[must_use]
pub fn samples() -> Vec<(&'static str, serde_json::Value)> {
    let parts = [
        views::samples(),
        report::samples(),
        web::samples(),
        clock::samples(),
        assessment::samples(),
        plan::samples(),
        authority::samples(),
        wrong_recipient::samples(),
        person::samples(),
        cause::samples(),
        timeline::samples(),
    ];
    parts.into_iter().flatten().collect()
}

/// The registry with what incidents do by themselves.
#[must_use]
pub fn jobs(registry: Registry) -> Registry {
    let parts: [fn(Registry) -> Registry; 4] =
        [jobs::jobs, clock::jobs, plan::jobs, wrong_recipient::jobs];
    parts.into_iter().fold(registry, |registry, add| add(registry))
}
