//! Training (研修): given to a group, entered for all who were there at once.

use actix_web::HttpResponse;
use actix_web::web::Path;

use super::model::NewTraining;
use super::roster_store as store;
use super::views::TrainingPage;
use super::web::{compared, holdable};
use crate::conformity;
use crate::entrustment::{self, Entrustment, EntrustmentId, HOLDERS};
use crate::error::Result;
use crate::japanese::jst_date;
use crate::rulebook::{Exceptions, HandlerFact, HandlerId};
use crate::web::{Access, Choice, Ctx, Fields, Form, Invalid, Route, Rule};

pub(super) fn routes() -> Vec<Route> {
    const HOLDER: Access = Access::Roles(HOLDERS);
    vec![
        Route::get("/entrustments/{id}/handlers/training", HOLDER, show),
        Route::post("/entrustments/{id}/handlers/training", HOLDER, train),
    ]
}

/// The entrustment and those on its roster who have not left.
async fn load(ctx: &Ctx, id: EntrustmentId) -> Result<(Entrustment, Vec<HandlerFact>)> {
    ctx.read(move |c, ctx| {
        let entrustment = holdable(c, ctx, id)?.into_inner();
        let mut roster = conformity::handlers(c, &entrustment)?;
        roster.retain(|handler| handler.ends_on.is_none());
        Ok((entrustment, roster))
    })
    .await
}

fn page(
    ctx: &Ctx,
    (entrustment, roster): (Entrustment, Vec<HandlerFact>),
    form: &Form,
    invalid: &Invalid,
) -> TrainingPage {
    TrainingPage {
        entrustment,
        form: form.view_with(ctx.language, invalid),
        handlers: roster.into_iter().map(|h| Choice::new(h.id, h.name)).collect(),
    }
}

/// Shows the form with everybody ticked who is there.
async fn show(ctx: Ctx, id: Path<EntrustmentId>) -> Result<HttpResponse> {
    let found = load(&ctx, id.into_inner()).await?;
    let today = jst_date(ctx.now).to_string();
    let mut form = Form::from_pairs([("held_on", today.as_str())]);
    for handler in &found.1 {
        form.add("handlers", handler.id.as_str());
    }
    ctx.page(&page(&ctx, found, &form, &Invalid::default()))
}

fn parse(
    ctx: &Ctx,
    form: &Form,
    roster: &[HandlerFact],
) -> Result<(Vec<HandlerId>, NewTraining), Invalid> {
    let mut f = Fields::of(form);
    let handlers: Option<Vec<HandlerId>> = f.words("handlers");
    if let Some(handlers) = &handlers {
        f.check(!handlers.is_empty(), "handlers", "error-choose-one");
        let all = handlers.iter().all(|id| roster.iter().any(|h| h.id == *id));
        f.check(all, "handlers", "error-choose-from-list");
    }
    let held_on = f.date("held_on");
    let past = held_on.is_none_or(|day| day <= jst_date(ctx.now));
    f.check(past, "held_on", "handler-error-future");
    let content = f.text("content", Rule::text(1000));
    f.finish(|| Some((handlers?, NewTraining { held_on: held_on?, content: content? })))
}

/// Enters a training.
async fn train(ctx: Ctx, id: Path<EntrustmentId>, form: Form) -> Result<HttpResponse> {
    let id = id.into_inner();
    let found = load(&ctx, id).await?;
    let (handlers, new) = match parse(&ctx, &form, &found.1) {
        Ok(command) => command,
        Err(invalid) => return ctx.invalid(&page(&ctx, found, &form, &invalid)),
    };
    ctx.write(move |tx, ctx| {
        let entrustment = holdable(tx.connection, ctx, id)?;
        store::train(tx, &entrustment, &handlers, &new)?;
        let roster = conformity::handlers(tx.connection, &entrustment)?;
        for fact in roster.iter().filter(|fact| handlers.contains(&fact.id)) {
            compared(tx, &entrustment, fact, &Exceptions::new())?;
        }
        entrustment::recompare(tx, &entrustment)
    })
    .await?;
    Ok(ctx.see_other(&format!("/entrustments/{id}/handlers"), "done-saved"))
}
