//! Registering a wrong recipient, and correcting what is known of it.

use actix_web::HttpResponse;
use actix_web::web::Path;

use super::{Ids, Key, list_path, load, load_case, path};
use crate::database::{Connection, Tx};
use crate::error::Result;
use crate::incident::policy::{respond, side_of};
use crate::incident::text;
use crate::incident::web::numbered;
use crate::incident::wrong_recipient::form::Details;
use crate::incident::wrong_recipient::model::{Way, WrongRecipientId};
use crate::incident::wrong_recipient::views::EditView;
use crate::incident::wrong_recipient::{policy, store};
use crate::web::{Choice, Ctx, Fields, Form, Invalid, Refused};

/// Shows the form of a new wrong recipient.
pub(super) async fn new(ctx: Ctx, ids: Path<Ids>) -> Result<HttpResponse> {
    let ids = ids.into_inner();
    let view = ctx.read(move |c, ctx| new_view(c, ctx, ids, None)).await?;
    ctx.page(&view)
}

fn new_view(
    c: &mut Connection,
    ctx: &Ctx,
    ids: Ids,
    typed: Option<(&Form, &Invalid)>,
) -> Result<EditView> {
    let (of, incident) = load_case(c, ctx, ids)?;
    let (entrustment, incident) = respond(c, &ctx.actor, of, incident)?.into_inner();
    let form = match typed {
        Some((form, invalid)) => form.view_with(ctx.language, invalid),
        None => Form::default().view(ctx.language),
    };
    Ok(EditView {
        warned: form.fields.contains_key(text::CONFIRMED),
        form,
        home: incident.href(),
        name: numbered(ctx.language, &incident),
        action: list_path(ids),
        back: list_path(ids),
        ways: Choice::words(ctx.language, "incident-wrong-way-", Way::ALL),
        linked: false,
        registered: false,
        entrustment,
    })
}

/// Registers a wrong recipient, and leads to its page.
pub(super) async fn register(ctx: Ctx, ids: Path<Ids>, form: Form) -> Result<HttpResponse> {
    let ids = ids.into_inner();
    let typed = form.clone();
    match ctx.write(move |tx, ctx| register_now(tx, ctx, ids, &typed)).await? {
        Ok(id) => Ok(ctx.see_other(&path((ids.0, ids.1, id)), "done-incident-wrong-registered")),
        Err(invalid) => {
            let view =
                ctx.read(move |c, ctx| new_view(c, ctx, ids, Some((&form, &invalid)))).await?;
            ctx.invalid(&view)
        }
    }
}

pub(in crate::incident) fn register_now(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    ids: Ids,
    form: &Form,
) -> Result<Result<WrongRecipientId, Invalid>> {
    let (of, incident) = load_case(tx.connection, ctx, ids)?;
    let side = side_of(tx.connection, tx.actor, &of)?;
    let case = respond(tx.connection, tx.actor, of, incident)?;
    match Details::parse(form) {
        Ok(new) => store::register(tx, &case, side, &new).map(Ok),
        Err(invalid) => Ok(Err(invalid)),
    }
}

/// Shows the form with which it is corrected.
pub(super) async fn edit(ctx: Ctx, key: Path<Key>) -> Result<HttpResponse> {
    let key = key.into_inner();
    let view = ctx.read(move |c, ctx| edit_view(c, ctx, key, None)).await?;
    ctx.page(&view)
}

fn edit_view(
    c: &mut Connection,
    ctx: &Ctx,
    key: Key,
    typed: Option<(&Form, &Refused)>,
) -> Result<EditView> {
    let (case, recipient) = load(c, ctx, key)?;
    let matter = policy::work(c, &ctx.actor, case, recipient)?.into_inner();
    let (entrustment, incident, recipient) = matter;
    let form = match typed {
        Some((form, refused)) => refused.view(form, recipient.version, ctx.language),
        None => Details::form(&recipient).view(ctx.language),
    };
    Ok(EditView {
        warned: form.fields.contains_key(text::CONFIRMED),
        form,
        home: incident.href(),
        name: numbered(ctx.language, &incident),
        action: path(key),
        back: path(key),
        ways: Choice::words(ctx.language, "incident-wrong-way-", Way::ALL),
        linked: recipient.link_sent_at.is_some() && recipient.link_used_at.is_none(),
        registered: true,
        entrustment,
    })
}

/// Corrects it.
pub(super) async fn correct(ctx: Ctx, key: Path<Key>, form: Form) -> Result<HttpResponse> {
    let key = key.into_inner();
    let typed = form.clone();
    let done = ctx
        .write(move |tx, ctx| {
            let (case, recipient) = load(tx.connection, ctx, key)?;
            let matter = policy::work(tx.connection, tx.actor, case, recipient)?;
            match Details::parse(&typed) {
                Ok(new) => {
                    let version = Fields::of(&typed).version();
                    store::correct(tx, &matter, version, &new).map(Ok)
                }
                Err(invalid) => Ok(Err(invalid)),
            }
        })
        .await;
    let Some(refused) = Refused::of(done, "wrong_name")? else {
        return Ok(ctx.see_other(&path(key), "done-incident-wrong-corrected"));
    };
    let status = refused.status;
    let view = ctx.read(move |c, ctx| edit_view(c, ctx, key, Some((&form, &refused)))).await?;
    ctx.page_with(status, &view)
}
