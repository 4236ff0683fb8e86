//! The cause: shown, recorded, corrected.

use actix_web::HttpResponse;

use super::{Id, path};
use crate::database::{Connection, Tx};
use crate::error::Result;
use crate::incident::cause::form::CauseForm;
use crate::incident::cause::model::RootCause;
use crate::incident::cause::store;
use crate::incident::cause::views::{ActionLine, EditView, ShowView};
use crate::incident::web::{Ids, load, numbered};
use crate::incident::{policy, text};
use crate::japanese::jst_date;
use crate::web::{Choice, Ctx, Fields, Form, Invalid, Refused};

/// Shows the cause, the corrective actions and whether others were asked.
pub(super) async fn show(ctx: Ctx, ids: Ids) -> Result<HttpResponse> {
    let ids = ids.into_inner();
    let view = ctx
        .read(move |c, ctx| {
            let (entrustment, incident) = load(c, ctx, ids)?;
            let cause = store::find(c, &incident)?;
            let actions = store::actions(c, &entrustment, &incident)?;
            let today = jst_date(ctx.now);
            let keep = policy::keep(&ctx.actor, entrustment.clone(), incident.clone());
            let may_write =
                policy::respond(c, &ctx.actor, entrustment.clone(), incident.clone()).is_ok();
            let may_raise = crate::entrustment::open(&entrustment).is_ok() && keep.is_ok();
            let line = |finding| ActionLine::of(ctx.language, finding, today);
            Ok(ShowView {
                actions: actions.iter().map(line).collect(),
                home: incident.href(),
                name: numbered(ctx.language, &incident),
                may_write,
                may_raise,
                may_ask: keep.is_ok() && cause.is_some(),
                cause,
                entrustment,
            })
        })
        .await?;
    ctx.page(&view)
}

/// Shows the form with which the cause is recorded.
pub(super) async fn edit(ctx: Ctx, ids: Ids) -> Result<HttpResponse> {
    let ids = ids.into_inner();
    let view = ctx.read(move |c, ctx| edit_view(c, ctx, ids, None)).await?;
    ctx.page(&view)
}

fn edit_view(
    c: &mut Connection,
    ctx: &Ctx,
    ids: Id,
    typed: Option<(&Form, &Refused)>,
) -> Result<EditView> {
    let (of, incident) = load(c, ctx, ids)?;
    let (entrustment, incident) = policy::respond(c, &ctx.actor, of, incident)?.into_inner();
    let cause = store::find(c, &incident)?;
    let form = match typed {
        Some((form, refused)) => {
            let version = cause.map_or(0, |cause| cause.version);
            refused.view(form, version, ctx.language)
        }
        None => CauseForm::form(cause.as_ref()).view(ctx.language),
    };
    Ok(EditView {
        warned: form.fields.contains_key(text::CONFIRMED),
        form,
        home: incident.href(),
        name: numbered(ctx.language, &incident),
        roots: Choice::words(ctx.language, "incident-cause-root-", RootCause::ALL),
        entrustment,
    })
}

/// Records the cause.
pub(super) async fn record(ctx: Ctx, ids: Ids, form: Form) -> Result<HttpResponse> {
    let ids = ids.into_inner();
    let typed = form.clone();
    let done = ctx.write(move |tx, ctx| record_now(tx, ctx, ids, &typed)).await;
    let Some(refused) = Refused::of(done, "cause_summary")? else {
        return Ok(ctx.see_other(&path(ids), "done-incident-cause-recorded"));
    };
    let status = refused.status;
    let view = ctx.read(move |c, ctx| edit_view(c, ctx, ids, Some((&form, &refused)))).await?;
    ctx.page_with(status, &view)
}

pub(in crate::incident) fn record_now(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    ids: Id,
    form: &Form,
) -> Result<Result<(), Invalid>> {
    let (of, incident) = load(tx.connection, ctx, ids)?;
    let case = policy::respond(tx.connection, tx.actor, of, incident)?;
    match CauseForm::parse(form) {
        Ok(new) => store::record(tx, &case, Fields::of(form).version(), &new).map(Ok),
        Err(invalid) => Ok(Err(invalid)),
    }
}
