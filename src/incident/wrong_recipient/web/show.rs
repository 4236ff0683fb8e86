//! The wrong recipients of an incident, and one of them.

use actix_web::HttpResponse;
use actix_web::web::Path;

use super::{Ids, Key, load, load_case, path};
use crate::database::Connection;
use crate::error::Result;
use crate::incident::policy::respond;
use crate::incident::text;
use crate::incident::web::numbered;
use crate::incident::wrong_recipient::model::{Kept, PassedOn, Seen, Standing, WrongRecipient};
use crate::incident::wrong_recipient::views::{AnswerView, Line, ListView, ShowView, contacts};
use crate::incident::wrong_recipient::{policy, rules, store};
use crate::web::{Choice, Ctx, Form, Refused};

/// Shows all of an incident.
pub(super) async fn list(ctx: Ctx, ids: Path<Ids>) -> Result<HttpResponse> {
    let ids = ids.into_inner();
    let view = ctx.read(move |c, ctx| list_view(c, ctx, ids)).await?;
    ctx.page(&view)
}

fn list_view(c: &mut Connection, ctx: &Ctx, ids: Ids) -> Result<ListView> {
    let (of, incident) = load_case(c, ctx, ids)?;
    let all = store::of(c, &incident)?;
    let may_work = respond(c, &ctx.actor, of.clone(), incident.clone()).is_ok();
    let home = incident.href();
    let confirmed = |one: &&WrongRecipient| rules::standing(one, ctx.now) == Standing::Confirmed;
    Ok(ListView {
        rows: all.iter().map(|one| Line::of(ctx.language, &home, one, ctx.now)).collect(),
        total: all.len(),
        confirmed: all.iter().filter(confirmed).count(),
        unseen: rules::all_unseen(&all),
        may_work,
        name: numbered(ctx.language, &incident),
        home,
        entrustment: of,
    })
}

/// Shows one.
pub(super) async fn show(ctx: Ctx, key: Path<Key>) -> Result<HttpResponse> {
    let key = key.into_inner();
    let view = ctx.read(move |c, ctx| show_view(c, ctx, key, None)).await?;
    ctx.page(&view)
}

/// Which form was typed, with what is wrong with it.
pub(super) type Typed = (&'static str, Form, Refused);

/// The page of one again, with what was typed and what is wrong with it.
pub(super) async fn again(ctx: &Ctx, key: Key, typed: Typed) -> Result<HttpResponse> {
    let status = typed.2.status;
    let view = ctx.read(move |c, ctx| show_view(c, ctx, key, Some(typed))).await?;
    ctx.page_with(status, &view)
}

fn show_view(c: &mut Connection, ctx: &Ctx, key: Key, typed: Option<Typed>) -> Result<ShowView> {
    let (case, recipient) = load(c, ctx, key)?;
    let may_work = policy::work(c, &ctx.actor, case.clone(), recipient.clone()).is_ok();
    let may_close = policy::close(&ctx.actor, case.clone(), recipient.clone()).is_ok();
    let answers = store::answers(c, &recipient)?;
    let stored = stored(&recipient, ctx);
    let (form, typed) = match typed {
        Some((which, form, refused)) => {
            let form = stored.over(&form);
            (refused.view(&form, recipient.version, ctx.language), which)
        }
        None => (stored.view(ctx.language), ""),
    };
    let (language, (entrustment, incident)) = (ctx.language, case);
    let contact = recipient.asked_way.map(|way| format!("incident-wrong-contact-{way}"));
    Ok(ShowView {
        warned: form.fields.contains_key(text::CONFIRMED),
        form,
        home: incident.href(),
        href: path(key),
        name: numbered(language, &incident),
        line: Line::of(language, &incident.href(), &recipient, ctx.now),
        standing: rules::standing(&recipient, ctx.now),
        registered_by: recipient.registered_by_name,
        registered_at: recipient.registered_at,
        asked_by: recipient.asked_by_name,
        asked_way: contact.map(|key| ctx.text(&key)).unwrap_or_default(),
        waiting_since: recipient.waiting_since,
        reminded: recipient.reminded,
        link_sent_at: recipient.link_sent_at,
        link_expires_at: recipient.link_expires_at,
        link_used: recipient.link_used_at.is_some(),
        closed_at: recipient.closed_at,
        closed_by: recipient.closed_by_name,
        closed_reason: recipient.closed_reason,
        email: recipient.email,
        phone: recipient.phone,
        copies: recipient.copies,
        note: recipient.note,
        answers: answers.into_iter().map(|answer| AnswerView::of(language, answer)).collect(),
        contacts: contacts(language),
        seen: Choice::words(language, "incident-wrong-seen-", Seen::ALL),
        kept: Choice::words(language, "incident-wrong-kept-", Kept::ALL),
        passed_on: Choice::words(language, "incident-wrong-passed-on-", PassedOn::ALL),
        may_work,
        may_close,
        typed,
        entrustment,
    })
}

/// The forms as they are opened: it was just now, unless somebody says otherwise.
fn stored(of: &WrongRecipient, ctx: &Ctx) -> Form {
    let mut form = Form::from_pairs([("version", of.version.to_string())]);
    form.set_moment("wrong_asked", ctx.now);
    form.set_moment("wrong_answered", ctx.now);
    form
}
