use std::io::{Cursor, Write as _};

use proptest::prelude::*;
use zip::write::SimpleFileOptions;

use super::*;
use crate::error::Error;

/// A workbook with this inside its one sheet, and these other members.
fn workbook(inside: &str, members: &[(&str, &[u8])]) -> Vec<u8> {
    const NS: &str = "http://schemas.openxmlformats.org";
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut add = |name: &str, bytes: &[u8]| {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    };
    add("[Content_Types].xml", b"<Types/>");
    let rels = |kind: &str, target: &str| {
        format!(
            "<Relationships xmlns=\"{NS}/package/2006/relationships\"><Relationship Id=\"rId1\" \
             Type=\"{NS}/officeDocument/2006/relationships/{kind}\" Target=\"{target}\"/></Relationships>"
        )
    };
    add("_rels/.rels", rels("officeDocument", "xl/workbook.xml").as_bytes());
    add("xl/_rels/workbook.xml.rels", rels("worksheet", "worksheets/sheet1.xml").as_bytes());
    let book = format!(
        "<workbook xmlns=\"{NS}/spreadsheetml/2006/main\" xmlns:r=\"{NS}/officeDocument/2006/relationships\">\
         <sheets><sheet name=\"台帳\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
    );
    add("xl/workbook.xml", book.as_bytes());
    let sheet = format!("<worksheet xmlns=\"{NS}/spreadsheetml/2006/main\">{inside}</worksheet>");
    add("xl/worksheets/sheet1.xml", sheet.as_bytes());
    for (name, bytes) in members {
        add(name, bytes);
    }
    zip.finish().unwrap().into_inner()
}

fn cell(at: &str, text: &str) -> String {
    format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
}

/// The first fault: its message, row and column.
fn fault(name: &str, bytes: &[u8]) -> (&'static str, Option<u32>, Option<String>) {
    let faults = read(name, bytes).unwrap_err();
    let first = faults.first().unwrap();
    (first.message.key, first.at.row, first.at.column.map(letters))
}

fn at(row: u32, column: &str) -> (Option<u32>, Option<String>) {
    (Some(row), Some(column.to_owned()))
}

#[test]
fn columns_have_their_letters() {
    for (column, expected) in [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (16_383, "XFD")] {
        assert_eq!(letters(column), expected);
    }
}

#[test]
fn two_cells_at_far_corners_are_refused_at_their_place() {
    let far = format!(
        "<sheetData><row r=\"1\">{}</row><row r=\"1048576\">{}</row></sheetData>",
        cell("A1", "a"),
        cell("XFD1048576", "b")
    );
    let (key, row, column) = fault("a.xlsx", &workbook(&far, &[]));
    assert_eq!((key, (row, column)), ("sheet-fault-columns", at(1_048_576, "XFD")));
    let low = format!(
        "<sheetData><row r=\"1\">{}</row><row r=\"1048576\">{}</row></sheetData>",
        cell("A1", "a"),
        cell("A1048576", "b")
    );
    let (key, row, column) = fault("a.xlsx", &workbook(&low, &[]));
    assert_eq!((key, (row, column)), ("sheet-fault-rows", at(1_048_576, "A")));
}

#[test]
fn a_forged_reference_ends_only_its_own_reading() {
    let forged = format!("<sheetData><row r=\"1\">{}</row></sheetData>", cell("ZZZZZZZZZZ1", "a"));
    assert_eq!(fault("a.xlsx", &workbook(&forged, &[])).0, "sheet-fault-broken");
}

#[test]
fn what_unpacks_to_too_much_is_never_kept() {
    let zeros = vec![b' '; 30 * 1024 * 1024];
    let bomb = workbook("<sheetData/>", &[("xl/media/a.xml", &zeros)]);
    assert!(bomb.len() < 1024 * 1024);
    assert_eq!(fault("a.xlsx", &bomb).0, "sheet-fault-bomb");
    for count in ["99999999999", "18446744073709551616"] {
        let texts = format!("<sst uniqueCount = \"{count}\"></sst>");
        let bytes = workbook("<sheetData/>", &[("xl/sharedStrings.xml", texts.as_bytes())]);
        assert_eq!(fault("a.xlsx", &bytes).0, "sheet-fault-bomb", "{count}");
    }
}

#[test]
fn macros_passwords_and_other_files_are_refused() {
    let bytes = workbook("<sheetData/>", &[("xl/vbaProject.bin", b"x")]);
    assert_eq!(fault("a.xlsx", &bytes).0, "sheet-fault-macro");
    assert_eq!(fault("a.xlsm", &workbook("<sheetData/>", &[])).0, "sheet-fault-macro");
    for (name, bytes, key) in [
        ("a.xlsx", &b"\xd0\xcf\x11\xe0\xa1\xb1"[..], "sheet-fault-protected"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1", "sheet-fault-protected"),
        ("a.xlsx", b"PK\x03\x04 and no more", "sheet-fault-broken"),
        ("a.xlsx", b"name,address", "sheet-fault-content"),
        ("a.csv", b"PK\x03\x04", "sheet-fault-content"),
        ("a.csv", b"\0\0", "sheet-fault-content"),
        ("a.pdf", b"%PDF", "sheet-fault-type"),
        ("a.csv", b"", "sheet-fault-empty"),
    ] {
        assert_eq!(fault(name, bytes).0, key, "{name}");
    }
}

#[test]
fn merged_cells_are_named() {
    let inside = format!(
        "<sheetData><row r=\"1\">{}</row></sheetData><mergeCells count=\"1\"><mergeCell ref=\"B2:B4\"/></mergeCells>",
        cell("A1", "a")
    );
    let faults = read("a.xlsx", &workbook(&inside, &[])).unwrap_err();
    let first = faults.first().unwrap();
    assert_eq!(
        (first.message.key, first.at.row, first.at.column),
        ("sheet-fault-merged", Some(2), Some(1))
    );
    assert!(first.message.say(crate::web::Language::Ja).contains("B2:B4"));
}

#[test]
fn dates_numbers_and_formulas_are_read_as_they_look() {
    let styles = b"<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">\
        <cellXfs count=\"3\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"57\"/></cellXfs></styleSheet>";
    let inside = "<sheetData><row r=\"1\"><c r=\"A1\" s=\"1\"><v>46113</v></c><c r=\"B1\" s=\"2\"><v>46113</v></c>\
        <c r=\"C1\"><v>4010401012345</v></c><c r=\"D1\"><f>1+1</f><v>2</v></c><c r=\"E1\"><v>46113</v></c>\
        <c r=\"F1\" t=\"b\"><v>1</v></c></row></sheetData>";
    let sheet = read("a.xlsx", &workbook(inside, &[("xl/styles.xml", styles)])).unwrap();
    assert_eq!(&*sheet.name, "台帳");
    let row = sheet.rows.first().unwrap();
    let cells: Vec<&str> = row.cells.iter().map(|(_, text)| text.as_str()).collect();
    assert_eq!(cells, ["2026-04-01", "2026-04-01", "4010401012345", "2", "46113", "TRUE"]);
    let wrong = "<sheetData><row r=\"3\"><c r=\"C3\" t=\"e\"><f>1/0</f><v>#DIV/0!</v></c></row></sheetData>";
    let (key, row, column) = fault("a.xlsx", &workbook(wrong, &[]));
    assert_eq!((key, (row, column)), ("sheet-fault-formula", at(3, "C")));
}

#[test]
fn csv_is_read_in_both_encodings_with_its_rows_counted_as_seen() {
    let text = "名称,所見\r\n\"髙橋, \"\"一\"\"\",\"二行\r\n目\"\r\n\r\n﨑山,'=1+1\r\n";
    let cp932 = encoding_rs::SHIFT_JIS.encode(text).0.into_owned();
    let marked = [b"\xef\xbb\xbf", text.as_bytes()].concat();
    for bytes in [text.as_bytes(), &marked, &cp932] {
        let sheet = read("委託先.csv", bytes).unwrap();
        assert_eq!(&*sheet.name, "委託先");
        let numbers: Vec<u32> = sheet.rows.iter().map(|row| row.number).collect();
        assert_eq!(numbers, [1, 2, 4]);
        assert_eq!(sheet.rows[1].cell(0), "髙橋, \"一\"");
        assert_eq!(sheet.rows[1].cell(1), "二行\r\n目");
        assert_eq!(sheet.rows[2].cell(1), "=1+1");
    }
}

#[test]
fn another_encoding_is_said() {
    let euc = encoding_rs::EUC_JP.encode("名称,所在地\n髙橋商店,三重野県\n").0.into_owned();
    let mixed = [&b"name\n"[..], "名".as_bytes(), b"\n\xff\xfd\n"].concat();
    for (bytes, key, row) in [
        (b"\xff\xfea\0".to_vec(), "sheet-fault-utf16", None),
        (euc, "sheet-fault-euc", None),
        (mixed, "sheet-fault-encoding", Some(3)),
        (b"a,b\nc,\"d\ne,f\n".to_vec(), "sheet-fault-quotes", Some(2)),
        ("a\n\u{fffd}".as_bytes().to_vec(), "sheet-fault-replaced", Some(2)),
    ] {
        let found = fault("a.csv", &bytes);
        assert_eq!((found.0, found.1), (key, row), "{bytes:?}");
    }
}

fn columns() -> Vec<Column> {
    vec![
        Column::new("名称".to_owned(), Kind::Text),
        Column::new("法人番号".to_owned(), Kind::Code),
        Column::new("人数".to_owned(), Kind::Number),
    ]
}

fn written(rows: &[[&str; 3]], encoding: Encoding) -> Result<Vec<u8>, Vec<Unwritable>> {
    let rows = rows.iter().map(|row| Ok::<_, Error>(row.map(str::to_owned).to_vec()));
    csv(encoding, &columns(), rows).unwrap()
}

#[test]
fn nothing_written_is_a_formula_and_everything_comes_back() {
    let rows = [
        ["=HYPERLINK(\"x\")", "4010401012345", "-5"],
        ["+81", "0012", "49"],
        ["@x, \"y\"\r\nz", "", ""],
    ];
    let bytes = written(&rows, Encoding::Utf8).unwrap();
    let text = std::str::from_utf8(&bytes).unwrap();
    assert!(
        text.starts_with(
            "\u{feff}名称,法人番号,人数\r\n\"'=HYPERLINK(\"\"x\"\")\",4010401012345,-5\r\n"
        ),
        "{text}"
    );
    let book =
        xlsx("委託先", &columns(), rows.iter().map(|r| Ok(r.map(str::to_owned).to_vec()))).unwrap();
    for (name, bytes) in [("a.csv", &bytes), ("a.xlsx", &book)] {
        let sheet = read(name, bytes).unwrap();
        for (row, expected) in sheet.rows.iter().skip(1).zip(&rows) {
            let cells: Vec<String> = (0..3).map(|c| row.cell(c).replace("\r\n", "\n")).collect();
            assert_eq!(cells, expected.map(|cell| cell.replace("\r\n", "\n")), "{name}");
        }
    }
}

#[test]
fn cp932_carries_what_it_can_and_lists_what_it_cannot() {
    let bytes = written(&[["髙橋①", "", ""]], Encoding::Cp932).unwrap();
    assert_eq!(read("a.csv", &bytes).unwrap().rows[1].cell(0), "髙橋①");
    let refused =
        written(&[["髙橋", "", ""], ["𠮷田 𠮷夫", "¥5", ""]], Encoding::Cp932).unwrap_err();
    let found: Vec<_> =
        refused.iter().map(|u| (u.character, u.count, u.row, u.heading.as_str())).collect();
    assert_eq!(found, [('¥', 1, 3, "法人番号"), ('𠮷', 2, 3, "名称")]);
}

#[test]
fn a_marked_sheet_keeps_every_cell_and_says_what_is_wrong() {
    let sheet = read("a.csv", "名称,電話\n,1\n髙橋,x\n".as_bytes()).unwrap();
    let faults = [(2, vec![(Some(0), "入力してください".to_owned())])].into();
    let back = read("a.xlsx", &marked(&sheet, &faults, "エラー").unwrap()).unwrap();
    assert_eq!(back.rows[0].cell(2), "エラー");
    assert_eq!((back.rows[1].cell(1), back.rows[1].cell(2)), ("1", "入力してください"));
    assert_eq!(back.rows[2].cell(0), "髙橋");
}

proptest! {
    #[test]
    fn whatever_comes_is_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..300), xlsx in any::<bool>()) {
        let name = if xlsx { "a.xlsx" } else { "a.csv" };
        if let Err(faults) = read(name, &bytes) {
            prop_assert!(!faults.is_empty());
        }
    }

    #[test]
    fn what_is_written_as_csv_is_read_again(cells in proptest::collection::vec("[^\\p{C}\u{fffd}' ]{1,8}", 3)) {
        let row = [cells[0].as_str(), cells[1].as_str(), "1"];
        let bytes = written(&[row], Encoding::Utf8).unwrap();
        let sheet = read("a.csv", &bytes).unwrap();
        let trimmed = |cell: &str| cell.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}').to_owned();
        prop_assert_eq!(sheet.rows[1].cell(0), trimmed(row[0]));
    }
}
