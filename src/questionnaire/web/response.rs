//! The contractor's pages: the task list and one page a question.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use serde_json::json;

use super::{pages, review};
use crate::error::{Error, Result};
use crate::japanese::to_jst;
use crate::questionnaire::answering::{self, Saved, Saving};
use crate::questionnaire::entity::QuestionnaireId;
use crate::questionnaire::model::QuestionId;
use crate::questionnaire::response::Response;
use crate::questionnaire::response_policy::ANSWERERS;
use crate::questionnaire::review::Seals;
use crate::questionnaire::store::response::NewAnswer;
use crate::web::{Access, Ctx, Form, Invalid, Route};

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
        Outcome::Invalid(invalid) => {
            let typed = Some(form.view_with(ctx.language, &invalid));
            let view =
                page(&ctx, id, question, pages::Typed { form: typed, conflict: None }).await?;
            ctx.invalid(&view)
        }
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
    let version = form.value("version").parse().unwrap_or(-1);
    let remark = form.value("remark").replace("\r\n", "\n").trim().to_owned();
    if remark.chars().count() > answering::MAX_REMARK || crate::japanese::has_control(&remark, true)
    {
        return Err(Error::BadRequest("remark"));
    }
    let to = format!("/questionnaires/{id}/questions/{question}");
    let saved =
        ctx.write(move |tx, _| answering::take_over(tx, id, &question, version, &remark)).await?;
    match saved {
        Saved::Done(_) => Ok(ctx.see_other(&to, "done-taken-over")),
        Saved::Stale => Err(Error::Conflict("error-stale")),
    }
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
        Outcome::Stale { .. } => {
            let stored = ctx
                .read(move |c, ctx| {
                    let response = Response::load(c, &ctx.actor, id)?;
                    Ok(pages::stored_form(&response, response.question(&question)?))
                })
                .await?;
            let answer: Vec<&str> = stored.values("answer").collect();
            let fields = json!({ "answer": answer.join(" "), "remark": stored.value("remark") });
            Ok(HttpResponse::Conflict().json(json!({ "fields": fields })))
        }
    }
}
