//! The first report (第一報): by anybody who works on an entrustment, in a few fields, from any page.

mod form;
mod known;
mod views;
mod web;

pub(super) use form::{Facts as ReportedFacts, FirstReport};
pub(super) use known::Known;
pub use views::samples;
pub(super) use web::routes;

use super::IncidentId;
use crate::entrustment::EntrustmentId;
use crate::error::{Error, Result};
use crate::web::{Ctx, Form};

/// Reports an incident, as the page does: for what tells a story.
///
/// # Errors
/// What the form's page would say; those of the database.
pub fn report(ctx: &Ctx, id: EntrustmentId, form: &Form) -> Result<IncidentId> {
    let reported = ctx.write_now(|tx, ctx| web::create_now(tx, ctx, id, form))?;
    reported.map_err(|invalid| Error::internal(format!("{invalid:?}")))
}
