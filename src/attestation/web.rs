//! Pages of attestations: checking, attesting, and what is handed back.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;

use super::attesting::{self, Outcome, binding, clause_set, round_to_attest};
use super::model::NewAttestation;
use super::policy::ATTESTERS;
use super::views::{CheckView, ClauseView, DoneView, Unanswered};
use super::{receipt, store};
use crate::actor::Role;
use crate::database::Connection;
use crate::error::{Error, Result};
use crate::ledger::{self, Taken};
use crate::questionnaire::{self, QuestionnaireId, Response, contact, sheet};
use crate::web::{Access, Ctx, Form, Invalid, Message, Route, attachment};

/// The routes of attestations.
#[must_use]
pub fn routes() -> Vec<Route> {
    const ANSWERER: Access = Access::Roles(&[Role::Representative, Role::Handler]);
    vec![
        Route::get("/questionnaires/{id}/check", ANSWERER, check),
        Route::post("/questionnaires/{id}/attestation", Access::Roles(ATTESTERS), attest)
            .stepped_up(),
        Route::get("/questionnaires/{id}/done", ANSWERER, done),
        Route::get("/questionnaires/{id}/receipt", Access::Session, receipt),
    ]
}

/// Shows all answers, the clauses and the form of the pledge.
async fn check(ctx: Ctx, id: Path<QuestionnaireId>) -> Result<HttpResponse> {
    let view = page(&ctx, id.into_inner(), Form::default(), Invalid::default()).await?;
    ctx.page(&view)
}

async fn page(ctx: &Ctx, id: QuestionnaireId, form: Form, invalid: Invalid) -> Result<CheckView> {
    ctx.read(move |c, ctx| {
        let response = Response::load(c, &ctx.actor, id)?;
        round_to_attest(c, &response)?;
        check_view(c, ctx, &response, &form, &invalid)
    })
    .await
}

fn check_view(
    c: &mut Connection,
    ctx: &Ctx,
    response: &Response,
    form: &Form,
    invalid: &Invalid,
) -> Result<CheckView> {
    let set = clause_set(&response.entrustment)?;
    let lang = ctx.language.as_str();
    let form = form.view_with(ctx.language, invalid);
    let my_number = response.entrustment.my_number;
    let sections = sheet(response, ctx.language);
    let missing = sections.iter().flat_map(|s| &s.lines).filter(|line| !line.answered);
    let unanswered = missing.map(|line| Unanswered {
        number: line.number,
        text: line.text.clone(),
        href: line.href.clone(),
    });
    Ok(CheckView {
        head: questionnaire::head(c, ctx, response)?,
        unanswered: unanswered.collect(),
        clauses_title: set.title.get(lang).to_owned(),
        preamble: set.preamble.get(lang).to_owned(),
        closing: set.closing.get(lang).to_owned(),
        clauses: ClauseView::list(&set, ctx.language, my_number, &form),
        shown: binding(response, &[])?.hash,
        may_attest: ATTESTERS.contains(&ctx.member()?.role),
        sections,
        form,
    })
}

/// What became of the pledge's form.
enum Given {
    Outcome(Outcome),
    Invalid(Invalid),
}

/// Attests and hands in.
async fn attest(ctx: Ctx, id: Path<QuestionnaireId>, form: Form) -> Result<HttpResponse> {
    let id = id.into_inner();
    let typed = form.clone();
    let given = ctx
        .write(move |tx, ctx| {
            let response = Response::load(tx.connection, tx.actor, id)?;
            let set = clause_set(&response.entrustment)?;
            let my_number = response.entrustment.my_number;
            match NewAttestation::parse(&typed, &set, my_number) {
                Err(invalid) if response.progress().is_complete() => Ok(Given::Invalid(invalid)),
                Err(_) => Ok(Given::Outcome(Outcome::Incomplete(response.progress().unanswered))),
                Ok(new) => {
                    let settings = &ctx.portal.settings;
                    Ok(Given::Outcome(attesting::attest(tx, settings, id, &new)?))
                }
            }
        })
        .await?;
    let (status, invalid) = match given {
        Given::Outcome(Outcome::Done(_)) => {
            return Ok(ctx.see_other(&format!("/questionnaires/{id}/done"), ""));
        }
        Given::Invalid(invalid) => (StatusCode::UNPROCESSABLE_ENTITY, invalid),
        Given::Outcome(refused) => refusal(&refused),
    };
    let view = page(&ctx, id, form, invalid).await?;
    ctx.page_with(status, &view)
}

/// Why nothing was attested, as the page says it.
fn refusal(outcome: &Outcome) -> (StatusCode, Invalid) {
    match outcome {
        Outcome::Changed => {
            let invalid = Invalid::at("answers", Message::new("attestation-error-changed"));
            (StatusCode::CONFLICT, invalid)
        }
        Outcome::Exceptions(faults) => {
            let error = |fault: &super::ExceptionFault| {
                (format!("reason_{}", fault.clause), Message::new(fault.key))
            };
            let invalid = Invalid { errors: faults.iter().map(error).collect() };
            (StatusCode::UNPROCESSABLE_ENTITY, invalid)
        }
        Outcome::Incomplete(questions) => {
            let message = Message::new("attestation-error-incomplete");
            let invalid = Invalid::at("unanswered", message.with("count", questions.len()));
            (StatusCode::UNPROCESSABLE_ENTITY, invalid)
        }
        Outcome::Done(_) => (StatusCode::OK, Invalid::default()),
    }
}

/// Confirms: the number, what happens next, whom to ask, and the receipt.
async fn done(ctx: Ctx, id: Path<QuestionnaireId>) -> Result<HttpResponse> {
    let id = id.into_inner();
    let view = ctx
        .read(move |c, ctx| {
            let response = Response::load(c, &ctx.actor, id)?;
            let given = latest(c, &response)?;
            Ok(DoneView {
                head: questionnaire::head(c, ctx, &response)?,
                reference: given.reference(),
                contact: contact(c, &response)?,
                attested_at: given.attested_at,
                hash: given.binding_hash,
                name: given.name,
                title: given.title,
            })
        })
        .await?;
    ctx.page(&view)
}

/// Hands out the receipt as PDF.
async fn receipt(ctx: Ctx, id: Path<QuestionnaireId>) -> Result<HttpResponse> {
    let id = id.into_inner();
    let (of, reference, bytes) = ctx
        .read(move |c, ctx| {
            let response = Response::load(c, &ctx.actor, id)?;
            let given = latest(c, &response)?;
            let head = questionnaire::head(c, ctx, &response)?;
            let bytes = receipt::pdf(ctx.language, &response, &head, &given)?;
            Ok((response.questionnaire.entrustment_id, given.reference(), bytes))
        })
        .await?;
    let (id, entrustment) = (id.as_str(), of.as_str());
    let taken = Taken { kind: "receipt", id, entrustment, bytes: bytes.len() };
    ledger::downloaded(&ctx, taken).await?;
    let name = format!("{}_{reference}.pdf", ctx.text("receipt-file"));
    Ok(attachment(&name, "application/pdf", bytes))
}

fn latest(c: &mut Connection, response: &Response) -> Result<super::Attestation> {
    let all = store::of_questionnaire(c, &response.questionnaire)?;
    all.into_iter().next().ok_or(Error::NotFound)
}
