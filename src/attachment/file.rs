//! An uploaded file, looked at and stored before it is entered.

use super::model::AttachmentId;
use crate::entrustment::Entrustment;
use crate::error::Result;
use crate::organisation;
use crate::storage::{self, file};
use crate::web::{Ctx, Message, Upload};

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

/// Looks at an upload and stores it encrypted; gives the message for the field when it isn't taken.
/// When entering it fails afterwards, [`remove_object`] takes it away again.
///
/// # Errors
/// Those of the database and of the store.
pub async fn store(
    ctx: &Ctx,
    entrustment: &Entrustment,
    upload: &Upload,
) -> Result<Result<NewAttachment, Message>> {
    if upload.too_large {
        return Ok(Err(Message::new("evidence-error-size")));
    }
    let new = match look_at(ctx, entrustment, upload) {
        Ok(new) => new,
        Err(fault) => return Ok(Err(Message::new(fault.key()))),
    };
    let tenant = entrustment.tenant_id;
    let key = ctx.read(move |c, _| organisation::wrapped_key(c, tenant)).await?;
    ctx.portal.storage.put(&ctx.portal.secret, &key, &new.object, &upload.bytes).await?;
    Ok(Ok(new))
}

/// Takes away what was stored and could not be entered.
///
/// # Errors
/// Those of the store.
pub async fn remove_object(ctx: &Ctx, new: &NewAttachment) -> Result<()> {
    ctx.portal.storage.remove(&new.object).await
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
