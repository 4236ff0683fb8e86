//! Evidence: handed in, downloaded by both sides, taken back.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;

use super::pages;
use crate::error::Result;
use crate::ledger::{self, Taken};
use crate::organisation;
use crate::questionnaire::entity::QuestionnaireId;
use crate::questionnaire::evidence::{self, FileFault, MAX_FILES, NewEvidence};
use crate::questionnaire::model::QuestionId;
use crate::questionnaire::response::{EvidenceId, Response};
use crate::questionnaire::response_policy::{self, ANSWERERS};
use crate::web::{Access, Ctx, Form, Invalid, MAX_UPLOAD, Message, Route, Upload, attachment};

/// The routes of evidence.
pub(super) fn routes() -> Vec<Route> {
    const ANSWERER: Access = Access::Roles(ANSWERERS);
    vec![
        Route::post("/questionnaires/{id}/questions/{question}/evidence", ANSWERER, add)
            .limit(MAX_UPLOAD),
        Route::get("/questionnaires/{id}/evidence/{evidence}", Access::Session, download),
        Route::post("/questionnaires/{id}/evidence/{evidence}/removal", ANSWERER, remove),
    ]
}

/// Takes a file: looked at, stored encrypted, then entered.
async fn add(
    ctx: Ctx,
    path: Path<(QuestionnaireId, QuestionId)>,
    upload: Upload,
) -> Result<HttpResponse> {
    let (id, question) = path.into_inner();
    let asked = question.clone();
    let (tenant, key, full) = ctx
        .read(move |c, ctx| {
            let response = Response::load(c, &ctx.actor, id)?;
            let response = response_policy::answer(&ctx.actor, response)?;
            let full = evidence::takes_file(&response, &asked)?;
            let tenant = response.questionnaire.tenant_id;
            Ok((tenant, organisation::wrapped_key(c, tenant)?, full))
        })
        .await?;
    if upload.too_large {
        let message = Message::new("evidence-error-size");
        return refuse(&ctx, id, question, StatusCode::PAYLOAD_TOO_LARGE, message).await;
    }
    let found = match full {
        Some(fault) => Err(fault),
        None => NewEvidence::of(tenant, &question, &upload.file_name, &upload.bytes, ctx.now),
    };
    let new = match found {
        Ok(new) => new,
        Err(fault) => return refuse_fault(&ctx, id, question, fault).await,
    };
    let (storage, secret) = (&ctx.portal.storage, &ctx.portal.secret);
    storage.put(secret, &key, &new.object, &upload.bytes).await?;
    let object = new.object.clone();
    let entered = ctx.write(move |tx, _| evidence::add(tx, id, &new)).await;
    match entered {
        Ok(None) => {
            let to = format!("/questionnaires/{id}/questions/{question}");
            Ok(ctx.see_other(&to, "done-evidence-added"))
        }
        Ok(Some(fault)) => {
            storage.remove(&object).await?;
            refuse_fault(&ctx, id, question, fault).await
        }
        Err(error) => {
            storage.remove(&object).await?;
            Err(error)
        }
    }
}

async fn refuse_fault(
    ctx: &Ctx,
    id: QuestionnaireId,
    question: QuestionId,
    fault: FileFault,
) -> Result<HttpResponse> {
    let message = Message::new(fault.key()).with("max", MAX_FILES);
    refuse(ctx, id, question, StatusCode::UNPROCESSABLE_ENTITY, message).await
}

/// The question's page again, with the error at the field.
async fn refuse(
    ctx: &Ctx,
    id: QuestionnaireId,
    question: QuestionId,
    status: StatusCode,
    message: Message,
) -> Result<HttpResponse> {
    let invalid = Invalid::at("evidence", message);
    let view = ctx
        .read(move |c, ctx| {
            let response = Response::load(c, &ctx.actor, id)?;
            let form = pages::stored_form(&response, response.question(&question)?);
            let form = Some(form.view_with(ctx.language, &invalid));
            let typed = pages::Typed { form, conflict: None };
            pages::question(c, ctx, &response, &question, typed)
        })
        .await?;
    ctx.page_with(status, &view)
}

/// Hands out a file to either side.
async fn download(ctx: Ctx, path: Path<(QuestionnaireId, EvidenceId)>) -> Result<HttpResponse> {
    let (id, file) = path.into_inner();
    let (row, key, of) = ctx
        .read(move |c, ctx| {
            let response = Response::load(c, &ctx.actor, id)?;
            let row = evidence::find(&response, file)?.clone();
            let of = response.questionnaire.entrustment_id;
            Ok((row, organisation::wrapped_key(c, response.questionnaire.tenant_id)?, of))
        })
        .await?;
    let bytes = ctx.portal.storage.get(&ctx.portal.secret, &key, &row.object).await?;
    let (id, entrustment) = (row.id.as_str(), of.as_str());
    let taken = Taken { kind: "evidence", id, entrustment, bytes: bytes.len() };
    ledger::downloaded(&ctx, taken).await?;
    Ok(attachment(&row.file_name, &row.media_type, bytes))
}

/// Takes a file back.
async fn remove(
    ctx: Ctx,
    path: Path<(QuestionnaireId, EvidenceId)>,
    _form: Form,
) -> Result<HttpResponse> {
    let (id, file) = path.into_inner();
    let question = ctx.write(move |tx, _| evidence::remove(tx, id, file)).await?;
    let to = format!("/questionnaires/{id}/questions/{question}");
    Ok(ctx.see_other(&to, "done-evidence-removed"))
}
