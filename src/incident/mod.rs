//! Incidents (事故): what to do when personal data leaked, was lost or damaged.
//!
//! `report` takes the first report, `web` shows it and lets officers open and close it, `timeline`
//! keeps what happened, `person` how the persons concerned are notified, `cause` why it
//! came to it and what is done about that. [`duty`] says who has to report and notify, on which grounds and until when. It
//! is pure; the calculator shows it to anybody and keeps nothing.

mod calculator;
mod cause;
pub mod duty;
mod form;
mod jobs;
mod mail;
mod model;
mod panel;
mod person;
mod policy;
mod report;
mod store;
mod tasks;
mod text;
mod timeline;
mod views;
mod web;
mod words;

pub use model::{Counted, Incident, IncidentId, IncidentKind, IncidentStatus};
pub use panel::panel;
pub use report::report;
pub use tasks::{IncidentTask, tasks};

use crate::entrustment::EntrustmentId;
use crate::error::Result;
use crate::job::Registry;
use crate::web::{Ctx, Route};

/// The routes of incidents, and of the calculator.
#[must_use]
pub fn routes() -> Vec<Route> {
    let parts = [
        calculator::routes(),
        report::routes(),
        web::routes(),
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
        person::samples(),
        cause::samples(),
        timeline::samples(),
    ];
    parts.into_iter().flatten().collect()
}

/// The registry with what incidents do by themselves.
#[must_use]
pub fn jobs(registry: Registry) -> Registry {
    jobs::jobs(registry)
}

/// Opens an incident, as the page does: for what tells a story.
///
/// # Errors
/// What the page would say; those of the database.
pub fn open(ctx: &Ctx, entrustment: EntrustmentId, incident: IncidentId) -> Result<()> {
    ctx.write_now(|tx, ctx| web::open_now(tx, ctx, (entrustment, incident)))
}
