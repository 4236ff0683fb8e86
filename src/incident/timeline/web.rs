//! Pages of the timeline.

use actix_web::HttpResponse;
use actix_web::web::Query;
use serde::Deserialize;

use super::super::policy::{self, RESPONDERS};
use super::super::web::{Ids, load, numbered};
use super::form::NewEntry;
use super::model::{Entry, EntryKind};
use super::views::{self, FormPage, TimelineView};
use super::{policy as own, store};
use crate::attachment::{self, NewAttachment};
use crate::database::{Connection, Tx};
use crate::entrustment::EntrustmentId;
use crate::error::{Error, Result};
use crate::incident::model::{Incident, IncidentId};
use crate::incident::text;
use crate::web::paging::{ListQuery, PAGE_SIZE, Page};
use crate::web::{Access, Choice, Ctx, Form, Invalid, MAX_UPLOAD, Refused, Route, Upload};

/// Most entries that are printed at once.
const PRINTED: i64 = 2000;

/// The kind of subject that the files of entries have.
const SUBJECT: &str = "incident_entry";

/// The ids of an incident's address.
type Id = (EntrustmentId, IncidentId);

/// The routes of the timeline.
#[must_use]
pub(in crate::incident) fn routes() -> Vec<Route> {
    const RESPONDER: Access = Access::Roles(RESPONDERS);
    vec![
        Route::get("/entrustments/{id}/incidents/{incident}/timeline", Access::Session, index),
        Route::get("/entrustments/{id}/incidents/{incident}/timeline/new", RESPONDER, new),
        Route::post("/entrustments/{id}/incidents/{incident}/timeline", RESPONDER, create)
            .limit(MAX_UPLOAD),
    ]
}

/// What the address of the timeline asks for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct TimelineQuery {
    #[serde(flatten)]
    list: ListQuery,
    /// Anything: all of it on one page, to be printed.
    print: String,
}

/// What the address of the form asks for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct NewQuery {
    /// The number of the entry that is to be corrected.
    corrects: String,
}

/// Shows a page of the timeline, or all of it to be printed.
async fn index(ctx: Ctx, ids: Ids, query: Query<TimelineQuery>) -> Result<HttpResponse> {
    let (ids, query) = (ids.into_inner(), query.into_inner());
    let view = ctx.read(move |c, ctx| view(c, ctx, ids, &query)).await?;
    ctx.page(&view)
}

fn view(c: &mut Connection, ctx: &Ctx, ids: Id, query: &TimelineQuery) -> Result<TimelineView> {
    let (entrustment, incident) = load(c, ctx, ids)?;
    let printing = !query.print.is_empty();
    let cut = if printing { (0, PRINTED) } else { (query.list.offset(), PAGE_SIZE) };
    let total = store::count(c, &incident)?;
    let entries = store::page(c, &incident, &query.list, cut)?;
    let corrections = store::corrections(c, &incident, &entries)?;
    let subjects = entries.iter().map(|entry| entry.id.to_string()).collect();
    let files = attachment::of_subjects(c, &entrustment, subjects)?;
    let respond = policy::respond(c, &ctx.actor, entrustment.clone(), incident.clone());
    let may_add = respond.is_ok();
    let line = |entry: Entry| views::line(ctx.language, &entry, &corrections, &files, may_add);
    Ok(TimelineView {
        list: Page::new(entries, total, &query.list, "happened").map(line),
        home: incident.href(),
        name: numbered(ctx.language, &incident),
        now: ctx.now,
        may_add,
        printing,
        entrustment,
    })
}

/// The number of the entry that is to be corrected, when one is named and is there.
fn named(c: &mut Connection, incident: &Incident, corrects: &str) -> Result<Option<i32>> {
    if corrects.is_empty() {
        return Ok(None);
    }
    let number: Option<i32> = corrects.parse().ok();
    store::at(c, incident, number.ok_or(Error::NotFound)?).map(|entry| Some(entry.position))
}

/// Shows the form.
async fn new(ctx: Ctx, ids: Ids, query: Query<NewQuery>) -> Result<HttpResponse> {
    let (ids, corrects) = (ids.into_inner(), query.into_inner().corrects);
    let view = ctx.read(move |c, ctx| form_page(c, ctx, ids, &corrects, None)).await?;
    ctx.page(&view)
}

fn form_page(
    c: &mut Connection,
    ctx: &Ctx,
    ids: Id,
    corrects: &str,
    typed: Option<(&Form, &Invalid)>,
) -> Result<FormPage> {
    let (of, incident) = load(c, ctx, ids)?;
    let corrects = named(c, &incident, corrects)?;
    let wrong = corrects.map(|number| store::at(c, &incident, number)).transpose()?;
    let (entrustment, incident) = policy::respond(c, &ctx.actor, of, incident)?.into_inner();
    let form = match typed {
        Some((form, invalid)) => form.view_with(ctx.language, invalid),
        None => NewEntry::form(ctx.now, corrects).view(ctx.language),
    };
    Ok(FormPage {
        warned: form.fields.contains_key(text::CONFIRMED),
        form,
        kinds: Choice::words(ctx.language, "incident-timeline-kind-", EntryKind::BY_HAND),
        wrong: wrong.map(|entry| views::line(ctx.language, &entry, &[], &[], false)),
        corrects,
        home: incident.href(),
        name: numbered(ctx.language, &incident),
        entrustment,
    })
}

/// Writes an entry down, with a file when one was chosen.
async fn create(ctx: Ctx, ids: Ids, upload: Upload) -> Result<HttpResponse> {
    let ids = ids.into_inner();
    let typed = upload.form.clone();
    let (of, parsed) = ctx
        .read(move |c, ctx| {
            let (of, incident) = load(c, ctx, ids)?;
            let corrects = named(c, &incident, typed.value("corrects"))?;
            let case = policy::respond(c, &ctx.actor, of, incident)?;
            let (of, _) = case.into_inner();
            Ok((of, NewEntry::parse(&typed, corrects, ctx.now)))
        })
        .await?;
    let entry = match parsed {
        Ok(entry) => entry,
        Err(invalid) => return again(&ctx, ids, &upload.form, Refused::of_form(invalid)).await,
    };
    let chosen = upload.too_large || !upload.bytes.is_empty() || !upload.file_name.is_empty();
    let refused = if chosen {
        let enter = move |tx: &mut Tx<'_>, ctx: &Ctx, new: &NewAttachment| {
            enter(tx, ctx, ids, &entry, Some(new))
        };
        attachment::take(&ctx, &of, ("timeline_file", &upload), enter).await?
    } else {
        ctx.write(move |tx, ctx| enter(tx, ctx, ids, &entry, None)).await?;
        None
    };
    if let Some(refused) = refused {
        return again(&ctx, ids, &upload.form, refused).await;
    }
    let (id, incident) = ids;
    let path = format!("/entrustments/{id}/incidents/{incident}/timeline?sort=-entered");
    Ok(ctx.see_other(&path, "done-incident-timeline-added"))
}

fn enter(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    ids: Id,
    entry: &NewEntry,
    file: Option<&NewAttachment>,
) -> Result<()> {
    let (of, incident) = load(tx.connection, ctx, ids)?;
    let case = policy::respond(tx.connection, tx.actor, of, incident)?;
    let id = store::add(tx, &case, entry)?;
    match file {
        Some(new) => attachment::add(tx, &own::files(&case), SUBJECT, id.as_str(), new),
        None => Ok(()),
    }
}

/// The form again, with what was typed and what is wrong with it.
async fn again(ctx: &Ctx, ids: Id, form: &Form, refused: Refused) -> Result<HttpResponse> {
    let (form, Refused { invalid, status }) = (form.clone(), refused);
    let view = ctx
        .read(move |c, ctx| {
            let corrects = form.value("corrects").to_owned();
            form_page(c, ctx, ids, &corrects, Some((&form, &invalid)))
        })
        .await?;
    ctx.page_with(status, &view)
}
