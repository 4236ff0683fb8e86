//! The second step of signing in: a code of the app, or a recovery code.

use actix_web::HttpResponse;
use serde::Serialize;
use serde_json::{Value, json};

use super::factor::{self, Ways};
use super::{arrival, guess, store};
use crate::actor::PersonId;
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
}

impl View for SecondView {
    const TEMPLATE: &'static str = "account/second.html";
    const TITLE: &'static str = "second-title";
}

pub(super) fn samples() -> Vec<(&'static str, Value)> {
    let sample = |apps: i64, codes: i64| {
        json!({ "form": FormView::default(), "ways": Ways { apps, codes } })
    };
    vec![(SecondView::TEMPLATE, sample(1, 10)), (SecondView::TEMPLATE, sample(0, 0))]
}

async fn view(ctx: &Ctx, person: PersonId, invalid: &Invalid) -> Result<SecondView> {
    let form = Form::default().view_with(ctx.language, invalid);
    let ways = ctx.read(move |c, _| factor::ways(c, person)).await?;
    Ok(SecondView { form, ways })
}

/// Shows the page; a sign-in that is over begins anew.
async fn show(ctx: Ctx) -> Result<HttpResponse> {
    match arrival::pending(&ctx).await {
        Ok(pending) => {
            let view = view(&ctx, pending.person_id, &Invalid::default()).await?;
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
        return again(&ctx, pending.person_id, "error-required").await;
    }
    let next = pending.next.clone();
    let person_id = pending.person_id;
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
                return Ok(None);
            }
            guess::right(tx, &counter)?;
            arrival::complete(tx, ctx, &pending).map(Some)
        })
        .await?;
    match arrived {
        Some(arrival) => Ok(arrival.answer(&ctx, &next)),
        None => again(&ctx, person_id, "second-error-code").await,
    }
}

/// The page again; a code is never sent back.
async fn again(ctx: &Ctx, person: PersonId, key: &'static str) -> Result<HttpResponse> {
    let view = view(ctx, person, &Invalid::at("code", Message::new(key))).await?;
    ctx.invalid(&view)
}
