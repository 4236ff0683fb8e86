//! The download of attachments.

use actix_web::HttpResponse;
use actix_web::web::Path;

use super::model::AttachmentId;
use super::store;
use crate::entrustment::{self, EntrustmentId};
use crate::error::Result;
use crate::ledger::{self, Taken};
use crate::organisation;
use crate::web::{Access, Ctx, Route, attachment as hand_out};

/// The routes of attachments.
#[must_use]
pub fn routes() -> Vec<Route> {
    vec![Route::get("/entrustments/{id}/attachments/{attachment}", Access::Session, download)]
}

/// Hands out a file to whoever sees its entrustment.
async fn download(ctx: Ctx, path: Path<(EntrustmentId, AttachmentId)>) -> Result<HttpResponse> {
    let (id, attachment) = path.into_inner();
    let (file, key) = ctx
        .read(move |c, ctx| {
            let entrustment = entrustment::find(c, &ctx.actor, id)?;
            let file = store::find(c, &entrustment, attachment)?;
            let key = organisation::wrapped_key(c, file.tenant_id)?;
            Ok((file, key))
        })
        .await?;
    let bytes = ctx.portal.storage.get(&ctx.portal.secret, &key, &file.object).await?;
    let (attachment, entrustment) = (attachment.as_str(), id.as_str());
    let taken = Taken { kind: "attachment", id: attachment, entrustment, bytes: bytes.len() };
    ledger::downloaded(&ctx, taken).await?;
    Ok(hand_out(&file.file_name, &file.media_type, bytes))
}
