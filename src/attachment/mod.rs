//! Attachments: files of evidence (証拠資料) on whatever a register holds: a pledge, an inspection's
//! photographs, the certificate of a disposal.
//!
//! The slice that owns the subject has the page, the route and the policy; it hands the upload to
//! [`take`], enters it with [`add`] in its own transaction, and shows [`of`]. The download is ours:
//! whoever sees the entrustment may fetch its attachments.

mod file;
mod model;
mod store;
mod web;

pub use file::{NewAttachment, take};
pub use model::{Attachment, AttachmentId, FileView, views};
pub use store::{add, of, of_entrustment, of_subjects, remove, remove_own};
pub use web::routes;
