//! What a workbook of `OpenDocument` brings beside its rows.

use super::super::bounded::{End, Go};
use super::super::feed::{Feed, shown};
use super::super::package::Package;
use super::super::xml::Bit;
use crate::contents::model::{Hidden, Unreadable};

/// Looks at everything but the content.
///
/// # Errors
/// It is encrypted, or a part is broken.
pub(super) fn read(package: &mut Package<'_>, feed: &mut Feed<'_>) -> Go {
    manifest(package, feed)?;
    for name in package.names() {
        let file = name.rsplit('/').next().unwrap_or_default();
        let list = file.starts_with("script-l") || file.starts_with("dialog-l");
        let basic = name.starts_with("basic/") && file.contains(".xml") && !list;
        if (basic || name.starts_with("scripts/")) && !file.is_empty() {
            feed.aside.hides(Hidden::Program, "", 1);
        } else if name.starts_with("versions/") && !file.is_empty() {
            feed.aside.hides(Hidden::Revisions, "", 1);
        }
    }
    told(package, feed)
}

/// What the parts are: encrypted ones, files inside the file. A chart is a part of the picture.
fn manifest(package: &mut Package<'_>, feed: &mut Feed<'_>) -> Go {
    let Some(mut xml) = package.xml("meta-inf/manifest.xml")? else {
        return Ok(());
    };
    loop {
        match xml.next()? {
            Bit::Open(tag) => match tag.name() {
                "encryption-data" => return Err(End::Why(Unreadable::Encrypted)),
                "file-entry" => {
                    let path = tag.get("full-path").unwrap_or_default();
                    let kind = tag.get("media-type").unwrap_or_default();
                    let own = path == "/" || path.starts_with("ObjectReplacements");
                    let document = kind.starts_with("application/vnd.oasis.opendocument")
                        || kind.starts_with("application/vnd.sun.star.oleobject");
                    if document && !own && kind.rsplit('.').next() != Some("chart") {
                        feed.aside.hides(Hidden::Embedded, &path, 1);
                    }
                }
                _ => {}
            },
            Bit::End => return Ok(()),
            _ => {}
        }
    }
}

/// What the file tells of itself.
fn told(package: &mut Package<'_>, feed: &mut Feed<'_>) -> Go {
    let Some(mut xml) = package.xml("meta.xml")? else {
        return Ok(());
    };
    let (mut key, mut value) = (String::new(), String::new());
    loop {
        match xml.next()? {
            Bit::Open(tag) => {
                key = match tag.name() {
                    "initial-creator" => "author".to_owned(),
                    "creator" => "last_author".to_owned(),
                    "title" | "subject" | "description" => tag.name().to_owned(),
                    "keyword" => "keywords".to_owned(),
                    "user-defined" => shown(&tag.get("name").unwrap_or_default()),
                    _ => String::new(),
                };
                value.clear();
            }
            Bit::Text(text) if !key.is_empty() => value.push_str(&text),
            Bit::Close(_) if !key.is_empty() => {
                feed.aside.tells(&key, &value);
                key.clear();
            }
            Bit::End => return Ok(()),
            _ => {}
        }
    }
}
