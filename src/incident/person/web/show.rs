//! The page of a group: what is to be done next, what was sent and settled.

use actix_web::HttpResponse;
use actix_web::web::Query;

use super::{GroupIds, Place, about, load_group, one_path};
use crate::database::{Connection, Tx};
use crate::error::Result;
use crate::incident::person::form::{Progress, Settlement};
use crate::incident::person::letter;
use crate::incident::person::model::Group;
use crate::incident::person::rules::{self, Fault};
use crate::incident::person::store;
use crate::incident::person::views::{LetterView, ShowView};
use crate::incident::web::numbered;
use crate::incident::{policy, text};
use crate::japanese::jst_date;
use crate::web::paging::ListQuery;
use crate::web::{Ctx, Fields, Form, Invalid, Language, Message, Refused};

/// Shows a group.
pub(super) async fn show(ctx: Ctx, ids: GroupIds, query: Query<ListQuery>) -> Result<HttpResponse> {
    let (place, query) = (ids.into_inner(), query.into_inner());
    let view = ctx.read(move |c, ctx| view(c, ctx, place, (&query, None))).await?;
    ctx.page(&view)
}

/// What was typed into one of the page's forms, and why it was refused.
type Typed<'a> = (&'static str, &'a Form, &'a Refused);

fn view(
    c: &mut Connection,
    ctx: &Ctx,
    place: Place,
    (query, typed): (&ListQuery, Option<Typed<'_>>),
) -> Result<ShowView> {
    let (case, group) = load_group(c, ctx, place)?;
    let may_write = policy::respond(c, &ctx.actor, case.0.clone(), case.1.clone()).is_ok();
    let about = about(c, &case)?;
    let mut list = store::entries(c, &group, query)?;
    let stored = stored(&group, ctx);
    list.form = match typed {
        Some((_, form, refused)) => refused.view(&stored.over(form), group.version, ctx.language),
        None => stored.view(ctx.language),
    };
    let looked = list.form.fields.contains_key(text::CONFIRMED);
    let letters = Language::ALL.into_iter().filter_map(|language| {
        let written = group.notice.0.in_language(language)?;
        let text = letter::whole(language, written, &about);
        Some(LetterView { language: language.name(), lang: language.as_str(), text })
    });
    Ok(ShowView {
        letters: letters.collect(),
        data: letter::data(ctx.language, &group),
        step: group.step(),
        notified: group.notified(),
        may_write,
        may_remove: may_write && list.paging.total == 0,
        warned: typed.filter(|_| looked).map_or("", |(which, ..)| which),
        name: numbered(ctx.language, &case.1),
        home: case.1.href(),
        entrustment: case.0,
        group,
        list,
    })
}

/// The forms as they are opened: it was today, unless somebody says otherwise.
fn stored(group: &Group, ctx: &Ctx) -> Form {
    let today = jst_date(ctx.now).to_string();
    Form::from_pairs([
        ("version", group.version.to_string()),
        ("on", today.clone()),
        ("agreed_on", today),
    ])
}

/// Enters what was sent, came back and was asked.
pub(super) async fn progress(ctx: Ctx, ids: GroupIds, form: Form) -> Result<HttpResponse> {
    let place = ids.into_inner();
    let typed = form.clone();
    let done = ctx.write(move |tx, ctx| progress_now(tx, ctx, place, &typed)).await;
    let Some(refused) = Refused::of(done, "sent")? else {
        return Ok(ctx.see_other(&one_path(place), "done-incident-persons-notified"));
    };
    let status = refused.status;
    let view = ctx.read(move |c, ctx| back(c, ctx, place, ("progress", &form, &refused))).await?;
    ctx.page_with(status, &view)
}

/// The page with what was typed.
fn back(c: &mut Connection, ctx: &Ctx, place: Place, typed: Typed<'_>) -> Result<ShowView> {
    view(c, ctx, place, (&ListQuery::default(), Some(typed)))
}

fn progress_now(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    place: Place,
    form: &Form,
) -> Result<Result<(), Invalid>> {
    let ((of, incident), group) = load_group(tx.connection, ctx, place)?;
    let case = policy::respond(tx.connection, tx.actor, of, incident)?;
    let new = match Progress::parse(form, &case.1, jst_date(tx.now)) {
        Ok(new) => new,
        Err(invalid) => return Ok(Err(invalid)),
    };
    group.at(Fields::of(form).version())?;
    match true_or(rules::after_progress(&group, &new)) {
        Ok(after) => store::progress(tx, &case, (&after, Fields::of(form).version()), &new).map(Ok),
        Err(invalid) => Ok(Err(invalid)),
    }
}

/// Enters what was settled.
pub(super) async fn settle(ctx: Ctx, ids: GroupIds, form: Form) -> Result<HttpResponse> {
    let place = ids.into_inner();
    let typed = form.clone();
    let done = ctx.write(move |tx, ctx| settle_now(tx, ctx, place, &typed)).await;
    let Some(refused) = Refused::of(done, "settled")? else {
        return Ok(ctx.see_other(&one_path(place), "done-incident-persons-settled"));
    };
    let status = refused.status;
    let view = ctx.read(move |c, ctx| back(c, ctx, place, ("settlement", &form, &refused))).await?;
    ctx.page_with(status, &view)
}

fn settle_now(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    place: Place,
    form: &Form,
) -> Result<Result<(), Invalid>> {
    let ((of, incident), group) = load_group(tx.connection, ctx, place)?;
    let case = policy::respond(tx.connection, tx.actor, of, incident)?;
    let new = match Settlement::parse(form, &case.1, jst_date(tx.now)) {
        Ok(new) => new,
        Err(invalid) => return Ok(Err(invalid)),
    };
    group.at(Fields::of(form).version())?;
    match true_or(rules::after_settlement(&group, &new)) {
        Ok(after) => store::settle(tx, &case, (&after, Fields::of(form).version()), &new).map(Ok),
        Err(invalid) => Ok(Err(invalid)),
    }
}

fn true_or(after: Result<Group, Fault>) -> Result<Group, Invalid> {
    after.map_err(|(field, key)| Invalid::at(field, Message::new(key)))
}
