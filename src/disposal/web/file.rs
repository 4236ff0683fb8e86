//! Photographs and documents of a disposal.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;

use super::show;
use crate::attachment::{self, AttachmentId};
use crate::disposal::desk::{self, Ids, MAX_FILES};
use crate::entrustment::EntrustmentId;
use crate::error::Result;
use crate::holding::DisposalId;
use crate::web::{Ctx, Form, Invalid, Message, Upload};

/// Takes a file: looked at, stored encrypted, then entered.
pub(super) async fn add(ctx: Ctx, path: Path<Ids>, upload: Upload) -> Result<HttpResponse> {
    let ids = path.into_inner();
    let (entrustment, room) = ctx.read(move |c, ctx| desk::takes_file(c, &ctx.actor, ids)).await?;
    if !room {
        let message = Message::new("disposal-error-files").with("max", MAX_FILES);
        return refuse(&ctx, ids, StatusCode::UNPROCESSABLE_ENTITY, message).await;
    }
    let new = match attachment::store(&ctx, &entrustment, &upload).await? {
        Ok(new) => new,
        Err(message) => {
            let status = if upload.too_large {
                StatusCode::PAYLOAD_TOO_LARGE
            } else {
                StatusCode::UNPROCESSABLE_ENTITY
            };
            return refuse(&ctx, ids, status, message).await;
        }
    };
    let entered = new.clone();
    if let Err(error) = ctx.write(move |tx, _| desk::add_file(tx, ids, &entered)).await {
        attachment::remove_object(&ctx, &new).await?;
        return Err(error);
    }
    Ok(ctx.see_other(&show::path(ids), "done-evidence-added"))
}

async fn refuse(ctx: &Ctx, ids: Ids, status: StatusCode, message: Message) -> Result<HttpResponse> {
    let view = show::page(ctx, ids, Form::default(), Invalid::at("file", message)).await?;
    ctx.page_with(status, &view)
}

/// Takes a file back.
pub(super) async fn remove(
    ctx: Ctx,
    path: Path<(EntrustmentId, DisposalId, AttachmentId)>,
    _form: Form,
) -> Result<HttpResponse> {
    let (id, disposal, file) = path.into_inner();
    ctx.write(move |tx, _| desk::remove_file(tx, (id, disposal), file)).await?;
    Ok(ctx.see_other(&show::path((id, disposal)), "done-evidence-removed"))
}
