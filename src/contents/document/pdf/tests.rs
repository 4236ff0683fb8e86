use encoding_rs::SHIFT_JIS;

use crate::contents::made::{look, page, pdf, stream};
use crate::contents::model::{Contents, DataKind, Hidden, Unreadable};

const LATIN: &[u8] = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>";
const JAPANESE: &[u8] = b"<</Type/Font/Subtype/Type0/Encoding/90ms-RKSJ-H>>";

fn hidden(contents: &Contents) -> Vec<(Hidden, u64)> {
    contents.hidden.iter().map(|one| (one.what, one.count)).collect()
}

fn hexadecimal(text: &str) -> String {
    format!("<{}>", hex::encode(SHIFT_JIS.encode(text).0))
}

#[test]
fn text_is_found_in_the_fonts_of_japanese_programs() {
    let content = format!(
        "BT /F1 10 Tf 1 0 0 1 50 700 Tm {} Tj 0 -14 Td {} Tj ET",
        hexadecimal("氏名：山田 花子"),
        hexadecimal("療育手帳 123456789018")
    );
    let found = look("a.pdf", &page(&content, JAPANESE, &[]));
    assert_eq!((found.unreadable, found.pages, found.my_numbers), (None, 1, 1));
    assert_eq!(
        found.loose.keys().copied().collect::<Vec<_>>(),
        [DataKind::Name, DataKind::Disability]
    );
    assert!(found.metadata.is_empty());
}

#[test]
fn digits_in_the_boxes_of_a_form_are_one_number() {
    let boxes: Vec<_> = "123456789018"
        .chars()
        .zip(0..)
        .map(|(c, n)| format!("1 0 0 1 {} 700 Tm ({c}) Tj ", 50 + n * 14))
        .collect();
    let boxes = boxes.concat();
    let found = look("a.pdf", &page(&format!("BT /F1 10 Tf {boxes} ET"), LATIN, &[]));
    assert_eq!(found.my_numbers, 1);
    let lines = "BT /F1 10 Tf (12345678) Tj 0 -14 Td (9018) Tj ET";
    assert_eq!(look("a.pdf", &page(lines, LATIN, &[])).my_numbers, 0);
}

#[test]
fn codes_of_an_embedded_font_are_read_by_its_map() {
    let font = b"<</Type/Font/Subtype/Type0/Encoding/Identity-H/ToUnicode 6 0 R>>";
    let map = stream("", b"1 beginbfrange <0001> <000a> <0030> endbfrange");
    let code = |c: char| format!("{:04x}", c.to_digit(10).unwrap() + 1);
    let shown = "123456789018".chars().map(code).collect::<Vec<_>>().concat();
    let content = format!("BT /F1 10 Tf [<{shown}>] TJ ET");
    assert_eq!(look("a.pdf", &page(&content, font, &[&map])).my_numbers, 1);
    let unknown = b"<</Type/Font/Subtype/Type0/Encoding/Identity-H>>";
    let found = look("a.pdf", &page(&content, unknown, &[]));
    assert_eq!(found.metadata.get(super::WITHOUT_TEXT).map(String::as_str), Some("yes"));
}

#[test]
fn pages_without_text_are_said_to_be_pictures() {
    let found = look("a.pdf", &page("q 595 0 0 842 0 0 cm /Im1 Do Q", LATIN, &[]));
    assert_eq!((found.unreadable, found.pages), (None, 1));
    assert!(found.metadata.contains_key(super::WITHOUT_TEXT));
}

#[test]
fn what_stands_beside_the_pages_is_told() {
    let file = stream("/Type/EmbeddedFile", "個人番号,123456789018".as_bytes());
    let others: [&[u8]; 7] = [
        b"<</Type/Annot/Subtype/Text/Rect[0 0 1 1]/Contents(Phone 059-224-3070)>>",
        b"<</S/JavaScript/JS(app.alert\\(1\\))>>",
        b"<</Type/Filespec/F(list.txt)/EF<</F 9 0 R>>>>",
        &file,
        b"<</FT/Tx/T(mail)/V(a@b.example)>>",
        b"<</D<</OFF[1 0 R 2 0 R]>>>>",
        b"<</Type/Annot/Subtype/Link/Rect[0 0 1 1]>>",
    ];
    let found = look("a.pdf", &page("BT (x) Tj ET", LATIN, &others));
    let mut all = hidden(&found);
    all.sort_unstable();
    assert_eq!(
        all,
        [(Hidden::Comments, 1), (Hidden::Text, 2), (Hidden::Embedded, 1), (Hidden::Program, 1)]
    );
    let loose: Vec<_> = found.loose.keys().copied().collect();
    assert_eq!(loose, [DataKind::Phone, DataKind::Mail]);
    assert_eq!(
        (found.members[0].name.as_str(), found.members[0].contents.my_numbers),
        ("list.txt", 1)
    );
}

#[test]
fn what_a_later_save_replaced_is_still_read() {
    let mut bytes = page("BT (123456789018) Tj ET", LATIN, &[]);
    let later = stream("", b"BT (nothing) Tj ET");
    bytes.extend(b"4 0 obj\n");
    bytes.extend(later);
    bytes.extend(b"\nendobj\ntrailer\n<</Root 1 0 R>>\nstartxref\n0\n%%EOF\n");
    let found = look("a.pdf", &bytes);
    assert_eq!(hidden(&found), [(Hidden::Revisions, 1)]);
    assert_eq!(found.my_numbers, 1, "the text before");
}

#[test]
fn objects_in_streams_are_found() {
    let head = "9 0 8 0";
    let pages = "<</Type/Page/Contents 2 0 R>>";
    let pack = stream("/Type/ObjStm/N 1/First 8", format!("{head} {pages}").as_bytes());
    let content = stream("", b"BT (123456789018) Tj ET");
    let found = look("a.pdf", &pdf(&[b"<</Type/Catalog>>", &content, &pack], "/Info 1 0 R"));
    assert_eq!((found.unreadable, found.pages), (None, 2));
    assert_eq!(found.my_numbers, 1);
}

#[test]
fn what_can_not_be_read_is_said() {
    let whole = page("BT (x) Tj ET", LATIN, &[]);
    let encrypted = pdf(&[b"<</Type/Catalog>>", b"<</Type/Page>>"], "/Encrypt 1 0 R");
    let loops = pdf(
        &[b"<</Type/Pages/Parent 1 0 R/Kids[1 0 R]>>", b"<</Type/Page/Parent 1 0 R>>"],
        "/Prev 9",
    );
    let half: Vec<u8> = whole.iter().take(whole.len() / 2).copied().collect();
    let behind = [b"x\n".as_slice(), whole.as_slice()].concat();
    for (bytes, why) in [
        (encrypted, Some(Unreadable::Encrypted)),
        (half, Some(Unreadable::Broken)),
        (pdf(&[b"<</Type/Catalog>>"], ""), Some(Unreadable::Broken)),
        (loops, None),
        (behind, Some(Unreadable::Broken)),
    ] {
        assert_eq!(look("a.pdf", &bytes).unreadable, why);
    }
}
