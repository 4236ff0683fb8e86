//! What tus 1.0.0 says (<https://tus.io/protocols/resumable-upload>): its headers, without any
//! request or file. Core, creation, termination and expiration are spoken.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::super::model::DeliveryId;
use super::model::MAX_SIZE;
use crate::clock::Timestamp;

/// The version.
pub(super) const VERSION: &str = "1.0.0";
/// What is spoken beside the core.
pub(super) const EXTENSIONS: &str = "creation,termination,expiration";
/// The type of a part.
pub(super) const PART_TYPE: &str = "application/offset+octet-stream";

/// Why a request isn't answered as asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// 412: another version.
    Version,
    /// 400: a header is missing or no number.
    Header,
    /// 413: the file, or what is left of it, is smaller than this.
    TooLarge,
    /// 422: an empty file.
    Empty,
    /// 422: the hand-over has as many files as it may have.
    Many,
    /// 415: no part.
    Type,
    /// 409: the part begins elsewhere than the file ends.
    Offset,
    /// 409: too many parts.
    Crumbs,
}

impl Refusal {
    pub fn status(self) -> u16 {
        match self {
            Self::Version => 412,
            Self::Header => 400,
            Self::TooLarge => 413,
            Self::Empty | Self::Many => 422,
            Self::Type => 415,
            Self::Offset | Self::Crumbs => 409,
        }
    }

    /// The message.
    pub fn key(self) -> &'static str {
        match self {
            Self::Version => "handover-upload-refused-version",
            Self::Header => "handover-upload-refused-header",
            Self::TooLarge => "handover-upload-error-large",
            Self::Empty => "handover-upload-error-empty",
            Self::Many => "handover-upload-error-many",
            Self::Type => "handover-upload-refused-type",
            Self::Offset => "handover-upload-refused-offset",
            Self::Crumbs => "handover-upload-refused-crumbs",
        }
    }
}

/// A file as it is announced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Announced {
    pub size: u64,
    pub name: String,
    pub delivery: Option<DeliveryId>,
}

/// Refuses another version than ours.
pub(super) fn version(header: Option<&str>) -> Result<(), Refusal> {
    if header == Some(VERSION) { Ok(()) } else { Err(Refusal::Version) }
}

/// A number of bytes.
pub(super) fn number(header: Option<&str>) -> Result<u64, Refusal> {
    let digits = header.filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()));
    digits.and_then(|text| text.parse().ok()).ok_or(Refusal::Header)
}

/// A file out of `Upload-Length` and `Upload-Metadata`.
pub(super) fn announced(length: Option<&str>, metadata: &str) -> Result<Announced, Refusal> {
    let size = number(length)?;
    if size > MAX_SIZE {
        return Err(Refusal::TooLarge);
    }
    if size == 0 {
        return Err(Refusal::Empty);
    }
    let value = |key: &str| {
        let mut pairs = metadata.split(',').filter_map(|pair| pair.trim().split_once(' '));
        let (_, encoded) = pairs.find(|(name, _)| *name == key)?;
        let bytes = STANDARD.decode(encoded.trim()).ok()?;
        String::from_utf8(bytes).ok()
    };
    let delivery = match value("delivery").filter(|text| !text.is_empty()) {
        Some(text) => Some(text.parse().ok().ok_or(Refusal::Header)?),
        None => None,
    };
    Ok(Announced { size, name: value("filename").unwrap_or_default(), delivery })
}

/// The date of `Upload-Expires`: that of HTTP (RFC 9110 §5.6.7).
pub(super) fn date(at: Timestamp) -> String {
    at.format("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_version_is_spoken() {
        assert_eq!(version(Some("1.0.0")), Ok(()));
        for other in [None, Some(""), Some("1.0"), Some("0.2.2"), Some("1.0.0, 0.2.2")] {
            assert_eq!(version(other), Err(Refusal::Version), "{other:?}");
        }
    }

    #[test]
    fn a_number_is_digits_and_nothing_else() {
        assert_eq!(number(Some("0")), Ok(0));
        assert_eq!(number(Some("2147483648")), Ok(MAX_SIZE));
        for other in [
            None,
            Some(""),
            Some("-1"),
            Some("+1"),
            Some("1.5"),
            Some("1 "),
            Some("99999999999999999999"),
        ] {
            assert_eq!(number(other), Err(Refusal::Header), "{other:?}");
        }
    }

    #[test]
    fn a_file_is_announced_with_its_size_and_name() {
        let name = STANDARD.encode("職員名簿.xlsx");
        let text = format!("relativePath bnVsbA==, filename {name},is_confidential");
        let expected = Announced { size: 7, name: "職員名簿.xlsx".to_owned(), delivery: None };
        assert_eq!(announced(Some("7"), &text), Ok(expected));
        assert_eq!(announced(Some("7"), "filename %%%").map(|a| a.name), Ok(String::new()));
        assert_eq!(announced(Some("0"), &text), Err(Refusal::Empty));
        assert_eq!(announced(Some("2147483649"), &text), Err(Refusal::TooLarge));
        assert_eq!(announced(None, &text), Err(Refusal::Header));
        assert_eq!(announced(Some("7"), "delivery bm9uZQ=="), Err(Refusal::Header));
    }

    #[test]
    fn a_date_is_written_as_http_has_it() {
        let at = "1994-11-06T08:49:37".parse().unwrap();
        assert_eq!(date(at), "Sun, 06 Nov 1994 08:49:37 GMT");
    }
}
