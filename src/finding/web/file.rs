//! Evidence of a finding: added by whoever's turn it is, taken back by whoever added it.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;

use super::show::{self, Attaching};
use super::{Ids, load};
use crate::attachment::{self, AttachmentId, NewAttachment};
use crate::database::Tx;
use crate::entrustment::EntrustmentId;
use crate::error::{Error, Result};
use crate::finding::model::FindingId;
use crate::web::{Ctx, Form, Invalid, Message, Upload};

const KIND: &str = "finding";

/// Most files on a finding.
const MAX_FILES: usize = 20;

/// Takes a file: looked at, stored encrypted, then entered.
pub(super) async fn add(ctx: Ctx, ids: Ids, upload: Upload) -> Result<HttpResponse> {
    let ids = ids.into_inner();
    let (of, full) = ctx
        .read(move |c, ctx| {
            let (of, finding) = load(c, ctx, ids)?;
            show::may_attach(c, ctx, of.clone(), &finding)?;
            let files = attachment::of(c, &of, finding.id.as_str())?;
            Ok((of, attachment::views(&files).len() >= MAX_FILES))
        })
        .await?;
    let stored = if full {
        Err(Message::new("finding-error-files").with("max", MAX_FILES))
    } else {
        attachment::store(&ctx, &of, &upload).await?
    };
    let new = match stored {
        Ok(new) => new,
        Err(message) => {
            let status = if upload.too_large {
                StatusCode::PAYLOAD_TOO_LARGE
            } else {
                StatusCode::UNPROCESSABLE_ENTITY
            };
            let invalid = Invalid::at("evidence", message);
            return show::again(&ctx, ids, &upload.form, &invalid, status).await;
        }
    };
    let entered = new.clone();
    if let Err(error) = ctx.write(move |tx, ctx| enter(tx, ctx, ids, &entered)).await {
        attachment::remove_object(&ctx, &new).await?;
        return Err(error);
    }
    Ok(back(&ctx, ids, "done-evidence-added"))
}

fn enter(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    ids: (EntrustmentId, FindingId),
    new: &NewAttachment,
) -> Result<()> {
    let (of, finding) = load(tx.connection, ctx, ids)?;
    let subject = finding.id.as_str();
    match show::may_attach(tx.connection, ctx, of, &finding)? {
        Attaching::Keeper(of) => attachment::add(tx, &of, KIND, subject, new),
        Attaching::Holder(of) => attachment::add(tx, &of, KIND, subject, new),
    }
}

/// Takes a file back.
pub(super) async fn remove(
    ctx: Ctx,
    path: Path<(EntrustmentId, FindingId, AttachmentId)>,
    _form: Form,
) -> Result<HttpResponse> {
    let (id, finding, file) = path.into_inner();
    let ids = (id, finding);
    ctx.write(move |tx, ctx| {
        let (of, finding) = load(tx.connection, ctx, ids)?;
        let subject = finding.id.as_str();
        let files = attachment::of(tx.connection, &of, subject)?;
        let own = files.iter().find(|f| f.id == file).ok_or(Error::NotFound)?;
        if own.added_by_name != tx.actor.name() {
            return Err(Error::Forbidden("role"));
        }
        match show::may_attach(tx.connection, ctx, of, &finding)? {
            Attaching::Keeper(of) => attachment::remove(tx, &of, KIND, subject, file),
            Attaching::Holder(of) => attachment::remove(tx, &of, KIND, subject, file),
        }
    })
    .await?;
    Ok(back(&ctx, ids, "done-evidence-removed"))
}

fn back(ctx: &Ctx, (id, finding): (EntrustmentId, FindingId), done: &'static str) -> HttpResponse {
    ctx.see_other(&format!("/entrustments/{id}/findings/{finding}"), done)
}
