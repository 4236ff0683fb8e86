//! Pages of recipients.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Path, Query};

use super::export::List;
use super::mail;
use super::model::{Decision, NewRecipient, Recipient, RecipientKind, RecipientStatus};
use super::policy::{self, DECIDERS};
use super::store;
use super::views::{FormPage, ListView, ShowView};
use crate::database::{Connection, Tx};
use crate::entrustment::{
    self, DataItem, Entrustment, EntrustmentId, EntrustmentStatus, ItemMark, WRITERS,
};
use crate::error::{Error, Result};
use crate::four_eyes;
use crate::japanese::jst_date;
use crate::ledger;
use crate::rulebook::RecipientId;
use crate::sheet;
use crate::web::paging::ListQuery;
use crate::web::{Access, Choice, Ctx, Form, Invalid, Message, Route};

/// Entries of the history on a recipient's page.
const HISTORY: i64 = 20;

/// The routes of recipients.
#[must_use]
pub fn routes() -> Vec<Route> {
    const WRITER: Access = Access::Roles(WRITERS);
    const DECIDER: Access = Access::Roles(DECIDERS);
    let mut routes = vec![
        Route::get("/entrustments/{id}/recipients", Access::Session, index),
        Route::get("/entrustments/{id}/recipients/new", WRITER, new),
        Route::post("/entrustments/{id}/recipients", WRITER, create),
        Route::get("/entrustments/{id}/recipients/{recipient}", Access::Session, show),
        Route::post("/entrustments/{id}/recipients/{recipient}/decision", DECIDER, decide)
            .stepped_up(),
        Route::post("/entrustments/{id}/recipients/{recipient}/end", WRITER, end),
    ];
    routes.extend(sheet::downloads::<List>(
        "/entrustments/{id}/recipients.xlsx",
        "/entrustments/{id}/recipients.csv",
        Access::Session,
    ));
    routes
}

fn may_enter(ctx: &Ctx, entrustment: &Entrustment) -> bool {
    let role = ctx.actor.member().is_some_and(|member| WRITERS.contains(&member.role));
    role && entrustment.status == EntrustmentStatus::Active
}

/// Lists the recipients.
async fn index(ctx: Ctx, id: Path<EntrustmentId>, query: Query<ListQuery>) -> Result<HttpResponse> {
    let (id, query) = (id.into_inner(), query.into_inner());
    let view = ctx
        .read(move |c, ctx| {
            let entrustment = entrustment::find(c, &ctx.actor, id)?;
            let statuses = Choice::words(ctx.language, "recipient-status-", RecipientStatus::ALL);
            let list = store::page(c, &entrustment, &query)?;
            let may_enter = may_enter(ctx, &entrustment);
            Ok(ListView { list, entrustment, statuses, may_enter })
        })
        .await?;
    ctx.page(&view)
}

/// The items to choose from, each with its mark.
fn item_choices(ctx: &Ctx, items: &[DataItem]) -> Vec<Choice> {
    let choice = |item: &DataItem| {
        let mark = match item.mark {
            ItemMark::None => String::new(),
            mark => ctx.text(&format!("mark-{mark}")),
        };
        Choice { hint: mark, ..Choice::new(item.id, item.name.clone()) }
    };
    items.iter().map(choice).collect()
}

fn form_page(
    c: &mut Connection,
    ctx: &Ctx,
    id: EntrustmentId,
    form: &Form,
    invalid: &Invalid,
) -> Result<FormPage> {
    let found = entrustment::find(c, &ctx.actor, id)?;
    let (entrustment, status) = policy::register(c, &ctx.actor, found)?.into_inner();
    let items = entrustment::items(c, &entrustment)?;
    Ok(FormPage {
        form: form.view_with(ctx.language, invalid),
        kinds: Choice::words(ctx.language, "recipient-kind-", RecipientKind::ALL),
        items: item_choices(ctx, &items),
        proposes: status == RecipientStatus::Proposed,
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

/// Proposes a recipient, or registers it.
async fn create(ctx: Ctx, id: Path<EntrustmentId>, form: Form) -> Result<HttpResponse> {
    let id = id.into_inner();
    let typed = form.clone();
    let saved = ctx.write(move |tx, ctx| create_now(tx, ctx, id, &typed)).await?;
    match saved {
        Ok((recipient, message)) => {
            Ok(ctx.see_other(&format!("/entrustments/{id}/recipients/{recipient}"), message))
        }
        Err(invalid) => {
            let view = ctx.read(move |c, ctx| form_page(c, ctx, id, &form, &invalid)).await?;
            ctx.invalid(&view)
        }
    }
}

type Created = Result<(RecipientId, &'static str), Invalid>;

fn create_now(tx: &mut Tx<'_>, ctx: &Ctx, id: EntrustmentId, form: &Form) -> Result<Created> {
    let found = entrustment::find(tx.connection, tx.actor, id)?;
    let entering = policy::register(tx.connection, tx.actor, found)?;
    let items = entrustment::items(tx.connection, &entering.0)?;
    let command = match NewRecipient::parse(form, &items, jst_date(tx.now)) {
        Ok(command) => command,
        Err(invalid) => return Ok(Err(invalid)),
    };
    let recipient = store::insert(tx, &entering, &command)?;
    if entering.1 == RecipientStatus::Proposed {
        if ctx.member()?.role.is_principal() {
            mail::asked(tx, &ctx.portal.settings, &entering.0, recipient)?;
        } else {
            mail::proposed(tx, &ctx.portal.settings, &entering.0, recipient)?;
        }
        return Ok(Ok((recipient, "done-recipient-proposed")));
    }
    Ok(Ok((recipient, "done-recipient-registered")))
}

fn load(
    c: &mut Connection,
    ctx: &Ctx,
    (id, recipient): (EntrustmentId, RecipientId),
) -> Result<(Entrustment, Recipient)> {
    let entrustment = entrustment::find(c, &ctx.actor, id)?;
    let recipient = store::find(c, &entrustment, recipient)?;
    Ok((entrustment, recipient))
}

fn show_view(
    c: &mut Connection,
    ctx: &Ctx,
    ids: (EntrustmentId, RecipientId),
    form: &Form,
    invalid: &Invalid,
) -> Result<ShowView> {
    let (entrustment, recipient) = load(c, ctx, ids)?;
    let mut form = form.clone();
    form.set("version", &recipient.version.to_string());
    let items = entrustment::items(c, &entrustment)?;
    let chosen = items.into_iter().filter(|item| recipient.items.0.contains(&item.id));
    let entries = ledger::history(c, entrustment.tenant_id, recipient.id.as_str(), HISTORY)?;
    let decide = policy::decide(c, &ctx.actor, entrustment.clone(), recipient.clone());
    let (may_decide, own_request) = (decide.is_ok(), four_eyes::is_own(&decide));
    let may_end =
        policy::end(c, &ctx.actor, entrustment.clone(), recipient.clone()).is_ok() && !may_decide;
    let decisions = [RecipientStatus::Approved, RecipientStatus::Refused];
    Ok(ShowView {
        form: form.view_with(ctx.language, invalid),
        items: chosen.map(|item| item.name).collect(),
        decisions: Choice::words(ctx.language, "recipient-decision-", &decisions),
        may_decide,
        own_request,
        may_end,
        history: entries.iter().map(|entry| entry.line(ctx.language)).collect(),
        entrustment,
        recipient,
    })
}

/// Shows a recipient.
async fn show(ctx: Ctx, ids: Path<(EntrustmentId, RecipientId)>) -> Result<HttpResponse> {
    let ids = ids.into_inner();
    let view = ctx
        .read(move |c, ctx| show_view(c, ctx, ids, &Form::default(), &Invalid::default()))
        .await?;
    ctx.page(&view)
}

/// Approves or refuses a recipient.
async fn decide(
    ctx: Ctx,
    ids: Path<(EntrustmentId, RecipientId)>,
    form: Form,
) -> Result<HttpResponse> {
    let ids = ids.into_inner();
    let decision = match Decision::parse(&form) {
        Ok(decision) => decision,
        Err(invalid) => {
            let view = ctx.read(move |c, ctx| show_view(c, ctx, ids, &form, &invalid)).await?;
            return ctx.invalid(&view);
        }
    };
    let decided = ctx
        .write(move |tx, ctx| {
            let (entrustment, recipient) = load(tx.connection, ctx, ids)?;
            let asked = policy::decide(tx.connection, tx.actor, entrustment, recipient)?;
            store::decide(tx, &asked, &decision)?;
            mail::decided(tx, &ctx.portal.settings, &asked.0, asked.1.id, decision.status)
        })
        .await;
    match decided {
        Ok(()) => Ok(ctx.see_other(
            &format!("/entrustments/{}/recipients/{}", ids.0, ids.1),
            "done-recipient-decided",
        )),
        Err(Error::Conflict(key @ "error-stale")) => {
            let invalid = Invalid::at("decision", Message::new(key));
            let view = ctx.read(move |c, ctx| show_view(c, ctx, ids, &form, &invalid)).await?;
            ctx.page_with(StatusCode::CONFLICT, &view)
        }
        Err(other) => Err(other),
    }
}

/// Takes a recipient off the list.
async fn end(ctx: Ctx, ids: Path<(EntrustmentId, RecipientId)>, _: Form) -> Result<HttpResponse> {
    let ids = ids.into_inner();
    ctx.write(move |tx, ctx| {
        let (entrustment, recipient) = load(tx.connection, ctx, ids)?;
        let known = policy::end(tx.connection, tx.actor, entrustment, recipient)?;
        store::end(tx, &known)
    })
    .await?;
    Ok(ctx.see_other(&format!("/entrustments/{}/recipients", ids.0), "done-recipient-ended"))
}
