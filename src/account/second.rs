//! The second step of signing in: a code of the app, or a recovery code.

use actix_web::HttpResponse;
use serde::Serialize;
use serde_json::{Value, json};

use super::arrival_store::Pending;
use super::factor::{self, Ways, passkey};
use super::refused::{self, Refused};
use super::{arrival, guess, store};
use crate::error::{Error, Result};
use crate::web::{Access, Ctx, Form, FormView, Invalid, Message, Route, View};

/// The routes of the second step.
pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get("/sign-in/second", Access::Public, show),
        Route::post("/sign-in/second", Access::Public, prove).without_entry(),
    ]
}

#[derive(Serialize)]
struct SecondView {
    form: FormView,
    /// What the person can prove it with.
    ways: Ways,
    /// Whether browsers offer passkeys here.
    offered: bool,
    /// Where it goes on.
    next: String,
}

impl View for SecondView {
    const TEMPLATE: &'static str = "account/second.html";
    const TITLE: &'static str = "second-title";
}

pub(super) fn samples() -> Vec<(&'static str, Value)> {
    let sample = |apps: i64, passkeys: i64, codes: i64| {
        json!({ "form": FormView::default(), "ways": Ways { apps, passkeys, codes },
                "offered": passkeys > 0, "next": "/" })
    };
    [(1, 0, 10), (0, 1, 0), (1, 1, 1)]
        .map(|(apps, passkeys, codes)| (SecondView::TEMPLATE, sample(apps, passkeys, codes)))
        .to_vec()
}

async fn view(ctx: &Ctx, pending: &Pending, invalid: &Invalid) -> Result<SecondView> {
    let person = pending.person_id;
    let form = Form::default().view_with(ctx.language, invalid);
    let ways = ctx.read(move |c, _| factor::ways(c, person)).await?;
    let offered = passkey::offered(&ctx.portal.settings);
    Ok(SecondView { form, ways, offered, next: pending.next.clone() })
}

/// Shows the page; a sign-in that is over begins anew.
async fn show(ctx: Ctx) -> Result<HttpResponse> {
    match arrival::pending(&ctx).await {
        Ok(pending) => {
            let view = view(&ctx, &pending, &Invalid::default()).await?;
            ctx.page(&view)
        }
        Err(Error::SignIn) => Ok(ctx.see_other("/sign-in", "")),
        Err(error) => Err(error),
    }
}

/// Takes a code. A guess is counted before it is looked at.
async fn prove(ctx: Ctx, form: Form) -> Result<HttpResponse> {
    let pending = match arrival::pending(&ctx).await {
        Ok(pending) => pending,
        Err(Error::SignIn) => return Ok(ctx.see_other("/sign-in", "")),
        Err(error) => return Err(error),
    };
    let typed = form.value("code").trim().to_owned();
    if typed.is_empty() {
        return again(&ctx, &pending, "error-required").await;
    }
    let next = pending.next.clone();
    let (person_id, waiting) = (pending.person_id, pending.clone());
    let (person, counter) = ctx
        .write(move |tx, ctx| {
            let person = store::person(tx.connection, person_id)?;
            let counter = guess::counter(tx, ctx, "code", &person.email, Some(person.id))?;
            guess::attempt(tx, &counter)?;
            Ok((person, counter))
        })
        .await?;
    let arrived = ctx
        .write(move |tx, ctx| {
            if factor::prove(tx, ctx, &person, &typed)?.is_none() {
                let account = refused::account(&ctx.portal, &person.email);
                let person = Some(person.id);
                let refused = Refused { method: "code", account, person, reason: "wrong" };
                refused::tell(tx, &refused)?;
                return Ok(None);
            }
            guess::right(tx, &counter)?;
            arrival::complete(tx, ctx, &waiting).map(Some)
        })
        .await?;
    match arrived {
        Some(arrival) => Ok(arrival.answer(&ctx, &next)),
        None => again(&ctx, &pending, "second-error-code").await,
    }
}

/// The page again; a code is never sent back.
async fn again(ctx: &Ctx, pending: &Pending, key: &'static str) -> Result<HttpResponse> {
    let view = view(ctx, pending, &Invalid::at("code", Message::new(key))).await?;
    ctx.invalid(&view)
}
