//! The last step: printpdf's document into a file, through lopdf.
//!
//! lopdf comes with printpdf and is no dependency of its own, so its types are not named here:
//! values are changed in place, and what is to be changed is decided in `outline` and below.

use printpdf::{PdfDocument, PdfParseErrorSeverity, PdfSaveOptions, PdfWarnMsg};

use super::error::TypesetError;
use super::layout::Heading;
use super::outline::{Change, ObjectId, tree};
use super::paginate::Place;

/// Serialises a document; what printpdf leaves to chance is set from `identity`.
pub(super) fn write(
    pdf: &PdfDocument,
    language: &str,
    identity: &str,
    headings: &[Heading],
    places: &[Place],
) -> Result<Vec<u8>, TypesetError> {
    let mut warnings = Vec::new();
    let mut file = pdf.to_lopdf_document(&PdfSaveOptions::default(), &mut warnings);
    check(&warnings)?;
    "1.7".clone_into(&mut file.version);

    // The trailer's two ids, and a string to make others of.
    let mut string = None;
    let ids = file.trailer.get_mut(b"ID").and_then(|id| id.as_array_mut());
    for id in ids.into_iter().flatten() {
        if let Ok(text) = id.as_str_mut() {
            *text = identity.as_bytes().to_vec();
        }
        string = Some(id.clone());
    }
    let mut string = string.ok_or_else(|| TypesetError::Write("no /ID".to_owned()))?;

    let mut changes = Vec::new();
    if let Ok(info) = file.trailer.get(b"Info")
        && let Ok(info) = info.as_reference()
    {
        changes.push((info, Change::Remove("GTS_PDFXVersion")));
        changes.push((info, Change::Remove("Identifier")));
    }
    if let Ok(catalog) = file.catalog_mut() {
        let mut preferences = catalog.clone();
        preferences.as_hashmap_mut().clear();
        preferences.set("DisplayDocTitle", true);
        catalog.set("ViewerPreferences", preferences);
        if let Ok(text) = string.as_str_mut() {
            *text = language.as_bytes().to_vec();
        }
        catalog.set("Lang", string);
        if !headings.is_empty() {
            catalog.set("PageMode", "UseOutlines");
        }
    }
    if let Ok(outlines) = file.catalog().and_then(|catalog| catalog.get(b"Outlines"))
        && let Ok(root) = outlines.as_reference()
    {
        let items = chain(root, |object, key| {
            let next = file.get_dictionary(object).ok()?.get(key).ok()?;
            next.as_reference().ok()
        });
        changes.extend(tree(headings, places, root, &items));
    }
    for (object, change) in changes {
        let Ok(entries) = file.get_dictionary_mut(object) else {
            continue;
        };
        match change {
            Change::Refer(key, target) => entries.set(key, target),
            Change::Count(key, count) => entries.set(key, count),
            Change::Text(key, bytes) => {
                let text = entries.get_mut(key.as_bytes());
                if let Ok(text) = text.and_then(|text| text.as_str_mut()) {
                    *text = bytes;
                }
            }
            Change::Top(top) => {
                let parts = entries.get_mut(b"Dest").and_then(|dest| dest.as_array_mut());
                if let Some(part) = parts.ok().and_then(|parts| parts.get_mut(3)) {
                    *part = top.into();
                }
            }
            Change::Remove(key) => {
                entries.remove(key.as_bytes());
            }
        }
    }

    file.compress();
    let mut bytes = Vec::new();
    file.save_to(&mut bytes).map_err(|error| TypesetError::Write(error.to_string()))?;
    Ok(bytes)
}

/// The objects of a linked list: the `First` of `root` and each one's `Next`.
fn chain(
    root: ObjectId,
    follow: impl Fn(ObjectId, &'static [u8]) -> Option<ObjectId>,
) -> Vec<ObjectId> {
    std::iter::successors(follow(root, b"First"), |item| follow(*item, b"Next")).collect()
}

fn check(warnings: &[PdfWarnMsg]) -> Result<(), TypesetError> {
    let failed = |warning: &&PdfWarnMsg| warning.severity == PdfParseErrorSeverity::Error;
    match warnings.iter().find(failed) {
        Some(warning) => Err(TypesetError::Write(warning.msg.clone())),
        None => Ok(()),
    }
}
