//! The contractor's pages: the task list and one page a question.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use serde_json::json;

use super::{pages, review};
use crate::error::Result;
use crate::japanese::to_jst;
use crate::questionnaire::answering::{self, Saved, Saving};
use crate::questionnaire::entity::QuestionnaireId;
use crate::questionnaire::model::QuestionId;
use crate::questionnaire::response::Response;
use crate::questionnaire::response_policy::ANSWERERS;
use crate::questionnaire::review::Seals;
use crate::questionnaire::store::response::NewAnswer;
use crate::questionnaire::views::words::said;
use crate::web::{Access, Ctx, Fields, Form, Invalid, Route, Rule};

/// The routes of answering.
pub(super) fn routes() -> Vec<Route> {
    const ANSWERER: Access = Access::Roles(ANSWERERS);
    vec![
        Route::get("/questionnaires/{id}", Access::Session, show),
        Route::get("/questionnaires/{id}/questions/{question}", ANSWERER, question),
        Route::post("/questionnaires/{id}/questions/{question}", ANSWERER, save),
        Route::post("/questionnaires/{id}/questions/{question}/draft", ANSWERER, draft),
    ]
}

/// Shows the task list to the contractor, and the review to the principal.
async fn show(ctx: Ctx, id: Path<QuestionnaireId>, seals: Data<Seals>) -> Result<HttpResponse> {
    let id = id.into_inner();
    if ctx.member()?.role.is_principal() {
        return review::show(&ctx, id, **seals).await;
    }
    let view = ctx
        .read(move |c, ctx| {
            let response = Response::load(c, &ctx.actor, id)?;
            let seal = (seals.0)(c, &response, ctx.language.as_str())?;
            pages::tasks(c, ctx, &response, seal)
        })
        .await?;
    ctx.page(&view)
}

/// Shows a question.
async fn question(ctx: Ctx, path: Path<(QuestionnaireId, QuestionId)>) -> Result<HttpResponse> {
    let (id, question) = path.into_inner();
    let view = ctx
        .read(move |c, ctx| {
            let response = Response::load(c, &ctx.actor, id)?;
            pages::question(c, ctx, &response, &question, pages::Typed::default())
        })
        .await?;
    ctx.page(&view)
}

/// What became of a form.
enum Outcome {
    Saved { next: String, version: i32 },
    Invalid(Invalid),
    Stale { typed: NewAnswer },
}

/// Saves an answer and goes on to the next question without one, or takes last year's over.
async fn save(
    ctx: Ctx,
    path: Path<(QuestionnaireId, QuestionId)>,
    form: Form,
) -> Result<HttpResponse> {
    let (id, question) = path.into_inner();
    if form.value("act") == "take_over" {
        return take_over(ctx, id, question, form).await;
    }
    match write(&ctx, id, &question, &form, Saving::Explicit).await? {
        Outcome::Saved { next, .. } => Ok(ctx.see_other(&next, "done-saved")),
        Outcome::Invalid(invalid) => refuse(&ctx, id, question, &form, &invalid).await,
        Outcome::Stale { typed } => stale(&ctx, id, question, form, typed).await,
    }
}

async fn page(
    ctx: &Ctx,
    id: QuestionnaireId,
    question: QuestionId,
    typed: pages::Typed,
) -> Result<crate::questionnaire::views::response::QuestionView> {
    ctx.read(move |c, ctx| {
        let response = Response::load(c, &ctx.actor, id)?;
        pages::question(c, ctx, &response, &question, typed)
    })
    .await
}

async fn write(
    ctx: &Ctx,
    id: QuestionnaireId,
    question: &QuestionId,
    form: &Form,
    saving: Saving,
) -> Result<Outcome> {
    let (question, form) = (question.clone(), form.clone());
    ctx.write(move |tx, _| {
        let response = answering::open(tx, id)?;
        let asked = response.question(&question)?;
        let before = response.latest(&question);
        let has_evidence = response.evidence_of(&question).next().is_some();
        let new = match answering::command(asked, &form, before, has_evidence, saving) {
            Ok(new) => new,
            Err(invalid) => return Ok(Outcome::Invalid(invalid)),
        };
        let version = form.value("version").parse().unwrap_or(-1);
        match answering::save(tx, &response, &question, version, &new, saving)? {
            Saved::Stale => Ok(Outcome::Stale { typed: new }),
            Saved::Done(version) => {
                let now = Response::load(tx.connection, tx.actor, id)?;
                Ok(Outcome::Saved { next: next_path(&now, &question), version })
            }
        }
    })
    .await
}

/// The next question of the section without an answer; at the section's end the task list.
fn next_path(response: &Response, after: &QuestionId) -> String {
    let sections = &response.template.sections;
    let section = sections.iter().find(|s| s.questions.iter().any(|q| q.id == *after));
    let unanswered = response.progress().unanswered;
    let in_section: Vec<&QuestionId> = section
        .map_or_else(Vec::new, |s| s.questions.iter().map(|q| &q.id).collect())
        .into_iter()
        .filter(|id| unanswered.contains(id) || *id == after)
        .collect();
    let own = in_section.iter().position(|id| *id == after).unwrap_or_default();
    let later = in_section.iter().skip(own + 1);
    let next = later.chain(in_section.iter().take(own)).next();
    next.map_or_else(
        || format!("/questionnaires/{}", response.questionnaire.id),
        |id| pages::question_path(response, id),
    )
}

/// Shows both texts: the form keeps what was typed and has the version that saves it knowingly.
async fn stale(
    ctx: &Ctx,
    id: QuestionnaireId,
    question: QuestionId,
    mut form: Form,
    typed: NewAnswer,
) -> Result<HttpResponse> {
    let view = ctx
        .read(move |c, ctx| {
            let response = Response::load(c, &ctx.actor, id)?;
            let asked = response.question(&question)?;
            form.set("version", &pages::version(&response, &question).to_string());
            let language = ctx.language;
            let conflict = pages::conflict(language, &response, asked, &typed.value, &typed.remark);
            let typed = pages::Typed { form: Some(form.view(language)), conflict };
            pages::question(c, ctx, &response, &question, typed)
        })
        .await?;
    ctx.page_with(StatusCode::CONFLICT, &view)
}

/// Takes last year's answer over and shows it for a look.
async fn take_over(
    ctx: Ctx,
    id: QuestionnaireId,
    question: QuestionId,
    form: Form,
) -> Result<HttpResponse> {
    let mut fields = Fields::of(&form);
    let version = fields.version();
    let remark = fields.optional("remark", Rule::text(answering::MAX_REMARK));
    let remark = match fields.finish(|| remark) {
        Ok(remark) => remark,
        Err(invalid) => return refuse(&ctx, id, question, &form, &invalid).await,
    };
    let to = format!("/questionnaires/{id}/questions/{question}");
    let asked = question.clone();
    let saved =
        ctx.write(move |tx, _| answering::take_over(tx, id, &asked, version, &remark)).await?;
    if saved != Saved::Stale {
        return Ok(ctx.see_other(&to, "done-taken-over"));
    }
    // The version is stale for a draft too: nothing is stored, both texts are shown.
    match write(&ctx, id, &question, &form, Saving::Draft).await? {
        Outcome::Stale { typed } => stale(&ctx, id, question, form, typed).await,
        Outcome::Invalid(invalid) => refuse(&ctx, id, question, &form, &invalid).await,
        Outcome::Saved { .. } => Ok(ctx.see_other(&to, "done-saved")),
    }
}

/// Shows the form again as it was typed, with what is wrong.
async fn refuse(
    ctx: &Ctx,
    id: QuestionnaireId,
    question: QuestionId,
    form: &Form,
    invalid: &Invalid,
) -> Result<HttpResponse> {
    let form = Some(form.view_with(ctx.language, invalid));
    let view = page(ctx, id, question, pages::Typed { form, conflict: None }).await?;
    ctx.invalid(&view)
}

/// Keeps a draft while it is typed; answers a script.
async fn draft(
    ctx: Ctx,
    path: Path<(QuestionnaireId, QuestionId)>,
    form: Form,
) -> Result<HttpResponse> {
    let (id, question) = path.into_inner();
    match write(&ctx, id, &question, &form, Saving::Draft).await? {
        Outcome::Saved { version, .. } => {
            let saved_at = to_jst(ctx.now).format("%H:%M").to_string();
            Ok(HttpResponse::Ok().json(json!({ "saved_at": saved_at, "version": version })))
        }
        Outcome::Invalid(invalid) => {
            let errors = form.view_with(ctx.language, &invalid).errors;
            Ok(HttpResponse::UnprocessableEntity().json(json!({ "errors": errors })))
        }
        Outcome::Stale { typed } => {
            let fields = ctx
                .read(move |c, ctx| {
                    let response = Response::load(c, &ctx.actor, id)?;
                    stored_fields(ctx, &response, &question, &typed)
                })
                .await?;
            Ok(HttpResponse::Conflict().json(json!({ "fields": fields })))
        }
    }
}

/// What is stored, in words, where it isn't what was typed.
fn stored_fields(
    ctx: &Ctx,
    response: &Response,
    question: &QuestionId,
    typed: &NewAnswer,
) -> Result<BTreeMap<&'static str, String>> {
    let asked = response.question(question)?;
    let mut fields = BTreeMap::new();
    if let Some(row) = response.latest(question) {
        if row.value.0 != typed.value {
            fields.insert("answer", said(ctx.language, asked, &row.value.0));
        }
        if row.remark != typed.remark {
            fields.insert("remark", row.remark.clone());
        }
    }
    Ok(fields)
}
