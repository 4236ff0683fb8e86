//! Signing in with mail address and password, signing out, and choosing the language.

use actix_web::HttpResponse;
use actix_web::cookie::Cookie;
use actix_web::web::Query;
use chrono::Duration;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::password::verify_password;
use super::store::{self, Membership};
use crate::actor::{Actor, Member, PersonId, SessionId};
use crate::clock::Timestamp;
use crate::database::{Connection, Scope, Tx};
use crate::error::{Error, Result};
use crate::ledger::{self, NewEntry};
use crate::storage::sha256;
use crate::web::cookie::{self, Name};
use crate::web::token::{self, Purpose};
use crate::web::{
    Access, Ctx, Fields, Form, FormView, Invalid, Language, Message, Portal, Route, View,
};

/// The longest that a session lasts.
const LIFE: Duration = Duration::hours(12);
/// The longest that it lasts unused.
const IDLE: Duration = Duration::hours(2);
/// How often its use is written down.
const TOUCH_EVERY: Duration = Duration::minutes(5);
/// Wrong guesses an hour at one account.
const MOST_ATTEMPTS: i64 = 10;

/// The routes of signing in and out.
pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get("/sign-in", Access::Public, show),
        Route::post("/sign-in", Access::Public, sign_in).without_entry(),
        Route::post("/sign-out", Access::Session, sign_out).without_entry(),
        Route::post("/language", Access::Public, choose_language).without_entry(),
    ]
}

/// The sign-in page.
#[derive(Debug, Serialize)]
struct SignInView {
    form: FormView,
    next: String,
}

impl View for SignInView {
    const TEMPLATE: &'static str = "account/sign_in.html";
    const TITLE: &'static str = "sign-in-title";
}

pub(super) fn samples() -> Vec<(&'static str, Value)> {
    vec![(SignInView::TEMPLATE, json!({ "form": FormView::default(), "next": "/" }))]
}

#[derive(Deserialize)]
struct Next {
    #[serde(default)]
    next: String,
}

/// Shows the page; who is signed in already goes on.
async fn show(ctx: Ctx, query: Query<Next>) -> Result<HttpResponse> {
    let next = local_path(&query.next);
    if ctx.actor.member().is_some() {
        return Ok(ctx.see_other(&next, ""));
    }
    ctx.page(&SignInView { form: Form::default().view(ctx.language), next })
}

/// Signs a person in: a right password opens a session in the person's first membership.
async fn sign_in(ctx: Ctx, form: Form) -> Result<HttpResponse> {
    let next = local_path(form.value("next"));
    let mut fields = Fields::of(&form);
    let email = fields.email("email");
    let password = form.value("password").to_owned();
    fields.check(!password.is_empty(), "password", "error-required");
    let email = match fields.finish(|| email) {
        Ok(email) => email,
        Err(invalid) => return again(&ctx, &form, next, &invalid),
    };
    let account_key = sha256(email.as_bytes());
    let (person, tries) = {
        let key = account_key.clone();
        ctx.read(move |c, ctx| {
            let tries = store::attempts(c, &key, ctx.now - Duration::hours(1))?;
            Ok((store::person_by_email(c, &email)?, tries))
        })
        .await?
    };
    if tries >= MOST_ATTEMPTS {
        return Err(Error::TooMany);
    }
    let hash =
        person.as_ref().filter(|p| p.disabled_at.is_none()).and_then(|p| p.password_hash.clone());
    let right = verify_password(password, hash).await?;
    let opened = ctx
        .write(move |tx, ctx| {
            let Some(person) = person.filter(|_| right) else {
                store::note_attempt(tx, &account_key)?;
                return Ok(None);
            };
            store::forget_attempts(tx, &account_key)?;
            let first = store::memberships(tx.connection, person.id)?.into_iter().next();
            match first {
                Some(membership) => open(tx, &ctx.portal, person.id, membership).map(Some),
                None => Ok(None),
            }
        })
        .await?;
    if let Some(cookie) = opened {
        return Ok(with_cookie(ctx.see_other(&next, ""), &cookie));
    }
    let invalid = Invalid::at("email", Message::new("error-sign-in"));
    again(&ctx, &form, next, &invalid)
}

fn again(ctx: &Ctx, form: &Form, next: String, invalid: &Invalid) -> Result<HttpResponse> {
    let mut view = form.view_with(ctx.language, invalid);
    // A password is never sent back.
    view.fields.entry("password".into()).and_modify(|field| field.value = None);
    ctx.invalid(&SignInView { form: view, next })
}

fn with_cookie(mut answer: HttpResponse, cookie: &Cookie<'static>) -> HttpResponse {
    // The value is a token of our own making: it always fits a header.
    let _ = answer.add_cookie(cookie);
    answer
}

/// Opens a session for a person's membership and gives its cookie.
///
/// # Errors
/// Those of the database.
fn open(
    tx: &mut Tx<'_>,
    portal: &Portal,
    person: PersonId,
    of: Membership,
) -> Result<Cookie<'static>> {
    let session = store::create_session(tx, person, of, LIFE)?;
    ledger::append(
        tx,
        NewEntry {
            tenant_id: of.tenant_id,
            act: "session.opened",
            subject_kind: "person",
            subject_id: person.as_str(),
            entrustment_id: None,
            details: vec![("role", json!(of.role))],
        },
    )?;
    let expires = tx.now + LIFE;
    let token = token::issue(&portal.secret, Purpose::Session, session.as_str(), tx.now, expires)?;
    Ok(cookie::make(Name::Session, token, &portal.settings))
}

/// Opens a session in a person's first membership, for whoever has proved to be that person.
///
/// # Errors
/// [`Error::NotFound`] when the person is a member of nothing.
pub fn open_session(tx: &mut Tx<'_>, portal: &Portal, person: PersonId) -> Result<Cookie<'static>> {
    let first = store::memberships(tx.connection, person)?.into_iter().next();
    open(tx, portal, person, first.ok_or(Error::NotFound)?)
}

/// A person as an actor without a session: for the demonstration and the command line.
///
/// # Errors
/// [`Error::Forbidden`] for anybody but the operator; [`Error::NotFound`] for a member of nothing.
pub fn act_as(
    connection: &mut Connection,
    actor: &Actor,
    person: PersonId,
    now: Timestamp,
) -> Result<Actor> {
    if !matches!(actor, Actor::Operator) {
        return Err(Error::Forbidden("operator"));
    }
    let member = store::member(connection, person, SessionId::new(now))?;
    Ok(Actor::Member(Box::new(member)))
}

/// Ends the session on the server and in the browser.
async fn sign_out(ctx: Ctx, _form: Form) -> Result<HttpResponse> {
    ctx.write(|tx, ctx| store::end_session(tx, ctx.member()?.session_id)).await?;
    let gone = cookie::remove(Name::Session, &ctx.portal.settings);
    Ok(with_cookie(ctx.see_other("/sign-in", "done-signed-out"), &gone))
}

/// Keeps the language in a cookie and goes back to where the reader was.
async fn choose_language(ctx: Ctx, form: Form) -> Result<HttpResponse> {
    let Ok(language) = form.value("language").parse::<Language>() else {
        return Err(Error::BadRequest("language"));
    };
    let cookie = cookie::make(Name::Language, language.as_str().to_owned(), &ctx.portal.settings);
    Ok(with_cookie(ctx.see_other(&local_path(form.value("return_to")), ""), &cookie))
}

/// A path of ours, or the home page: a redirect never leaves the portal.
fn local_path(path: &str) -> String {
    let local = path.starts_with('/')
        && !path.starts_with("//")
        && !path.contains(['\\', '\r', '\n'])
        && !path.starts_with("/sign-");
    if local { path.to_owned() } else { "/".to_owned() }
}

/// The member of a session that still counts. Given to the guard.
///
/// # Errors
/// Those of the database.
pub fn identify(portal: &Portal, session: SessionId, now: Timestamp) -> Result<Option<Member>> {
    let found = {
        // Whose session it is isn't known before it is read.
        let mut loan = portal.database.reader(&Scope::everything())?;
        store::member_of_session(&mut loan, session, now, now - IDLE)?
    };
    let Some((member, seen)) = found else {
        return Ok(None);
    };
    if now - seen > TOUCH_EVERY {
        portal
            .database
            .write(&Actor::System, now, Language::Ja, |tx| store::touch_session(tx, session))?;
    }
    Ok(Some(member))
}

#[cfg(test)]
mod tests {
    use super::local_path;

    #[test]
    fn a_redirect_never_leaves_the_portal() {
        for foreign in ["https://x.example", "//x.example", "/\\x.example", "", "x", "/a\r\nb"] {
            assert_eq!(local_path(foreign), "/", "{foreign:?}");
        }
        assert_eq!(local_path("/entrustments?page=2"), "/entrustments?page=2");
    }
}
