//! Corrective actions: findings about the incident.

use actix_web::HttpResponse;

use super::{Id, path};
use crate::database::{Connection, Tx};
use crate::entrustment;
use crate::error::Result;
use crate::incident::cause::form::Action;
use crate::incident::cause::store;
use crate::incident::cause::views::ActionView;
use crate::incident::web::{Ids, load, numbered};
use crate::incident::{policy, text};
use crate::japanese::jst_date;
use crate::rulebook::Severity;
use crate::web::{Choice, Ctx, Form, Invalid, Refused};

/// Shows the form with which a corrective action is raised.
pub(super) async fn new(ctx: Ctx, ids: Ids) -> Result<HttpResponse> {
    let ids = ids.into_inner();
    let view = ctx.read(move |c, ctx| view(c, ctx, ids, None)).await?;
    ctx.page(&view)
}

fn view(
    c: &mut Connection,
    ctx: &Ctx,
    ids: Id,
    typed: Option<(&Form, &Refused)>,
) -> Result<ActionView> {
    let (of, incident) = load(c, ctx, ids)?;
    let (entrustment, incident) = policy::keep(&ctx.actor, of, incident)?.into_inner();
    entrustment::open(&entrustment)?;
    let form = match typed {
        Some((form, refused)) => form.view_with(ctx.language, &refused.invalid),
        None => Form::default().view(ctx.language),
    };
    let mut severities = Severity::ALL.to_vec();
    severities.reverse();
    Ok(ActionView {
        warned: form.fields.contains_key(text::CONFIRMED),
        form,
        home: incident.href(),
        name: numbered(ctx.language, &incident),
        severities: Choice::words(ctx.language, "severity-", &severities),
        entrustment,
    })
}

/// Raises a corrective action.
pub(super) async fn raise(ctx: Ctx, ids: Ids, form: Form) -> Result<HttpResponse> {
    let ids = ids.into_inner();
    let typed = form.clone();
    let done = ctx.write(move |tx, ctx| raise_now(tx, ctx, ids, &typed)).await;
    let Some(refused) = Refused::of(done, "action")? else {
        return Ok(ctx.see_other(&path(ids), "done-incident-action-raised"));
    };
    let status = refused.status;
    let view = ctx.read(move |c, ctx| view(c, ctx, ids, Some((&form, &refused)))).await?;
    ctx.page_with(status, &view)
}

fn raise_now(tx: &mut Tx<'_>, ctx: &Ctx, ids: Id, form: &Form) -> Result<Result<(), Invalid>> {
    let (of, incident) = load(tx.connection, ctx, ids)?;
    let case = policy::keep(tx.actor, of, incident)?;
    entrustment::open(&case.0)?;
    match Action::parse(form, jst_date(tx.now)) {
        Ok(new) => store::raise(tx, &case, &new).map(|_| Ok(())),
        Err(invalid) => Ok(Err(invalid)),
    }
}
