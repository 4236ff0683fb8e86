//! Leaving: the last day, what is given back, and what becomes of the account.
//!
//! The membership in the contractor's organisation ends with the last roster that names the
//! person; only the organisation's own representative ends it. Otherwise the page says that the
//! account stays, and why.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;

use super::model::{Handler, Leave};
use super::roster_store as store;
use super::views::{AccessEnd, LeavingPage};
use super::web::{compared, holdable, home};
use crate::account;
use crate::database::{Connection, Tx};
use crate::entrustment::{self, Entrustment, EntrustmentId, HOLDERS};
use crate::error::{Error, Result};
use crate::japanese::jst_date;
use crate::rulebook::{Exceptions, HandlerId};
use crate::web::{Access, Ctx, Form, Invalid, Message, Route};

pub(super) fn routes() -> Vec<Route> {
    const HOLDER: Access = Access::Roles(HOLDERS);
    vec![
        Route::get("/entrustments/{id}/handlers/{handler}/leaving", HOLDER, show),
        Route::post("/entrustments/{id}/handlers/{handler}/leaving", HOLDER, leave),
    ]
}

/// What becomes of the account when the handler leaves by this actor's hand.
fn access(
    c: &mut Connection,
    ctx: &Ctx,
    entrustment: &Entrustment,
    handler: &Handler,
) -> Result<AccessEnd> {
    let organisation = store::contractors_organisation(c, entrustment)?;
    let (Some(person), Some(organisation)) = (handler.person_id, organisation) else {
        return Ok(AccessEnd::None);
    };
    if !account::is_member(c, organisation, person)? {
        return Ok(AccessEnd::None);
    }
    if store::on_other_roster(c, handler, person, organisation, jst_date(ctx.now))? {
        return Ok(AccessEnd::OtherRoster);
    }
    Ok(match account::part(&ctx.actor, organisation, person) {
        Ok(_) => AccessEnd::Closes,
        Err(_) => AccessEnd::Representative,
    })
}

async fn page(
    ctx: &Ctx,
    (id, handler): (EntrustmentId, HandlerId),
    typed: Option<Form>,
    invalid: Invalid,
) -> Result<LeavingPage> {
    ctx.read(move |c, ctx| {
        let entrustment = holdable(c, ctx, id)?.into_inner();
        let handler = store::find(c, &entrustment, handler)?;
        let mut form = typed.unwrap_or_else(|| handler.leaving_form(jst_date(ctx.now)));
        form.set("version", &handler.version.to_string());
        Ok(LeavingPage {
            access: access(c, ctx, &entrustment, &handler)?,
            form: form.view_with(ctx.language, &invalid),
            entrustment,
            handler,
        })
    })
    .await
}

/// Shows the form.
async fn show(ctx: Ctx, path: Path<(EntrustmentId, HandlerId)>) -> Result<HttpResponse> {
    let view = page(&ctx, path.into_inner(), None, Invalid::default()).await?;
    ctx.page(&view)
}

/// Notes that a handler left, and closes the account when nothing else needs it.
async fn leave(
    ctx: Ctx,
    path: Path<(EntrustmentId, HandlerId)>,
    form: Form,
) -> Result<HttpResponse> {
    let (id, handler) = path.into_inner();
    let today = jst_date(ctx.now);
    let current = ctx
        .read(move |c, ctx| {
            let entrustment = holdable(c, ctx, id)?;
            store::find(c, &entrustment, handler)
        })
        .await?;
    let command = match Leave::parse(&form, &current, today) {
        Ok(command) => command,
        Err(invalid) => {
            let view = page(&ctx, (id, handler), Some(form), invalid).await?;
            return ctx.invalid(&view);
        }
    };
    let version = form.value("version").parse().unwrap_or(-1);
    let done = ctx.write(move |tx, ctx| left(tx, ctx, (id, handler), version, &command)).await;
    match done {
        Ok(AccessEnd::Closes) => Ok(ctx.see_other(&home(id, handler), "done-handler-left-closed")),
        Ok(_) => Ok(ctx.see_other(&home(id, handler), "done-handler-left")),
        Err(Error::Conflict("error-stale")) => {
            let invalid = Invalid::at("ends_on", Message::new("error-stale"));
            let view = page(&ctx, (id, handler), Some(form), invalid).await?;
            ctx.page_with(StatusCode::CONFLICT, &view)
        }
        Err(other) => Err(other),
    }
}

/// Notes that a handler left at `version`, closes the account when no other roster needs it, and
/// compares what is left.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`], [`Error::Conflict`] when the version is stale.
pub fn left(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    (id, handler): (EntrustmentId, HandlerId),
    version: i32,
    command: &Leave,
) -> Result<AccessEnd> {
    let entrustment = holdable(tx.connection, ctx, id)?;
    let handler = store::find(tx.connection, &entrustment, handler)?;
    let access = access(tx.connection, ctx, &entrustment, &handler)?;
    store::leave(tx, &entrustment, &handler, version, command)?;
    let organisation = store::contractors_organisation(tx.connection, &entrustment)?;
    if let (AccessEnd::Closes, Some(person), Some(organisation)) =
        (access, handler.person_id, organisation)
    {
        account::end_membership(tx, &account::part(tx.actor, organisation, person)?)?;
    }
    let now = store::find(tx.connection, &entrustment, handler.id)?;
    let trainings = store::trainings(tx.connection, &entrustment, Some(handler.id))?;
    let fact = now.fact(trainings.into_iter().map(|training| training.held_on).collect());
    compared(tx, &entrustment, &fact, &Exceptions::new())?;
    entrustment::recompare(tx, &entrustment)?;
    Ok(access)
}
