//! Pages of the desk: the list, the form, and one hand-over.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Path, Query};
use serde::Deserialize;

use super::addressee::{self, Addressee, Possible};
use super::command::{self, NewHandover};
use super::export::Register;
use super::store::{self, ListQuery};
use super::views::{FormPage, Line, ListView};
use super::{deciding, showing};
use crate::database::{Connection, Tx};
use crate::entrustment::{self, DataItem, Entrustment, EntrustmentId, EntrustmentStatus, ItemMark};
use crate::error::{Error, Result};
use crate::handover::checking;
use crate::handover::model::{Direction, Handover, HandoverId, HandoverStatus, RequestId};
use crate::handover::policy::{self, APPROVERS, SENDERS};
use crate::handover::store as shared;
use crate::japanese::jst_date;
use crate::rulebook::Party;
use crate::sheet;
use crate::web::{Access, Choice, Ctx, Fields, Form, Invalid, Message, Route};

/// An entrustment and one of its hand-overs.
pub(super) type Ids = (EntrustmentId, HandoverId);

/// The routes of the desk.
pub(in crate::handover) fn routes() -> Vec<Route> {
    const SENDER: Access = Access::Roles(SENDERS);
    const APPROVER: Access = Access::Roles(APPROVERS);
    const ONE: &str = "/entrustments/{id}/hand-overs/{handover}";
    let mut routes = vec![
        Route::get("/entrustments/{id}/hand-overs", Access::Session, index),
        Route::get("/entrustments/{id}/hand-overs/new", SENDER, new),
        Route::post("/entrustments/{id}/hand-overs", SENDER, create),
        Route::get(ONE, Access::Session, showing::show),
        Route::get("/entrustments/{id}/hand-overs/{handover}/edit", SENDER, edit),
        Route::post(ONE, SENDER, update),
        Route::post("/entrustments/{id}/hand-overs/{handover}/propose", SENDER, showing::propose),
        Route::post("/entrustments/{id}/hand-overs/{handover}/discard", SENDER, showing::discard),
        Route::get("/entrustments/{id}/hand-overs/{handover}/decision", APPROVER, deciding::show),
        Route::post(
            "/entrustments/{id}/hand-overs/{handover}/decision",
            APPROVER,
            deciding::decide,
        )
        .stepped_up(),
        Route::post(
            "/entrustments/{id}/hand-overs/{handover}/take-back",
            APPROVER,
            showing::take_back,
        ),
    ];
    routes.extend(sheet::downloads::<Register>(
        "/entrustments/{id}/hand-overs.xlsx",
        "/entrustments/{id}/hand-overs.csv",
        Access::Session,
    ));
    routes
}

fn may_begin(ctx: &Ctx, entrustment: &Entrustment) -> bool {
    let role = ctx.actor.member().is_some_and(|member| SENDERS.contains(&member.role));
    role && entrustment.status == EntrustmentStatus::Active
}

/// Lists a page of the hand-overs.
async fn index(ctx: Ctx, id: Path<EntrustmentId>, query: Query<ListQuery>) -> Result<HttpResponse> {
    let (id, query) = (id.into_inner(), query.into_inner());
    let view = ctx
        .read(move |c, ctx| {
            let entrustment = entrustment::find(c, &ctx.actor, id)?;
            let list = store::page(c, &entrustment, policy::eyes(&ctx.actor)?, &query)?;
            Ok(ListView {
                list: list.map(|row| Line::of(ctx.language, row)),
                statuses: Choice::words(ctx.language, "handover-status-", HandoverStatus::ALL),
                directions: Choice::words(ctx.language, "handover-direction-", Direction::ALL),
                may_begin: may_begin(ctx, &entrustment),
                entrustment,
            })
        })
        .await?;
    ctx.page(&view)
}

/// To whom the actor's side may hand something over: never to the actor's own address.
pub(super) fn possible(
    c: &mut Connection,
    ctx: &Ctx,
    entrustment: &Entrustment,
    side: Party,
) -> Result<Possible> {
    let own = store::actor_addresses(c, &ctx.actor)?;
    addressee::possible(c, entrustment, side, &own, jst_date(ctx.now))
}

/// The hand-over that a form changes; nothing when it begins one.
type Known = Option<HandoverId>;

/// What the form is about: the entrustment, the side that sends, and what is changed.
fn about(
    c: &mut Connection,
    ctx: &Ctx,
    id: EntrustmentId,
    known: Known,
) -> Result<(Entrustment, Party, Option<Handover>)> {
    let Some(known) = known else {
        let entrustment = entrustment::find(c, &ctx.actor, id)?;
        let (entrustment, side) = policy::begin(c, &ctx.actor, entrustment)?.into_inner();
        return Ok((entrustment, side, None));
    };
    let (entrustment, handover) = load(c, ctx, (id, known))?;
    let (entrustment, handover) = policy::edit(c, &ctx.actor, entrustment, handover)?.into_inner();
    Ok((entrustment, handover.sender, Some(handover)))
}

fn form_page(
    c: &mut Connection,
    ctx: &Ctx,
    id: EntrustmentId,
    known: Known,
    form: &Form,
    invalid: &Invalid,
) -> Result<FormPage> {
    let (entrustment, side, handover) = about(c, ctx, id, known)?;
    let possible = possible(c, ctx, &entrustment, side)?;
    let items = entrustment::items(c, &entrustment)?;
    let choice = |to: &Addressee| {
        let hint = [to.address.as_str(), to.purpose.as_str()];
        let hint: Vec<&str> = hint.into_iter().filter(|part| !part.is_empty()).collect();
        Choice { hint: hint.join("　"), ..Choice::new(to.key(), to.name.clone()) }
    };
    Ok(FormPage {
        form: form.view_with(ctx.language, invalid),
        id: known,
        position: handover.map(|handover| handover.position),
        directions: Choice::words(ctx.language, "handover-direction-", &possible.directions()),
        given: possible.given.name.clone(),
        below: possible.below.iter().map(choice).collect(),
        recipients: possible.outside.iter().map(choice).collect(),
        items: item_choices(ctx, &items),
        request: form.value("request").to_owned(),
        entrustment,
    })
}

/// The items to choose from, each with its mark.
fn item_choices(ctx: &Ctx, items: &[DataItem]) -> Vec<Choice> {
    let choice = |item: &DataItem| {
        let hint = match item.mark {
            ItemMark::None => String::new(),
            mark => ctx.text(&format!("mark-{mark}")),
        };
        Choice { hint, ..Choice::new(item.id, item.name.clone()) }
    };
    items.iter().map(choice).collect()
}

/// The request that a new hand-over answers.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct NewQuery {
    request: String,
}

/// Shows the form, empty or filled in from a request.
async fn new(ctx: Ctx, id: Path<EntrustmentId>, query: Query<NewQuery>) -> Result<HttpResponse> {
    let id = id.into_inner();
    let view = ctx
        .read(move |c, ctx| {
            let (entrustment, side, _) = about(c, ctx, id, None)?;
            let possible = possible(c, ctx, &entrustment, side)?;
            let form = match query.request.parse() {
                Ok(request) => {
                    let request = store::open_request(c, &entrustment, side, request)?;
                    command::answering(&possible, &request)
                }
                Err(_) => command::empty(&possible),
            };
            form_page(c, ctx, id, None, &form, &Invalid::default())
        })
        .await?;
    ctx.page(&view)
}

/// Begins a hand-over.
async fn create(ctx: Ctx, id: Path<EntrustmentId>, form: Form) -> Result<HttpResponse> {
    save(ctx, id.into_inner(), None, form).await
}

/// Shows the form filled in.
async fn edit(ctx: Ctx, ids: Path<Ids>) -> Result<HttpResponse> {
    let (id, known) = ids.into_inner();
    let view = ctx
        .read(move |c, ctx| {
            let (_, _, handover) = about(c, ctx, id, Some(known))?;
            let handover = handover.ok_or(Error::NotFound)?;
            let deliveries = shared::deliveries(c, &handover)?;
            let form = command::known(&handover, &deliveries);
            form_page(c, ctx, id, Some(known), &form, &Invalid::default())
        })
        .await?;
    ctx.page(&view)
}

/// Changes a hand-over.
async fn update(ctx: Ctx, ids: Path<Ids>, form: Form) -> Result<HttpResponse> {
    let (id, known) = ids.into_inner();
    save(ctx, id, Some(known), form).await
}

type Saved = Result<HandoverId, Invalid>;

pub(super) fn begin_now(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    id: EntrustmentId,
    form: &Form,
) -> Result<Saved> {
    let found = entrustment::find(tx.connection, tx.actor, id)?;
    let begun = policy::begin(tx.connection, tx.actor, found)?;
    let (entrustment, side) = &*begun;
    let request = match form.value("request").parse::<RequestId>() {
        Ok(request) => Some(store::open_request(tx.connection, entrustment, *side, request)?.id),
        Err(_) => None,
    };
    let possible = possible(tx.connection, ctx, entrustment, *side)?;
    let items = entrustment::items(tx.connection, entrustment)?;
    let new = match NewHandover::parse(form, &items, &possible) {
        Ok(new) => new,
        Err(invalid) => return Ok(Err(invalid)),
    };
    let saved = store::insert(tx, &begun, &new, request)?;
    rejudge(tx, ctx, (id, saved))?;
    Ok(Ok(saved))
}

fn change_now(tx: &mut Tx<'_>, ctx: &Ctx, ids: Ids, form: &Form) -> Result<Saved> {
    let (entrustment, handover) = load(tx.connection, ctx, ids)?;
    let edited = policy::edit(tx.connection, tx.actor, entrustment, handover)?;
    let (entrustment, handover) = &*edited;
    let possible = possible(tx.connection, ctx, entrustment, handover.sender)?;
    let items = entrustment::items(tx.connection, entrustment)?;
    let new = match NewHandover::parse(form, &items, &possible) {
        Ok(new) => new,
        Err(invalid) => return Ok(Err(invalid)),
    };
    let kept = store::with_own_files(tx.connection, handover)?;
    let known = shared::deliveries(tx.connection, handover)?;
    let goes = |one: &&crate::handover::Delivery| !new.to.iter().any(|to| to.is_of(one));
    if known.iter().filter(goes).any(|one| kept.contains(&one.id)) {
        let message = Message::new("handover-error-own-files");
        return Ok(Err(Invalid::at("recipients", message)));
    }
    store::update(tx, &edited, Fields::of(form).version(), &new)?;
    rejudge(tx, ctx, ids)?;
    Ok(Ok(ids.1))
}

/// Looks at a hand-over anew, as it is now.
fn rejudge(tx: &mut Tx<'_>, ctx: &Ctx, ids: Ids) -> Result<()> {
    let (entrustment, handover) = load(tx.connection, ctx, ids)?;
    checking::rejudge(tx, &handover, &entrustment)?;
    Ok(())
}

async fn save(ctx: Ctx, id: EntrustmentId, known: Known, mut form: Form) -> Result<HttpResponse> {
    let typed = form.clone();
    let saved = ctx
        .write(move |tx, ctx| match known {
            None => begin_now(tx, ctx, id, &typed),
            Some(known) => change_now(tx, ctx, (id, known), &typed),
        })
        .await;
    let (status, invalid) = match saved {
        Ok(Ok(saved)) => {
            let done = if known.is_some() { "done-saved" } else { "done-handover-begun" };
            return Ok(ctx.see_other(&format!("/entrustments/{id}/hand-overs/{saved}"), done));
        }
        Ok(Err(invalid)) => (StatusCode::UNPROCESSABLE_ENTITY, invalid),
        // What was typed stays on the page; the summary says that somebody else was faster.
        Err(Error::Conflict(key @ "error-stale")) => {
            (StatusCode::CONFLICT, Invalid::at("purpose", Message::new(key)))
        }
        Err(other) => return Err(other),
    };
    let view = ctx
        .read(move |c, ctx| {
            if let (StatusCode::CONFLICT, Some(known)) = (status, known) {
                let current = load(c, ctx, (id, known))?.1;
                form.set("version", &current.version.to_string());
            }
            form_page(c, ctx, id, known, &form, &invalid)
        })
        .await?;
    ctx.page_with(status, &view)
}

pub(super) fn load(c: &mut Connection, ctx: &Ctx, ids: Ids) -> Result<(Entrustment, Handover)> {
    let entrustment = entrustment::find(c, &ctx.actor, ids.0)?;
    let handover = shared::find(c, &entrustment, ids.1)?;
    Ok((entrustment, handover))
}
