//! Which files are taken, and under which name.

use crate::japanese;

/// Most bytes of a file.
pub const MAX_SIZE: usize = 25 * 1024 * 1024;
/// Most characters of a file's name.
const MAX_NAME: usize = 120;

/// What the browser offers to choose.
pub const ACCEPT: &str = ".pdf,.png,.jpg,.jpeg,.webp,.txt,.csv,.docx,.xlsx,.pptx";

/// Why a file isn't taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileFault {
    /// No file was chosen.
    Missing,
    /// It has no bytes.
    Empty,
    /// Its name ends in nothing that is taken.
    Type,
    /// Its content isn't what its name says.
    Content,
    /// The question has as many files as it may have.
    Many,
}

impl FileFault {
    /// The message.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Missing => "evidence-error-missing",
            Self::Empty => "evidence-error-empty",
            Self::Type => "evidence-error-type",
            Self::Content => "evidence-error-content",
            Self::Many => "evidence-error-many",
        }
    }
}

/// The name without its path and without what could make it look like another.
#[must_use]
pub fn plain_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept: String = last
        .chars()
        .filter(|c| {
            !japanese::is_control(*c) && !matches!(c, '"' | '<' | '>' | '|' | ':' | '*' | '?')
        })
        .collect();
    let kept = kept.trim_matches(|c: char| c.is_whitespace() || c == '.');
    let (stem, ending) = kept.rsplit_once('.').unwrap_or((kept, ""));
    let stem: String = stem.chars().take(MAX_NAME).collect();
    let ending: String = ending.chars().take(10).collect();
    match (stem.is_empty(), ending.is_empty()) {
        (true, true) => "file".to_owned(),
        (true, false) => format!("file.{ending}"),
        (false, true) => stem,
        (false, false) => format!("{stem}.{ending}"),
    }
}

/// The media type of a file whose content is what its name says.
///
/// # Errors
/// [`FileFault::Type`] and [`FileFault::Content`].
pub fn media_type(name: &str, bytes: &[u8]) -> Result<&'static str, FileFault> {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_lowercase();
    let office = |folder: &[u8], media_type| (is_office(bytes, folder), media_type);
    let picture = |media_type| (sniffed(bytes) == media_type, media_type);
    let (holds, media_type) = match ending.as_str() {
        "pdf" => picture("application/pdf"),
        "png" => picture("image/png"),
        "jpg" | "jpeg" => picture("image/jpeg"),
        "webp" => picture("image/webp"),
        "txt" => (is_text(bytes), "text/plain"),
        "csv" => (is_text(bytes), "text/csv"),
        "docx" => office(
            b"word/",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        "xlsx" => {
            office(b"xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
        }
        "pptx" => office(
            b"ppt/",
            "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        ),
        _ => return Err(FileFault::Type),
    };
    if holds { Ok(media_type) } else { Err(FileFault::Content) }
}

fn sniffed(bytes: &[u8]) -> &'static str {
    infer::get(bytes).map_or("", |found| found.mime_type())
}

/// Whether this is an Office Open XML package (ECMA-376) with this folder in it: a ZIP keeps the
/// names of its members as they are.
fn is_office(bytes: &[u8], folder: &[u8]) -> bool {
    let has = |name: &[u8]| bytes.windows(name.len()).any(|at| at == name);
    bytes.starts_with(b"PK\x03\x04") && has(b"[Content_Types].xml") && has(folder)
}

/// Whether this is text without control characters, in UTF-8 or in CP932.
fn is_text(bytes: &[u8]) -> bool {
    let plain = |b: &u8| *b >= 0x20 || matches!(b, b'\t' | b'\n' | b'\r' | 0x0c);
    bytes.iter().all(plain) && (std::str::from_utf8(bytes).is_ok() || is_cp932(bytes))
}

/// Whether every byte is part of a character of CP932: one byte, or two in their ranges.
fn is_cp932(bytes: &[u8]) -> bool {
    let mut rest = bytes.iter();
    while let Some(first) = rest.next() {
        let whole = match first {
            0x00..=0x7f | 0xa1..=0xdf => true,
            0x81..=0x9f | 0xe0..=0xfc => {
                rest.next().is_some_and(|second| matches!(second, 0x40..=0x7e | 0x80..=0xfc))
            }
            _ => false,
        };
        if !whole {
            return false;
        }
    }
    true
}
