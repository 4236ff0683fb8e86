//! Photographs and documents of an inspection: added by either side, taken back by who added them.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;

use super::{Ids, load, show};
use crate::attachment::{self, AttachmentId, NewAttachment};
use crate::database::Tx;
use crate::entrustment::EntrustmentId;
use crate::error::{Error, Result};
use crate::inspection::model::InspectionId;
use crate::inspection::policy::{self, Attaching};
use crate::web::{Ctx, Form, Invalid, Message, Upload};

const KIND: &str = "inspection";

/// Most files on an inspection.
const MAX_FILES: usize = 100;

/// Takes a file: looked at, stored encrypted, then entered.
pub(super) async fn add(ctx: Ctx, ids: Ids, upload: Upload) -> Result<HttpResponse> {
    let ids = ids.into_inner();
    let (of, full) = ctx
        .read(move |c, ctx| {
            let (of, inspection) = load(c, ctx, ids)?;
            policy::attach(c, &ctx.actor, of.clone(), &inspection)?;
            let files = attachment::of(c, &of, inspection.id.as_str())?;
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
    ids: (EntrustmentId, InspectionId),
    new: &NewAttachment,
) -> Result<()> {
    let (of, inspection) = load(tx.connection, ctx, ids)?;
    let subject = inspection.id.as_str();
    match policy::attach(tx.connection, &ctx.actor, of, &inspection)? {
        Attaching::Keeper(of) => attachment::add(tx, &of, KIND, subject, new),
        Attaching::Holder(of) => attachment::add(tx, &of, KIND, subject, new),
    }
}

/// Takes a file back.
pub(super) async fn remove(
    ctx: Ctx,
    path: Path<(EntrustmentId, InspectionId, AttachmentId)>,
    _form: Form,
) -> Result<HttpResponse> {
    let (id, inspection, file) = path.into_inner();
    let ids = (id, inspection);
    ctx.write(move |tx, ctx| {
        let (of, inspection) = load(tx.connection, ctx, ids)?;
        let subject = inspection.id.as_str();
        let files = attachment::of(tx.connection, &of, subject)?;
        let own = files.iter().find(|f| f.id == file).ok_or(Error::NotFound)?;
        if own.added_by_name != tx.actor.name() {
            return Err(Error::Forbidden("role"));
        }
        match policy::attach(tx.connection, &ctx.actor, of, &inspection)? {
            Attaching::Keeper(of) => attachment::remove(tx, &of, KIND, subject, file),
            Attaching::Holder(of) => attachment::remove(tx, &of, KIND, subject, file),
        }
    })
    .await?;
    Ok(back(&ctx, ids, "done-evidence-removed"))
}

fn back(
    ctx: &Ctx,
    (id, inspection): (EntrustmentId, InspectionId),
    done: &'static str,
) -> HttpResponse {
    ctx.see_other(&format!("/entrustments/{id}/inspections/{inspection}"), done)
}
