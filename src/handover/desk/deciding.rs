//! The second pair of eyes: what a second person looks at, and decides.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;
use serde_json::json;

use super::command::{DECISIONS, Decision};
use super::release::{self, RELEASE_AFTER};
use super::showing::item_names;
use super::views::{DecisionView, To};
use super::web::{Ids, load};
use super::{mail, store};
use crate::actor::Authorized;
use crate::database::{Connection, Tx};
use crate::error::{Error, Result};
use crate::handover::policy::{self, Decide, Of};
use crate::handover::store as shared;
use crate::handover::{checking, upload};
use crate::web::{Choice, Ctx, Form, Invalid, Message};

fn view(
    c: &mut Connection,
    ctx: &Ctx,
    ids: Ids,
    form: &Form,
    invalid: &Invalid,
) -> Result<DecisionView> {
    let (entrustment, handover) = load(c, ctx, ids)?;
    let decided = policy::decide(c, &ctx.actor, entrustment, handover)?;
    let (entrustment, handover) = decided.into_inner();
    let (contents, stops) = checking::views(c, ctx, &handover, &entrustment)?;
    let mut form = form.clone();
    form.set("version", &handover.version.to_string());
    Ok(DecisionView {
        form: form.view_with(ctx.language, invalid),
        to: shared::deliveries(c, &handover)?.iter().map(To::of).collect(),
        items: item_names(c, &entrustment, &handover)?,
        files: upload::files_view(c, ctx, &handover, false)?,
        differences: checking::differences_view(c, ctx, &handover)?,
        contents,
        stops,
        decisions: Choice::words(ctx.language, "handover-decision-", &DECISIONS),
        minutes: RELEASE_AFTER.num_minutes(),
        entrustment,
        handover,
    })
}

/// Shows what is to be decided.
pub(super) async fn show(ctx: Ctx, ids: Path<Ids>) -> Result<HttpResponse> {
    let ids = ids.into_inner();
    let view =
        ctx.read(move |c, ctx| view(c, ctx, ids, &Form::default(), &Invalid::default())).await?;
    ctx.page(&view)
}

/// What became of a decision.
pub(super) enum Decided {
    Approved,
    Returned,
    /// It is no longer what was asked for, and went back to its sender.
    HeldBack,
}

/// Approves a hand-over or gives it back.
pub(super) async fn decide(ctx: Ctx, ids: Path<Ids>, form: Form) -> Result<HttpResponse> {
    let ids = ids.into_inner();
    let decision = match Decision::parse(&form) {
        Ok(decision) => decision,
        Err(invalid) => {
            let view = ctx.read(move |c, ctx| view(c, ctx, ids, &form, &invalid)).await?;
            return ctx.invalid(&view);
        }
    };
    let decided = ctx
        .write(move |tx, ctx| {
            let (entrustment, handover) = load(tx.connection, ctx, ids)?;
            let asked = policy::decide(tx.connection, tx.actor, entrustment, handover)?;
            decide_now(tx, ctx, &asked, &decision)
        })
        .await;
    let done = match decided {
        Ok(Decided::Approved) => "done-handover-approved",
        Ok(Decided::Returned) => "done-handover-returned",
        Ok(Decided::HeldBack) => "done-handover-held-back",
        Err(Error::Conflict(key @ "error-stale")) => {
            let invalid = Invalid::at("decision", Message::new(key));
            let view = ctx.read(move |c, ctx| view(c, ctx, ids, &form, &invalid)).await?;
            return ctx.page_with(StatusCode::CONFLICT, &view);
        }
        Err(other) => return Err(other),
    };
    // A contractor's hand-over that was given back is its own again: others don't see it.
    let (list, one) = (format!("/entrustments/{}/hand-overs", ids.0), ids.1);
    let seen = ctx
        .read(move |c, ctx| {
            let (_, handover) = load(c, ctx, ids)?;
            Ok(policy::see(&ctx.actor, handover).is_ok())
        })
        .await?;
    let to = if seen { format!("{list}/{one}") } else { list };
    Ok(ctx.see_other(&to, done))
}

pub(super) fn decide_now(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    asked: &Authorized<Of, Decide>,
    decision: &Decision,
) -> Result<Decided> {
    let (entrustment, handover) = &**asked;
    let settings = &ctx.portal.settings;
    if !decision.approved {
        store::give_back(tx, asked, decision.version, &decision.reason)?;
        mail::returned(tx, settings, entrustment, handover)?;
        return Ok(Decided::Returned);
    }
    let stops = checking::rejudge(tx, handover, entrustment)?;
    let holding = stops.iter().filter(|stop| stop.holds()).count();
    let seal = checking::seal(tx.connection, handover)?;
    if holding > 0 || seal != handover.seal {
        let details = vec![("stops", json!(holding)), ("changed", json!(seal != handover.seal))];
        store::unseal(tx, asked, details)?;
        mail::held_back(tx, settings, entrustment, handover)?;
        return Ok(Decided::HeldBack);
    }
    let release_at = tx.now + RELEASE_AFTER;
    store::approve(tx, asked, decision.version, release_at, &decision.reason)?;
    release::enqueue(tx, handover, release_at)?;
    mail::approved(tx, settings, entrustment, handover)?;
    Ok(Decided::Approved)
}
