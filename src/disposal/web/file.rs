//! Photographs and documents of a disposal.

use actix_web::HttpResponse;
use actix_web::web::Path;

use super::show;
use crate::attachment::{self, AttachmentId, NewAttachment};
use crate::database::Tx;
use crate::disposal::desk::{self, Ids, MAX_FILES};
use crate::entrustment::EntrustmentId;
use crate::error::Result;
use crate::holding::DisposalId;
use crate::web::{Ctx, Form, Message, Refused, Upload};

/// Takes a file.
pub(super) async fn add(ctx: Ctx, path: Path<Ids>, upload: Upload) -> Result<HttpResponse> {
    let ids = path.into_inner();
    let (entrustment, room) = ctx.read(move |c, ctx| desk::takes_file(c, &ctx.actor, ids)).await?;
    let refused = if room {
        let enter =
            move |tx: &mut Tx<'_>, _: &Ctx, new: &NewAttachment| desk::add_file(tx, ids, new);
        attachment::take(&ctx, &entrustment, ("file", &upload), enter).await?
    } else {
        let message = Message::new("disposal-error-files").with("max", MAX_FILES);
        Some(Refused::at("file", message))
    };
    let Some(Refused { invalid, status }) = refused else {
        return Ok(ctx.see_other(&show::path(ids), "done-evidence-added"));
    };
    let view = show::page(&ctx, ids, Form::default(), invalid).await?;
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
