//! Tables: cells far apart, numbers that lie, entities, macros, text without end.

use azukari::contents::Hidden::Program;
use azukari::contents::Unreadable::{Bomb, Broken, Encoding, Encrypted, TooLarge, Unknown};

use super::Answer::{Hides, Whole, Why};
use super::make::{cell, compound, cut, ods, plain_sheet, records, sheet, xlsx};
use super::{Case, case};

/// The head of a sheet of Excel 97, its end, and what a workbook begins with.
const BOF_BOOK: (u16, &[u8]) = (0x0809, &[0, 6, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
const EOF: (u16, &[u8]) = (0x000a, &[]);

#[expect(clippy::too_many_lines, reason = "a list, a line each")]
pub(super) fn cases() -> Vec<Case> {
    vec![
        case("a small workbook", "a.xlsx", || xlsx(&plain_sheet(), &[]), Whole),
        case("two cells at far corners", "b.xlsx", far, Whole),
        case(
            "a reference of impossible length",
            "c.xlsx",
            || xlsx(&sheet(&format!("<row r=\"1\">{}</row>", cell("ZZZZZZZZZZ1", "a"))), &[]),
            Why(Broken),
        ),
        case("a million columns", "d.xlsx", columns, Why(TooLarge)),
        case(
            "a file of the machine as an entity",
            "e.xlsx",
            || xlsx(&entity("SYSTEM \"file:///etc/passwd\""), &[]),
            Why(Broken),
        ),
        case(
            "an address as an entity",
            "f.xlsx",
            || {
                xlsx(
                    &plain_sheet(),
                    &[(
                        "xl/sharedStrings.xml",
                        entity("SYSTEM \"http://evil.example/\"").as_bytes(),
                    )],
                )
            },
            Why(Broken),
        ),
        case("a billion laughs", "g.xlsx", || xlsx(&laughs(), &[]), Why(Broken)),
        case(
            "2^63 shared texts, as it says",
            "h.xlsx",
            || {
                xlsx(
                    &plain_sheet(),
                    &[("xl/sharedStrings.xml", b"<sst uniqueCount=\"9223372036854775808\"/>")],
                )
            },
            Whole,
        ),
        case(
            "elements within each other",
            "i.xlsx",
            || xlsx(&"<a>".repeat(1_000_000), &[]),
            Why(Broken),
        ),
        case(
            "a million attributes",
            "j.xlsx",
            || xlsx(&format!("<worksheet {}/>", attributes()), &[]),
            Why(Broken),
        ),
        case(
            "a sheet of 100 MB of spaces",
            "k.xlsx",
            || xlsx(&sheet(&" ".repeat(100 * 1024 * 1024)), &[]),
            Why(Broken),
        ),
        case(
            "macros under another name",
            "l.xlsx",
            || xlsx(&plain_sheet(), &[("xl/vbaProject.bin", b"x")]),
            Why(Broken),
        ),
        case(
            "macros",
            "m.xlsm",
            || xlsx(&plain_sheet(), &[("xl/vbaProject.bin", b"x")]),
            Hides(Program),
        ),
        case("a workbook under a password", "n.xlsx", encrypted, Why(Encrypted)),
        case("cut off", "o.xlsx", || cut(&xlsx(&plain_sheet(), &[]), 70), Why(Broken)),
        case("CSV as a workbook", "p.xlsx", || b"a,b\n1,2\n".to_vec(), Why(Broken)),
        case("a workbook as CSV", "q.csv", || xlsx(&plain_sheet(), &[]), Why(Broken)),
        case(
            "a workbook in binary",
            "r.xlsb",
            || super::make::zip(&[("[Content_Types].xml", "<Types/>"), ("xl/workbook.bin", "x")]),
            Why(Unknown),
        ),
        case(
            "no sheet at all",
            "s.xlsx",
            || {
                super::make::zip(&[
                    ("[Content_Types].xml", "<Types/>"),
                    ("xl/workbook.xml", "<workbook/>"),
                ])
            },
            Whole,
        ),
        case("a line of 100 MB", "a.csv", || vec![b'a'; 100 * 1024 * 1024], Why(TooLarge)),
        case("NUL in it", "b.csv", || b"a,b\n1,\0\n".to_vec(), Why(Encoding)),
        case(
            "two encodings",
            "c.csv",
            || [&b"name\nx,"[..], "名".as_bytes(), b"\xff\xfd\n"].concat(),
            Why(Encoding),
        ),
        case("a quotation without end", "d.csv", || b"a,b\n1,\"2\n3,4\n".to_vec(), Why(Broken)),
        case("a million columns", "e.csv", || ",".repeat(1_000_000).into_bytes(), Why(TooLarge)),
        case(
            "an old workbook cut off",
            "a.xls",
            || cut(&compound(&[("/Workbook", &records(&[BOF_BOOK, EOF]))]), 40),
            Why(Broken),
        ),
        case(
            "a record longer than the file",
            "b.xls",
            || {
                compound(&[(
                    "/Workbook",
                    &[records(&[BOF_BOOK]), vec![0xfc, 0, 0xff, 0xff, 1]].concat(),
                )])
            },
            Why(Broken),
        ),
        case(
            "2^32 shared texts, as it says",
            "c.xls",
            || compound(&[("/Workbook", &records(&[BOF_BOOK, (0x00fc, &[0xff; 8]), EOF]))]),
            Whole,
        ),
        case(
            "a workbook without a sheet",
            "d.xls",
            || compound(&[("/Workbook", b"no records")]),
            Why(Broken),
        ),
        case(
            "a page as an old workbook",
            "e.xls",
            || b"<html><table></table></html>".to_vec(),
            Why(Broken),
        ),
        case("sectors that go in a circle", "f.xls", circle, Why(Broken)),
        case(
            "2^31 columns, as it says",
            "a.ods",
            || {
                ods(
                    "<table:table-row><table:table-cell table:number-columns-repeated=\"2147483648\"><text:p>a</text:p></table:table-cell></table:table-row>",
                )
            },
            Why(Bomb),
        ),
        case(
            "2^31 rows, as it says",
            "b.ods",
            || {
                ods(
                    "<table:table-row table:number-rows-repeated=\"2147483648\"><table:table-cell><text:p>a</text:p></table:table-cell></table:table-row>",
                )
            },
            Why(Bomb),
        ),
        case("cut off", "c.ods", || cut(&ods(""), 70), Why(Broken)),
    ]
}

fn far() -> Vec<u8> {
    let rows = format!(
        "<row r=\"1\">{}</row><row r=\"1048576\">{}</row>",
        cell("A1", "a"),
        cell("XFD1048576", "b")
    );
    xlsx(&sheet(&rows), &[])
}

fn columns() -> Vec<u8> {
    let row = "<c><v>1</v></c>".repeat(1_000_000);
    xlsx(&sheet(&format!("<row r=\"1\">{row}</row>")), &[])
}

fn entity(what: &str) -> String {
    format!("<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY x {what}>]><a>&x;</a>")
}

/// Entities of entities.
pub(super) fn laughs() -> String {
    let entity = |n| format!("<!ENTITY l{n} \"{}\">", format!("&l{};", n - 1).repeat(10));
    let more = (1..10).map(entity).collect::<Vec<_>>().concat();
    format!("<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY l0 \"ha\">{more}]><a>&l9;</a>")
}

/// A million of them.
pub(super) fn attributes() -> String {
    (0..1_000_000).map(|n| format!("a{n}=\"\" ")).collect::<Vec<_>>().concat()
}

/// What office programs write under a password.
pub(super) fn encrypted() -> Vec<u8> {
    compound(&[("/EncryptionInfo", b"\x04\0\x04\0"), ("/EncryptedPackage", &[7; 5000])])
}

/// A compound file whose table of sectors points at itself.
fn circle() -> Vec<u8> {
    let mut bytes = compound(&[("/Workbook", &[9; 9000])]);
    let table = bytes.len().min(4096 + 512);
    for sector in bytes[512..table].chunks_exact_mut(4) {
        sector.copy_from_slice(&[1, 0, 0, 0]);
    }
    bytes
}
