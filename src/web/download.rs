//! A file as an answer: always to be saved, never to be run or shown in the portal's own name.

use std::fmt::Write as _;

use actix_web::http::header;
use actix_web::{HttpResponse, HttpResponseBuilder};

use super::headers::DOWNLOAD_POLICY;

/// The answer that hands out `bytes` under `name`.
#[must_use]
pub fn attachment(name: &str, media_type: &str, bytes: Vec<u8>) -> HttpResponse {
    let mut answer = HttpResponse::Ok();
    saved_as(&mut answer, name, media_type);
    answer.body(bytes)
}

/// The heads of an answer that hands out a file piece by piece. It is not compressed: a part of a
/// file is a part of its own bytes (RFC 9110 §14).
pub fn download_head(answer: &mut HttpResponseBuilder, name: &str, media_type: &str) {
    saved_as(answer, name, media_type);
    answer.insert_header((header::CONTENT_ENCODING, IDENTITY));
}

/// What tells the compression to leave an answer alone; it says nothing to a browser, and isn't sent.
pub(super) const IDENTITY: &str = "identity";

fn saved_as(answer: &mut HttpResponseBuilder, name: &str, media_type: &str) {
    answer
        .insert_header((header::CONTENT_TYPE, media_type))
        .insert_header((header::CONTENT_DISPOSITION, disposition(name)))
        .insert_header((header::CONTENT_SECURITY_POLICY, DOWNLOAD_POLICY));
}

/// RFC 6266: an ASCII name for old readers, and the name itself in UTF-8 (RFC 8187).
fn disposition(name: &str) -> String {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let plain = !ending.is_empty() && ending.bytes().all(|b| b.is_ascii_alphanumeric());
    let fallback = if plain { format!("file.{ending}") } else { "file".to_owned() };
    let mut encoded = String::new();
    for byte in name.bytes() {
        match byte {
            b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' | b'.' | b'-' | b'_' => {
                encoded.push(char::from(byte));
            }
            _ => {
                // Writing to a string never fails.
                let _ = write!(encoded, "%{byte:02X}");
            }
        }
    }
    format!("attachment; filename=\"{fallback}\"; filename*=UTF-8''{encoded}")
}

#[cfg(test)]
mod tests {
    use super::disposition;

    #[test]
    fn a_name_survives_in_any_script_and_splits_no_header() {
        assert_eq!(
            disposition("体制図 \"1\"\r\n.pdf"),
            "attachment; filename=\"file.pdf\"; \
             filename*=UTF-8''%E4%BD%93%E5%88%B6%E5%9B%B3%20%221%22%0D%0A.pdf"
        );
        assert_eq!(
            disposition("x.<b>"),
            "attachment; filename=\"file\"; filename*=UTF-8''x.%3Cb%3E"
        );
    }
}
