//! The timeline of an incident: what happened when, and when it was written down. Append-only: a
//! wrong entry is corrected by a new one that names it.

mod form;
mod model;
mod policy;
pub(super) mod record;
mod store;
mod views;
mod web;

use chrono::TimeDelta;
use serde_json::Value;

use super::model::Incident;
use super::panel::Part;
use super::policy::Case;
use crate::clock::Timestamp;
use crate::database::{Connection, Tx};
use crate::error::Result;
use crate::web::Ctx;
use crate::web::locale::text_with;

pub(super) use model::Entry;
pub(super) use views::samples;
pub(super) use web::routes;

/// How old the last entry may be before the part asks for what happened since.
const QUIET: TimeDelta = TimeDelta::hours(24);

/// Writes down what the portal saw; its words are the message `incident-timeline-<act>`, with the
/// members of `details` as its arguments.
pub(super) fn note(
    tx: &mut Tx<'_>,
    incident: &Incident,
    happened_at: Timestamp,
    act: &'static str,
    details: &Value,
) -> Result<()> {
    store::note(tx, incident, happened_at, (act, details))
}

/// The timeline on the incident's page: how many entries, and the last one.
pub(super) fn part(connection: &mut Connection, ctx: &Ctx, case: &Case) -> Result<Part> {
    let incident = &case.1;
    let count = store::count(connection, incident)?;
    let last = store::last(connection, incident)?;
    let quiet = last.as_ref().is_none_or(|last| ctx.now - last.entered_at > QUIET);
    Ok(Part {
        title: ctx.text("incident-timeline-title"),
        href: format!("{}/timeline", incident.href()),
        status: text_with(ctx.language, "incident-timeline-count", &[("count", count.into())]),
        tone: if quiet && incident.is_open() { "warn" } else { "neutral" },
        lines: last.iter().map(|entry| views::said(ctx.language, entry)).collect(),
    })
}
