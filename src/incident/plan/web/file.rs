//! Evidence of a step: added by whoever works on it, taken back by whoever added it.

use actix_web::HttpResponse;
use actix_web::web::Path;

use super::show::again;
use super::{FileKey, Key, load, step_path};
use crate::attachment::{self, NewAttachment};
use crate::database::Tx;
use crate::error::Result;
use crate::incident::plan::policy;
use crate::web::{Ctx, Form, Message, Refused, Upload};

const KIND: &str = "incident_step";

/// Most files on a step.
const MAX_FILES: usize = 20;

/// Takes a file.
pub(super) async fn add(ctx: Ctx, key: Path<Key>, upload: Upload) -> Result<HttpResponse> {
    let key = key.into_inner();
    let (of, full) = ctx
        .read(move |c, ctx| {
            let (case, step) = load(c, ctx, key)?;
            let files = attachment::of(c, &case.0, step.id.as_str())?;
            let of = policy::attach(c, &ctx.actor, case, step)?.into_inner();
            Ok((of, attachment::views(&files).len() >= MAX_FILES))
        })
        .await?;
    let refused = if full {
        let message = Message::new("finding-error-files").with("max", MAX_FILES);
        Some(Refused::at("evidence", message))
    } else {
        let enter = move |tx: &mut Tx<'_>, ctx: &Ctx, new: &NewAttachment| enter(tx, ctx, key, new);
        attachment::take(&ctx, &of, ("evidence", &upload), enter).await?
    };
    match refused {
        None => Ok(ctx.see_other(&step_path(key), "done-evidence-added")),
        Some(refused) => again(&ctx, key, (upload.form, refused)).await,
    }
}

fn enter(tx: &mut Tx<'_>, ctx: &Ctx, key: Key, new: &NewAttachment) -> Result<()> {
    let (case, step) = load(tx.connection, ctx, key)?;
    let id = step.id;
    let of = policy::attach(tx.connection, tx.actor, case, step)?;
    attachment::add(tx, &of, KIND, id.as_str(), new)
}

/// Takes a file back.
pub(super) async fn remove(ctx: Ctx, path: FileKey, _form: Form) -> Result<HttpResponse> {
    let (id, incident, step, file) = path.into_inner();
    let key = (id, incident, step);
    ctx.write(move |tx, ctx| {
        let (case, step) = load(tx.connection, ctx, key)?;
        let subject = step.id;
        let of = policy::attach(tx.connection, tx.actor, case, step)?;
        attachment::remove_own(tx, &of, KIND, subject.as_str(), file)
    })
    .await?;
    Ok(ctx.see_other(&step_path(key), "done-evidence-removed"))
}
