//! Photographs and documents of an inspection: added by either side, taken back by who added them.

use actix_web::HttpResponse;
use actix_web::web::Path;

use super::{Ids, load, show};
use crate::attachment::{self, AttachmentId, NewAttachment};
use crate::database::Tx;
use crate::entrustment::EntrustmentId;
use crate::error::Result;
use crate::inspection::model::InspectionId;
use crate::inspection::policy::{self, Attaching};
use crate::web::{Ctx, Form, Message, Refused, Upload};

const KIND: &str = "inspection";

/// Most files on an inspection.
const MAX_FILES: usize = 100;

/// Takes a file.
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
    let refused = if full {
        let message = Message::new("finding-error-files").with("max", MAX_FILES);
        Some(Refused::at("evidence", message))
    } else {
        let enter = move |tx: &mut Tx<'_>, ctx: &Ctx, new: &NewAttachment| enter(tx, ctx, ids, new);
        attachment::take(&ctx, &of, ("evidence", &upload), enter).await?
    };
    match refused {
        None => Ok(back(&ctx, ids, "done-evidence-added")),
        Some(refused) => show::again(&ctx, ids, &upload.form, &refused).await,
    }
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
        match policy::attach(tx.connection, &ctx.actor, of, &inspection)? {
            Attaching::Keeper(of) => attachment::remove_own(tx, &of, KIND, subject, file),
            Attaching::Holder(of) => attachment::remove_own(tx, &of, KIND, subject, file),
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
