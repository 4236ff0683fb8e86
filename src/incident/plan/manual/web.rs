//! Pages of the manual.

use actix_web::HttpResponse;
use actix_web::web::Path;

use super::model::{Manual, ManualId, Standard};
use super::views::{EditView, ListView, Row, ShowView, shown};
use super::{form, in_force, policy, store};
use crate::database::{Connection, Tx};
use crate::entrustment::{DECIDERS, KEEPERS};
use crate::error::Result;
use crate::ledger;
use crate::web::{Access, Ctx, Fields, Form, Invalid, Refused, Route};

/// Entries of the history on a version's page.
const HISTORY: i64 = 20;

/// The routes of the manual.
#[must_use]
pub(in crate::incident::plan) fn routes() -> Vec<Route> {
    const READER: Access = Access::Roles(policy::MANUAL_READERS);
    const KEEPER: Access = Access::Roles(KEEPERS);
    const DECIDER: Access = Access::Roles(DECIDERS);
    vec![
        Route::get("/incident-manual", READER, index),
        Route::post("/incident-manual", KEEPER, begin),
        Route::get("/incident-manual/standard", READER, standard),
        Route::get("/incident-manual/{manual}", READER, show),
        Route::post("/incident-manual/{manual}", KEEPER, save),
        Route::get("/incident-manual/{manual}/edit", KEEPER, edit),
        Route::post("/incident-manual/{manual}/publication", DECIDER, publish),
    ]
}

fn path(id: ManualId) -> String {
    format!("/incident-manual/{id}")
}

/// Lists the versions, and says which one counts.
async fn index(ctx: Ctx) -> Result<HttpResponse> {
    let view = ctx
        .read(|c, ctx| {
            let tenant = policy::reads(&ctx.actor)?;
            let current = in_force(c, tenant)?.id;
            let rows = store::list(c, tenant)?;
            let draft = rows.iter().find(|row| row.published_at.is_none());
            Ok(ListView {
                draft: draft.map(|draft| path(draft.id)),
                may_draft: policy::drafts(&ctx.actor).is_ok(),
                standard: Standard::read()?.version,
                standard_counts: current.is_none(),
                rows: rows.into_iter().map(|row| Row::of(row, current)).collect(),
            })
        })
        .await?;
    ctx.page(&view)
}

/// Begins a version from the one that counts, or goes on with the draft.
async fn begin(ctx: Ctx, _form: Form) -> Result<HttpResponse> {
    let id = ctx
        .write(|tx, _| {
            let tenant = policy::drafts(tx.actor)?;
            let manual = in_force(tx.connection, *tenant)?;
            store::begin(tx, &tenant, &manual.steps)
        })
        .await?;
    Ok(ctx.see_other(&format!("{}/edit", path(id)), "done-incident-manual-drafted"))
}

/// Shows the standard.
async fn standard(ctx: Ctx) -> Result<HttpResponse> {
    let view = ctx
        .read(|_, ctx| {
            policy::reads(&ctx.actor)?;
            let manual = Standard::read()?;
            Ok(ShowView {
                number: manual.version,
                is_standard: true,
                sections: shown(ctx.language, &manual.steps),
                ..ShowView::default()
            })
        })
        .await?;
    ctx.page(&view)
}

fn find(c: &mut Connection, ctx: &Ctx, id: ManualId) -> Result<Manual> {
    let tenant = policy::reads(&ctx.actor)?;
    store::find(c, tenant, id)
}

/// Shows a version.
async fn show(ctx: Ctx, id: Path<ManualId>) -> Result<HttpResponse> {
    let id = id.into_inner();
    let view = ctx
        .read(move |c, ctx| {
            let manual = find(c, ctx, id)?;
            let entries = ledger::history(c, manual.tenant_id, id.as_str(), HISTORY)?;
            Ok(ShowView {
                form: Form::from_pairs([("version", manual.version.to_string())])
                    .view(ctx.language),
                href: path(id),
                number: manual.version_no,
                is_standard: false,
                is_draft: manual.published_at.is_none(),
                drafted_by: manual.drafted_by_name.clone(),
                drafted_at: Some(manual.drafted_at),
                published_at: manual.published_at,
                published_by: manual.published_by_name.clone(),
                sections: shown(ctx.language, &manual.steps.0),
                may_edit: policy::writes(&ctx.actor, manual.clone()).is_ok(),
                may_publish: policy::publishes(&ctx.actor, manual).is_ok(),
                history: entries.iter().map(|entry| entry.line(ctx.language)).collect(),
            })
        })
        .await?;
    ctx.page(&view)
}

fn edit_view(
    c: &mut Connection,
    ctx: &Ctx,
    id: ManualId,
    typed: Option<(&Form, &Refused)>,
) -> Result<EditView> {
    let manual = policy::writes(&ctx.actor, find(c, ctx, id)?)?.into_inner();
    let form = match typed {
        Some((form, refused)) => refused.view(form, manual.version, ctx.language),
        None => form::filled(&manual.steps.0, manual.version).view(ctx.language),
    };
    Ok(EditView::of(ctx.language, form, path(id), &manual))
}

/// Shows the form of a draft.
async fn edit(ctx: Ctx, id: Path<ManualId>) -> Result<HttpResponse> {
    let id = id.into_inner();
    let view = ctx.read(move |c, ctx| edit_view(c, ctx, id, None)).await?;
    ctx.page(&view)
}

/// Keeps a draft.
async fn save(ctx: Ctx, id: Path<ManualId>, form: Form) -> Result<HttpResponse> {
    let id = id.into_inner();
    let typed = form.clone();
    let done = ctx.write(move |tx, ctx| save_now(tx, ctx, id, &typed)).await;
    let Some(refused) = Refused::of(done, "what_ja_new")? else {
        let edit = if form.value("act") == "close" { "" } else { "/edit" };
        return Ok(ctx.see_other(&format!("{}{edit}", path(id)), "done-incident-manual-changed"));
    };
    let status = refused.status;
    let view = ctx.read(move |c, ctx| edit_view(c, ctx, id, Some((&form, &refused)))).await?;
    ctx.page_with(status, &view)
}

fn save_now(tx: &mut Tx<'_>, ctx: &Ctx, id: ManualId, typed: &Form) -> Result<Result<(), Invalid>> {
    let manual = find(tx.connection, ctx, id)?;
    let draft = policy::writes(tx.actor, manual)?;
    match form::parse(typed, &draft.steps.0) {
        Ok(steps) => store::save(tx, &draft, Fields::of(typed).version(), &steps).map(Ok),
        Err(invalid) => Ok(Err(invalid)),
    }
}

/// Publishes a draft.
async fn publish(ctx: Ctx, id: Path<ManualId>, form: Form) -> Result<HttpResponse> {
    let id = id.into_inner();
    ctx.write(move |tx, ctx| {
        let manual = find(tx.connection, ctx, id)?;
        let draft = policy::publishes(tx.actor, manual)?;
        store::publish(tx, &draft, Fields::of(&form).version())
    })
    .await?;
    Ok(ctx.see_other(&path(id), "done-incident-manual-published"))
}
