//! Adding, assigning, settling and reopening steps.

use actix_web::HttpResponse;
use actix_web::web::Path;

use super::show::again;
use super::{Ids, Key, load, load_case, people, plan_path, step_path};
use crate::database::{Connection, Tx};
use crate::error::Result;
use crate::incident::plan::form::{Assignment, NewStep, Outcome};
use crate::incident::plan::views::{NewView, sides_for};
use crate::incident::plan::{awaits_decision, policy as plan_policy, rules, store};
use crate::incident::web::numbered;
use crate::incident::{policy, text};
use crate::rulebook::Party;
use crate::web::{Ctx, Fields, Form, Invalid, Message, Refused};

/// Shows the form of a step that is added by hand.
pub(super) async fn new(ctx: Ctx, ids: Path<Ids>) -> Result<HttpResponse> {
    let ids = ids.into_inner();
    let view = ctx.read(move |c, ctx| new_view(c, ctx, ids, None)).await?;
    ctx.page(&view)
}

fn new_view(
    c: &mut Connection,
    ctx: &Ctx,
    ids: Ids,
    typed: Option<(&Form, &Invalid)>,
) -> Result<NewView> {
    let (of, incident) = load_case(c, ctx, ids)?;
    let own = policy::side_of(c, &ctx.actor, &of)?;
    let (entrustment, incident) = policy::respond(c, &ctx.actor, of, incident)?.into_inner();
    let form = if let Some((form, invalid)) = typed {
        form.view_with(ctx.language, invalid)
    } else {
        let mut form = Form::from_pairs([("plan_side", own.as_str())]);
        form.set_moment("plan_due", rules::due_at(&incident, own, 24).max(ctx.now));
        form.view(ctx.language)
    };
    Ok(NewView {
        warned: form.fields.contains_key(text::CONFIRMED),
        form,
        home: incident.href(),
        plan: plan_path(ids),
        name: numbered(ctx.language, &incident),
        sides: sides_for(ctx.language, Party::Principal),
        entrustment,
    })
}

/// Adds a step.
pub(super) async fn add(ctx: Ctx, ids: Path<Ids>, form: Form) -> Result<HttpResponse> {
    let ids = ids.into_inner();
    let typed = form.clone();
    match ctx.write(move |tx, ctx| add_now(tx, ctx, ids, &typed)).await? {
        Ok(()) => Ok(ctx.see_other(&plan_path(ids), "done-incident-step-added")),
        Err(invalid) => {
            let view =
                ctx.read(move |c, ctx| new_view(c, ctx, ids, Some((&form, &invalid)))).await?;
            ctx.invalid(&view)
        }
    }
}

fn add_now(tx: &mut Tx<'_>, ctx: &Ctx, ids: Ids, form: &Form) -> Result<Result<(), Invalid>> {
    let (of, incident) = load_case(tx.connection, ctx, ids)?;
    let case = policy::respond(tx.connection, tx.actor, of, incident)?;
    match NewStep::parse(form, &case.1) {
        Ok(new) => store::add(tx, &case, &new).map(|_| Ok(())),
        Err(invalid) => Ok(Err(invalid)),
    }
}

/// Gives a step to a side and to somebody there.
pub(super) async fn assign(ctx: Ctx, key: Path<Key>, form: Form) -> Result<HttpResponse> {
    let key = key.into_inner();
    let typed = form.clone();
    let done = ctx.write(move |tx, ctx| assign_now(tx, ctx, key, &typed)).await;
    match Refused::of(done, "plan_name")? {
        None => Ok(ctx.see_other(&step_path(key), "done-incident-step-assigned")),
        Some(refused) => again(&ctx, key, (form, refused)).await,
    }
}

fn assign_now(tx: &mut Tx<'_>, ctx: &Ctx, key: Key, form: &Form) -> Result<Result<(), Invalid>> {
    let (case, step) = load(tx.connection, ctx, key)?;
    let own = policy::side_of(tx.connection, tx.actor, &case.0)?;
    let task = plan_policy::work(tx.connection, tx.actor, case, step)?;
    let people = people(tx.connection, &task.0, own)?;
    match Assignment::parse(form, own, &people, &task.1) {
        Ok(new) => store::assign(tx, &task, Fields::of(form).version(), &new).map(Ok),
        Err(invalid) => Ok(Err(invalid)),
    }
}

/// Enters what became of a step, and leads to what is next.
pub(super) async fn settle(ctx: Ctx, key: Path<Key>, form: Form) -> Result<HttpResponse> {
    let key = key.into_inner();
    let typed = form.clone();
    let done = ctx
        .write(move |tx, ctx| {
            let (case, step) = load(tx.connection, ctx, key)?;
            let task = plan_policy::work(tx.connection, tx.actor, case, step)?;
            match Outcome::parse(&typed, tx.now) {
                Ok(Outcome::Done { .. }) if awaits_decision(tx.connection, &task.1, &task.2)? => {
                    let message = Message::new("incident-plan-error-undecided");
                    Ok(Err(Invalid::at("plan_outcome", message)))
                }
                Ok(said) => store::settle(tx, &task, Fields::of(&typed).version(), &said).map(Ok),
                Err(invalid) => Ok(Err(invalid)),
            }
        })
        .await;
    match Refused::of(done, "plan_note")? {
        None => Ok(ctx.see_other(&plan_path((key.0, key.1)), "done-incident-step-settled")),
        Some(refused) => again(&ctx, key, (form, refused)).await,
    }
}

/// Opens a step again.
pub(super) async fn reopen(ctx: Ctx, key: Path<Key>, form: Form) -> Result<HttpResponse> {
    let key = key.into_inner();
    ctx.write(move |tx, ctx| {
        let (case, step) = load(tx.connection, ctx, key)?;
        let task = plan_policy::work(tx.connection, tx.actor, case, step)?;
        store::reopen(tx, &task, Fields::of(&form).version())
    })
    .await?;
    Ok(ctx.see_other(&step_path(key), "done-incident-step-reopened"))
}
