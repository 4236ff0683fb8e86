//! Incidents (事故): what to do when personal data leaked, was lost or damaged.
//!
//! `report` takes the first report, `web` shows it and lets officers open and close it. Around it
//! stand the parts of the response, each with its page: the `timeline`, the `clock`, the
//! `assessment` of the duties, the `plan`, the `wrong_recipient`s, the `person`s concerned, the
//! `cause`, and the report to the `authority`. [`duty`] says who has to report and notify, on which
//! grounds and until when. It is pure; the calculator shows it to anybody and keeps nothing.

mod assessment;
mod authority;
mod calculator;
mod cause;
mod clock;
pub mod duty;
mod form;
mod jobs;
mod mail;
mod model;
mod panel;
mod person;
mod plan;
mod policy;
mod report;
mod store;
mod tasks;
mod text;
mod timeline;
mod views;
mod web;
mod words;
mod wrong_recipient;

pub use model::{Counted, Incident, IncidentId, IncidentKind, IncidentStatus};
pub use panel::panel;
pub use report::report;
pub use tasks::{IncidentTask, tasks};

use crate::database::Connection;
use crate::entrustment::EntrustmentId;
use crate::error::Result;
use crate::job::Registry;
use crate::web::{Ctx, Route};

/// The routes of incidents, and of the calculator.
#[must_use]
pub fn routes() -> Vec<Route> {
    [
        calculator::routes(),
        report::routes(),
        web::routes(),
        timeline::routes(),
        clock::routes(),
        assessment::routes(),
        plan::routes(),
        wrong_recipient::routes(),
        person::routes(),
        cause::routes(),
        authority::routes(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// A sample of every page, for the test that renders them all.
#[must_use]
pub fn samples() -> Vec<(&'static str, serde_json::Value)> {
    [
        views::samples(),
        report::samples(),
        web::samples(),
        timeline::samples(),
        clock::samples(),
        assessment::samples(),
        plan::samples(),
        wrong_recipient::samples(),
        person::samples(),
        cause::samples(),
        authority::samples(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The registry with what incidents do by themselves.
#[must_use]
pub fn jobs(registry: Registry) -> Registry {
    type Add = fn(Registry) -> Registry;
    let parts: &[Add] = &[jobs::jobs, clock::jobs, plan::jobs, wrong_recipient::jobs];
    parts.iter().fold(registry, |registry, add| add(registry))
}

/// Opens an incident, as the page does: for what tells a story.
///
/// # Errors
/// What the page would say; those of the database.
pub fn open(ctx: &Ctx, entrustment: EntrustmentId, incident: IncidentId) -> Result<()> {
    ctx.write_now(|tx, ctx| web::open_now(tx, ctx, (entrustment, incident)))
}

/// What the parts say is still open, as message keys: an incident is closed when nothing is.
fn open_matters(connection: &mut Connection, incident: &Incident) -> Result<Vec<String>> {
    type Ask = fn(&mut Connection, &Incident) -> Result<Vec<String>>;
    let parts: &[Ask] = &[
        assessment::open_matters,
        authority::open_matters,
        plan::open_matters,
        wrong_recipient::open_matters,
        person::open_matters,
        cause::open_matters,
    ];
    let mut open = Vec::new();
    for part in parts {
        open.extend(part(connection, incident)?);
    }
    Ok(open)
}
