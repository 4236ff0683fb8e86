//! Asking, entering an answer, sending the link, and closing the risk.

use actix_web::HttpResponse;
use actix_web::web::Path;

use super::show::again;
use super::{Key, load, path};
use crate::database::Tx;
use crate::error::Result;
use crate::incident::wrong_recipient::form::{Answered, Asking, reason};
use crate::incident::wrong_recipient::{link as links, mail, policy, store};
use crate::web::{Ctx, Fields, Form, Invalid, Message, Refused};

/// What a change came to.
pub(in crate::incident) type Done = Result<Result<(), Invalid>>;

/// Back to the page, or the page again with what was typed.
async fn shown(
    ctx: &Ctx,
    key: Key,
    done: Done,
    form: Form,
    (which, field, message): (&'static str, &str, &'static str),
) -> Result<HttpResponse> {
    match Refused::of(done, field)? {
        None => Ok(ctx.see_other(&path(key), message)),
        Some(refused) => again(ctx, key, (which, form, refused)).await,
    }
}

/// Enters that somebody asked.
pub(super) async fn ask(ctx: Ctx, key: Path<Key>, form: Form) -> Result<HttpResponse> {
    let key = key.into_inner();
    let typed = form.clone();
    let done = ctx.write(move |tx, ctx| ask_now(tx, ctx, key, &typed)).await;
    let words = ("asking", "wrong_asked_on", "done-incident-wrong-asked");
    shown(&ctx, key, done, form, words).await
}

pub(in crate::incident) fn ask_now(tx: &mut Tx<'_>, ctx: &Ctx, key: Key, form: &Form) -> Done {
    let (case, recipient) = load(tx.connection, ctx, key)?;
    let matter = policy::work(tx.connection, tx.actor, case, recipient)?;
    match Asking::parse(form, tx.now) {
        Ok(asking) => store::ask(tx, &matter, Fields::of(form).version(), &asking).map(Ok),
        Err(invalid) => Ok(Err(invalid)),
    }
}

/// Enters an answer.
pub(super) async fn answer(ctx: Ctx, key: Path<Key>, form: Form) -> Result<HttpResponse> {
    let key = key.into_inner();
    let typed = form.clone();
    let done = ctx.write(move |tx, ctx| answer_now(tx, ctx, key, &typed)).await;
    let words = ("answer", "wrong_seen", "done-incident-wrong-answered");
    shown(&ctx, key, done, form, words).await
}

pub(in crate::incident) fn answer_now(tx: &mut Tx<'_>, ctx: &Ctx, key: Key, form: &Form) -> Done {
    let (case, recipient) = load(tx.connection, ctx, key)?;
    let matter = policy::work(tx.connection, tx.actor, case, recipient)?;
    match Answered::parse(form, tx.now) {
        Ok(new) => store::answer(tx, &matter, Fields::of(form).version(), &new).map(Ok),
        Err(invalid) => Ok(Err(invalid)),
    }
}

/// Sends the link for a written confirmation. The older one counts no more.
pub(super) async fn link(ctx: Ctx, key: Path<Key>, form: Form) -> Result<HttpResponse> {
    let key = key.into_inner();
    let typed = form.clone();
    let done = ctx.write(move |tx, ctx| link_now(tx, ctx, key, &typed)).await;
    let words = ("link", "wrong_email", "done-incident-wrong-link-sent");
    shown(&ctx, key, done, form, words).await
}

fn link_now(tx: &mut Tx<'_>, ctx: &Ctx, key: Key, form: &Form) -> Done {
    let (case, recipient) = load(tx.connection, ctx, key)?;
    let matter = policy::work(tx.connection, tx.actor, case, recipient)?;
    if matter.2.email.is_empty() {
        let message = Message::new("incident-wrong-error-no-address");
        return Ok(Err(Invalid::at("wrong_email", message)));
    }
    let link = links::make(&ctx.portal.secret, &matter.2, tx.now)?;
    store::link(tx, &matter, Fields::of(form).version(), &link)?;
    mail::asked(tx, &ctx.portal.settings, &matter, &link).map(Ok)
}

/// Closes the risk with a reason.
pub(super) async fn close(ctx: Ctx, key: Path<Key>, form: Form) -> Result<HttpResponse> {
    let key = key.into_inner();
    let typed = form.clone();
    let done = ctx.write(move |tx, ctx| close_now(tx, ctx, key, &typed)).await;
    let words = ("closing", "wrong_closed_reason", "done-incident-wrong-closed");
    shown(&ctx, key, done, form, words).await
}

fn close_now(tx: &mut Tx<'_>, ctx: &Ctx, key: Key, form: &Form) -> Done {
    let (case, recipient) = load(tx.connection, ctx, key)?;
    let matter = policy::close(tx.actor, case, recipient)?;
    match reason(form) {
        Ok(reason) => store::close(tx, &matter, Fields::of(form).version(), &reason).map(Ok),
        Err(invalid) => Ok(Err(invalid)),
    }
}
