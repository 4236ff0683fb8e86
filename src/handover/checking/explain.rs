//! Saying why a hand-over may go in spite of what was found.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;

use super::explain_views::ExplainView;
use super::{gather, store, words};
use crate::database::Connection;
use crate::entrustment::{self, Entrustment, EntrustmentId};
use crate::error::{Error, Result};
use crate::handover::model::{Handover, HandoverId, StopId, Stopped};
use crate::handover::policy::{self, SENDERS};
use crate::handover::store as desk;
use crate::japanese::jst_date;
use crate::web::{Access, Ctx, Fields, Form, Invalid, Message, Route, Rule};

/// The path of it.
const PATH: &str = "/entrustments/{id}/hand-overs/{handover}/stops/{stop}/explain";

/// The entrustment, its hand-over, and the stop.
type Ids = (EntrustmentId, HandoverId, StopId);

/// The routes of it.
pub(super) fn routes() -> Vec<Route> {
    const SENDER: Access = Access::Roles(SENDERS);
    vec![Route::get(PATH, SENDER, show), Route::post(PATH, SENDER, explain)]
}

fn load(c: &mut Connection, ctx: &Ctx, ids: Ids) -> Result<(Entrustment, Handover)> {
    let entrustment = entrustment::find(c, &ctx.actor, ids.0)?;
    let handover = desk::find(c, &entrustment, ids.1)?;
    Ok((entrustment, handover))
}

/// The stop, if a reason can be given for it.
fn explained(c: &mut Connection, of: &Handover, id: StopId) -> Result<Stopped> {
    let stop = store::stop(c, of, id)?;
    if stop.may_be_explained() {
        Ok(stop)
    } else {
        Err(Error::Conflict("handover-stop-not-explained"))
    }
}

fn view(
    c: &mut Connection,
    ctx: &Ctx,
    ids: Ids,
    mut form: Form,
    invalid: &Invalid,
) -> Result<ExplainView> {
    let (entrustment, handover) = load(c, ctx, ids)?;
    // What isn't there is so before anything is said of the hand-over.
    explained(c, &handover, ids.2)?;
    let of = policy::edit(c, &ctx.actor, entrustment, handover)?;
    let stop = explained(c, &of.1, ids.2)?;
    let facts = gather::facts(c, &of.1, &of.0, jst_date(ctx.now))?;
    let file = match stop.file_id {
        Some(id) => desk::file(c, &of.1, id)?.name,
        None => String::new(),
    };
    if !form.has("reason") {
        form.set("reason", &stop.reason);
    }
    let language = ctx.language;
    let (entrustment, handover) = of.into_inner();
    Ok(ExplainView {
        form: form.view_with(language, invalid),
        stop: stop.id,
        title: words::title(language, stop.stop, &stop.what),
        what: words::what(language, stop.stop, &stop.what, &facts.terms.items),
        to_do: words::to_do(language, stop.stop, &stop.what),
        file,
        entrustment,
        handover,
    })
}

/// Shows the stop and asks for the reason.
async fn show(ctx: Ctx, ids: Path<Ids>) -> Result<HttpResponse> {
    let ids = ids.into_inner();
    let view =
        ctx.read(move |c, ctx| view(c, ctx, ids, Form::default(), &Invalid::default())).await?;
    ctx.page(&view)
}

/// The reason.
fn parse(form: &Form) -> Result<String, Invalid> {
    let mut f = Fields::of(form);
    let reason = f.text("reason", Rule::text(1000));
    if reason.as_deref().is_some_and(crate::japanese::contains_my_number) {
        f.error("reason", Message::new("handover-error-my-number"));
    }
    f.finish(|| reason)
}

/// Keeps the reason.
async fn explain(ctx: Ctx, ids: Path<Ids>, form: Form) -> Result<HttpResponse> {
    let ids = ids.into_inner();
    let reason = match parse(&form) {
        Ok(reason) => reason,
        Err(invalid) => return again(&ctx, ids, form, invalid, None).await,
    };
    let kept = ctx
        .write(move |tx, ctx| {
            let (entrustment, handover) = load(tx.connection, ctx, ids)?;
            explained(tx.connection, &handover, ids.2)?;
            let of = policy::edit(tx.connection, tx.actor, entrustment, handover)?;
            let stop = explained(tx.connection, &of.1, ids.2)?;
            store::explain(tx, &of, &stop, &reason)
        })
        .await;
    match kept {
        Ok(()) => Ok(ctx.see_other(
            &format!("/entrustments/{}/hand-overs/{}", ids.0, ids.1),
            "done-handover-explained",
        )),
        Err(Error::Conflict(key @ "error-stale")) => {
            let invalid = Invalid::at("reason", Message::new(key));
            again(&ctx, ids, form, invalid, Some(StatusCode::CONFLICT)).await
        }
        Err(other) => Err(other),
    }
}

/// The page again with what is wrong.
async fn again(
    ctx: &Ctx,
    ids: Ids,
    form: Form,
    invalid: Invalid,
    status: Option<StatusCode>,
) -> Result<HttpResponse> {
    let view = ctx.read(move |c, ctx| view(c, ctx, ids, form, &invalid)).await?;
    match status {
        Some(status) => ctx.page_with(status, &view),
        None => ctx.invalid(&view),
    }
}
