//! Evidence of a finding: added by whoever's turn it is, taken back by whoever added it.

use actix_web::HttpResponse;
use actix_web::web::Path;

use super::show::{self, Attaching};
use super::{Ids, load};
use crate::attachment::{self, AttachmentId, NewAttachment};
use crate::database::Tx;
use crate::entrustment::EntrustmentId;
use crate::error::Result;
use crate::finding::model::FindingId;
use crate::web::{Ctx, Form, Message, Refused, Upload};

const KIND: &str = "finding";

/// Most files on a finding.
const MAX_FILES: usize = 20;

/// Takes a file.
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
        match show::may_attach(tx.connection, ctx, of, &finding)? {
            Attaching::Keeper(of) => attachment::remove_own(tx, &of, KIND, subject, file),
            Attaching::Holder(of) => attachment::remove_own(tx, &of, KIND, subject, file),
        }
    })
    .await?;
    Ok(back(&ctx, ids, "done-evidence-removed"))
}

fn back(ctx: &Ctx, (id, finding): (EntrustmentId, FindingId), done: &'static str) -> HttpResponse {
    ctx.see_other(&format!("/entrustments/{id}/findings/{finding}"), done)
}
