//! The format of a file by its bytes. Two formats in one file are none: each program would see
//! another.

use super::document::format_of;
use super::image;
use super::look::{Named, ending};
use super::looking::Looking;
use super::model::{Format, Unreadable};
use super::package::{self, Package};
use super::source::{File, find, long, read_at, size};

/// Bytes of the beginning that are looked at.
const HEAD: usize = 4096;
/// Bytes in which programs look for the head of a PDF.
const PDF_HEAD: usize = 1024;
/// Largest compound file: what it says about its sectors is kept in memory.
const COMPOUND: u64 = 64 * 1024 * 1024;

/// A format, or which and why not.
type Recognised = Result<Format, (Format, Unreadable)>;

/// The format of a file. Text has no mark of its own: its name says which text it is.
pub(super) fn recognise(looking: &Looking<'_>, name: &str, file: &mut dyn File) -> Recognised {
    let named = Named::of(name);
    let broken = (named.format(), Unreadable::Broken);
    let head = read_at(file, 0, HEAD).ok().filter(|head| !head.is_empty()).ok_or(broken)?;
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        return zip(looking, file, &head, named);
    }
    if package::is_appended(file).ok().ok_or(broken)? {
        return Err(broken);
    }
    if head.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return compound(file, named);
    }
    if head.starts_with(b"%PDF-") {
        return Ok(Format::Pdf);
    }
    if pdf_at(&head).is_some() {
        return Err(broken);
    }
    if let Some(kind) = image::Kind::of(&head) {
        let other = image::Kind::named(&ending(name)).is_some_and(|named| named != kind);
        return if other { Err((Format::Image, Unreadable::Broken)) } else { Ok(Format::Image) };
    }
    if is_something_else(&head) {
        return match named {
            Named::As(_) => Err(broken),
            Named::Nothing | Named::Other => Err((Format::Other, Unreadable::Unknown)),
        };
    }
    match named {
        Named::As(text @ (Format::Csv | Format::Tsv | Format::Text)) => Ok(text),
        Named::As(_) => Err(broken),
        Named::Nothing | Named::Other => Err((Format::Other, Unreadable::Unknown)),
    }
}

/// Where the head of a PDF is.
fn pdf_at(head: &[u8]) -> Option<u64> {
    find(head.get(..PDF_HEAD).unwrap_or(head), b"%PDF-").map(long)
}

fn zip(looking: &Looking<'_>, file: &mut dyn File, head: &[u8], named: Named) -> Recognised {
    let known = match named {
        Named::As(format) => format,
        Named::Nothing | Named::Other => Format::Zip,
    };
    let most = looking.left().members.saturating_mul(5);
    let mut package = Package::open(file, most, looking).map_err(|why| (known, why))?;
    // A PDF that is kept as it is may be the first member; anywhere else it is a second file.
    if pdf_at(head).is_some_and(|place| !package.stored_at(place)) {
        return Err((known, Unreadable::Broken));
    }
    let open = package.first("mimetype", looking);
    let office = package.has("[Content_Types].xml");
    match (open.as_deref(), office) {
        (Some(_), true) => Err((known, Unreadable::Broken)),
        (Some("application/vnd.oasis.opendocument.spreadsheet"), false) => Ok(Format::Ods),
        (Some(_), false) => Err(unless_named(named)),
        (None, true) => match format_of(&package) {
            Some(Format::Xlsx) if package.has("xl/vbaProject.bin") => Ok(Format::Xlsm),
            Some(format) => Ok(format),
            None => Err(unless_named(named)),
        },
        (None, false) => Ok(Format::Zip),
    }
}

/// A workbook of old, or a package under a password.
fn compound(file: &mut dyn File, named: Named) -> Recognised {
    let broken = (named.format(), Unreadable::Broken);
    if size(file).ok().ok_or(broken)? > COMPOUND {
        return Err((named.format(), Unreadable::TooLarge));
    }
    file.rewind().ok().ok_or(broken)?;
    let compound = cfb::CompoundFile::open(file).ok().ok_or(broken)?;
    let has = |name: &str| compound.is_stream(name);
    if has("/EncryptedPackage") {
        return Err((named.format(), Unreadable::Encrypted));
    }
    if has("/Workbook") || has("/Book") {
        return Ok(Format::Xls);
    }
    Err(unless_named(named))
}

/// A format that isn't looked into; broken where the name says another.
fn unless_named(named: Named) -> (Format, Unreadable) {
    match named {
        Named::As(format) => (format, Unreadable::Broken),
        Named::Nothing | Named::Other => (Format::Other, Unreadable::Unknown),
    }
}

/// Programs, other archives, films; and text that a program would act upon.
fn is_something_else(head: &[u8]) -> bool {
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let start = text.get(..64).unwrap_or(text).to_ascii_lowercase();
    let marks: [&[u8]; 10] = [
        b"<!doctype",
        b"<html",
        b"<svg",
        b"<?xml",
        b"<script",
        b"<?php",
        b"<!--",
        b"#!",
        b"{\\rtf",
        b"%!ps",
    ];
    // Marks of two letters are found in lists too: one may begin with "BMI" or "MZ".
    let binary =
        head.iter().any(|byte| *byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 12));
    marks.iter().any(|mark| start.starts_with(mark)) || binary && infer::get(head).is_some()
}
