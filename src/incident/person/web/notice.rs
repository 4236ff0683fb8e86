//! The notice to a group, written in either language from a template.

use actix_web::HttpResponse;

use super::{GroupIds, Place, about, load_group, one_path};
use crate::database::{Connection, Tx};
use crate::error::Result;
use crate::incident::person::model::Letter;
use crate::incident::person::views::NoticeView;
use crate::incident::person::{letter, store};
use crate::incident::web::numbered;
use crate::incident::{cause, policy, text};
use crate::web::{Choice, Ctx, Fields, Form, Invalid, Language, Refused};

/// The language in which the notice is written: as the form or the address says, or the reader's.
fn language_of(ctx: &Ctx, form: &Form) -> Language {
    form.value("language").parse().unwrap_or(ctx.language)
}

/// Shows the form, filled in with what was written, or from the template.
pub(super) async fn edit(ctx: Ctx, ids: GroupIds) -> Result<HttpResponse> {
    let (place, query) = (ids.into_inner(), Form::parse(ctx.query.as_bytes()));
    let language = language_of(&ctx, &query);
    let view = ctx.read(move |c, ctx| view(c, ctx, place, (language, None))).await?;
    ctx.page(&view)
}

fn view(
    c: &mut Connection,
    ctx: &Ctx,
    place: Place,
    (language, typed): (Language, Option<(&Form, &Refused)>),
) -> Result<NoticeView> {
    let ((of, incident), group) = load_group(c, ctx, place)?;
    let case = policy::respond(c, &ctx.actor, of, incident)?.into_inner();
    let about = about(c, &case)?;
    let written = group.notice.0.in_language(language).cloned();
    let form = if let Some((form, refused)) = typed {
        refused.view(form, group.version, ctx.language)
    } else {
        let known = cause::find(c, &case.1)?;
        let draft = || letter::draft(language, &case.1, &group, (&about, known.as_ref()));
        let mut form = written.clone().unwrap_or_else(draft).form();
        form.set("version", &group.version.to_string());
        form.view(ctx.language)
    };
    Ok(NoticeView {
        warned: form.fields.contains_key(text::CONFIRMED),
        form,
        home: case.1.href(),
        name: numbered(ctx.language, &case.1),
        all: super::all_path((place.0, place.1)),
        own: one_path(place),
        label: group.label,
        language: language.as_str(),
        languages: Language::ALL.map(|one| Choice::new(one.as_str(), one.name())).to_vec(),
        is_draft: written.is_none(),
        contact: about.contact,
        entrustment: case.0,
    })
}

/// Keeps the notice.
pub(super) async fn write(ctx: Ctx, ids: GroupIds, form: Form) -> Result<HttpResponse> {
    let place = ids.into_inner();
    let language = language_of(&ctx, &form);
    let typed = form.clone();
    let done = ctx.write(move |tx, ctx| write_now(tx, ctx, place, (language, &typed))).await;
    let Some(refused) = Refused::of(done, "summary_item")? else {
        return Ok(ctx.see_other(&one_path(place), "done-incident-notice-written"));
    };
    let status = refused.status;
    let view =
        ctx.read(move |c, ctx| view(c, ctx, place, (language, Some((&form, &refused))))).await?;
    ctx.page_with(status, &view)
}

fn write_now(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    place: Place,
    (language, form): (Language, &Form),
) -> Result<Result<(), Invalid>> {
    let ((of, incident), group) = load_group(tx.connection, ctx, place)?;
    let case = policy::respond(tx.connection, tx.actor, of, incident)?;
    match Letter::parse(form) {
        Ok(letter) => {
            let at = (&group, Fields::of(form).version());
            store::write(tx, &case, at, (language, letter)).map(Ok)
        }
        Err(invalid) => Ok(Err(invalid)),
    }
}
