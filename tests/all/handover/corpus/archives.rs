//! Archives: bombs, names that lead away, members that aren't what they say, two files in one.

use std::io::{Cursor, Write as _};

use azukari::contents::Unreadable::{Bomb, Broken, Encrypted, Path, TooLarge, Unknown};
use encoding_rs::SHIFT_JIS;
use zip::write::SimpleFileOptions;

use super::Answer::{Inside, Whole, Why};
use super::make::{cut, docx, patched, pdf, plain_page, replaced, xlsx, zip, zip_named};
use super::pictures::{gif, jpeg, png};
use super::{Case, case};

pub(super) fn cases() -> Vec<Case> {
    vec![
        case("100 MB of zeros", "a.zip", bomb, Why(Bomb)),
        case("archives in archives, four deep", "a.zip", deep, Why(Bomb)),
        case("a bomb in an archive in an archive", "a.zip", nested_bomb, Why(Bomb)),
        case("a hundred members, the same bytes", "a.zip", overlapping, Why(Bomb)),
        case("a size that lies", "a.zip", lying_size, Inside(Broken)),
        case("3,000 members", "a.zip", many, Why(TooLarge)),
        case("2^40 members, as it says", "a.zip", announced, Why(TooLarge)),
        case("a name with ../", "a.zip", || zip_named("../../etc/cron.d/x"), Inside(Path)),
        case("a name with ..\\", "a.zip", || zip_named("..\\..\\x.txt"), Inside(Path)),
        case("an absolute name", "a.zip", || zip_named("/etc/passwd"), Inside(Path)),
        case("a name on a drive", "a.zip", || zip_named("C:\\Windows\\x.txt"), Inside(Path)),
        case("a name on a share", "a.zip", || zip_named("\\\\host\\share\\x.txt"), Inside(Path)),
        case("NUL in a name", "a.zip", nul_name, Inside(Path)),
        case("a name that turns round", "a.zip", || zip_named("\u{202e}txt.exe"), Inside(Path)),
        case("a second stream of a file", "a.zip", || zip_named("a.txt:x"), Inside(Path)),
        case("a very long name", "a.zip", || zip_named(&"a/".repeat(2000)), Inside(Path)),
        case("a link to another file", "a.zip", link, Inside(Path)),
        case(
            "an encrypted member",
            "a.zip",
            || patched(zip_named("a.txt"), 6, 8, &[1, 0]),
            Inside(Encrypted),
        ),
        case(
            "a way of packing nobody knows",
            "a.zip",
            || patched(zip_named("a.txt"), 8, 10, &[77, 0]),
            Inside(Unknown),
        ),
        case("two members of one name", "a.zip", twice, Why(Broken)),
        case(
            "bytes before it",
            "a.zip",
            || [b"#!/bin/sh\n".to_vec(), zip_named("a.txt")].concat(),
            Why(Broken),
        ),
        case(
            "bytes behind it",
            "a.zip",
            || [zip_named("a.txt"), b"behind".to_vec()].concat(),
            Why(Broken),
        ),
        case("cut off", "a.zip", || cut(&zip_named("a.txt"), 60), Why(Broken)),
        case(
            "a checksum that lies",
            "a.zip",
            || patched(zip_named("a.txt"), 14, 16, &[1, 2, 3, 4]),
            Inside(Broken),
        ),
        case("nothing in it", "a.zip", || zip::<&str, &str>(&[]), Whole),
        case(
            "a program in it",
            "a.zip",
            || zip(&[("setup.exe", b"MZ\x90\0\x03\0\0\0")]),
            Inside(Unknown),
        ),
        case("the EICAR test in it", "a.zip", || zip(&[("eicar.com", eicar())]), Inside(Unknown)),
        case("the EICAR test", "eicar.com", eicar, Why(Unknown)),
        case("a program", "a.exe", || b"MZ\x90\0\x03\0\0\0".to_vec(), Why(Unknown)),
        case("a program as a workbook", "a.xlsx", || b"MZ\x90\0\x03\0\0\0".to_vec(), Why(Broken)),
        case(
            "a program that unpacks itself",
            "a.exe",
            || [b"MZ\x90\0".to_vec(), zip_named("a.txt")].concat(),
            Why(Broken),
        ),
        case("a script", "a.js", || b"alert(1)".to_vec(), Why(Unknown)),
        case("a page", "a.html", || b"<html>".to_vec(), Why(Unknown)),
        case("a page as text", "a.txt", || b" <HTML><script>".to_vec(), Why(Broken)),
        case("a page as PDF", "a.pdf", || b"<!DOCTYPE html>".to_vec(), Why(Broken)),
        case("a drawing with a script", "a.svg", || b"<svg onload=\"x\"/>".to_vec(), Why(Unknown)),
        case("a drawing with an entity", "b.svg", svg_entity, Why(Unknown)),
        case("JPEG and ZIP", "a.jpg", || [jpeg(9, 9), zip_named("a.txt")].concat(), Why(Broken)),
        case("PNG and ZIP", "a.png", || [png(9, 9), zip_named("a.txt")].concat(), Why(Broken)),
        case("GIF and ZIP", "a.gif", || [gif(9), zip_named("a.txt")].concat(), Why(Broken)),
        case("PDF and ZIP", "a.pdf", || [plain_page(), zip_named("a.txt")].concat(), Why(Broken)),
        case("ZIP and PDF", "a.zip", || zip_named("%PDF-1.7\n1 0 obj"), Why(Broken)),
        case("CSV and PDF", "a.csv", || [b"a,b\n".to_vec(), pdf(&[], "")].concat(), Why(Broken)),
        case(
            "a workbook and a document",
            "a.docx",
            || docx("", &[("xl/workbook.xml", b"<x/>")]),
            Why(Broken),
        ),
        case("a workbook as ZIP", "a.zip", || xlsx("<x/>", &[]), Why(Broken)),
        case("a ZIP as a workbook", "a.xlsx", || zip_named("a.txt"), Why(Broken)),
        case("names in CP932", "a.zip", windows_names, Whole),
        case("nothing at all", "a.zip", Vec::new, Why(Broken)),
        case(
            "a marked end and nothing else",
            "a.zip",
            || b"PK\x03\x04PK\x05\x06".to_vec(),
            Why(Broken),
        ),
    ]
}

fn bomb() -> Vec<u8> {
    zip(&[("a.txt", vec![b'0'; 100 * 1024 * 1024])])
}

fn deep() -> Vec<u8> {
    (0..4).fold(zip_named("a.txt"), |inner, _| zip(&[("a.zip", inner)]))
}

fn nested_bomb() -> Vec<u8> {
    zip(&[("b.zip", zip(&[("a.txt", vec![b'0'; 20 * 1024 * 1024])]))])
}

/// A directory whose hundred entries are all the first member.
fn overlapping() -> Vec<u8> {
    let bytes = zip_named("a.txt");
    let directory = super::make::find(&bytes, b"PK\x01\x02").unwrap();
    let end = super::make::find(&bytes, b"PK\x05\x06").unwrap();
    let entry = &bytes[directory..end];
    let mut all = bytes[..directory].to_vec();
    for n in 0..100_u8 {
        let mut one = entry.to_vec();
        let name = super::make::find(&one, b"a.txt").unwrap();
        one[name] = b' ' + n;
        all.extend(one);
    }
    let mut last = bytes[end..].to_vec();
    last[8..10].copy_from_slice(&100_u16.to_le_bytes());
    last[10..12].copy_from_slice(&100_u16.to_le_bytes());
    last[12..16].copy_from_slice(&u32::try_from(entry.len() * 100).unwrap().to_le_bytes());
    all.extend(last);
    all
}

fn lying_size() -> Vec<u8> {
    patched(zip(&[("a.txt", vec![b'0'; 20 * 1024 * 1024])]), 22, 24, &[9, 0, 0, 0])
}

fn many() -> Vec<u8> {
    let members: Vec<_> = (0..3000).map(|n| (format!("{n}.txt"), "x")).collect();
    zip(&members)
}

/// The record of a large archive, which says more than there is.
fn announced() -> Vec<u8> {
    let count = (1_u64 << 40).to_le_bytes();
    let mut record = b"PK\x06\x06".to_vec();
    record.extend(44_u64.to_le_bytes());
    record.extend([45, 0, 45, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    record.extend(count);
    record.extend(count);
    record.extend([0; 16]);
    let at = 34_u64.to_le_bytes();
    let locator = [&b"PK\x06\x07\0\0\0\0"[..], &at, &[1, 0, 0, 0]].concat();
    let end = [&b"PK\x05\x06\0\0\0\0"[..], &[0xff; 12], &[0, 0]].concat();
    [b"PK\x03\x04".to_vec(), vec![0; 30], record, locator, end].concat()
}

fn nul_name() -> Vec<u8> {
    replaced(zip_named("a-b.txt"), b"a-b.txt", b"a\0b.txt")
}

fn twice() -> Vec<u8> {
    replaced(zip(&[("a.txt", "1"), ("b.txt", "2")]), b"b.txt", b"a.txt")
}

fn link() -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    zip.add_symlink("a.txt", "/etc/passwd", SimpleFileOptions::default()).unwrap();
    zip.finish().unwrap().into_inner()
}

/// The test file of virus scanners, in two pieces so that none finds it here.
fn eicar() -> Vec<u8> {
    [r"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR", "-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"]
        .concat()
        .into_bytes()
}

fn svg_entity() -> Vec<u8> {
    b"<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><svg>&x;</svg>"
        .to_vec()
}

/// An archive as Windows writes it, with its names in CP932.
pub(super) fn windows_names() -> Vec<u8> {
    let name = SHIFT_JIS.encode("名簿/一覧表.txt").0.into_owned();
    let plain = "x".repeat(name.len());
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file(plain.as_str(), SimpleFileOptions::default()).unwrap();
    zip.write_all("品名：鉛筆".as_bytes()).unwrap();
    replaced(zip.finish().unwrap().into_inner(), plain.as_bytes(), &name)
}
