//! Pages of the report.

use actix_web::HttpResponse;
use actix_web::web::{Path, Query};
use serde::Deserialize;

use super::case::Standing;
use super::form::{self, NewFiling};
use super::model::{FilingId, Item, Report};
use super::pdf::{self, Of};
use super::views::{self, EditView, FileView, FilingLine, FilingView, ReportView};
use super::{plain, prefill, store};
use crate::database::{Connection, Tx};
use crate::entrustment::{self, EntrustmentId};
use crate::error::Result;
use crate::incident::duty::{Reason, duties};
use crate::incident::model::IncidentId;
use crate::incident::policy::{RESPONDERS, respond, side_of};
use crate::incident::web::{Ids, load};
use crate::incident::{cause, text};
use crate::ledger::{self, Taken};
use crate::web::{self, Access, Choice, Ctx, Fields, Form, Invalid, Refused, Route};

/// The ids of an incident's address.
type Id = (EntrustmentId, IncidentId);

/// The ids of a filed report's address.
type FilingIds = Path<(EntrustmentId, IncidentId, FilingId)>;

/// What was typed, and why it couldn't be taken.
type Typed<'a> = Option<(&'a Form, &'a Refused)>;

/// The routes of the report.
#[must_use]
pub(in crate::incident) fn routes() -> Vec<Route> {
    const RESPONDER: Access = Access::Roles(RESPONDERS);
    const REPORT: &str = "/entrustments/{id}/incidents/{incident}/report";
    const FILINGS: &str = "/entrustments/{id}/incidents/{incident}/report/filings";
    vec![
        Route::get(REPORT, Access::Session, show),
        Route::post(REPORT, RESPONDER, save),
        Route::get("/entrustments/{id}/incidents/{incident}/report/edit", RESPONDER, edit),
        Route::get("/entrustments/{id}/incidents/{incident}/report/pdf", Access::Session, draft),
        Route::get("/entrustments/{id}/incidents/{incident}/report/text", Access::Session, copy),
        Route::get("/entrustments/{id}/incidents/{incident}/report/filings/new", RESPONDER, new),
        Route::post(FILINGS, RESPONDER, file),
        Route::get(
            "/entrustments/{id}/incidents/{incident}/report/filings/{filing}",
            Access::Session,
            filing,
        ),
        Route::get(
            "/entrustments/{id}/incidents/{incident}/report/filings/{filing}/pdf",
            Access::Session,
            filed,
        ),
    ]
}

fn path((id, incident): Id) -> String {
    format!("/entrustments/{id}/incidents/{incident}/report")
}

/// Which report is asked for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct KindQuery {
    /// The word of a [`Report`]; the preliminary one where it says nothing of the kind.
    kind: String,
}

impl KindQuery {
    fn report(&self) -> Report {
        self.kind.parse().unwrap_or(Report::Preliminary)
    }
}

/// Shows the report as it stands, and what was filed.
async fn show(ctx: Ctx, ids: Ids) -> Result<HttpResponse> {
    let ids = ids.into_inner();
    let view = ctx.read(move |c, ctx| view(c, ctx, ids)).await?;
    ctx.page(&view)
}

fn view(c: &mut Connection, ctx: &Ctx, ids: Id) -> Result<ReportView> {
    let case = load(c, ctx, ids)?;
    let may_write = respond(c, &ctx.actor, case.0.clone(), case.1.clone()).is_ok();
    let standing = Standing::load(c, case)?;
    let (home, name) = views::of(ctx.language, &standing);
    let contractor = duties(&standing.incident.facts.0).contractor;
    let line = |filing| FilingLine::of(ctx.language, &home, filing);
    let (changed_by, changed_at) = match &standing.changed {
        Some((by, at)) => (by.clone(), Some(*at)),
        None => (String::new(), None),
    };
    Ok(ReportView {
        items: views::items(ctx.language, &standing.items, None),
        missing: standing.items.missing().len(),
        changed_by,
        changed_at,
        filings: standing.filings.iter().map(line).collect(),
        outdated: standing.outdated(),
        released: contractor.is_some_and(|duty| duty.reason == Some(Reason::Released)),
        may_write,
        home,
        name,
        entrustment: standing.entrustment,
    })
}

/// Shows the form of the items.
async fn edit(ctx: Ctx, ids: Ids) -> Result<HttpResponse> {
    let ids = ids.into_inner();
    let view = ctx.read(move |c, ctx| edit_view(c, ctx, ids, None)).await?;
    ctx.page(&view)
}

fn edit_view(c: &mut Connection, ctx: &Ctx, ids: Id, typed: Typed<'_>) -> Result<EditView> {
    let (of, incident) = load(c, ctx, ids)?;
    let case = respond(c, &ctx.actor, of, incident)?.into_inner();
    let standing = Standing::load(c, case)?;
    let (home, name) = views::of(ctx.language, &standing);
    let form = if let Some((form, refused)) = typed {
        refused.view(form, standing.version, ctx.language)
    } else {
        proposed(c, &standing)?.view(ctx.language)
    };
    Ok(EditView {
        warned: form.fields.contains_key(text::CONFIRMED),
        form,
        items: views::items(ctx.language, &standing.items, None),
        home,
        name,
        entrustment: standing.entrustment,
    })
}

/// The form as it stands. Where nobody wrote which data were concerned, with all that were entrusted;
/// where nobody wrote why it came to it and what is done about that, with what is recorded of both.
fn proposed(c: &mut Connection, standing: &Standing) -> Result<Form> {
    let mut items = standing.items.clone();
    if items.get(Item::Kinds).is_empty() {
        let data = entrustment::items_ever(c, &standing.entrustment)?;
        let names: Vec<String> = data.into_iter().map(|item| item.name).collect();
        items.set(Item::Kinds, prefill::kinds(&names));
    }
    let (of, incident) = (&standing.entrustment, &standing.incident);
    if items.get(Item::Cause).is_empty()
        && let Some(cause) = cause::find(c, incident)?
    {
        items.set(Item::Cause, cause.summary);
    }
    if items.get(Item::Prevention).is_empty() {
        let actions = cause::actions(c, of, incident)?;
        let titles: Vec<String> = actions.into_iter().map(|action| action.title).collect();
        items.set(Item::Prevention, titles.join("\n"));
    }
    Ok(form::filled(&items, standing.version))
}

/// Keeps the items.
async fn save(ctx: Ctx, ids: Ids, form: Form) -> Result<HttpResponse> {
    let ids = ids.into_inner();
    let typed = form.clone();
    let done = ctx.write(move |tx, ctx| save_now(tx, ctx, ids, &typed)).await;
    let Some(refused) = Refused::of(done, "report_outline")? else {
        return Ok(ctx.see_other(&path(ids), "done-incident-authority-changed"));
    };
    let status = refused.status;
    let view = ctx.read(move |c, ctx| edit_view(c, ctx, ids, Some((&form, &refused)))).await?;
    ctx.page_with(status, &view)
}

fn save_now(tx: &mut Tx<'_>, ctx: &Ctx, ids: Id, form: &Form) -> Result<Result<(), Invalid>> {
    let (of, incident) = load(tx.connection, ctx, ids)?;
    let case = respond(tx.connection, tx.actor, of, incident)?;
    let items = match form::items(form) {
        Ok(items) => items,
        Err(invalid) => return Ok(Err(invalid)),
    };
    let before = Standing::load(tx.connection, (case.0.clone(), case.1.clone()))?.items;
    store::save(tx, &case, (Fields::of(form).version(), &before, &items)).map(Ok)
}

/// Shows the form in which it is entered that a report was filed.
async fn new(ctx: Ctx, ids: Ids, query: Query<KindQuery>) -> Result<HttpResponse> {
    let (ids, report) = (ids.into_inner(), query.report());
    let view = ctx.read(move |c, ctx| file_view(c, ctx, ids, Err(report))).await?;
    ctx.page(&view)
}

fn file_view(
    c: &mut Connection,
    ctx: &Ctx,
    ids: Id,
    typed: Result<(&Form, &Invalid), Report>,
) -> Result<FileView> {
    let (of, incident) = load(c, ctx, ids)?;
    let case = respond(c, &ctx.actor, of, incident)?.into_inner();
    let standing = Standing::load(c, case)?;
    let (home, name) = views::of(ctx.language, &standing);
    let form = match typed {
        Ok((form, invalid)) => form.view_with(ctx.language, invalid),
        Err(report) => {
            let last = standing.filings.last().map(|filing| filing.authority.clone());
            let authority = last.unwrap_or_else(|| ctx.text("incident-authority-ppc"));
            NewFiling::form(report, &authority, ctx.now).view(ctx.language)
        }
    };
    let missing = standing.items.missing();
    let item = |item| ctx.text(&format!("incident-authority-item-{item}"));
    Ok(FileView {
        warned: form.fields.contains_key(text::CONFIRMED),
        form,
        reports: Choice::words(ctx.language, "incident-authority-", Report::ALL),
        missing: missing.into_iter().map(item).collect(),
        home,
        name,
        entrustment: standing.entrustment,
    })
}

/// Enters that a report was filed.
async fn file(ctx: Ctx, ids: Ids, form: Form) -> Result<HttpResponse> {
    let ids = ids.into_inner();
    let typed = form.clone();
    match ctx.write(move |tx, ctx| file_now(tx, ctx, ids, &typed)).await? {
        Ok(()) => Ok(ctx.see_other(&path(ids), "done-incident-authority-filed")),
        Err(invalid) => {
            let view =
                ctx.read(move |c, ctx| file_view(c, ctx, ids, Ok((&form, &invalid)))).await?;
            ctx.invalid(&view)
        }
    }
}

fn file_now(tx: &mut Tx<'_>, ctx: &Ctx, ids: Id, form: &Form) -> Result<Result<(), Invalid>> {
    let (of, incident) = load(tx.connection, ctx, ids)?;
    let case = respond(tx.connection, tx.actor, of, incident)?;
    let side = side_of(tx.connection, tx.actor, &case.0)?;
    let standing = Standing::load(tx.connection, (case.0.clone(), case.1.clone()))?;
    match NewFiling::parse(form, &case.1, &standing.items, tx.now) {
        Ok(new) => store::file(tx, &case, side, &new, &standing.items).map(|_| Ok(())),
        Err(invalid) => Ok(Err(invalid)),
    }
}

/// Shows a report that was filed, beside the one before.
async fn filing(ctx: Ctx, ids: FilingIds) -> Result<HttpResponse> {
    let (id, incident, filing) = ids.into_inner();
    let view = ctx
        .read(move |c, ctx| {
            let case = load(c, ctx, (id, incident))?;
            let filing = store::filing(c, &case.1, filing)?;
            let standing = Standing::load(c, case)?;
            let (home, name) = views::of(ctx.language, &standing);
            let earlier = standing.filings.iter().rev().find(|one| one.position < filing.position);
            let before = earlier.map(|earlier| &earlier.items.0);
            Ok(FilingView {
                filing: FilingLine::of(ctx.language, &home, &filing),
                items: views::items(ctx.language, &filing.items.0, before),
                compared: before.is_some(),
                entered_by: filing.entered_by_name.clone(),
                entered_at: filing.entered_at,
                home,
                name,
                entrustment: standing.entrustment,
            })
        })
        .await?;
    ctx.page(&view)
}

/// Hands out the report as it stands, as PDF.
async fn draft(ctx: Ctx, ids: Ids, query: Query<KindQuery>) -> Result<HttpResponse> {
    let ids = ids.into_inner();
    let report = query.report();
    let bytes = ctx
        .read(move |c, ctx| {
            let case = load(c, ctx, ids)?;
            let standing = Standing::load(c, case)?;
            pdf::pdf(c, ctx.language, &standing, &Of::Draft(report, ctx.now))
        })
        .await?;
    handed(&ctx, ids, report, bytes).await
}

/// Hands out a report as it was filed, as PDF.
async fn filed(ctx: Ctx, ids: FilingIds) -> Result<HttpResponse> {
    let (id, incident, filing) = ids.into_inner();
    let (report, bytes) = ctx
        .read(move |c, ctx| {
            let case = load(c, ctx, (id, incident))?;
            let filing = store::filing(c, &case.1, filing)?;
            let standing = Standing::load(c, case)?;
            let bytes = pdf::pdf(c, ctx.language, &standing, &Of::Filed(&filing))?;
            Ok((filing.report, bytes))
        })
        .await?;
    handed(&ctx, (id, incident), report, bytes).await
}

async fn handed(ctx: &Ctx, ids: Id, report: Report, bytes: Vec<u8>) -> Result<HttpResponse> {
    taken(ctx, ids, bytes.len()).await?;
    let name = format!("{}.pdf", ctx.text(&format!("incident-authority-title-{report}")));
    Ok(web::attachment(&name, "application/pdf", bytes))
}

/// Hands out the text to be pasted into the authority's form.
async fn copy(ctx: Ctx, ids: Ids) -> Result<HttpResponse> {
    let ids = ids.into_inner();
    let text = ctx
        .read(move |c, ctx| {
            let case = load(c, ctx, ids)?;
            Ok(plain::write(&Standing::load(c, case)?.items))
        })
        .await?;
    taken(&ctx, ids, text.len()).await?;
    let name = format!("{}.txt", ctx.text("incident-authority-title"));
    Ok(web::attachment(&name, "text/plain; charset=utf-8", text.into_bytes()))
}

/// Tells that the report is taken out, before it is handed over.
async fn taken(ctx: &Ctx, (id, incident): Id, bytes: usize) -> Result<()> {
    let (subject, entrustment) = (incident.as_str(), id.as_str());
    ledger::downloaded(ctx, Taken { kind: "incident_report", id: subject, entrustment, bytes })
        .await
}
