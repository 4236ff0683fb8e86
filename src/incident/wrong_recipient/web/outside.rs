//! The page behind the link of a wrong recipient. Whatever opens links by itself uses nothing up and
//! learns nothing: the page says who asks, and nothing of what was sent or of whose it is.

use actix_web::HttpResponse;
use actix_web::web::Path;

use crate::database::{Connection, Tx};
use crate::error::{Error, Result};
use crate::incident::wrong_recipient::form::Answered;
use crate::incident::wrong_recipient::link;
use crate::incident::wrong_recipient::model::{
    Answer, Contact, Kept, PassedOn, Seen, WrongRecipient,
};
use crate::incident::wrong_recipient::policy::{self, Matter};
use crate::incident::wrong_recipient::views::{ConfirmationView, ThanksView};
use crate::incident::wrong_recipient::{jobs, store};
use crate::organisation::{self, contractor};
use crate::storage::sha256;
use crate::web::{Access, Choice, Ctx, Form, FormView, Invalid, Language, Route};

/// The routes behind the link.
pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get("/confirmations/{token}", Access::Public, show),
        Route::post("/confirmations/{token}", Access::Public, confirm).costly(),
    ]
}

/// What a link opens.
enum Opened {
    /// The form.
    Form(Box<ConfirmationView>),
    /// What was said by it.
    Thanks(ThanksView),
}

/// The context of whoever has a link: with the rows of the organisation that it names.
fn named(ctx: &Ctx, token: &str) -> Result<Ctx> {
    let (tenant, _) = link::named(&ctx.portal.secret, token, ctx.now)?;
    Ok(ctx.naming(tenant))
}

/// The wrong recipient that a link names; the same answer for all that opens nothing.
fn load(c: &mut Connection, ctx: &Ctx, token: &str) -> Result<Matter> {
    let (tenant, id) = link::named(&ctx.portal.secret, token, ctx.now)?;
    store::by_key(c, tenant, id).map_err(|error| match error {
        Error::NotFound => Error::Gone("error-confirmation"),
        other => other,
    })
}

fn opened(
    c: &mut Connection,
    ctx: &Ctx,
    token: &str,
    typed: Option<(&Form, &Invalid)>,
) -> Result<Opened> {
    let matter = load(c, ctx, token)?;
    let (of, _, recipient) = &matter;
    let principal = organisation::find(c, of.tenant_id)?.name;
    if link::is_newest(recipient, token) && recipient.link_used_at.is_some() {
        let answers = store::answers(c, recipient)?;
        let signed = |answer: &&Answer| {
            answer.way == Contact::Link && Some(answer.entered_at) == recipient.link_used_at
        };
        let answer = answers.iter().rev().find(signed).ok_or(Error::Gone("error-confirmation"))?;
        return Ok(Opened::Thanks(ThanksView::of(ctx.language, principal, answer)));
    }
    link::check(&matter, token, ctx.now)?;
    let contractor = contractor::find(c, of.tenant_id, of.contractor_id)?.name;
    let form = match typed {
        Some((form, invalid)) => form.view_with(ctx.language, invalid),
        None => Form::default().view(ctx.language),
    };
    let sides = (principal, contractor);
    Ok(Opened::Form(Box::new(form_view(ctx.language, sides, (recipient, token), form))))
}

fn form_view(
    language: Language,
    (principal, contractor): (String, String),
    (of, token): (&WrongRecipient, &str),
    form: FormView,
) -> ConfirmationView {
    let other_language = match language {
        Language::Ja => Language::En,
        Language::En => Language::Ja,
    };
    let agreement = link::agreement(language);
    ConfirmationView {
        form,
        home: link::path(token),
        principal,
        contractor,
        asked_at: of.asked_at,
        until: of.link_expires_at,
        sha256: sha256(agreement.as_bytes()),
        agreement,
        other_agreement: link::agreement(other_language),
        other_language,
        seen: Choice::words(language, "incident-wrong-seen-", Seen::CONFIRMED),
        kept: Choice::words(language, "incident-wrong-kept-", Kept::CONFIRMED),
        passed_on: Choice::words(language, "incident-wrong-passed-on-", PassedOn::CONFIRMED),
    }
}

/// Shows the text and asks; shows what was said to who comes back.
async fn show(ctx: Ctx, token: Path<String>) -> Result<HttpResponse> {
    let token = token.into_inner();
    let ctx = named(&ctx, &token)?;
    match ctx.read(move |c, ctx| opened(c, ctx, &token, None)).await? {
        Opened::Form(view) => ctx.page(&*view),
        Opened::Thanks(view) => ctx.page(&view),
    }
}

/// Takes the confirmation, once.
async fn confirm(ctx: Ctx, token: Path<String>, form: Form) -> Result<HttpResponse> {
    let token = token.into_inner();
    let ctx = named(&ctx, &token)?;
    let (used, typed) = (token.clone(), form.clone());
    match ctx.write(move |tx, ctx| confirm_now(tx, ctx, &used, &typed)).await? {
        Ok(()) => Ok(ctx.see_other(&link::path(&token), "")),
        Err(invalid) => {
            let view =
                ctx.read(move |c, ctx| opened(c, ctx, &token, Some((&form, &invalid)))).await?;
            match view {
                Opened::Form(view) => ctx.invalid(&*view),
                Opened::Thanks(view) => ctx.page(&view),
            }
        }
    }
}

fn confirm_now(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    token: &str,
    form: &Form,
) -> Result<Result<(), Invalid>> {
    let matter = policy::confirm(load(tx.connection, ctx, token)?, token, tx.now)?;
    let agreement = link::agreement(ctx.language);
    let hash = sha256(agreement.as_bytes());
    let new = match Answered::confirmed(form, (agreement, &hash), tx.now) {
        Ok(new) => new,
        Err(invalid) => return Ok(Err(invalid)),
    };
    store::confirm(tx, &matter, &new)?;
    jobs::enqueue_tell(tx, &matter.2).map(Ok)
}
