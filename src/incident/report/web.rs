//! Pages of the first report.

use actix_web::HttpResponse;
use actix_web::web::{Path, Query};

use super::FirstReport;
use super::known::Known;
use super::views::{ChooseView, Chosen, ReportView};
use crate::database::{Connection, Tx};
use crate::entrustment::{self, EntrustmentId};
use crate::error::Result;
use crate::incident::model::{Counted, IncidentId, IncidentKind};
use crate::incident::policy::{self, RESPONDERS};
use crate::incident::store::report as store;
use crate::incident::{jobs, mail, plan, text};
use crate::rulebook::Party;
use crate::web::paging::ListQuery;
use crate::web::{Access, Choice, Ctx, Form, Invalid, Route};

/// The routes of the first report.
#[must_use]
pub(in crate::incident) fn routes() -> Vec<Route> {
    const RESPONDER: Access = Access::Roles(RESPONDERS);
    vec![
        Route::get("/incidents/new", RESPONDER, choose),
        Route::get("/entrustments/{id}/incidents/new", RESPONDER, new),
        Route::post("/entrustments/{id}/incidents", RESPONDER, create),
    ]
}

/// Lets the entrustment be chosen.
async fn choose(ctx: Ctx, query: Query<ListQuery>) -> Result<HttpResponse> {
    let query = query.into_inner();
    let view = ctx
        .read(move |c, ctx| {
            let page = entrustment::page(c, ctx.member()?, &query)?;
            let chosen = |row: entrustment::Summary| Chosen {
                href: format!("/entrustments/{}/incidents/new", row.id),
                title: row.title,
                number: row.number,
                contractor: row.contractor,
            };
            Ok(ChooseView { list: page.map(chosen) })
        })
        .await?;
    ctx.page(&view)
}

/// Shows the form, filled in with what is known.
async fn new(ctx: Ctx, id: Path<EntrustmentId>) -> Result<HttpResponse> {
    let (id, from) = (id.into_inner(), Form::parse(ctx.query.as_bytes()));
    let view = ctx.read(move |c, ctx| form_page(c, ctx, id, (&from, None))).await?;
    ctx.page(&view)
}

/// The page: with what is known, or with what was typed and what is wrong with it.
fn form_page(
    c: &mut Connection,
    ctx: &Ctx,
    id: EntrustmentId,
    (typed, invalid): (&Form, Option<&Invalid>),
) -> Result<ReportView> {
    let found = entrustment::find(c, &ctx.actor, id)?;
    let known = Known::find(c, &ctx.actor, &found, typed)?;
    let (entrustment, side) = policy::report(c, &ctx.actor, found)?.into_inner();
    let form = if let Some(invalid) = invalid {
        typed.view_with(ctx.language, invalid)
    } else {
        let mut form = known.form(ctx.language, ctx.actor.name(), ctx.now);
        for field in ["handover", "delivery", "transmission"] {
            form.set(field, typed.value(field));
        }
        form.view(ctx.language)
    };
    let sides = [Party::Principal, Party::Contractor];
    Ok(ReportView {
        warned: form.fields.contains_key(text::CONFIRMED),
        form,
        entrustment,
        kinds: Choice::words(ctx.language, "incident-kind-", IncidentKind::ALL),
        counted: Choice::words(ctx.language, "incident-counted-", Counted::ALL),
        sides: if side == Party::Principal {
            Choice::words(ctx.language, "incident-side-", &sides)
        } else {
            Vec::new()
        },
        known: known.handover.is_some() || known.transmission.is_some(),
    })
}

/// Takes the report and tells the principal's people at once.
async fn create(ctx: Ctx, id: Path<EntrustmentId>, form: Form) -> Result<HttpResponse> {
    let id = id.into_inner();
    let typed = form.clone();
    match ctx.write(move |tx, ctx| create_now(tx, ctx, id, &typed)).await? {
        Ok(incident) => {
            let path = format!("/entrustments/{id}/incidents/{incident}");
            Ok(ctx.see_other(&path, "done-incident-reported"))
        }
        Err(invalid) => {
            let view =
                ctx.read(move |c, ctx| form_page(c, ctx, id, (&form, Some(&invalid)))).await?;
            ctx.invalid(&view)
        }
    }
}

pub(in crate::incident) fn create_now(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    id: EntrustmentId,
    form: &Form,
) -> Result<Result<IncidentId, Invalid>> {
    let found = entrustment::find(tx.connection, tx.actor, id)?;
    let known = Known::find(tx.connection, tx.actor, &found, form)?;
    let reporting = policy::report(tx.connection, tx.actor, found)?;
    let report = match FirstReport::parse(form, reporting.1, tx.now) {
        Ok(report) => report,
        Err(invalid) => return Ok(Err(invalid)),
    };
    let incident = store::insert(tx, &reporting, &report, &known)?;
    plan::begin(tx, &reporting.0, &incident)?;
    mail::reported(tx, &ctx.portal.settings, &reporting.0, &incident)?;
    jobs::watch(tx, &incident)?;
    Ok(Ok(incident.id))
}
