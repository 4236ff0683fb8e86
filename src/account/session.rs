//! Signing in with mail address and password, signing out, and choosing the language.

use actix_web::HttpResponse;
use actix_web::cookie::Cookie;
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::web::Query;
use chrono::Duration;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::arrival::{self, Method, Proof};
use super::factor::passkey;
use super::identity;
use super::password::verify_password;
use super::refused::{self, Refused};
use super::{guess, store};
use crate::actor::{Actor, Member, MembershipId, OrganisationId, PersonId, SessionId};
use crate::clock::Timestamp;
use crate::database::{Connection, Scope, Tx};
use crate::error::{Error, Result};
use crate::ledger::{self, NewEntry};
use crate::organisation::AccessRules;
use crate::web::cookie::{self, Name};
use crate::web::{
    Access, Ctx, Ends, Fields, Form, FormView, Invalid, Language, Message, Portal, Route, View,
};

/// How often a session's use is written down.
const TOUCH_EVERY: Duration = Duration::minutes(1);

/// The routes of signing in and out.
pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get("/sign-in", Access::Public, show),
        Route::post("/sign-in", Access::Public, sign_in).without_entry().costly(),
        Route::post("/sign-out", Access::Session, sign_out).without_entry().while_enrolling(),
        Route::post("/session/keep", Access::Session, keep).without_entry().while_enrolling(),
        Route::post("/language", Access::Public, choose_language).without_entry(),
    ]
}

/// The sign-in page.
#[derive(Debug, Serialize)]
struct SignInView {
    form: FormView,
    next: String,
    /// Whether browsers offer passkeys here.
    passkeys: bool,
}

impl View for SignInView {
    const TEMPLATE: &'static str = "account/sign_in.html";
    const TITLE: &'static str = "sign-in-title";
}

pub(super) fn samples() -> Vec<(&'static str, Value)> {
    vec![(
        SignInView::TEMPLATE,
        json!({ "form": FormView::default(), "next": "/", "passkeys": true }),
    )]
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
    let passkeys = passkey::offered(&ctx.portal.settings);
    ctx.page(&SignInView { form: Form::default().view(ctx.language), next, passkeys })
}

/// Takes mail address and password: a right one opens a session in the person's first membership,
/// or leads to the question for the second factor. A guess is counted before it is looked at.
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
    let account = refused::account(&ctx.portal, &email);
    let (person, counter) = ctx
        .write(move |tx, ctx| {
            let person = store::person_by_email(tx.connection, &email)?;
            let id = person.as_ref().map(|person| person.id);
            let counter = guess::counter(tx, ctx, "password", &email, id)?;
            guess::attempt(tx, &counter)?;
            Ok((person, counter))
        })
        .await?;
    let whose = person.as_ref().map(|person| person.id);
    let why_not = match &person {
        None => "unknown",
        Some(person) if person.disabled_at.is_some() => "disabled",
        Some(_) => "wrong",
    };
    let refused = move |reason| Refused {
        method: "password",
        account: account.clone(),
        person: whose,
        reason,
    };
    let person = person.filter(|person| person.disabled_at.is_none());
    let hash = person.as_ref().and_then(|person| person.password_hash.clone());
    let right = verify_password(password, hash).await?;
    let to = next.clone();
    let arrived = ctx
        .write(move |tx, ctx| {
            let Some(person) = person.filter(|_| right) else {
                refused::tell(tx, &refused(why_not))?;
                return Ok(None);
            };
            guess::right(tx, &counter)?;
            let all = store::memberships(tx.connection, person.id)?;
            let member = !all.is_empty();
            let Some(of) = identity::by_password(tx.connection, all)?.into_iter().next() else {
                refused::tell(tx, &refused(if member { "organisation" } else { "no_membership" }))?;
                return Ok(member.then_some(Err("error-sign-in-organisation")));
            };
            let proof = Proof { method: Method::Password, complete: false };
            Ok(arrival::arrive(tx, ctx, person.id, Some(of.tenant_id), proof, &to)?.map(Ok))
        })
        .await?;
    let why = match arrived {
        Some(Ok(arrival)) => return Ok(arrival.answer(&ctx, &next)),
        // Said only to whoever knows the password.
        Some(Err(why)) => why,
        None => "error-sign-in",
    };
    again(&ctx, &form, next, &Invalid::at("email", Message::new(why)))
}

fn again(ctx: &Ctx, form: &Form, next: String, invalid: &Invalid) -> Result<HttpResponse> {
    let mut view = form.view_with(ctx.language, invalid);
    // A password is never sent back.
    view.fields.entry("password".into()).and_modify(|field| field.value = None);
    let passkeys = passkey::offered(&ctx.portal.settings);
    ctx.invalid(&SignInView { form: view, next, passkeys })
}

pub(super) fn with_cookie(mut answer: HttpResponse, cookie: &Cookie<'static>) -> HttpResponse {
    // The value is a token of our own making: it always fits a header.
    let _ = answer.add_cookie(cookie);
    answer
}

/// Opens a session in a person's first membership, for whoever the operator vouches for.
///
/// # Errors
/// [`Error::NotFound`] when the person is a member of nothing.
pub fn open_session(tx: &mut Tx<'_>, portal: &Portal, person: PersonId) -> Result<Cookie<'static>> {
    let first = store::memberships(tx.connection, person)?.into_iter().next();
    let proof = Proof { method: Method::Operator, complete: true };
    let (cookie, _) = arrival::open(tx, portal, person, first.ok_or(Error::NotFound)?, proof)?;
    Ok(cookie)
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
    let member = store::member(connection, person, SessionId::new(now), now)?;
    Ok(Actor::Member(Box::new(member)))
}

/// Who has a membership, as long as it counts and without a session: for what was made by a member
/// and lasts as long.
///
/// # Errors
/// Those of the database.
pub fn member_of_membership(
    connection: &mut Connection,
    tenant: OrganisationId,
    membership: MembershipId,
    now: Timestamp,
) -> Result<Option<Member>> {
    store::member_of(connection, tenant, membership, now)
}

/// Ends the session on the server and in the browser.
async fn sign_out(ctx: Ctx, _form: Form) -> Result<HttpResponse> {
    let elsewhere = ctx
        .write(|tx, ctx| {
            let member = ctx.member()?;
            let session = member.session_id;
            store::end_session(tx, session)?;
            ledger::append(
                tx,
                NewEntry {
                    tenant_id: member.organisation_id,
                    act: "session.signed_out",
                    subject_kind: "person",
                    subject_id: member.person_id.as_str(),
                    entrustment_id: None,
                    details: Vec::new(),
                },
            )?;
            identity::opened(tx.connection, session)
        })
        .await?;
    let gone = cookie::remove(Name::Session, &ctx.portal.settings);
    let message = if elsewhere { "identity-signed-out" } else { "done-signed-out" };
    let mut answer = with_cookie(ctx.see_other("/sign-in", message), &gone);
    // What was typed and kept in the browser goes too (drafts of reports).
    let stored = HeaderValue::from_static("\"storage\"");
    answer.headers_mut().insert(HeaderName::from_static("clear-site-data"), stored);
    Ok(answer)
}

/// Counts as use, for somebody who is still there but asks for no page.
async fn keep(ctx: Ctx, _form: Form) -> Result<HttpResponse> {
    ctx.write(|tx, ctx| store::touch_session(tx, ctx.member()?.session_id)).await?;
    Ok(HttpResponse::NoContent().finish())
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
pub(super) fn local_path(path: &str) -> String {
    let local = path.starts_with('/')
        && !path.starts_with("//")
        && !path.contains(['\\', '\r', '\n'])
        && !path.starts_with("/sign-");
    if local { path.to_owned() } else { "/".to_owned() }
}

/// The member of a session that still counts, and when it ends. Given to the guard.
///
/// # Errors
/// Those of the database.
pub fn identify(
    portal: &Portal,
    session: SessionId,
    now: Timestamp,
) -> Result<Option<(Member, Ends)>> {
    let found = {
        // Whose session it is isn't known before it is read.
        let mut loan = portal.database.reader(&Scope::everything())?;
        store::member_of_session(&mut loan, session, now)?
    };
    let Some(found) = found else {
        return Ok(None);
    };
    let unused = idle_limit(found.idle_minutes);
    if now >= found.expires || now - found.seen >= unused {
        // For good: a clock that is set back doesn't bring it back.
        portal
            .database
            .write(&Actor::System, now, Language::Ja, |tx| store::end_session(tx, session))?;
        return Ok(None);
    }
    let mut seen = found.seen;
    if now - seen >= TOUCH_EVERY {
        portal
            .database
            .write(&Actor::System, now, Language::Ja, |tx| store::touch_session(tx, session))?;
        seen = now;
    }
    let ends = Ends { idle: (seen + unused).min(found.expires), at_last: found.expires, unused };
    Ok(Some((found.member, ends)))
}

/// How long a session may stay unused, by its organisation's rule or the default.
pub(super) fn idle_limit(minutes: Option<i32>) -> Duration {
    let minutes = minutes.unwrap_or(AccessRules::default().idle_minutes);
    Duration::minutes(i64::from(minutes))
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
