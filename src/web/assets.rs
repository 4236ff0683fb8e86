//! Style sheet, scripts and icons, embedded in the binary and named by their content.

use std::borrow::Cow;

use actix_web::{
    HttpResponse,
    http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG},
};
use rust_embed::{EmbeddedFile, RustEmbed};

#[derive(RustEmbed)]
#[folder = "assets/css/"]
struct Css;

#[derive(RustEmbed)]
#[folder = "assets/js/"]
struct Js;

#[derive(RustEmbed)]
#[folder = "assets/icons/"]
struct Icons;

/// A file that the browser may ask for.
pub struct Asset {
    /// Its content.
    pub bytes: Cow<'static, [u8]>,
    /// Its media type.
    pub mime: &'static str,
    /// The part of its address that changes with its content.
    pub hash: String,
    /// Its entity tag, in quotes.
    pub etag: String,
}

/// Finds an asset by its path, such as `css/azukari.css`.
#[must_use]
pub fn find(path: &str) -> Option<Asset> {
    let (folder, name) = path.split_once('/')?;
    let EmbeddedFile { data, metadata } = match folder {
        "css" => Css::get(name)?,
        "js" => Js::get(name)?,
        "icons" => Icons::get(name)?,
        _ => return None,
    };
    let digest = hex::encode(metadata.sha256_hash());
    let hash: String = digest.chars().take(16).collect();
    Some(Asset { bytes: data, mime: mime(name)?, etag: format!("\"{digest}\""), hash })
}

fn mime(name: &str) -> Option<&'static str> {
    match name.rsplit_once('.')?.1 {
        "css" => Some("text/css; charset=utf-8"),
        "js" => Some("text/javascript; charset=utf-8"),
        "svg" => Some("image/svg+xml"),
        "png" => Some("image/png"),
        "ico" => Some("image/vnd.microsoft.icon"),
        _ => None,
    }
}

/// The address of an asset, which changes whenever its content does.
#[must_use]
pub fn asset_url(path: &str) -> Option<String> {
    find(path).map(|asset| format!("/assets/{}/{path}", asset.hash))
}

/// Answers `GET /assets/{hash}/{path}`.
///
/// The right hash is kept by browsers for ever. A page of an older or newer instance asks with
/// another one; it gets what there is, to be asked for again next time.
#[must_use]
pub fn response(hash: &str, path: &str, if_none_match: Option<&str>) -> HttpResponse {
    let Some(asset) = find(path) else {
        return HttpResponse::NotFound().finish();
    };
    let caching =
        if hash == asset.hash { "public, max-age=31536000, immutable" } else { "no-cache" };
    let known = if_none_match.is_some_and(|tags| tags.contains(&asset.etag));
    let mut answer = if known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    answer.insert_header((CACHE_CONTROL, caching)).insert_header((ETAG, asset.etag));
    if known {
        answer.finish()
    } else {
        answer.insert_header((CONTENT_TYPE, asset.mime)).body(asset.bytes)
    }
}

#[cfg(test)]
mod tests {
    use actix_web::{
        HttpResponse,
        http::{StatusCode, header::CACHE_CONTROL},
    };

    use super::{asset_url, find, response};

    fn caching(answer: &HttpResponse) -> &str {
        answer.headers().get(CACHE_CONTROL).unwrap().to_str().unwrap()
    }

    #[test]
    fn an_address_names_the_content_and_is_kept_for_ever() {
        let asset = find("css/azukari.css").unwrap();
        let url = asset_url("css/azukari.css").unwrap();
        assert_eq!(url, format!("/assets/{}/css/azukari.css", asset.hash));
        let answer = response(&asset.hash, "css/azukari.css", None);
        assert_eq!(answer.status(), StatusCode::OK);
        assert!(caching(&answer).contains("immutable"));
        let again = response(&asset.hash, "css/azukari.css", Some(&asset.etag));
        assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
        let other = response("0", "css/azukari.css", None);
        assert_eq!(caching(&other), "no-cache");
    }

    #[test]
    fn only_assets_are_served() {
        for path in ["css/../locales/ja/common.ftl", "locales/ja/common.ftl", "css/", "css"] {
            assert!(find(path).is_none(), "{path}");
            assert_eq!(response("0", path, None).status(), StatusCode::NOT_FOUND);
        }
    }
}
