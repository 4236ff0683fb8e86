//! Near misses (ヒヤリハット): what nearly went wrong, reported in half a minute, also without a name.
//!
//! `web` takes and lists them, `analysis` counts them, `record` counts them for the audit record, `lesson`
//! is what others learn from them. What a contractor's people keep among themselves is a row of their own
//! organisation; what they share is one of the principal's. An anonymous report has no name in any row,
//! and the ledger calls the portal its actor.

mod analysis;
mod lesson;
mod model;
mod panel;
mod policy;
mod query;
pub mod record;
mod store;
mod views;
mod web;

pub use lesson::{LessonId, teach};
pub use model::{Cause, NearMiss, NearMissId, NearMissKind, StoppedBy};
pub use panel::panel;

use crate::error::{Error, Result};
use crate::web::{Ctx, Form, Route};

/// The routes of near misses.
#[must_use]
pub fn routes() -> Vec<Route> {
    [web::routes(), analysis::routes(), lesson::routes()].into_iter().flatten().collect()
}

/// A sample of every page, for the test that renders them all.
#[must_use]
pub fn samples() -> Vec<(&'static str, serde_json::Value)> {
    [views::samples(), lesson::samples()].into_iter().flatten().collect()
}

/// Reports a near miss, as the page does: for what tells a story.
///
/// # Errors
/// What the form's page would say; those of the database.
pub fn report(ctx: &Ctx, form: &Form) -> Result<NearMissId> {
    let reported = ctx.write_now(|tx, _| web::create_now(tx, form))?;
    reported.map_err(|invalid| Error::internal(format!("{invalid:?}")))
}
