//! Pages of requests.

use actix_web::HttpResponse;
use actix_web::web::{Path, Query};

use super::super::model::{Request, RequestId, RequestStatus};
use super::super::policy::SENDERS;
use super::mail::{self, What};
use super::model::NewRequest;
use super::views::{Answer, FormPage, ListView, ShowView};
use super::{policy, store};
use crate::database::{Connection, Tx};
use crate::entrustment::{self, Entrustment, EntrustmentId};
use crate::error::Result;
use crate::japanese::jst_date;
use crate::ledger;
use crate::web::paging::ListQuery;
use crate::web::{Access, Choice, Ctx, Form, Invalid, Route};

/// Entries of the history on a request's page.
const HISTORY: i64 = 20;

/// The routes of requests.
#[must_use]
pub fn routes() -> Vec<Route> {
    const SENDER: Access = Access::Roles(SENDERS);
    vec![
        Route::get("/entrustments/{id}/hand-over-requests", Access::Session, index),
        Route::get("/entrustments/{id}/hand-over-requests/new", SENDER, new),
        Route::post("/entrustments/{id}/hand-over-requests", SENDER, create),
        Route::get("/entrustments/{id}/hand-over-requests/{request}", Access::Session, show),
        Route::post("/entrustments/{id}/hand-over-requests/{request}/withdraw", SENDER, withdraw),
    ]
}

/// Lists the requests of an entrustment.
async fn index(ctx: Ctx, id: Path<EntrustmentId>, query: Query<ListQuery>) -> Result<HttpResponse> {
    let (id, query) = (id.into_inner(), query.into_inner());
    let view = ctx
        .read(move |c, ctx| {
            let entrustment = entrustment::find(c, &ctx.actor, id)?;
            let may_ask = policy::ask(c, &ctx.actor, entrustment.clone()).is_ok();
            let words = "handover-request-status-";
            let statuses = Choice::words(ctx.language, words, RequestStatus::ALL);
            let list = store::page(c, &entrustment, &query)?;
            Ok(ListView { list, entrustment, statuses, may_ask })
        })
        .await?;
    ctx.page(&view)
}

fn form_page(
    c: &mut Connection,
    ctx: &Ctx,
    id: EntrustmentId,
    form: &Form,
    invalid: &Invalid,
) -> Result<FormPage> {
    let found = entrustment::find(c, &ctx.actor, id)?;
    let (entrustment, asked) = policy::ask(c, &ctx.actor, found)?.into_inner();
    let items = entrustment::items(c, &entrustment)?;
    let choice = |item: &entrustment::DataItem| Choice::new(item.id, item.name.clone());
    Ok(FormPage {
        form: form.view_with(ctx.language, invalid),
        items: items.iter().map(choice).collect(),
        asked,
        entrustment,
    })
}

/// Shows the empty form.
async fn new(ctx: Ctx, id: Path<EntrustmentId>) -> Result<HttpResponse> {
    let id = id.into_inner();
    let view = ctx
        .read(move |c, ctx| form_page(c, ctx, id, &Form::default(), &Invalid::default()))
        .await?;
    ctx.page(&view)
}

/// Asks the other side.
async fn create(ctx: Ctx, id: Path<EntrustmentId>, form: Form) -> Result<HttpResponse> {
    let id = id.into_inner();
    let typed = form.clone();
    match ctx.write(move |tx, ctx| create_now(tx, ctx, id, &typed)).await? {
        Ok(request) => {
            let path = format!("/entrustments/{id}/hand-over-requests/{request}");
            Ok(ctx.see_other(&path, "done-handover-requested"))
        }
        Err(invalid) => {
            let view = ctx.read(move |c, ctx| form_page(c, ctx, id, &form, &invalid)).await?;
            ctx.invalid(&view)
        }
    }
}

pub(super) fn create_now(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    id: EntrustmentId,
    form: &Form,
) -> Result<Result<RequestId, Invalid>> {
    let found = entrustment::find(tx.connection, tx.actor, id)?;
    let asking = policy::ask(tx.connection, tx.actor, found)?;
    let items = entrustment::items(tx.connection, &asking.0)?;
    let command = match NewRequest::parse(form, &items, jst_date(tx.now)) {
        Ok(command) => command,
        Err(invalid) => return Ok(Err(invalid)),
    };
    let request = store::insert(tx, &asking, &command)?;
    mail::tell(tx, &ctx.portal.settings, &asking.0, (request, asking.1), What::Asked)?;
    Ok(Ok(request))
}

fn load(
    c: &mut Connection,
    ctx: &Ctx,
    (id, request): (EntrustmentId, RequestId),
) -> Result<(Entrustment, Request)> {
    let entrustment = entrustment::find(c, &ctx.actor, id)?;
    let request = store::find(c, &entrustment, request)?;
    Ok((entrustment, request))
}

/// Shows a request.
async fn show(ctx: Ctx, ids: Path<(EntrustmentId, RequestId)>) -> Result<HttpResponse> {
    let ids = ids.into_inner();
    let view = ctx.read(move |c, ctx| show_view(c, ctx, ids)).await?;
    ctx.page(&view)
}

fn show_view(c: &mut Connection, ctx: &Ctx, ids: (EntrustmentId, RequestId)) -> Result<ShowView> {
    let (entrustment, request) = load(c, ctx, ids)?;
    let items = entrustment::items_ever(c, &entrustment)?;
    let chosen = items.into_iter().filter(|item| request.items.0.contains(&item.id));
    let entries = ledger::history(c, entrustment.tenant_id, request.id.as_str(), HISTORY)?;
    let answers = store::answers(c, &request)?;
    let answer = |(id, position)| Answer { id, position };
    let today = jst_date(ctx.now);
    let withdraw = policy::withdraw(c, &ctx.actor, entrustment.clone(), request.clone());
    Ok(ShowView {
        form: Form::from_pairs([("version", request.version.to_string())]).view(ctx.language),
        items: chosen.map(|item| item.name).collect(),
        answers: answers.into_iter().map(answer).collect(),
        days: request.due_on.map(|day| (day - today).num_days()),
        may_answer: policy::may_answer(c, &ctx.actor, entrustment.clone(), &request),
        may_withdraw: withdraw.is_ok(),
        history: entries.iter().map(|entry| entry.line(ctx.language)).collect(),
        entrustment,
        request,
    })
}

/// Takes a request back.
async fn withdraw(
    ctx: Ctx,
    ids: Path<(EntrustmentId, RequestId)>,
    form: Form,
) -> Result<HttpResponse> {
    let ids = ids.into_inner();
    let version = form.value("version").parse().unwrap_or(-1);
    ctx.write(move |tx, ctx| {
        let (entrustment, request) = load(tx.connection, ctx, ids)?;
        let known = policy::withdraw(tx.connection, tx.actor, entrustment, request)?;
        store::withdraw(tx, &known, version)?;
        let to = (known.1.id, known.1.asked);
        mail::tell(tx, &ctx.portal.settings, &known.0, to, What::Withdrawn)
    })
    .await?;
    let path = format!("/entrustments/{}/hand-over-requests/{}", ids.0, ids.1);
    Ok(ctx.see_other(&path, "done-handover-request-withdrawn"))
}
