//! Similar entrustments, and the one act that asks their contractors.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::{Id, path};
use crate::database::{Connection, Tx};
use crate::entrustment::{Entrustment, EntrustmentId};
use crate::error::{Error, Result};
use crate::incident::cause::form::Asking;
use crate::incident::cause::store::Similar;
use crate::incident::cause::views::{SimilarView, choice};
use crate::incident::cause::{questions, store};
use crate::incident::web::{Ids, load, numbered};
use crate::incident::{policy, text};
use crate::japanese::jst_date;
use crate::questionnaire::{self, Dispatch};
use crate::web::locale::text_with;
use crate::web::{Ctx, Form, Invalid, Message, Refused};

/// Nobody is asked before it is known why it came to it.
const CAUSE_FIRST: Error = Error::Conflict("incident-cause-first");

/// Shows the similar entrustments, and the form with which they are asked.
pub(super) async fn show(ctx: Ctx, ids: Ids) -> Result<HttpResponse> {
    let ids = ids.into_inner();
    let view = ctx.read(move |c, ctx| view(c, ctx, ids, None)).await?;
    ctx.page(&view)
}

fn view(
    c: &mut Connection,
    ctx: &Ctx,
    ids: Id,
    typed: Option<(&Form, &Refused)>,
) -> Result<SimilarView> {
    let (of, incident) = load(c, ctx, ids)?;
    let (entrustment, incident) = policy::keep(&ctx.actor, of, incident)?.into_inner();
    let cause = store::find(c, &incident)?.ok_or(CAUSE_FIRST)?;
    let similar = store::similar(c, ctx.member()?, &entrustment)?;
    let form = if let Some((form, refused)) = typed {
        form.view_with(ctx.language, &refused.invalid)
    } else {
        let member = ctx.member()?;
        let contact = format!("{}\u{3000}{}", member.organisation_name, member.name);
        let kind = ctx.text(&format!("incident-kind-{}", incident.kind));
        let message =
            text_with(ctx.language, "incident-cause-draft-message", &[("kind", kind.into())]);
        Form::from_pairs([("contact", contact), ("message", message)]).view(ctx.language)
    };
    let template = questions::template(incident.kind)?;
    let language = ctx.language.as_str();
    Ok(SimilarView {
        warned: form.fields.contains_key(text::CONFIRMED),
        form,
        home: incident.href(),
        name: numbered(ctx.language, &incident),
        questions: template.questions().map(|q| q.text.get(language).to_owned()).collect(),
        similar: similar.iter().map(|one| choice(ctx.language, one)).collect(),
        asked: cause.asked,
        asked_at: cause.asked_at,
        entrustment,
    })
}

/// Asks the contractors of the chosen entrustments.
pub(super) async fn ask(ctx: Ctx, ids: Ids, form: Form) -> Result<HttpResponse> {
    let ids = ids.into_inner();
    let typed = form.clone();
    let done = ctx.write(move |tx, ctx| ask_now(tx, ctx, ids, &typed)).await;
    let said = match done {
        // All of them have such a questionnaire already: nothing of it happened.
        Err(Error::Conflict(key @ "error-nothing-to-dispatch")) => {
            let invalid = Invalid::at("entrustment", Message::new(key));
            Some(Refused { invalid, status: StatusCode::CONFLICT })
        }
        done => Refused::of(done, "entrustment")?,
    };
    let Some(refused) = said else {
        return Ok(ctx.see_other(&path(ids), "done-incident-similar-asked"));
    };
    let status = refused.status;
    let view = ctx.read(move |c, ctx| view(c, ctx, ids, Some((&form, &refused)))).await?;
    ctx.page_with(status, &view)
}

fn ask_now(tx: &mut Tx<'_>, ctx: &Ctx, ids: Id, form: &Form) -> Result<Result<(), Invalid>> {
    let (of, incident) = load(tx.connection, ctx, ids)?;
    let case = policy::keep(tx.actor, of, incident)?;
    store::find(tx.connection, &case.1)?.ok_or(CAUSE_FIRST)?;
    let similar = store::similar(tx.connection, ctx.member()?, &case.0)?;
    let known: Vec<EntrustmentId> = similar.iter().map(|one| one.entrustment.id).collect();
    let asking = match Asking::parse(form, &known, jst_date(tx.now)) {
        Ok(asking) => asking,
        Err(invalid) => return Ok(Err(invalid)),
    };
    let template = questions::template(case.1.kind)?;
    let new = Dispatch {
        template: &template,
        entrustments: chosen(similar, &asking.entrustments),
        deadline: asking.deadline,
        contact: asking.contact,
        message: asking.message,
    };
    let sent = questionnaire::dispatch(tx, &ctx.portal, &new)?;
    store::asked(tx, &case, (&template.id, sent.len()))?;
    Ok(Ok(()))
}

fn chosen(similar: Vec<Similar>, ids: &[EntrustmentId]) -> Vec<Entrustment> {
    let all = similar.into_iter().map(|one| one.entrustment);
    all.filter(|own| ids.contains(&own.id)).collect()
}
