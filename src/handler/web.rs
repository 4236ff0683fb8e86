//! Pages of the roster.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Path, Query};

use super::form::{self, Entry};
use super::model::Handler;
use super::roster_store as store;
use super::views::{self, FormPage, ListView, Row, ShowView};
use crate::actor::Authorized;
use crate::attachment::{self, AttachmentId, NewAttachment};
use crate::conformity;
use crate::database::{Connection, Tx};
use crate::entrustment::{self, Entrustment, EntrustmentId, HOLDERS, Hold};
use crate::error::{Error, Result};
use crate::finding::{self, Subject};
use crate::japanese::jst_date;
use crate::ledger;
use crate::rulebook::{self, Exceptions, HandlerFact, HandlerId, Warning};
use crate::web::paging::{ListQuery, Page};
use crate::web::{Access, Choice, Ctx, Form, Invalid, MAX_UPLOAD, Message, Refused, Route, Upload};

/// Entries of the history on a handler's page.
const RECENT: i64 = 50;
/// The field of a file.
const FILE: &str = "pledge";

pub(super) fn routes() -> Vec<Route> {
    const HOLDER: Access = Access::Roles(HOLDERS);
    vec![
        Route::get("/entrustments/{id}/handlers", Access::Session, index),
        Route::get("/entrustments/{id}/handlers/new", HOLDER, new),
        Route::post("/entrustments/{id}/handlers", HOLDER, create),
        Route::get("/entrustments/{id}/handlers/{handler}", Access::Session, show),
        Route::get("/entrustments/{id}/handlers/{handler}/edit", HOLDER, edit),
        Route::post("/entrustments/{id}/handlers/{handler}", HOLDER, update),
        Route::post("/entrustments/{id}/handlers/{handler}/files", HOLDER, add_file)
            .limit(MAX_UPLOAD),
        Route::post(
            "/entrustments/{id}/handlers/{handler}/files/{file}/removal",
            HOLDER,
            remove_file,
        ),
    ]
}

/// The entrustment, when the actor may enter into its registers.
pub(super) fn holdable(
    c: &mut Connection,
    ctx: &Ctx,
    id: EntrustmentId,
) -> Result<Authorized<Entrustment, Hold>> {
    let found = entrustment::find(c, &ctx.actor, id)?;
    entrustment::hold(c, &ctx.actor, found)
}

/// Where a handler is shown.
pub(super) fn home(id: EntrustmentId, handler: HandlerId) -> String {
    format!("/entrustments/{id}/handlers/{handler}")
}

/// Lists a page of the roster.
async fn index(ctx: Ctx, id: Path<EntrustmentId>, query: Query<ListQuery>) -> Result<HttpResponse> {
    let (id, query) = (id.into_inner(), query.into_inner());
    let view = ctx
        .read(move |c, ctx| {
            let entrustment = entrustment::find(c, &ctx.actor, id)?;
            let (rows, total) = store::page(c, &entrustment, &query)?;
            let findings = finding::open_by_subject(c, &entrustment, "handler")?;
            let trained = store::last_trained(c, &rows)?;
            let row = |handler: Handler| Row {
                trained_on: trained.get(&handler.id).copied(),
                findings: findings.get(handler.id.as_str()).copied().unwrap_or(0),
                handler,
            };
            Ok(ListView {
                list: Page::new(rows, total, &query, "name").map(row),
                statuses: Choice::words(ctx.language, "handler-status-", &["there", "left"]),
                may_hold: entrustment::hold(c, &ctx.actor, entrustment.clone()).is_ok(),
                entrustment,
            })
        })
        .await?;
    ctx.page(&view)
}

/// Shows a handler.
async fn show(ctx: Ctx, path: Path<(EntrustmentId, HandlerId)>) -> Result<HttpResponse> {
    let (id, handler) = path.into_inner();
    let view = show_view(&ctx, id, handler, &Invalid::default()).await?;
    ctx.page(&view)
}

async fn show_view(
    ctx: &Ctx,
    id: EntrustmentId,
    handler: HandlerId,
    invalid: &Invalid,
) -> Result<ShowView> {
    let form = Form::default().view_with(ctx.language, invalid);
    ctx.read(move |c, ctx| {
        let entrustment = entrustment::find(c, &ctx.actor, id)?;
        let handler = store::find(c, &entrustment, handler)?;
        let subject = Subject { kind: "handler", id: handler.id.as_str() };
        let findings = finding::about(c, &entrustment, subject)?;
        let files = attachment::of(c, &entrustment, handler.id.as_str())?;
        let history = ledger::history(c, handler.tenant_id, handler.id.as_str(), RECENT)?;
        Ok(ShowView {
            trainings: store::trainings(c, &entrustment, Some(handler.id))?,
            files: attachment::views(&files),
            form,
            findings: finding::lines(ctx.language, &findings),
            history: history.iter().map(|entry| entry.line(ctx.language)).collect(),
            may_hold: entrustment::hold(c, &ctx.actor, entrustment.clone()).is_ok(),
            entrustment,
            handler,
        })
    })
    .await
}

fn form_page(
    ctx: &Ctx,
    entrustment: Entrustment,
    id: Option<HandlerId>,
    form: &Form,
    invalid: &Invalid,
    warnings: Vec<Warning>,
) -> FormPage {
    FormPage {
        entrustment,
        id,
        form: form.view_with(ctx.language, invalid),
        warnings,
        duties: views::duties(ctx.language),
    }
}

/// Shows the empty form.
async fn new(ctx: Ctx, id: Path<EntrustmentId>) -> Result<HttpResponse> {
    let id = id.into_inner();
    let entrustment = ctx.read(move |c, ctx| holdable(c, ctx, id)).await?.into_inner();
    let form = form::empty(jst_date(ctx.now));
    ctx.page(&form_page(&ctx, entrustment, None, &form, &Invalid::default(), Vec::new()))
}

/// Enters a handler.
async fn create(ctx: Ctx, id: Path<EntrustmentId>, form: Form) -> Result<HttpResponse> {
    save(ctx, id.into_inner(), None, form).await
}

/// Shows the form filled in.
async fn edit(ctx: Ctx, path: Path<(EntrustmentId, HandlerId)>) -> Result<HttpResponse> {
    let (id, handler) = path.into_inner();
    let (entrustment, handler) = ctx
        .read(move |c, ctx| {
            let entrustment = holdable(c, ctx, id)?.into_inner();
            let handler = store::find(c, &entrustment, handler)?;
            there(&handler)?;
            Ok((entrustment, handler))
        })
        .await?;
    let (form, none) = (handler.form(), Invalid::default());
    ctx.page(&form_page(&ctx, entrustment, Some(handler.id), &form, &none, Vec::new()))
}

/// Changes a handler.
async fn update(
    ctx: Ctx,
    path: Path<(EntrustmentId, HandlerId)>,
    form: Form,
) -> Result<HttpResponse> {
    let (id, handler) = path.into_inner();
    save(ctx, id, Some(handler), form).await
}

/// Who left isn't changed any more.
fn there(handler: &Handler) -> Result<()> {
    if handler.ends_on.is_none() { Ok(()) } else { Err(Error::Conflict("handler-error-left")) }
}

/// What came of saving.
enum Saved {
    Done(HandlerId),
    Warned(Invalid, Vec<Warning>),
}

async fn save(
    ctx: Ctx,
    id: EntrustmentId,
    handler: Option<HandlerId>,
    form: Form,
) -> Result<HttpResponse> {
    // What isn't there is said before what is wrong with the form.
    let entrustment = ctx
        .read(move |c, ctx| {
            let entrustment = holdable(c, ctx, id)?.into_inner();
            handler.map(|id| store::find(c, &entrustment, id)).transpose()?;
            Ok(entrustment)
        })
        .await?;
    let again = |form: &Form, invalid: &Invalid, warnings| {
        form_page(&ctx, entrustment.clone(), handler, form, invalid, warnings)
    };
    let new = match Entry::parse(&form, jst_date(ctx.now)) {
        Ok(new) => new,
        Err(invalid) => return ctx.invalid(&again(&form, &invalid, Vec::new())),
    };
    let typed = form.clone();
    let saved = ctx.write(move |tx, ctx| written(tx, ctx, (id, handler), &new, &typed)).await;
    match saved {
        Ok(Saved::Done(done)) => Ok(ctx.see_other(&home(id, done), "done-saved")),
        Ok(Saved::Warned(invalid, warnings)) => ctx.invalid(&again(&form, &invalid, warnings)),
        // What was typed stays on the page; saving it again replaces what the other saved.
        Err(Error::Conflict("error-stale")) => {
            let of = entrustment.clone();
            let version = ctx
                .read(move |c, _| match handler {
                    Some(handler) => Ok(store::find(c, &of, handler)?.version),
                    None => Ok(0),
                })
                .await?;
            let mut form = form;
            form.set("version", &version.to_string());
            let invalid = Invalid::at("name", Message::new("error-stale"));
            ctx.page_with(StatusCode::CONFLICT, &again(&form, &invalid, Vec::new()))
        }
        Err(other) => Err(other),
    }
}

fn written(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    (id, handler): (EntrustmentId, Option<HandlerId>),
    new: &Entry,
    form: &Form,
) -> Result<Saved> {
    let entrustment = holdable(tx.connection, ctx, id)?;
    let mut trained = Vec::new();
    if let Some(handler) = handler {
        there(&store::find(tx.connection, &entrustment, handler)?)?;
        let known = store::trainings(tx.connection, &entrustment, Some(handler))?;
        trained.extend(known.into_iter().map(|training| training.held_on));
    }
    trained.extend(new.training.as_ref().map(|training| training.held_on));
    let done = handler.unwrap_or_else(|| HandlerId::new(tx.now));
    let fact = new.handler.fact(done, trained);
    let terms = conformity::terms(tx.connection, &entrustment, jst_date(tx.now))?;
    let broken = rulebook::handler(&terms, &fact);
    let exceptions = match rulebook::acknowledged(form, &broken) {
        Ok(exceptions) => exceptions,
        Err(invalid) => {
            return Ok(Saved::Warned(invalid, rulebook::warnings(ctx.language, &broken)));
        }
    };
    if handler.is_some() {
        let version = form.value("version").parse().unwrap_or(-1);
        store::change(tx, &entrustment, (done, version), &new.handler)?;
    } else {
        store::enter(tx, &entrustment, done, &new.handler)?;
    }
    if let Some(training) = &new.training {
        store::train(tx, &entrustment, &[done], training)?;
    }
    compared(tx, &entrustment, &fact, &exceptions)?;
    entrustment::recompare(tx, &entrustment)?;
    Ok(Saved::Done(done))
}

/// Holds a handler against the rules as things stand now.
pub(super) fn compared(
    tx: &mut Tx<'_>,
    entrustment: &Entrustment,
    fact: &HandlerFact,
    exceptions: &Exceptions,
) -> Result<()> {
    let terms = conformity::terms(tx.connection, entrustment, jst_date(tx.now))?;
    let broken = rulebook::handler(&terms, fact);
    let subject = Subject { kind: "handler", id: fact.id.as_str() };
    finding::hold_against(tx, entrustment, subject, &broken, exceptions)
}

/// Adds the pledge, or another file, to a handler.
async fn add_file(
    ctx: Ctx,
    path: Path<(EntrustmentId, HandlerId)>,
    upload: Upload,
) -> Result<HttpResponse> {
    let (id, handler) = path.into_inner();
    let entrustment = ctx
        .read(move |c, ctx| {
            let entrustment = holdable(c, ctx, id)?.into_inner();
            store::find(c, &entrustment, handler)?;
            Ok(entrustment)
        })
        .await?;
    let enter = move |tx: &mut Tx<'_>, ctx: &Ctx, new: &NewAttachment| {
        let entrustment = holdable(tx.connection, ctx, id)?;
        attachment::add(tx, &entrustment, "handler", handler.as_str(), new)
    };
    let refused = attachment::take(&ctx, &entrustment, (FILE, &upload), enter).await?;
    let Some(Refused { invalid, status }) = refused else {
        return Ok(ctx.see_other(&home(id, handler), "done-saved"));
    };
    let view = show_view(&ctx, id, handler, &invalid).await?;
    ctx.page_with(status, &view)
}

/// Takes a file back.
async fn remove_file(
    ctx: Ctx,
    path: Path<(EntrustmentId, HandlerId, AttachmentId)>,
    _form: Form,
) -> Result<HttpResponse> {
    let (id, handler, file) = path.into_inner();
    ctx.write(move |tx, ctx| {
        let entrustment = holdable(tx.connection, ctx, id)?;
        attachment::remove(tx, &entrustment, "handler", handler.as_str(), file)
    })
    .await?;
    Ok(ctx.see_other(&home(id, handler), "done-saved"))
}
