//! Documents and presentations (ECMA-376): their text, what of it isn't seen, and the files inside
//! them. A file inside is looked at like a member of an archive.

pub(super) mod pdf;
mod prose;

use self::prose::{Prose, Role};
use super::archive::keep;
use super::look::ending;
use super::looking::{Looking, tell};
use super::model::{Contents, Format, Hidden, HiddenAt, Unreadable};
use super::package::{Entry, Package};
use super::source::File;
use super::spool::Spool;
use super::words::Words;
use super::xml::{Node, Xml};

/// Parts for one member of an archive: each slide has some of its own.
const PARTS: usize = 5;

/// Looks at a .docx or .pptx.
pub(super) fn read(
    looking: &Looking<'_>,
    file: &mut dyn File,
    level: u8,
    contents: &mut Contents,
) -> Result<(), Unreadable> {
    let most = looking.left().members.saturating_mul(PARTS);
    let mut package = Package::open(file, most, looking)?;
    let entries = std::mem::take(&mut package.entries);
    if entries.iter().any(|entry| entry.encrypted) {
        return Err(Unreadable::Encrypted);
    }
    let mut prose = Prose::default();
    let mut words = Words::new(looking);
    let read = entries.iter().try_for_each(|entry| match Role::of(contents.format, &entry.name) {
        Some(role) => {
            prose.read(&mut Xml::new(package.part(entry, looking)?, looking), role, &mut words)
        }
        None => beside(looking, &mut package, entry, level, contents),
    });
    words.finish(contents);
    contents.pages = prose.slides;
    hide(contents, Hidden::Revisions, prose.revisions);
    hide(contents, Hidden::Text, prose.unseen);
    hide(contents, Hidden::Comments, prose.comments);
    hide(contents, Hidden::Slide, prose.unshown);
    hide(contents, Hidden::Notes, prose.notes);
    read
}

/// Adds something hidden; to what is there already of its kind.
pub(super) fn hide(contents: &mut Contents, what: Hidden, count: u64) {
    if count == 0 {
        return;
    }
    match contents.hidden.iter_mut().find(|one| one.what == what && one.place.is_empty()) {
        Some(one) => one.count = one.count.saturating_add(count),
        None => contents.hidden.push(HiddenAt { what, place: String::new(), count }),
    }
}

/// What is in a package beside its text.
fn beside(
    looking: &Looking<'_>,
    package: &mut Package<'_>,
    entry: &Entry,
    level: u8,
    contents: &mut Contents,
) -> Result<(), Unreadable> {
    let name = entry.name.to_lowercase();
    if name.ends_with("vbaproject.bin")
        || name.contains("/activex/activex") && ending(&name) == "bin"
    {
        hide(contents, Hidden::Program, 1);
    } else if matches!(name.as_str(), "docprops/core.xml" | "docprops/app.xml") {
        told(&mut Xml::new(package.part(entry, looking)?, looking), contents)?;
    } else if name.contains("/embeddings/") && !entry.folder {
        let mut part = package.part(entry, looking)?;
        let mut spool = Spool::fill(&mut part).ok().ok_or_else(|| looking.why())?;
        drop(part);
        inside(looking, &entry.name, &mut spool, level, contents)?;
    }
    Ok(())
}

/// Looks at a file inside the file.
fn inside(
    looking: &Looking<'_>,
    name: &str,
    spool: &mut Spool,
    level: u8,
    contents: &mut Contents,
) -> Result<(), Unreadable> {
    hide(contents, Hidden::Embedded, 1);
    looking.take_members(1)?;
    let found = looking.file(name, spool, level.saturating_add(1));
    let why = found.unreadable;
    keep(contents, name, spool.len(), found);
    match why {
        Some(why @ (Unreadable::Bomb | Unreadable::TooLarge)) => Err(why),
        _ => Ok(()),
    }
}

/// What a document tells about itself (ECMA-376 part 2 §8 and part 1 §22.2).
fn told(xml: &mut Xml<'_, impl std::io::Read>, contents: &mut Contents) -> Result<(), Unreadable> {
    let mut value = String::new();
    loop {
        match xml.next()? {
            Node::Start(..) => value.clear(),
            Node::Text(text) if value.len() < 1000 => value.push_str(&text),
            Node::Text(_) => {}
            Node::End(name) => {
                let key = match name.as_ref() {
                    "creator" => "author",
                    "lastModifiedBy" => "last_author",
                    "title" => "title",
                    "subject" => "subject",
                    "keywords" => "keywords",
                    "description" => "description",
                    "Company" => "company",
                    "Manager" => "manager",
                    _ => "",
                };
                if !key.is_empty() {
                    tell(contents, key, &value);
                }
                value.clear();
            }
            Node::Eof => return Ok(()),
        }
    }
}

/// The format of an office package, by the parts it can't be without.
pub(super) fn format_of(package: &Package<'_>) -> Option<Format> {
    let found = [
        ("xl/workbook.xml", Format::Xlsx),
        ("word/document.xml", Format::Docx),
        ("ppt/presentation.xml", Format::Pptx),
    ];
    let mut found = found.into_iter().filter(|(name, _)| package.has(name));
    let (_, format) = found.next()?;
    // Two formats in one package: each program sees another.
    found.next().is_none().then_some(format)
}

#[cfg(test)]
mod tests;
