//! Proving anew to be oneself, before what can't be undone or hands out everything.
//!
//! What was typed isn't lost: the page carries the form on, and sends it again after the proof.

use std::pin::Pin;

use actix_web::HttpResponse;
use actix_web::web::Query;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::arrival::{Arrival, Proof};
use super::factor::{self, passkey};
use super::password::verify_password;
use super::session::local_path;
use super::{arrival, arrival_store, guess, refused, store};
use crate::actor::SessionId;
use crate::database::Tx;
use crate::error::{Error, Result};
use crate::web::guard::Asked;
use crate::web::{Access, Ctx, Form, FormView, Invalid, Message, Route, View};

/// The field in which a page carries another form.
const CARRIED: &str = "carried";

/// The routes of proving anew.
pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get("/step-up", Access::Session, show).while_enrolling(),
        Route::post("/step-up", Access::Session, prove).without_entry().while_enrolling(),
        Route::post("/step-up/passkey", Access::Session, prove_by_passkey)
            .without_entry()
            .while_enrolling(),
    ]
}

#[derive(Serialize)]
struct StepUpView {
    form: FormView,
    /// Where it goes on.
    target: String,
    /// The form that waits, as JSON; empty where a page was asked for.
    carried: String,
    /// Whether a code is asked for.
    by_code: bool,
    /// Whether a passkey may prove it.
    by_passkey: bool,
    /// Whether the password is asked for: only of whoever has no second factor.
    by_password: bool,
}

impl View for StepUpView {
    const TEMPLATE: &'static str = "account/step_up.html";
    const TITLE: &'static str = "step-up-title";
}

#[derive(Serialize)]
struct GoOnView {
    target: String,
    pairs: Vec<(String, String)>,
}

impl View for GoOnView {
    const TEMPLATE: &'static str = "account/step_up_done.html";
    const TITLE: &'static str = "step-up-done-title";
}

pub(super) fn samples() -> Vec<(&'static str, Value)> {
    let sample = |by_code: bool| {
        json!({ "form": FormView::default(), "target": "/", "carried": "", "by_code": by_code,
                "by_passkey": by_code, "by_password": !by_code })
    };
    vec![
        (StepUpView::TEMPLATE, sample(true)),
        (StepUpView::TEMPLATE, sample(false)),
        (GoOnView::TEMPLATE, json!({ "target": "/", "pairs": [["name", "髙橋"]] })),
    ]
}

/// Asks for the proof, in place of what was asked for. Given to the guard.
#[must_use]
pub fn ask(ctx: Ctx, asked: Asked) -> Pin<Box<dyn Future<Output = Result<HttpResponse>>>> {
    Box::pin(async move {
        let Some(form) = asked.form else {
            let next: String =
                url::form_urlencoded::byte_serialize(asked.target.as_bytes()).collect();
            return Ok(ctx.see_other(&format!("/step-up?next={next}"), ""));
        };
        let pairs: Vec<_> = form.pairs().iter().filter(|(name, _)| name != "csrf").collect();
        let carried = serde_json::to_string(&pairs)?;
        let view = view(&ctx, &asked.target, carried, &Invalid::default()).await?;
        ctx.page(&view)
    })
}

async fn view(ctx: &Ctx, target: &str, carried: String, invalid: &Invalid) -> Result<StepUpView> {
    let ways = ctx.read(|c, ctx| factor::ways(c, ctx.member()?.person_id)).await?;
    Ok(StepUpView {
        form: Form::default().view_with(ctx.language, invalid),
        target: local_path(target),
        carried,
        by_code: ways.typed(),
        by_passkey: ways.passkeys > 0 && passkey::offered(&ctx.portal.settings),
        by_password: !ways.any(),
    })
}

#[derive(Deserialize)]
struct Next {
    #[serde(default)]
    next: String,
}

/// Shows the page, for a page that was asked for.
async fn show(ctx: Ctx, query: Query<Next>) -> Result<HttpResponse> {
    let view = view(&ctx, &query.next, String::new(), &Invalid::default()).await?;
    ctx.page(&view)
}

/// Takes the proof: a code, or the password of whoever needs no second factor and has none. The
/// session goes on under a new id.
async fn prove(ctx: Ctx, form: Form) -> Result<HttpResponse> {
    let target = local_path(form.value("target"));
    let carried = form.value(CARRIED).to_owned();
    if !right(&ctx, form.value("proof").trim().to_owned()).await? {
        let invalid = Invalid::at("proof", Message::new("step-up-error"));
        let view = view(&ctx, &target, carried, &invalid).await?;
        return ctx.invalid(&view);
    }
    go_on(&ctx, target, &carried).await
}

/// Takes a passkey's answer as the proof, if it is the member's own.
async fn prove_by_passkey(ctx: Ctx, form: Form) -> Result<HttpResponse> {
    let target = local_path(form.value("target"));
    let carried = form.value(CARRIED).to_owned();
    let own = ctx.member()?.person_id;
    let message = match passkey::proven(&ctx, &form).await? {
        Ok(person) if person == own => {
            ctx.write(|tx, _| refused::tell_proof(tx, "passkey")).await?;
            return go_on(&ctx, target, &carried).await;
        }
        Ok(_) => {
            ctx.write(|tx, _| refused::tell_no_proof(tx, "passkey", "other")).await?;
            Message::new("step-up-error-own")
        }
        Err(message) => message,
    };
    let view = view(&ctx, &target, carried, &Invalid::at("", message)).await?;
    ctx.invalid(&view)
}

/// Goes on where it was asked, with what was typed, in the session under its new id.
async fn go_on(ctx: &Ctx, target: String, carried: &str) -> Result<HttpResponse> {
    let (arrival, _) = ctx.write(|tx, ctx| renew(tx, ctx, false)).await?;
    let mut answer = if carried.is_empty() {
        ctx.see_other(&target, "")
    } else {
        let pairs = serde_json::from_str(carried).ok().ok_or(Error::BadRequest("carried"))?;
        ctx.page(&GoOnView { target, pairs })?
    };
    arrival.give(&mut answer);
    Ok(answer)
}

/// Whether what was typed proves the member. A guess is counted before it is looked at.
async fn right(ctx: &Ctx, typed: String) -> Result<bool> {
    if typed.is_empty() {
        return Ok(false);
    }
    let (person, by_code, counter) = ctx
        .write(|tx, ctx| {
            let person = store::person(tx.connection, ctx.member()?.person_id)?;
            let by_code = factor::ways(tx.connection, person.id)?.any();
            let what = if by_code { "code" } else { "password" };
            let counter = guess::counter(tx, ctx, what, &person.email, Some(person.id))?;
            guess::attempt(tx, &counter)?;
            Ok((person, by_code, counter))
        })
        .await?;
    let by_password = if by_code {
        false
    } else {
        verify_password(typed.clone(), person.password_hash.clone()).await?
    };
    ctx.write(move |tx, ctx| {
        let right = by_password || (by_code && factor::prove(tx, ctx, &person, &typed)?.is_some());
        let method = if by_code { "code" } else { "password" };
        if right {
            guess::right(tx, &counter)?;
            refused::tell_proof(tx, method)?;
        } else {
            refused::tell_no_proof(tx, method, "wrong")?;
        }
        Ok(right)
    })
    .await
}

/// Puts the member's session under a new id, as proved just now; with `second`, as one of a member
/// who has just set up a second factor.
pub(super) fn renew(tx: &mut Tx<'_>, ctx: &Ctx, second: bool) -> Result<(Arrival, SessionId)> {
    let proof = arrival_store::replace(tx, ctx.member()?.session_id)?;
    goes_on(tx, ctx, Proof { complete: proof.complete || second, ..proof })
}

fn goes_on(tx: &mut Tx<'_>, ctx: &Ctx, proof: Proof) -> Result<(Arrival, SessionId)> {
    let member = ctx.member()?;
    let all = store::memberships(tx.connection, member.person_id)?;
    let of = all.into_iter().find(|m| m.id == member.membership_id).ok_or(Error::SignIn)?;
    arrival::go_on(tx, ctx, member.person_id, of, proof)
}
