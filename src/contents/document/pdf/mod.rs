//! PDF: its text, its annotations and fields, what it tells about itself, programs and files in it.
//!
//! Read by our own index, within bounds, rather than by a library that loads a whole document: files
//! up to 2 GB come, and only text, fonts and lists of objects are ever unpacked; pictures aren't.

mod cmap;
mod facts;
mod index;
mod lexer;
mod text;

use self::facts::Facts;
use self::index::{Index, is_whole};
use self::text::Pages;
use super::hide;
use crate::contents::looking::{Looking, tell};
use crate::contents::model::{Contents, Hidden, Unreadable};
use crate::contents::source::{File, size};
use crate::contents::spool::Spool;
use crate::contents::words::Words;

/// The key of the metadata that says of a document that its pages are pictures, or written in codes that
/// nobody can tell: nothing is known of what they show.
pub const WITHOUT_TEXT: &str = "without_text";

/// Looks at a PDF.
pub(in crate::contents) fn read(
    looking: &Looking<'_>,
    file: &mut dyn File,
    level: u8,
    contents: &mut Contents,
) -> Result<(), Unreadable> {
    let whole = size(file).and_then(|length| is_whole(file, length));
    if !whole.is_ok_and(|whole| whole) {
        return Err(Unreadable::Broken);
    }
    let mut index = Index::of(file, looking)?;
    if index.trailers.iter().any(|trailer| trailer.has(b"Encrypt")) {
        return Err(Unreadable::Encrypted);
    }
    index.unpack()?;
    // A file of a newer version has its trailer in a stream.
    if index.trailers.iter().any(|trailer| trailer.has(b"Encrypt")) {
        return Err(Unreadable::Encrypted);
    }
    let mut words = Words::new(looking);
    let mut facts = Facts::default();
    let read = everything(&mut index, &mut facts, &mut words);
    let shown = words.taken();
    words.finish(contents);
    contents.pages = facts.pages;
    hide(contents, Hidden::Comments, facts.comments);
    hide(contents, Hidden::Program, facts.programs);
    hide(contents, Hidden::Revisions, facts.replaced);
    hide(contents, Hidden::Text, facts.layers);
    about(&mut index, contents);
    read?;
    if facts.pages == 0 {
        return Err(Unreadable::Broken);
    }
    if shown == 0 {
        contents.metadata.insert(WITHOUT_TEXT.to_owned(), "yes".to_owned());
    }
    files(&mut index, &facts, level, contents)?;
    if index.damaged { Err(Unreadable::Broken) } else { Ok(()) }
}

fn everything(
    index: &mut Index<'_, '_>,
    facts: &mut Facts,
    words: &mut Words<'_>,
) -> Result<(), Unreadable> {
    let mut pages = Pages::default();
    for (id, place) in index.all.clone() {
        let Some(found) = index.at(place) else { continue };
        facts.take(index, (id, place), &found, words)?;
        if let Ok(object) = found.object.as_dict() {
            pages.take(index, object, found.stream, words)?;
        }
    }
    Ok(())
}

/// What the document tells about itself (ISO 32000-1 §14.3.3).
fn about(index: &mut Index<'_, '_>, contents: &mut Contents) {
    let told: Vec<_> =
        index.trailers.iter().filter_map(|trailer| trailer.get(b"Info").ok().cloned()).collect();
    for info in told.into_iter().take(100) {
        let Some(info) = index.dictionary(&info) else { continue };
        for (name, key) in [
            (&b"Author"[..], "author"),
            (b"Title", "title"),
            (b"Subject", "subject"),
            (b"Keywords", "keywords"),
            (b"Creator", "software"),
        ] {
            let value = info.get(name).ok().and_then(|value| index.resolve(value));
            if let Some(value) = value.as_ref().and_then(|value| value.as_str().ok()) {
                tell(contents, key, &facts::text(value));
            }
        }
    }
}

/// Looks at the files in the document.
fn files(
    index: &mut Index<'_, '_>,
    facts: &Facts,
    level: u8,
    contents: &mut Contents,
) -> Result<(), Unreadable> {
    for id in &facts.files {
        let name = facts.names.get(id).map_or("", String::as_str);
        match index.stream_of(*id)? {
            Some((_, bytes)) => {
                let spool = Spool::fill(&mut bytes.as_slice());
                let mut spool = spool.ok().ok_or(Unreadable::Broken)?;
                drop(bytes);
                super::inside(index.looking, name, &mut spool, level, contents)?;
            }
            None => hide(contents, Hidden::Embedded, 1),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
