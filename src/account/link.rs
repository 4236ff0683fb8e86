//! A link by mail in place of the password: for a contractor's people who have a second factor,
//! which is asked for next.
//!
//! Who asks gets the same answer in the same time, whatever the address: a job looks it up. What
//! opens links by itself, such as the mail filter of an office, uses nothing up: the page behind the
//! link has a button.

use actix_web::HttpResponse;
use actix_web::web::{Path, Query};
use chrono::Duration;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::arrival::{Method, Proof, arrive};
use super::link_store::{self as rows, LinkId};
use super::model::Person;
use super::session::local_path;
use super::store::{self, Membership};
use super::{factor, guess, identity, mail};
use crate::actor::Actor;
use crate::database::types::{id_text, uuid_at};
use crate::database::{Connection, Tx};
use crate::error::{Error, Result};
use crate::event::{self, EventKind, NewEvent};
use crate::job::{self, Job, NewJob, Registry};
use crate::ledger::{self, NewEntry};
use crate::secret::sealed;
use crate::web::token::{self, Purpose};
use crate::web::{Access, Ctx, Fields, Form, FormView, Invalid, Language, Portal, Route, View};

/// How long a link counts, and how late it is still sent.
const LIFE: Duration = Duration::minutes(15);
/// The job that looks an address up and sends.
const SEND: &str = "account.link";
/// Under which label the address is sealed until then.
const LABEL: &str = "sign-in link asked for";

/// The routes of links by mail.
pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get("/sign-in/link", Access::Public, show),
        Route::post("/sign-in/link", Access::Public, ask).without_entry(),
        Route::get("/sign-in/link/{token}", Access::Public, open),
        Route::post("/sign-in/link/{token}", Access::Public, enter).without_entry(),
    ]
}

/// The registry with what sends links.
#[must_use]
pub fn jobs(registry: Registry) -> Registry {
    registry.with(SEND, send)
}

/// The page on which a link is asked for.
#[derive(Serialize)]
struct AskView {
    form: FormView,
    next: String,
    minutes: i64,
}

impl View for AskView {
    const TEMPLATE: &'static str = "account/link.html";
    const TITLE: &'static str = "link-title";
}

/// The page behind a link.
#[derive(Serialize)]
struct OpenView {
    token: String,
}

impl View for OpenView {
    const TEMPLATE: &'static str = "account/link_open.html";
    const TITLE: &'static str = "link-open-title";
}

pub(super) fn samples() -> Vec<(&'static str, Value)> {
    vec![
        (
            AskView::TEMPLATE,
            json!({ "form": FormView::default(), "next": "/", "minutes": LIFE.num_minutes() }),
        ),
        (OpenView::TEMPLATE, json!({ "token": "x" })),
    ]
}

/// In which organisation somebody comes in by a link: a member of contractors alone, who has a
/// second factor, and whose organisation doesn't sign its people in by itself.
fn entrance(c: &mut Connection, person: &Person) -> Result<Option<Membership>> {
    let all = store::memberships(c, person.id)?;
    let of_contractors = all.iter().all(|of| !of.role.is_principal());
    if person.disabled_at.is_some() || !of_contractors || !factor::ways(c, person.id)?.any() {
        return Ok(None);
    }
    Ok(identity::by_password(c, all)?.into_iter().next())
}

#[derive(Deserialize)]
struct Next {
    #[serde(default)]
    next: String,
}

fn view(ctx: &Ctx, form: &Form, next: &str, invalid: &Invalid) -> AskView {
    let form = form.view_with(ctx.language, invalid);
    AskView { form, next: local_path(next), minutes: LIFE.num_minutes() }
}

/// Shows the page.
async fn show(ctx: Ctx, query: Query<Next>) -> Result<HttpResponse> {
    ctx.page(&view(&ctx, &Form::default(), &query.next, &Invalid::default()))
}

/// Takes the address. Asking is counted as guessing is: nobody's mailbox is filled.
async fn ask(ctx: Ctx, form: Form) -> Result<HttpResponse> {
    let next = local_path(form.value("next"));
    let mut fields = Fields::of(&form);
    let email = fields.email("email");
    let email = match fields.finish(|| email) {
        Ok(email) => email,
        Err(invalid) => return ctx.invalid(&view(&ctx, &form, &next, &invalid)),
    };
    ctx.write(move |tx, ctx| {
        let person = store::person_by_email(tx.connection, &email)?.map(|person| person.id);
        let counter = guess::counter(tx, ctx, "link", &email, person)?;
        guess::attempt(tx, &counter)?;
        enqueue(tx, &ctx.portal, &email, &next)
    })
    .await?;
    Ok(ctx.see_other("/sign-in/link", "done-link-asked"))
}

fn enqueue(tx: &mut Tx<'_>, portal: &Portal, email: &str, next: &str) -> Result<()> {
    let unique_key = format!("{SEND}:{}", id_text(&uuid_at(tx.now)));
    let email = sealed::seal(&portal.secret, LABEL, &unique_key, email.as_bytes())?;
    let payload = json!({ "email": email, "next": next, "until": tx.now + LIFE });
    let (tenant_id, kind, run_at) = (None, SEND, tx.now);
    job::enqueue(tx, &NewJob { tenant_id, kind, unique_key: &unique_key, payload, run_at })?;
    Ok(())
}

/// Sends the link that was asked for, where there is somebody to send it to.
fn send(portal: &Portal, job: &Job) -> Result<()> {
    #[derive(Deserialize)]
    struct Asked {
        email: String,
        next: String,
        until: crate::clock::Timestamp,
    }
    let asked: Asked = serde_json::from_value(job.payload.0.clone())?;
    let plain = sealed::open(&portal.secret, LABEL, &job.unique_key, &asked.email)?;
    let email = String::from_utf8(plain).map_err(Error::internal)?;
    let ctx = Ctx::outside(portal.clone(), Actor::System, Language::Ja);
    if ctx.now >= asked.until {
        return Ok(());
    }
    ctx.write_now(|tx, ctx| {
        let Some(person) = store::person_by_email(tx.connection, &email)? else {
            return Ok(());
        };
        let Some(of) = entrance(tx.connection, &person)? else { return Ok(()) };
        let id = rows::create(tx, person.id, &asked.next, LIFE)?;
        let (secret, expires) = (&ctx.portal.secret, tx.now + LIFE);
        let token = token::issue(secret, Purpose::Link, id.as_str(), tx.now, expires)?;
        let path = format!("/sign-in/link/{token}");
        mail::link(tx, &ctx.portal.settings, &person, "sign_in", &path, LIFE.num_minutes())?;
        let new = NewEntry {
            tenant_id: of.tenant_id,
            act: "account.link_sent",
            subject_kind: "person",
            subject_id: person.id.as_str(),
            entrustment_id: None,
            details: vec![],
        };
        ledger::append(tx, new)
    })
}

/// The link that a token names.
fn named(ctx: &Ctx, token: &str) -> Option<LinkId> {
    token::subject(&ctx.portal.secret, Purpose::Link, token, ctx.now)?.parse().ok()
}

/// Shows the button; nothing is used up by looking.
async fn open(ctx: Ctx, token: Path<String>) -> Result<HttpResponse> {
    let token = token.into_inner();
    let id = named(&ctx, &token).ok_or(Error::Gone("error-sign-in-link"))?;
    let found = ctx.read(move |c, ctx| rows::find(c, id, ctx.now)).await?;
    found.ok_or(Error::Gone("error-sign-in-link"))?;
    ctx.page(&OpenView { token })
}

/// Uses the link up, and goes on to the second factor.
async fn enter(ctx: Ctx, token: Path<String>, _form: Form) -> Result<HttpResponse> {
    let id = named(&ctx, &token);
    let arrived = ctx
        .write(move |tx, ctx| {
            let found = match id {
                Some(id) => rows::find(tx.connection, id, tx.now)?,
                None => None,
            };
            let (Some(id), Some((person, next))) = (id, found) else {
                return refuse(tx).map(|()| None);
            };
            let person = store::person(tx.connection, person)?;
            let Some(of) = entrance(tx.connection, &person)? else {
                return refuse(tx).map(|()| None);
            };
            if !rows::use_up(tx, person.id, id)? {
                return refuse(tx).map(|()| None);
            }
            let proof = Proof { method: Method::Link, complete: false };
            let arrival = arrive(tx, ctx, person.id, Some(of.tenant_id), proof, &next)?;
            Ok(arrival.map(|arrival| (arrival, next)))
        })
        .await?;
    let (arrival, next) = arrived.ok_or(Error::Gone("error-sign-in-link"))?;
    Ok(arrival.answer(&ctx, &next))
}

/// Tells of a link that doesn't count, or no longer.
fn refuse(tx: &mut Tx<'_>) -> Result<()> {
    let reason = "link";
    event::tell(tx, NewEvent { reason, ..NewEvent::new(EventKind::SignInRefused) })
}
