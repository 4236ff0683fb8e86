//! What the pages of incidents do, for what tells a story: by the same functions, with forms as the
//! pages take them.

use super::wrong_recipient::WrongRecipientId;
use super::{IncidentId, cause, person, plan, report as first_report, web, wrong_recipient};
use crate::database::Tx;
use crate::entrustment::EntrustmentId;
use crate::error::{Error, Result};
use crate::web::{Ctx, Form, Invalid};

/// Of which entrustment, and which incident.
pub type Id = (EntrustmentId, IncidentId);

/// Does what a page does with a form; a story has no page on which a refusal could be shown.
fn told<T>(
    ctx: &Ctx,
    act: impl FnOnce(&mut Tx<'_>, &Ctx) -> Result<Result<T, Invalid>>,
) -> Result<T> {
    ctx.write_now(act)?.map_err(|invalid| Error::internal(format!("{invalid:?}")))
}

/// Reports an incident.
///
/// # Errors
/// What the page would say; those of the database.
pub fn report(ctx: &Ctx, id: EntrustmentId, form: &Form) -> Result<IncidentId> {
    told(ctx, |tx, ctx| first_report::create_now(tx, ctx, id, form))
}

/// Opens an incident.
///
/// # Errors
/// What the page would say; those of the database.
pub fn open(ctx: &Ctx, id: Id) -> Result<()> {
    ctx.write_now(|tx, ctx| web::open_now(tx, ctx, id))
}

/// Settles what the actor's side has to do within a day.
///
/// # Errors
/// What the pages would say; those of the database.
pub fn settle_day(ctx: &Ctx, id: Id) -> Result<()> {
    ctx.write_now(|tx, ctx| {
        let case = web::load(tx.connection, ctx, id)?;
        plan::settle_day(tx, &case)
    })
}

/// Registers a wrong recipient.
///
/// # Errors
/// What the page would say; those of the database.
pub fn misdirected(ctx: &Ctx, id: Id, form: &Form) -> Result<WrongRecipientId> {
    told(ctx, |tx, ctx| wrong_recipient::register_now(tx, ctx, id, form))
}

/// Enters that a wrong recipient was asked to delete what it got.
///
/// # Errors
/// What the page would say; those of the database.
pub fn asked(ctx: &Ctx, (of, incident): Id, who: WrongRecipientId, form: &Form) -> Result<()> {
    told(ctx, |tx, ctx| wrong_recipient::ask_now(tx, ctx, (of, incident, who), form))
}

/// Enters what a wrong recipient answered.
///
/// # Errors
/// What the page would say; those of the database.
pub fn answered(ctx: &Ctx, (of, incident): Id, who: WrongRecipientId, form: &Form) -> Result<()> {
    told(ctx, |tx, ctx| wrong_recipient::answer_now(tx, ctx, (of, incident, who), form))
}

/// Lists persons concerned.
///
/// # Errors
/// What the page would say; those of the database.
pub fn concerned(ctx: &Ctx, id: Id, form: &Form) -> Result<()> {
    told(ctx, |tx, ctx| person::create_now(tx, ctx, id, form))
}

/// Records the cause.
///
/// # Errors
/// What the page would say; those of the database.
pub fn explained(ctx: &Ctx, id: Id, form: &Form) -> Result<()> {
    told(ctx, |tx, ctx| cause::record_now(tx, ctx, id, form))
}
