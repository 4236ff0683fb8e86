//! A person's own account: who one is, the language of mails, the password.

use actix_web::HttpResponse;
use serde_json::Value;

use super::factor::views::{AccountView, AppView, PasswordView};
use super::factor::{self, Change};
use super::password::{self, hash_password, verify_password};
use super::{guess, refused, step_up, store};
use crate::error::Result;
use crate::web::{Access, Choice, Ctx, Fields, Form, Invalid, Language, Message, Route};

/// The routes of one's own account.
pub(super) fn routes() -> Vec<Route> {
    const OWN: Access = Access::Session;
    vec![
        Route::get("/account", OWN, show),
        Route::post("/account/language", OWN, choose_language).without_entry(),
        Route::get("/account/password", OWN, new_password),
        Route::post("/account/password", OWN, change_password).stepped_up(),
    ]
}

/// A sample of each page.
pub(super) fn samples() -> Vec<(&'static str, Value)> {
    factor::views::samples()
}

async fn account_view(ctx: &Ctx, invalid: &Invalid) -> Result<AccountView> {
    let invalid = invalid.clone();
    ctx.read(move |c, ctx| {
        let person = store::person(c, ctx.member()?.person_id)?;
        let form = Form::from_pairs([("language", person.language.clone())]);
        let apps = factor::apps(c, person.id)?;
        Ok(AccountView {
            form: form.view_with(ctx.language, &invalid),
            languages: Choice::words(ctx.language, "language-", &[Language::Ja, Language::En]),
            ways: factor::ways(c, person.id)?,
            demanded: factor::demanded(c, person.id)?,
            apps: apps.into_iter().map(AppView::of).collect(),
            name: person.name,
            email: person.email,
        })
    })
    .await
}

/// Shows the account.
async fn show(ctx: Ctx) -> Result<HttpResponse> {
    let view = account_view(&ctx, &Invalid::default()).await?;
    ctx.page(&view)
}

/// Sets the language of mails.
async fn choose_language(ctx: Ctx, form: Form) -> Result<HttpResponse> {
    let mut fields = Fields::of(&form);
    let language = fields.word::<Language>("language");
    match fields.finish(|| language) {
        Ok(language) => {
            ctx.write(move |tx, ctx| {
                store::set_language(tx, ctx.member()?.person_id, language.as_str())
            })
            .await?;
            Ok(ctx.see_other("/account", "done-saved"))
        }
        Err(invalid) => {
            let view = account_view(&ctx, &invalid).await?;
            ctx.invalid(&view)
        }
    }
}

fn password_view(ctx: &Ctx, invalid: &Invalid) -> PasswordView {
    PasswordView {
        form: Form::default().view_with(ctx.language, invalid),
        min_length: password::MIN_LENGTH,
    }
}

/// Shows the form for a new password.
async fn new_password(ctx: Ctx) -> Result<HttpResponse> {
    ctx.page(&password_view(&ctx, &Invalid::default()))
}

/// Changes the password with the old one, and ends the person's other sessions.
async fn change_password(ctx: Ctx, form: Form) -> Result<HttpResponse> {
    let (person, words, counter) = ctx
        .write(|tx, ctx| {
            let person = store::person(tx.connection, ctx.member()?.person_id)?;
            factor::own_session(tx, ctx)?;
            let words = password::words_about(tx.connection, &person)?;
            let counter = guess::counter(tx, ctx, "password", &person.email, Some(person.id))?;
            guess::admit(tx, &counter)?;
            Ok((person, words, counter))
        })
        .await?;
    let mut invalid = password::chosen(&form, &words);
    if invalid.errors.is_empty() {
        let noted = counter.clone();
        ctx.write(move |tx, _| guess::wrong(tx, &noted)).await?;
        let old = form.value("old_password").to_owned();
        if !verify_password(old, person.password_hash.clone()).await? {
            ctx.write(|tx, _| refused::tell_no_proof(tx, "password", "wrong")).await?;
            invalid = Invalid::at("old_password", Message::new("error-password-wrong"));
        }
    }
    if !invalid.errors.is_empty() {
        return ctx.invalid(&password_view(&ctx, &invalid));
    }
    let hash = hash_password(form.value("password").to_owned()).await?;
    let arrival = ctx
        .write(move |tx, ctx| {
            guess::right(tx, &counter)?;
            store::set_password(tx, person.id, &hash)?;
            factor::tell(tx, &ctx.portal.settings, &person, Change::PasswordChanged, &[])?;
            let (arrival, session) = step_up::renew(tx, ctx, false)?;
            factor::end_others(tx, person.id, Some(session))?;
            Ok(arrival)
        })
        .await?;
    let mut answer = ctx.see_other("/account", "done-password");
    arrival.give(&mut answer);
    Ok(answer)
}
