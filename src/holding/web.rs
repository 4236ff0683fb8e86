//! Pages of holdings.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Path, Query};
use serde::Deserialize;

use super::country;
use super::export::Register;
use super::form::{self, Known};
use super::list_store::{self, HoldingQuery};
use super::model::{Holding, HoldingId, HoldingStatus, NewHolding};
use super::store;
use super::views::{self, FormPage, ListView, Row, ShowView};
use crate::conformity;
use crate::database::{Connection, Tx};
use crate::entrustment::{self, Entrustment, EntrustmentId, HOLDERS};
use crate::error::{Error, Result};
use crate::finding::{self, Subject};
use crate::japanese::jst_date;
use crate::ledger;
use crate::rulebook::{self, Warning};
use crate::sheet;
use crate::web::paging::Page;
use crate::web::{Access, Choice, Ctx, Form, Invalid, Message, Route};

/// Entries of the history on a holding's page.
const RECENT: i64 = 50;

/// The routes of holdings.
#[must_use]
pub fn routes() -> Vec<Route> {
    const HOLDER: Access = Access::Roles(HOLDERS);
    let mut routes = vec![
        Route::get("/entrustments/{id}/holdings", Access::Session, index),
        Route::get("/entrustments/{id}/holdings/new", HOLDER, new),
        Route::post("/entrustments/{id}/holdings", HOLDER, create),
        Route::get("/entrustments/{id}/holdings/{holding}", Access::Session, show),
        Route::get("/entrustments/{id}/holdings/{holding}/edit", HOLDER, edit),
        Route::post("/entrustments/{id}/holdings/{holding}", HOLDER, update),
    ];
    routes.extend(super::transfer::routes());
    routes.extend(sheet::downloads::<Register>(
        "/entrustments/{id}/holdings.xlsx",
        "/entrustments/{id}/holdings.csv",
        Access::Session,
    ));
    routes
}

/// Whether the actor may enter into the registers of this entrustment.
fn may_hold(c: &mut Connection, ctx: &Ctx, entrustment: &Entrustment) -> bool {
    entrustment::hold(c, &ctx.actor, entrustment.clone()).is_ok()
}

/// What a holding of an entrustment may name.
fn known(c: &mut Connection, ctx: &Ctx, entrustment: Entrustment) -> Result<Known> {
    Ok(Known {
        items: entrustment::items_ever(c, &entrustment)?,
        handlers: conformity::handlers(c, &entrustment)?,
        holdings: store::of_entrustment(c, &entrustment)?,
        today: jst_date(ctx.now),
        entrustment,
    })
}

/// The same for who is about to enter something.
fn known_to_holder(c: &mut Connection, ctx: &Ctx, id: EntrustmentId) -> Result<Known> {
    let entrustment = entrustment::find(c, &ctx.actor, id)?;
    let entrustment = entrustment::hold(c, &ctx.actor, entrustment)?.into_inner();
    known(c, ctx, entrustment)
}

/// Lists a page of an entrustment's holdings.
async fn index(
    ctx: Ctx,
    id: Path<EntrustmentId>,
    query: Query<HoldingQuery>,
) -> Result<HttpResponse> {
    let (id, query) = (id.into_inner(), query.into_inner());
    let view = ctx
        .read(move |c, ctx| {
            let entrustment = entrustment::find(c, &ctx.actor, id)?;
            let (rows, total) = list_store::page(c, &entrustment, &query)?;
            let findings = finding::open_by_subject(c, &entrustment, "holding")?;
            let countries = list_store::countries(c, &entrustment)?;
            let items = entrustment::items_ever(c, &entrustment)?;
            let handlers = conformity::handlers(c, &entrustment)?;
            let row = |holding: Holding| Row {
                item_names: names(ctx, &items, &holding),
                country_name: country::name(ctx.language, &holding.country),
                findings: findings.get(holding.id.as_str()).copied().unwrap_or(0),
                holding,
            };
            let mut list = Page::new(rows, total, &query.list(), "number").map(row);
            list.form = filter_form(&query).view(ctx.language);
            let (statuses, kinds) = views::filters(ctx.language);
            Ok(ListView {
                list,
                may_hold: may_hold(c, ctx, &entrustment),
                statuses,
                kinds,
                countries: countries
                    .iter()
                    .map(|code| Choice::new(code, country::name(ctx.language, code)))
                    .collect(),
                handlers: handlers.into_iter().map(|h| Choice::new(h.id, h.name)).collect(),
                entrustment,
            })
        })
        .await?;
    ctx.page(&view)
}

fn filter_form(query: &HoldingQuery) -> Form {
    Form::from_pairs([
        ("status", &query.status),
        ("country", &query.country),
        ("kind", &query.kind),
        ("handler", &query.handler),
    ])
}

/// The names of a holding's items, in their order, in one line.
fn names(ctx: &Ctx, items: &[entrustment::DataItem], holding: &Holding) -> String {
    let names: Vec<&str> = items
        .iter()
        .filter(|item| holding.items.0.contains(&item.id))
        .map(|item| item.name.as_str())
        .collect();
    names.join(&ctx.text("paper-between"))
}

/// Shows a holding.
async fn show(ctx: Ctx, path: Path<(EntrustmentId, HoldingId)>) -> Result<HttpResponse> {
    let (id, holding) = path.into_inner();
    let view = ctx
        .read(move |c, ctx| {
            let entrustment = entrustment::find(c, &ctx.actor, id)?;
            let holding = list_store::find(c, &entrustment, holding)?;
            show_view(c, ctx, entrustment, holding)
        })
        .await?;
    ctx.page(&view)
}

fn show_view(
    c: &mut Connection,
    ctx: &Ctx,
    entrustment: Entrustment,
    holding: Holding,
) -> Result<ShowView> {
    let subject = Subject { kind: "holding", id: holding.id.as_str() };
    let findings = finding::about(c, &entrustment, subject)?;
    let history = ledger::history(c, entrustment.tenant_id, holding.id.as_str(), RECENT)?;
    let may_hold = holding.status == HoldingStatus::Open && may_hold(c, ctx, &entrustment);
    let successor = match holding.successor_id {
        Some(id) => store::by_ids(c, &entrustment, &[id])?.pop(),
        None => None,
    };
    let known = known(c, ctx, entrustment)?;
    let language = ctx.language;
    let ticked = holding.form();
    let items = known.item_choices(language, &ticked);
    let source = known.holdings.iter().find(|h| Some(h.id) == holding.source_id);
    Ok(ShowView {
        label: holding.label(language),
        items: items
            .into_iter()
            .filter(|item| holding.items.0.iter().any(|id| id.as_str() == item.value))
            .collect(),
        handlers: holding.handlers.0.iter().map(|id| known.handler_name(*id)).collect(),
        country: country::name(language, &holding.country),
        access: holding
            .access_countries
            .0
            .iter()
            .map(|code| country::name(language, code))
            .collect(),
        source: source.map(|h| (h.id, h.label(language))),
        successor: successor.map(|h| {
            let href = format!("/entrustments/{}/holdings/{}", h.entrustment_id, h.id);
            (href, h.label(language))
        }),
        exceptions: holding
            .exceptions
            .0
            .iter()
            .map(|(rule, reason)| (rulebook::title(language, *rule), reason.clone()))
            .collect(),
        findings: finding::lines(language, &findings),
        history: history.iter().map(|entry| entry.line(language)).collect(),
        may_hold,
        entrustment: known.entrustment,
        holding,
    })
}

/// What the address of the form may ask for.
#[derive(Deserialize)]
struct Earlier {
    /// A holding like which the new one is.
    from: Option<HoldingId>,
}

/// Shows the form: empty, or filled in from an earlier holding.
async fn new(ctx: Ctx, id: Path<EntrustmentId>, query: Query<Earlier>) -> Result<HttpResponse> {
    let (id, from) = (id.into_inner(), query.from);
    let view = ctx
        .read(move |c, ctx| {
            let known = known_to_holder(c, ctx, id)?;
            let earlier = known.holdings.iter().find(|h| Some(h.id) == from);
            let form = earlier.map_or_else(|| form::empty(known.today), |h| h.copy(known.today));
            Ok(FormPage::new(ctx.language, &known, &form, None))
        })
        .await?;
    ctx.page(&view)
}

/// Enters a holding.
async fn create(ctx: Ctx, id: Path<EntrustmentId>, form: Form) -> Result<HttpResponse> {
    save(ctx, id.into_inner(), None, form).await
}

/// Shows the form filled in.
async fn edit(ctx: Ctx, path: Path<(EntrustmentId, HoldingId)>) -> Result<HttpResponse> {
    let (id, holding) = path.into_inner();
    let view = ctx
        .read(move |c, ctx| {
            let known = known_to_holder(c, ctx, id)?;
            let holding = list_store::find(c, &known.entrustment, holding)?;
            held(&holding)?;
            Ok(FormPage::new(ctx.language, &known, &holding.form(), Some(holding.id)))
        })
        .await?;
    ctx.page(&view)
}

/// Changes a holding.
async fn update(
    ctx: Ctx,
    path: Path<(EntrustmentId, HoldingId)>,
    form: Form,
) -> Result<HttpResponse> {
    let (id, holding) = path.into_inner();
    save(ctx, id, Some(holding), form).await
}

/// What ended isn't changed.
pub(super) fn held(holding: &Holding) -> Result<()> {
    match holding.status {
        HoldingStatus::Open => Ok(()),
        _ => Err(Error::Conflict("holding-error-ended")),
    }
}

/// What came of saving.
enum Saved {
    Done(HoldingId),
    Warned(Invalid, Vec<Warning>),
}

async fn save(
    ctx: Ctx,
    id: EntrustmentId,
    holding: Option<HoldingId>,
    form: Form,
) -> Result<HttpResponse> {
    // What isn't there is said before what is wrong with the form.
    let known = ctx
        .read(move |c, ctx| {
            let known = known_to_holder(c, ctx, id)?;
            holding.map(|id| list_store::find(c, &known.entrustment, id)).transpose()?;
            Ok(known)
        })
        .await?;
    let new = match NewHolding::parse(&form, &known) {
        Ok(new) => new,
        Err(invalid) => {
            let mut view = FormPage::new(ctx.language, &known, &form, holding);
            view.form = form.view_with(ctx.language, &invalid);
            return ctx.invalid(&view);
        }
    };
    let typed = form.clone();
    let saved = ctx.write(move |tx, ctx| written(tx, ctx, (id, holding), &new, &typed)).await;
    match saved {
        Ok(Saved::Done(done)) => {
            Ok(ctx.see_other(&format!("/entrustments/{id}/holdings/{done}"), "done-saved"))
        }
        Ok(Saved::Warned(invalid, warnings)) => {
            let mut view = FormPage::new(ctx.language, &known, &form, holding);
            view.form = form.view_with(ctx.language, &invalid);
            view.warnings = warnings;
            ctx.invalid(&view)
        }
        Err(Error::Conflict("error-stale")) => stale(&ctx, &known, form, holding),
        Err(other) => Err(other),
    }
}

fn written(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    (id, holding): (EntrustmentId, Option<HoldingId>),
    new: &NewHolding,
    form: &Form,
) -> Result<Saved> {
    let found = entrustment::find(tx.connection, tx.actor, id)?;
    let entrustment = entrustment::hold(tx.connection, tx.actor, found)?;
    if let Some(holding) = holding {
        held(&list_store::find(tx.connection, &entrustment, holding)?)?;
    }
    let terms = conformity::terms(tx.connection, &entrustment, jst_date(tx.now))?;
    let broken = rulebook::holding(&terms, &new.fact());
    let exceptions = match rulebook::acknowledged(form, &broken) {
        Ok(exceptions) => exceptions,
        Err(invalid) => {
            return Ok(Saved::Warned(invalid, rulebook::warnings(ctx.language, &broken)));
        }
    };
    match holding {
        None => Ok(Saved::Done(store::enter(tx, &entrustment, new, &broken, &exceptions)?)),
        Some(holding) => {
            let version = form.value("version").parse().unwrap_or(-1);
            store::change(tx, &entrustment, (holding, version), new, &broken, &exceptions)?;
            Ok(Saved::Done(holding))
        }
    }
}

/// What was typed stays on the page; saving it again replaces what the other saved.
fn stale(
    ctx: &Ctx,
    known: &Known,
    mut form: Form,
    holding: Option<HoldingId>,
) -> Result<HttpResponse> {
    let current = known.holdings.iter().find(|h| Some(h.id) == holding);
    form.set("version", &current.map_or(0, |h| h.version).to_string());
    let mut view = FormPage::new(ctx.language, known, &form, holding);
    let invalid = Invalid::at("items", Message::new("error-stale"));
    view.form = form.view_with(ctx.language, &invalid);
    ctx.page_with(StatusCode::CONFLICT, &view)
}
