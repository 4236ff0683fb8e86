use std::io::{self, Cursor};

use proptest::prelude::*;

use super::super::made::{docx, look as found, page, pptx, zip};
use super::super::model::{Hidden, Member};
use super::*;

const NUMBER: &[u8] = b"1234 5678 9018";

fn within(bytes: &[u8], bounds: Bounds) -> Contents {
    look("a.zip", &mut Cursor::new(bytes), &Watch::default(), &bounds).unwrap()
}

fn members(contents: &Contents) -> Vec<(&str, Format, Option<Unreadable>)> {
    let of = |member: &Member| (member.contents.format, member.contents.unreadable);
    contents
        .members
        .iter()
        .map(|member| (member.name.as_str(), of(member).0, of(member).1))
        .collect()
}

#[test]
fn each_member_of_an_archive_is_looked_at_as_if_it_came_alone() {
    let inner = zip(&[("名簿.txt", NUMBER)]);
    let bytes = zip(&[
        ("名簿/一.txt", NUMBER),
        ("二.docx", &docx("<w:p><w:r><w:t>123456789018</w:t></w:r></w:p>", &[])),
        ("三.zip", &inner),
        ("四.png", b"no picture"),
        ("五.bin", b"\x7fELF\x02\x01\x01\0"),
        ("123456789018.txt", b"x"),
    ]);
    let all = found("a.zip", &bytes);
    assert_eq!((all.format, all.unreadable), (Format::Zip, None));
    assert_eq!(
        members(&all),
        [
            ("名簿/一.txt", Format::Text, None),
            ("二.docx", Format::Docx, None),
            ("三.zip", Format::Zip, None),
            ("四.png", Format::Image, Some(Unreadable::Broken)),
            ("五.bin", Format::Other, Some(Unreadable::Unknown)),
            ("＊＊＊＊＊＊＊＊＊＊＊＊.txt", Format::Text, None),
        ]
    );
    let numbers: u64 = all.all().iter().map(|one| one.my_numbers).sum();
    assert_eq!(numbers, 4, "in three texts, and one in a name");
    assert_eq!(all.members[0].size, 14);
}

#[test]
fn archives_nest_twice_and_no_deeper() {
    let mut bytes = zip(&[("a.txt", NUMBER)]);
    for level in 0..4 {
        let all = found("a.zip", &bytes);
        let deep = all.all().iter().any(|one| one.unreadable == Some(Unreadable::Bomb));
        assert_eq!(deep, level > 2, "{level}");
        bytes = zip(&[("b.zip", &bytes)]);
    }
    let mut bytes = docx("", &[]);
    for _ in 0..8 {
        bytes = docx("", &[("word/embeddings/a.docx", &bytes)]);
    }
    assert!(
        found("a.docx", &bytes).all().iter().any(|one| one.unreadable == Some(Unreadable::Bomb))
    );
}

#[test]
fn bounds_are_of_the_whole_tree() {
    let half: Vec<u8> = (0..60_000_u32).flat_map(|n| n.to_string().into_bytes()).collect();
    let inner = zip(&[("a.txt", &half)]);
    let bytes = zip(&[("1.zip", &inner), ("2.zip", &inner)]);
    let room =
        |unpacked: usize| Bounds { unpacked: unpacked.try_into().unwrap(), ..Bounds::default() };
    assert_eq!(within(&bytes, room(4 * half.len())).unreadable, None);
    assert_eq!(within(&bytes, room(half.len() * 2)).unreadable, Some(Unreadable::Bomb));
    let bounds = Bounds { members: 3, ..Bounds::default() };
    assert_eq!(within(&bytes, bounds).unreadable, Some(Unreadable::TooLarge));
    assert_eq!(within(&bytes, Bounds { members: 4, ..Bounds::default() }).unreadable, None);
}

#[test]
fn text_goes_by_its_name_and_anything_else_by_both() {
    for (name, bytes, format, why) in [
        ("a.txt", &b"BMI, MZ"[..], Format::Text, None),
        ("a", b"a text", Format::Other, Some(Unreadable::Unknown)),
        ("a.eml", b"From: a", Format::Other, Some(Unreadable::Unknown)),
        ("a.html", b"<html>", Format::Other, Some(Unreadable::Unknown)),
        ("a.txt", b"<!DOCTYPE html>", Format::Text, Some(Unreadable::Broken)),
        ("a.xlsx", b"a,b", Format::Xlsx, Some(Unreadable::Broken)),
        ("a.txt", b"MZ\x90\0\x03\0\0\0", Format::Text, Some(Unreadable::Broken)),
        ("a.txt", b"", Format::Text, Some(Unreadable::Broken)),
        ("a.rtf", b"{\\rtf1 x}", Format::Other, Some(Unreadable::Unknown)),
    ] {
        let all = found(name, bytes);
        assert_eq!((all.format, all.unreadable), (format, why), "{name} {bytes:?}");
    }
}

#[test]
fn a_number_in_the_name_of_the_file_is_counted() {
    assert_eq!(found("123456789018.txt", b"x").my_numbers, 1);
}

/// A store that fails behind its first bytes.
struct Failing(Cursor<Vec<u8>>);

impl Read for Failing {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.0.position() > 60 {
            return Err(io::Error::new(io::ErrorKind::TimedOut, "the store"));
        }
        self.0.read(buffer.get_mut(..1).unwrap())
    }
}

impl Seek for Failing {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.0.seek(to)
    }
}

#[test]
fn a_store_that_fails_is_no_broken_file() {
    let bytes = zip(&[("a.txt", NUMBER), ("b.txt", NUMBER)]);
    for name in ["a.zip", "a.pdf", "a.txt"] {
        let mut file = Failing(Cursor::new(bytes.clone()));
        let looked = look(name, &mut file, &Watch::default(), &Bounds::default());
        assert_eq!(looked.unwrap_err().kind(), io::ErrorKind::TimedOut);
    }
}

/// A whole file of each format that is read here.
fn whole() -> Vec<(&'static str, Vec<u8>)> {
    let text = "<w:p><w:r><w:t>氏名：山田</w:t></w:r></w:p>";
    let slide = "<p:sld xmlns:p=\"p\" xmlns:a=\"a\"><a:p><a:t>1</a:t></a:p></p:sld>";
    let document = docx(text, &[("docProps/core.xml", b"<a><creator>b</creator></a>")]);
    let pages =
        page("BT /F1 9 Tf (a) Tj [(b) -300 <6364>] TJ ET", b"<</Type/Font/Subtype/Type1>>", &[]);
    vec![
        ("a.zip", zip(&[("a.docx", &document), ("b.pdf", &pages), ("c.txt", NUMBER)])),
        ("a.docx", document),
        ("a.pptx", pptx(&[slide], &[])),
        ("a.pdf", pages),
        ("a.txt", "氏名：山田\r\n".repeat(20).into_bytes()),
    ]
}

#[test]
fn whole_files_are_read() {
    for (name, bytes) in whole() {
        let all = found(name, &bytes);
        assert!(all.all().iter().all(|one| one.unreadable.is_none()), "{name} {all:?}");
        assert!(all.all().iter().all(|one| one.hidden.iter().all(|at| at.what != Hidden::Program)));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_is_changed_or_cut_off_there_is_an_answer(
        changes in proptest::collection::vec((any::<u16>(), any::<u8>()), 0..8),
        end in 0_usize..4000,
    ) {
        for (name, mut bytes) in whole() {
            for (at, byte) in &changes {
                let at = usize::from(*at) % bytes.len();
                bytes[at] = *byte;
            }
            bytes.truncate(end.max(1));
            found(name, &bytes);
        }
    }

    #[test]
    fn any_bytes_behind_any_mark_have_an_answer(
        mark in prop::sample::select(vec![
            &b"PK\x03\x04"[..], b"PK\x05\x06", b"%PDF-1.7\n1 0 obj<<", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff",
            b"GIF89a", b"RIFF\x20\0\0\0WEBP", b"II*\0\x08\0\0\0", b"MM\0*\0\0\0\x08",
            b"\0\0\0\x14ftypheic", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"",
        ]),
        rest in proptest::collection::vec(any::<u8>(), 0..600),
        end in prop::sample::select(vec![&b""[..], b"%%EOF", b"PK\x05\x06\0\0\0\0\x01\0\x01\0\x2e\0\0\0\0\0\0\0\0\0"]),
    ) {
        let bytes = [mark, &rest, end].concat();
        for name in ["a", "a.zip", "a.pdf", "a.png", "a.jpg", "a.gif", "a.webp", "a.tif", "a.heic", "a.txt"] {
            found(name, &bytes);
        }
    }
}
