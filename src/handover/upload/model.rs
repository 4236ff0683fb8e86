//! Which files are taken, and how they are named, stored and entered.

use chrono::Duration;

use super::super::model::{DeliveryId, FileId};
use crate::actor::OrganisationId;
use crate::web::MAX_FORM;

/// Most bytes of a file: 2 GiB.
pub(super) const MAX_SIZE: u64 = 2 * 1024 * 1024 * 1024;
/// Most bytes of a body that brings files.
pub(super) const MAX_BODY: usize = 2 * 1024 * 1024 * 1024 + MAX_FORM;
/// Most files of a hand-over.
pub(super) const MAX_FILES: i64 = 50;
/// Most parts of a file: whoever sends it in crumbs has to begin anew.
pub(super) const MAX_PARTS: i64 = 4096;
/// How long an unfinished upload is kept.
pub(super) const KEPT: Duration = Duration::days(1);

/// A file as it is entered before its first byte has come.
#[derive(Clone, Debug)]
pub(super) struct NewFile {
    pub id: FileId,
    /// The only recipient who gets it.
    pub delivery_id: Option<DeliveryId>,
    pub name: String,
    /// Its size as it was announced; 0 when nobody said.
    pub size: i64,
    /// Its key, wrapped for its organisation.
    pub wrapped_key: String,
    /// The file of which it was cut.
    pub source_id: Option<FileId>,
}

/// A file that the portal makes of another one.
#[derive(Clone, Debug)]
pub(in crate::handover) struct Generated<'a> {
    /// Its name.
    pub name: &'a str,
    /// The only recipient who gets it.
    pub delivery: Option<DeliveryId>,
    /// The file of which it was cut.
    pub source: Option<FileId>,
}

/// The folder of a file's objects: it names the organisation and the file.
pub(super) fn folder(tenant: OrganisationId, file: FileId) -> String {
    format!("{tenant}/hand-over/{file}")
}

/// Whether an object lies in the folder of a file: what a row says of another file's object is wrong.
pub(super) fn is_in(folder: &str, object: &str) -> bool {
    object.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

/// The media type that a name promises. Whether it keeps the promise, checking says; it is handed
/// out to be saved, never to be shown.
pub(super) fn media_type(name: &str) -> &'static str {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_lowercase();
    match ending.as_str() {
        "csv" => "text/csv",
        "tsv" => "text/tab-separated-values",
        "txt" => "text/plain",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "xlsm" => "application/vnd.ms-excel.sheet.macroEnabled.12",
        "xls" => "application/vnd.ms-excel",
        "ods" => "application/vnd.oasis.opendocument.spreadsheet",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "pptx" => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "pdf" => "application/pdf",
        "zip" => "application/zip",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "tif" | "tiff" => "image/tiff",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_object_belongs_to_the_folder_that_it_lies_in() {
        assert!(is_in("t/hand-over/f", "t/hand-over/f/000-a"));
        assert!(!is_in("t/hand-over/f", "t/hand-over/fg/000-a"));
        assert!(!is_in("t/hand-over/f", "u/hand-over/f/000-a"));
    }

    #[test]
    fn a_name_promises_a_type() {
        assert_eq!(media_type("職員.XLSX"), media_type("x.xlsx"));
        assert_eq!(media_type("名簿"), "application/octet-stream");
        assert_eq!(media_type("名簿.exe"), "application/octet-stream");
    }
}
