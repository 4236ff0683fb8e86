use std::io::Cursor;
use std::sync::LazyLock;

use proptest::prelude::*;
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, FilterCondition, Format as Style, Formula, Note, Workbook,
};

use crate::contents::model::{Bounds, Contents, Format, Hidden, Unreadable, Watch};
use crate::contents::tables::look;
use crate::contents::tables::tests::{package, taken, within};

fn found(bytes: &[u8]) -> Contents {
    look(Format::Xlsx, &mut Cursor::new(bytes), &Watch::default(), &Bounds::default()).unwrap()
}

fn hides(contents: &Contents, what: Hidden) -> Option<(&str, u64)> {
    let at = contents.hidden.iter().find(|at| at.what == what)?;
    Some((at.place.as_str(), at.count))
}

fn book(write: impl FnOnce(&mut Workbook)) -> Vec<u8> {
    let mut book = Workbook::new();
    write(&mut book);
    book.save_to_buffer().unwrap()
}

/// A package with one sheet of hand-made XML.
fn sheet(data: &str) -> Vec<u8> {
    with(&[("xl/worksheets/sheet1.xml", &worksheet(data))])
}

fn worksheet(data: &str) -> String {
    format!("<worksheet><sheetData>{data}</sheetData></worksheet>")
}

/// A workbook of one sheet, with further parts.
fn with(parts: &[(&str, &str)]) -> Vec<u8> {
    let own: [(&str, &str); 2] = [
        (
            "xl/workbook.xml",
            r#"<?xml version="1.0" encoding="UTF-8"?><workbook><sheets><sheet name="名簿" sheetId="1" r:id="r1"/></sheets></workbook>"#,
        ),
        (
            "xl/_rels/workbook.xml.rels",
            r#"<Relationships><Relationship Id="r1" Type="x/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="x/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#,
        ),
    ];
    let all: Vec<(&str, &[u8])> =
        own.iter().chain(parts).map(|(name, text)| (*name, text.as_bytes())).collect();
    package(&all)
}

#[test]
fn cells_are_read_as_they_are_shown() {
    let bytes = book(|book| {
        let sheet = book.add_worksheet().set_name("名簿").unwrap();
        let date = Style::new().set_num_format("yyyy/m/d");
        let era = Style::new().set_num_format("[$-411]ggge\"年\"m\"月\"d\"日\"");
        let padded = Style::new().set_num_format("000000");
        let day = ExcelDateTime::from_ymd(1980, 1, 2).unwrap();
        sheet.write(0, 0, "氏名 & <注>").unwrap();
        sheet.write(0, 1, 12.5).unwrap();
        sheet.write(0, 2, true).unwrap();
        sheet.write_datetime_with_format(1, 0, &day, &date).unwrap();
        sheet.write_datetime_with_format(1, 1, &day, &era).unwrap();
        sheet.write_with_format(1, 2, 123, &padded).unwrap();
        sheet.write(2, 0, Formula::new("=1+1").set_result("2")).unwrap();
        sheet.write(2, 1, 123_456_789_012_u64).unwrap();
        sheet
            .write_rich_string(2, 2, &[(&Style::new().set_bold(), "太"), (&Style::new(), "郎")])
            .unwrap();
        sheet.write(1_048_575, 16_383, "隅").unwrap();
    });
    let tables = taken(Format::Xlsx, &bytes).unwrap();
    assert_eq!(tables[0].head.name, "名簿");
    assert_eq!(tables[0].row(1), ["氏名 & <注>", "12.5", "TRUE"]);
    assert_eq!(tables[0].row(2), ["1980-01-02", "1980-01-02", "000123"]);
    assert_eq!(tables[0].row(3), ["2", "123456789012", "太郎"]);
    assert_eq!(tables[0].rows[3], (1_048_576, false, vec![(16_383, "隅".to_owned())]));
}

#[test]
fn everything_hidden_is_told() {
    let bytes = book(|book| {
        book.set_properties(
            &DocProperties::new().set_author("山田").set_company("預かり市").set_title("名簿"),
        );
        let sheet = book.add_worksheet().set_name("一覧").unwrap();
        for (row, name) in (0..).zip(["氏名", "山田 太郎", "佐藤 花子", "鈴木 一郎"])
        {
            sheet.write(row, 0, name).unwrap();
            sheet.write(row, 1, if row == 0 { "障害" } else { "あり" }).unwrap();
            sheet.write(row, 2, if row == 0 { "事業所" } else { "甲" }).unwrap();
        }
        sheet.set_row_hidden(2).unwrap();
        sheet.set_column_hidden(1).unwrap();
        sheet.set_column_hidden(30).unwrap();
        sheet.autofilter(0, 0, 3, 2).unwrap();
        sheet.filter_column(2, &FilterCondition::new().add_list_filter("甲")).unwrap();
        sheet.insert_note(1, 0, &Note::new("個人番号 1234-5678-9018")).unwrap();
        book.add_worksheet()
            .set_name("控え")
            .unwrap()
            .set_hidden(true)
            .write(0, 0, "氏名")
            .unwrap();
        let very = book.add_worksheet().set_name("裏").unwrap().set_very_hidden(true);
        very.write(0, 0, "氏名").unwrap();
    });
    let contents = found(&bytes);
    assert_eq!(contents.unreadable, None);
    assert_eq!(hides(&contents, Hidden::Rows), Some(("一覧", 1)));
    assert_eq!(hides(&contents, Hidden::Columns), Some(("一覧", 1)));
    assert_eq!(hides(&contents, Hidden::Filter), Some(("一覧", 1)));
    assert_eq!(hides(&contents, Hidden::Comments), Some(("一覧", 1)));
    assert_eq!(hides(&contents, Hidden::Sheet), Some(("控え", 1)));
    assert_eq!(hides(&contents, Hidden::VeryHiddenSheet), Some(("裏", 1)));
    assert_eq!(contents.my_numbers, 1);
    let hidden: Vec<bool> = contents.tables.iter().map(|table| table.hidden).collect();
    assert_eq!(hidden, [false, true, true]);
    assert!(contents.tables[0].columns[1].hidden && !contents.tables[0].columns[0].hidden);
    assert_eq!(contents.persons, 3);
    let told = |key: &str| contents.metadata.get(key).map(String::as_str);
    assert_eq!(told("author"), Some("山田"));
    assert_eq!(told("company"), Some("預かり市"));
    assert_eq!(told("title"), Some("名簿"));
}

#[test]
fn nothing_hidden_is_told_of_a_plain_workbook() {
    let bytes = book(|book| {
        let sheet = book.add_worksheet();
        sheet.write(0, 0, "氏名").unwrap();
        sheet.write(1, 0, "山田 太郎").unwrap();
        sheet.autofilter(0, 0, 1, 0).unwrap();
        sheet.set_row_hidden(5).unwrap();
    });
    assert_eq!(found(&bytes).hidden, []);
}

#[test]
fn rows_and_columns_without_size_are_hidden() {
    let bytes = with(&[(
        "xl/worksheets/sheet1.xml",
        r#"<worksheet><cols><col min="2" max="2" width="0" customWidth="1"/></cols><sheetData>
        <row r="1" ht="0" customHeight="1"><c r="A1" t="inlineStr"><is><t>氏名</t><rPh><t>シメイ</t></rPh></is></c><c r="B1"><v>1</v></c></row>
        <row><c><v>2</v></c><c t="e"><v>#N/A</v></c></row></sheetData></worksheet>"#,
    )]);
    let tables = taken(Format::Xlsx, &bytes).unwrap();
    assert_eq!(tables[0].head.hidden_columns, [1..=1]);
    assert!(tables[0].rows[0].1 && !tables[0].rows[1].1);
    assert_eq!(tables[0].row(1), ["氏名", "1"]);
    assert_eq!(tables[0].row(2), ["2", "#N/A"]);
}

#[test]
fn parts_beside_the_sheets_are_told() {
    let data = worksheet("");
    let bytes = with(&[
        ("xl/worksheets/sheet1.xml", &data),
        ("xl/worksheets/sheet9.xml", &worksheet(r#"<row r="1"><c r="A1"><v>1</v></c></row>"#)),
        ("xl/vbaProject.bin", "x"),
        ("xl/embeddings/oleObject1.bin", "x"),
        ("xl/revisions/revisionLog1.xml", "<r/>"),
        (
            "xl/pivotCache/pivotCacheDefinition1.xml",
            r#"<d><sharedItems><s v="123456789018"/></sharedItems></d>"#,
        ),
        (
            "xl/externalLinks/externalLink1.xml",
            "<e><sheetData><row><cell><v>山田</v></cell></row></sheetData></e>",
        ),
    ]);
    let contents = found(&bytes);
    assert_eq!(contents.format, Format::Xlsm);
    assert_eq!(contents.my_numbers, 1);
    for what in [Hidden::Program, Hidden::Embedded, Hidden::Revisions, Hidden::Cache] {
        assert!(hides(&contents, what).is_some(), "{what}");
    }
    assert_eq!(hides(&contents, Hidden::VeryHiddenSheet), Some(("sheet9.xml", 1)));
}

#[test]
fn broken_and_hostile_parts_are_refused() {
    let cell = |text: &str| sheet(&format!(r#"<row r="1">{text}</row>"#));
    let strings = |text: &str| {
        with(&[
            (
                "xl/worksheets/sheet1.xml",
                &worksheet(r#"<row r="1"><c r="A1" t="s"><v>0</v></c></row>"#),
            ),
            ("xl/sharedStrings.xml", text),
        ])
    };
    let lol =
        r#"<!DOCTYPE sst [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><sst><si><t>&b;</t></si></sst>"#;
    for bytes in [
        cell(r#"<c r="ZZZZZZZZZZ1"><v>1</v></c>"#),
        cell(r#"<c r="XFE1"><v>1</v></c>"#),
        cell(r#"<c r="A1" t="s"><v>5</v></c>"#),
        cell("<c><v>&unknown;</v></c>"),
        cell("<c><v>1</v>"),
        sheet(r#"<row r="99999999"><c><v>1</v></c></row>"#),
        strings(lol),
        strings("\u{0}<\u{0}sst/>"),
        strings(r#"<?xml version="1.0" encoding="UTF-7"?><sst><si><t>+MEI-</t></si></sst>"#),
        package(&[("a.txt", b"x")]),
        b"PK\x03\x04 and nothing more".to_vec(),
        Vec::new(),
    ] {
        assert_eq!(taken(Format::Xlsx, &bytes), Err(Unreadable::Broken));
    }
    // How many texts there are said to be isn't asked.
    let lie =
        strings(r#"<sst count="4294967295" uniqueCount="4294967295"><si><t>氏名</t></si></sst>"#);
    assert_eq!(taken(Format::Xlsx, &lie).unwrap()[0].row(1), ["氏名"]);
}

#[test]
fn what_unpacks_to_too_much_is_refused() {
    let long = format!(
        r#"<row r="1"><c t="inlineStr"><is><t>{}</t></is></c></row>"#,
        "a".repeat(9_000_000)
    );
    assert!(taken(Format::Xlsx, &sheet(&long)).is_err());
    let many = "<x/>".repeat(3_000_000);
    assert_eq!(taken(Format::Xlsx, &sheet(&many)).err(), Some(Unreadable::Bomb));
    let small = Bounds { unpacked: 1000, ..Bounds::default() };
    let some = "<row><c><v>12345</v></c></row>".repeat(100);
    assert_eq!(within(Format::Xlsx, &sheet(&some), &small), Err(Unreadable::Bomb));
    let few = Bounds { members: 2, ..Bounds::default() };
    assert_eq!(within(Format::Xlsx, &sheet(""), &few), Err(Unreadable::TooLarge));
}

#[test]
fn a_workbook_under_a_password_is_encrypted() {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    file.create_stream("/EncryptedPackage").unwrap();
    file.create_stream("/EncryptionInfo").unwrap();
    file.flush().unwrap();
    let bytes = file.into_inner().into_inner();
    for format in [Format::Xlsx, Format::Xls, Format::Ods] {
        assert_eq!(taken(format, &bytes), Err(Unreadable::Encrypted));
    }
}

/// Written once: it is changed many times.
static BYTES: LazyLock<Vec<u8>> = LazyLock::new(|| {
    book(|book| {
        let sheet = book.add_worksheet();
        sheet.write(0, 0, "氏名").unwrap();
        sheet.write(1, 0, 1234.5).unwrap();
    })
});

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn changed_bytes_end(changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20)) {
        let mut bytes = BYTES.clone();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let _ = taken(Format::Xlsx, &bytes);
    }

    #[test]
    fn changed_sheets_end(text in "[<>/a-zA-Z0-9=\" &;!-]{0,200}") {
        let _ = taken(Format::Xlsx, &sheet(&text));
    }
}
