//! What the objects of a PDF say beside its pages' text: annotations, fields, programs, files.

use std::collections::{BTreeSet, HashMap};

use encoding_rs::{SHIFT_JIS, UTF_16BE};
use lopdf::{Dictionary, Object};

use super::index::{Found, Index, Place};
use crate::contents::model::Unreadable;
use crate::contents::words::Words;

/// Annotations by which somebody comments (ISO 32000-1 table 169).
const COMMENTS: &[&[u8]] = &[
    b"Text",
    b"FreeText",
    b"Highlight",
    b"Underline",
    b"Squiggly",
    b"StrikeOut",
    b"Stamp",
    b"Caret",
    b"Ink",
];

/// What was found.
#[derive(Default)]
pub(super) struct Facts {
    pub(super) pages: u64,
    pub(super) comments: u64,
    pub(super) programs: u64,
    /// Pages and streams that later ones replaced, and that are still there.
    pub(super) replaced: u64,
    /// Layers that aren't shown.
    pub(super) layers: u64,
    /// The streams that are files.
    pub(super) files: BTreeSet<u32>,
    /// Their names.
    pub(super) names: HashMap<u32, String>,
}

impl Facts {
    /// Takes an object.
    pub(super) fn take(
        &mut self,
        index: &mut Index<'_, '_>,
        (id, place): (u32, Place),
        found: &Found,
        words: &mut Words<'_>,
    ) -> Result<(), Unreadable> {
        let replaced = index.is_replaced(id, place);
        if let Ok(head) = found.object.as_dict() {
            let is = |name: &[u8]| head.has_type(name);
            let lists = is(b"XRef") || is(b"ObjStm") || is(b"Metadata");
            if replaced && (is(b"Page") || found.stream.is_some() && !lists) {
                self.replaced = self.replaced.saturating_add(1);
            } else if is(b"Page") {
                self.pages = self.pages.saturating_add(1);
            } else if is(b"EmbeddedFile") && found.stream.is_some() {
                self.files.insert(id);
            }
        }
        self.within(index, &found.object, words)
    }

    fn within(
        &mut self,
        index: &mut Index<'_, '_>,
        object: &Object,
        words: &mut Words<'_>,
    ) -> Result<(), Unreadable> {
        match object {
            Object::Array(all) => all.iter().try_for_each(|one| self.within(index, one, words)),
            Object::Dictionary(all) => {
                self.dictionary(index, all, words)?;
                all.iter().try_for_each(|(_, one)| self.within(index, one, words))
            }
            _ => Ok(()),
        }
    }

    fn dictionary(
        &mut self,
        index: &mut Index<'_, '_>,
        all: &Dictionary,
        words: &mut Words<'_>,
    ) -> Result<(), Unreadable> {
        let name = |key: &[u8]| all.get(key).and_then(Object::as_name).unwrap_or_default();
        if all.has(b"Rect") && COMMENTS.contains(&name(b"Subtype")) {
            self.comments = self.comments.saturating_add(1);
            said(index, all, b"Contents", words)?;
        }
        if all.has(b"FT") || all.has(b"V") && all.has(b"T") {
            said(index, all, b"V", words)?;
        }
        if all.has(b"JS") || matches!(name(b"S"), b"JavaScript" | b"Launch") {
            self.programs = self.programs.saturating_add(1);
        }
        if let Ok(Object::Array(off)) = all.get(b"OFF") {
            self.layers = self.layers.saturating_add(off.len().try_into().unwrap_or(u64::MAX));
        }
        if let Some(files) = all.get(b"EF").ok().and_then(|files| index.dictionary(files)) {
            let name = [&b"UF"[..], b"F"].into_iter().find_map(|key| {
                let value = index.resolve(all.get(key).ok()?)?;
                value.as_str().ok().map(text)
            });
            for (_, file) in &files {
                if let Ok((id, _)) = file.as_reference() {
                    self.files.insert(id);
                    self.names.insert(id, name.clone().unwrap_or_default());
                }
            }
        }
        Ok(())
    }
}

/// Takes a text that somebody wrote beside a page.
fn said(
    index: &mut Index<'_, '_>,
    all: &Dictionary,
    key: &[u8],
    words: &mut Words<'_>,
) -> Result<(), Unreadable> {
    let value = all.get(key).ok().and_then(|value| index.resolve(value));
    if let Some(value) = value.as_ref().and_then(|value| value.as_str().ok()) {
        words.push(&text(value))?;
        words.end_line();
    }
    Ok(())
}

/// A text outside pages (ISO 32000-1 §7.9.2.2), or in CP932 as programs wrote it that knew no better.
pub(super) fn text(bytes: &[u8]) -> String {
    if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        return UTF_16BE.decode_without_bom_handling(rest).0.into_owned();
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if let Ok(text) = std::str::from_utf8(bytes) {
        return text.to_owned();
    }
    match SHIFT_JIS.decode_without_bom_handling_and_without_replacement(bytes) {
        Some(text) => text.into_owned(),
        None => bytes.iter().map(|byte| char::from(*byte)).collect(),
    }
}
