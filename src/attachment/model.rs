//! An attachment.

use diesel::prelude::*;
use serde::Serialize;

use crate::actor::OrganisationId;
use crate::clock::Timestamp;
use crate::database::schema::attachment;
use crate::entrustment::EntrustmentId;
use crate::id_type;

id_type! {
    /// The id of an attachment.
    AttachmentId
}

/// A file on a subject.
#[derive(Clone, Debug, Queryable, Selectable, Serialize)]
#[diesel(table_name = attachment)]
pub struct Attachment {
    /// The principal.
    pub tenant_id: OrganisationId,
    /// The id.
    pub id: AttachmentId,
    /// The entrustment.
    pub entrustment_id: EntrustmentId,
    /// What it is on: `inspection`, `finding`, `disposal`, `handler`, `sub_application`.
    pub subject_kind: String,
    /// The id of that.
    pub subject_id: String,
    /// Its name.
    pub file_name: String,
    /// Its media type.
    pub media_type: String,
    /// Its size in bytes.
    pub size: i64,
    /// The SHA-256 of its bytes.
    pub sha256: String,
    /// Where it is stored.
    pub object: String,
    /// Who added it.
    pub added_by_name: String,
    /// When.
    pub added_at: Timestamp,
    /// When it was taken back.
    pub removed_at: Option<Timestamp>,
}

/// An attachment as a page shows it.
#[derive(Clone, Debug, Serialize)]
pub struct FileView {
    /// The id.
    pub id: AttachmentId,
    /// The name.
    pub name: String,
    /// The size in bytes.
    pub size: i64,
    /// Where it is fetched.
    pub href: String,
    /// The SHA-256.
    pub sha256: String,
    /// Who added it.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// The views of those that were not taken back.
#[must_use]
pub fn views(attachments: &[Attachment]) -> Vec<FileView> {
    attachments
        .iter()
        .filter(|a| a.removed_at.is_none())
        .map(|a| FileView {
            id: a.id,
            name: a.file_name.clone(),
            size: a.size,
            href: format!("/entrustments/{}/attachments/{}", a.entrustment_id, a.id),
            sha256: a.sha256.clone(),
            by: a.added_by_name.clone(),
            at: a.added_at,
        })
        .collect()
}
