//! An uploaded file, looked at and stored before it is entered.

use actix_web::http::StatusCode;

use super::model::AttachmentId;
use crate::database::Tx;
use crate::entrustment::Entrustment;
use crate::error::Result;
use crate::organisation;
use crate::storage::{self, file};
use crate::web::{Ctx, Invalid, Message, Refused, Upload};

/// A file that is stored and not entered yet.
#[derive(Clone, Debug)]
pub struct NewAttachment {
    /// The id.
    pub id: AttachmentId,
    /// Its name.
    pub file_name: String,
    /// Its media type.
    pub media_type: &'static str,
    /// Its size in bytes.
    pub size: i64,
    /// The SHA-256 of its bytes.
    pub sha256: String,
    /// Where it is stored.
    pub object: String,
}

/// Takes an upload from a field of a form: it is looked at, stored encrypted and then entered; when
/// entering fails, what was stored goes again. Gives what is wrong when it isn't taken.
///
/// # Errors
/// Those of the database, of the store, and of entering.
pub async fn take(
    ctx: &Ctx,
    entrustment: &Entrustment,
    (field, upload): (&str, &Upload),
    enter: impl FnOnce(&mut Tx<'_>, &Ctx, &NewAttachment) -> Result<()> + Send + 'static,
) -> Result<Option<Refused>> {
    if upload.too_large {
        let invalid = Invalid::at(field, Message::new("evidence-error-size"));
        return Ok(Some(Refused { invalid, status: StatusCode::PAYLOAD_TOO_LARGE }));
    }
    let new = match look_at(ctx, entrustment, upload) {
        Ok(new) => new,
        Err(fault) => return Ok(Some(Refused::at(field, Message::new(fault.key())))),
    };
    let tenant = entrustment.tenant_id;
    let key = ctx.read(move |c, _| organisation::wrapped_key(c, tenant)).await?;
    let object = new.object.clone();
    ctx.portal.storage.put(&ctx.portal.secret, &key, &object, &upload.bytes).await?;
    if let Err(error) = ctx.write(move |tx, ctx| enter(tx, ctx, &new)).await {
        ctx.portal.storage.remove(&object).await?;
        return Err(error);
    }
    Ok(None)
}

fn look_at(
    ctx: &Ctx,
    entrustment: &Entrustment,
    upload: &Upload,
) -> Result<NewAttachment, file::FileFault> {
    if upload.bytes.is_empty() {
        let named = !upload.file_name.is_empty();
        return Err(if named { file::FileFault::Empty } else { file::FileFault::Missing });
    }
    let file_name = file::plain_name(&upload.file_name);
    let id = AttachmentId::new(ctx.now);
    Ok(NewAttachment {
        id,
        media_type: file::media_type(&file_name, &upload.bytes)?,
        file_name,
        size: i64::try_from(upload.bytes.len()).unwrap_or(i64::MAX),
        sha256: storage::sha256(&upload.bytes),
        object: format!("{}/attachment/{id}", entrustment.tenant_id),
    })
}
