//! Opening, correcting and closing an incident.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::views::{CloseView, EditView, OpenMatter, numbered};
use super::{Ids, home, load};
use crate::database::{Connection, Tx};
use crate::entrustment::EntrustmentId;
use crate::error::Result;
use crate::incident::model::{Counted, Incident, IncidentId, IncidentKind};
use crate::incident::panel::Matter;
use crate::incident::report::ReportedFacts;
use crate::incident::store::{change as store, hold};
use crate::incident::{
    assessment, authority, cause, correction, mail, person, plan, policy, text, wrong_recipient,
};
use crate::web::{Choice, Ctx, Fields, Form, Invalid, Refused, Rule};

/// The ids of an incident's address.
type Id = (EntrustmentId, IncidentId);

fn path((entrustment, incident): Id) -> String {
    format!("/entrustments/{entrustment}/incidents/{incident}")
}

/// An officer opens it; the contractor hears of it the first time.
pub(super) async fn open(ctx: Ctx, ids: Ids) -> Result<HttpResponse> {
    let ids = ids.into_inner();
    ctx.write(move |tx, ctx| open_now(tx, ctx, ids)).await?;
    Ok(ctx.see_other(&path(ids), "done-incident-opened"))
}

pub(in crate::incident) fn open_now(tx: &mut Tx<'_>, ctx: &Ctx, ids: Id) -> Result<()> {
    let (of, incident) = load(tx.connection, ctx, ids)?;
    let case = policy::keep(tx.actor, of, incident)?;
    if store::open(tx, &case)? {
        mail::opened(tx, &ctx.portal.settings, &case.0, &case.1)?;
    }
    Ok(())
}

/// Shows the form with which the facts are corrected.
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
    let form = match typed {
        Some((form, refused)) => refused.view(form, incident.version, ctx.language),
        None => ReportedFacts::form(&incident).view(ctx.language),
    };
    let differs = match typed {
        Some((form, refused)) if refused.status == StatusCode::CONFLICT => {
            let told = ReportedFacts::parse(form, ctx.now).ok();
            told.map(|told| correction::changes(&incident, &told)).unwrap_or_default()
        }
        _ => Vec::new(),
    };
    Ok(EditView {
        differs: correction::compared(ctx.language, &differs),
        warned: form.fields.contains_key(text::CONFIRMED),
        form,
        home: home(&incident),
        name: numbered(ctx.language, &incident),
        kinds: Choice::words(ctx.language, "incident-kind-", IncidentKind::ALL),
        counted: Choice::words(ctx.language, "incident-counted-", Counted::ALL),
        entrustment,
    })
}

/// Corrects the facts.
pub(super) async fn correct(ctx: Ctx, ids: Ids, form: Form) -> Result<HttpResponse> {
    let ids = ids.into_inner();
    let typed = form.clone();
    let done = ctx.write(move |tx, ctx| correct_now(tx, ctx, ids, &typed)).await;
    let Some(refused) = Refused::of(done, "summary")? else {
        return Ok(ctx.see_other(&path(ids), "done-incident-corrected"));
    };
    let status = refused.status;
    let view = ctx.read(move |c, ctx| edit_view(c, ctx, ids, Some((&form, &refused)))).await?;
    ctx.page_with(status, &view)
}

fn correct_now(tx: &mut Tx<'_>, ctx: &Ctx, ids: Id, typed: &Form) -> Result<Result<(), Invalid>> {
    let (of, incident) = load(tx.connection, ctx, ids)?;
    let case = policy::respond(tx.connection, tx.actor, of, incident)?;
    let read = ReportedFacts::parse(typed, tx.now);
    let facts = match read.and_then(|facts| store::consistent(&case.1, facts, tx.now)) {
        Ok(facts) => facts,
        Err(invalid) => return Ok(Err(invalid)),
    };
    let number = facts.persons.map(i64::from);
    if let Err(invalid) = person::not_below(tx, &case.1, ("persons", number))? {
        return Ok(Err(invalid));
    }
    store::correct(tx, &case, Fields::of(typed).version(), &facts).map(Ok)
}

/// What a part of the response says is still to be done.
type Matters = fn(&mut Connection, &Incident) -> Result<Vec<Matter>>;

/// What keeps an incident from being closed: what the parts of the response say.
fn open_matters(c: &mut Connection, incident: &Incident) -> Result<Vec<Matter>> {
    const PARTS: [Matters; 6] = [
        assessment::open_matters,
        plan::open_matters,
        wrong_recipient::open_matters,
        authority::open_matters,
        person::open_matters,
        cause::open_matters,
    ];
    let open = PARTS.into_iter().map(|part| part(c, incident)).collect::<Result<Vec<_>>>()?;
    Ok(open.concat())
}

/// Shows what is still open, and the form with which it is closed.
pub(super) async fn closing(ctx: Ctx, ids: Ids) -> Result<HttpResponse> {
    let ids = ids.into_inner();
    let view = ctx.read(move |c, ctx| close_view(c, ctx, ids, None)).await?;
    ctx.page(&view)
}

fn close_view(
    c: &mut Connection,
    ctx: &Ctx,
    ids: Id,
    typed: Option<(&Form, &Refused)>,
) -> Result<CloseView> {
    let (of, incident) = load(c, ctx, ids)?;
    let (entrustment, incident) = policy::close(&ctx.actor, of, incident)?.into_inner();
    let form = match typed {
        Some((form, refused)) => refused.view(form, incident.version, ctx.language),
        None => Form::from_pairs([("version", incident.version.to_string())]).view(ctx.language),
    };
    let mut open = open_matters(c, &incident)?;
    if incident.opened_at.is_none() {
        open.insert(0, Matter::at("", "incident-error-unopened"));
    }
    let matter = |matter: Matter| OpenMatter {
        text: matter.said(ctx.language),
        href: matter.href(&incident),
    };
    Ok(CloseView {
        open: open.into_iter().map(matter).collect(),
        warned: form.fields.contains_key(text::CONFIRMED),
        form,
        home: home(&incident),
        name: numbered(ctx.language, &incident),
        entrustment,
    })
}

/// Closes it, with what came of it.
pub(super) async fn close(ctx: Ctx, ids: Ids, form: Form) -> Result<HttpResponse> {
    let ids = ids.into_inner();
    let typed = form.clone();
    let done = ctx
        .write(move |tx, ctx| {
            let (of, incident) = load(tx.connection, ctx, ids)?;
            let case = policy::close(tx.actor, of, incident)?;
            let mut f = Fields::of(&typed);
            let version = f.version();
            let note = f.text("closing_note", Rule::text(2000));
            text::check(&mut f, &[("closing_note", note.as_deref())]);
            let unopened = case.1.opened_at.is_none();
            f.check(!unopened, "closing_note", "incident-error-unopened");
            // Nobody opens something again while that is asked.
            hold(tx, &case.1)?;
            let open = open_matters(tx.connection, &case.1)?;
            f.check(open.is_empty(), "closing_note", "incident-error-open-matters");
            match f.finish(|| note) {
                Ok(note) => store::close(tx, &case, version, &note).map(Ok),
                Err(invalid) => Ok(Err(invalid)),
            }
        })
        .await;
    let Some(refused) = Refused::of(done, "closing_note")? else {
        return Ok(ctx.see_other(&path(ids), "done-incident-closed"));
    };
    let status = refused.status;
    let view = ctx.read(move |c, ctx| close_view(c, ctx, ids, Some((&form, &refused)))).await?;
    ctx.page_with(status, &view)
}
