//! Requests: what one side asks the other to hand over, until when, and the hand-over that answers.

mod jobs;
mod mail;
mod model;
mod policy;
mod reminder;
mod store;
mod views;
mod web;

pub use jobs::jobs;
pub use views::{line, samples};
pub use web::routes;

use super::model::{Handover, RequestId};
use crate::database::Tx;
use crate::entrustment::EntrustmentId;
use crate::error::{Error, Result};
use crate::web::{Ctx, Form};

/// Asks the other side, as the page does: for what tells a story.
///
/// # Errors
/// What the form's page would say; those of the database.
pub fn ask(ctx: &Ctx, id: EntrustmentId, form: &Form) -> Result<RequestId> {
    let asked = ctx.write_now(|tx, ctx| web::create_now(tx, ctx, id, form))?;
    asked.map_err(|invalid| Error::internal(format!("{invalid:?}")))
}

/// Settles the request that a hand-over answers, now that it has left. Who asked hears of it by the
/// hand-over itself.
///
/// # Errors
/// Those of the database.
pub(super) fn settle(tx: &mut Tx<'_>, of: &Handover) -> Result<()> {
    let Some(id) = of.request_id else {
        return Ok(());
    };
    store::settle(tx, of, id)
}
