use std::io::Cursor;

use proptest::prelude::*;

use crate::contents::model::{Bounds, Contents, Format, Hidden, Unreadable, Watch};
use crate::contents::tables::look;
use crate::contents::tables::tests::{Taken, package, taken};

const STYLES: &str = r#"<office:automatic-styles>
<style:style style:name="ta1" style:family="table"><style:table-properties table:display="true"/></style:style>
<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style>
<style:style style:name="co0" style:family="table-column"><style:table-column-properties style:column-width="0cm"/></style:style>
</office:automatic-styles>"#;

fn book(body: &str) -> Vec<u8> {
    with(body, &[])
}

fn with(body: &str, parts: &[(&str, &str)]) -> Vec<u8> {
    let content = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><office:document-content>{STYLES}<office:body><office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>"#
    );
    let own =
        [("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", &content)];
    let all: Vec<(&str, &[u8])> =
        own.iter().chain(parts).map(|(name, text)| (*name, text.as_bytes())).collect();
    package(&all)
}

fn sheet(rows: &str) -> Result<Vec<Taken>, Unreadable> {
    taken(Format::Ods, &book(&format!(r#"<table:table table:name="名簿">{rows}</table:table>"#)))
}

fn found(bytes: &[u8]) -> Contents {
    look(Format::Ods, &mut Cursor::new(bytes), &Watch::default(), &Bounds::default()).unwrap()
}

#[test]
fn cells_are_read_as_they_are_shown() {
    let tables = sheet(
        r#"<table:table-column/><table:table-row>
        <table:table-cell office:value-type="string"><text:p>山田<text:s text:c="2"/>太郎</text:p><text:p><text:ruby><text:ruby-base>次</text:ruby-base><text:ruby-text>じ</text:ruby-text></text:ruby>行</text:p></table:table-cell>
        <table:table-cell table:number-columns-repeated="3"/>
        <table:table-cell office:value-type="date" office:date-value="1980-01-02T00:00:00"><text:p>昭和55年1月2日</text:p></table:table-cell>
        <table:table-cell office:value-type="float" office:value="123"><text:p>000123</text:p></table:table-cell>
        <table:table-cell office:value-type="float" office:value="123456789012"><text:p>1.2E+11</text:p></table:table-cell>
        <table:covered-table-cell office:value-type="string"><text:p>下</text:p></table:covered-table-cell>
        </table:table-row>
        <table:table-row table:number-rows-repeated="1048575"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>"#,
    )
    .unwrap();
    assert_eq!(tables[0].head.name, "名簿");
    let columns: Vec<u16> = tables[0].rows[0].2.iter().map(|(column, _)| *column).collect();
    assert_eq!(columns, [0, 4, 5, 6, 7]);
    assert_eq!(
        tables[0].row(1),
        ["山田  太郎\n次行", "1980-01-02", "000123", "123456789012", "下"]
    );
    assert_eq!(tables[0].rows.len(), 1);
}

#[test]
fn everything_hidden_is_told() {
    let cell =
        "<table:table-cell office:value-type=\"string\"><text:p>氏名</text:p></table:table-cell>";
    let body = format!(
        r#"<table:tracked-changes><table:cell-content-change><table:previous><table:change-track-table-cell><text:p>123456789018</text:p></table:change-track-table-cell></table:previous></table:cell-content-change></table:tracked-changes>
        <table:table table:name="一覧" table:style-name="ta1"><table:table-column/><table:table-column table:visibility="collapse"/><table:table-column table:style-name="co0"/>
        <table:table-row>{cell}{cell}{cell}</table:table-row>
        <table:table-row table:visibility="filter" table:number-rows-repeated="2">{cell}</table:table-row>
        <table:table-row><table:table-cell><office:annotation><text:p>電話：090-1234-5678</text:p></office:annotation><text:p>あ</text:p></table:table-cell></table:table-row></table:table>
        <table:table table:name="裏" table:style-name="ta2"><table:table-row>{cell}</table:table-row></table:table>"#
    );
    let contents = found(&with(
        &body,
        &[
            (
                "meta.xml",
                "<m><meta:initial-creator>山田</meta:initial-creator><dc:title>名簿</dc:title></m>",
            ),
            ("Basic/Standard/Module1.xml", "<m/>"),
            (
                "META-INF/manifest.xml",
                r#"<m><manifest:file-entry manifest:full-path="Object 1/" manifest:media-type="application/vnd.oasis.opendocument.text"/>
            <manifest:file-entry manifest:full-path="Object 2/" manifest:media-type="application/vnd.oasis.opendocument.chart"/></m>"#,
            ),
        ],
    ));
    assert_eq!(contents.unreadable, None);
    let mut hidden: Vec<(Hidden, &str, u64)> =
        contents.hidden.iter().map(|at| (at.what, at.place.as_str(), at.count)).collect();
    hidden.sort_unstable();
    let mut wanted = vec![
        (Hidden::Program, "", 1),
        (Hidden::Embedded, "Object 1/", 1),
        (Hidden::Revisions, "", 1),
        (Hidden::Filter, "一覧", 1),
        (Hidden::Comments, "一覧", 1),
        (Hidden::Rows, "一覧", 2),
        (Hidden::Columns, "一覧", 2),
        (Hidden::Sheet, "裏", 1),
    ];
    wanted.sort_unstable();
    assert_eq!(hidden, wanted);
    assert_eq!(contents.my_numbers, 1);
    assert_eq!(contents.metadata.get("author").map(String::as_str), Some("山田"));
}

#[test]
fn an_encrypted_workbook_is_told() {
    let manifest = r#"<m><manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry></m>"#;
    let bytes = with("", &[("META-INF/manifest.xml", manifest)]);
    assert_eq!(taken(Format::Ods, &bytes), Err(Unreadable::Encrypted));
}

#[test]
fn repetition_is_bounded() {
    let cell = |times: u32| {
        format!(
            "<table:table-cell table:number-columns-repeated=\"{times}\"><text:p>a</text:p></table:table-cell>"
        )
    };
    let row = |times: u32, cells: &str| {
        format!("<table:table-row table:number-rows-repeated=\"{times}\">{cells}</table:table-row>")
    };
    assert_eq!(sheet(&row(1_048_576, &cell(1))), Err(Unreadable::Bomb));
    assert_eq!(sheet(&row(1, &cell(4_000_000_000))), Err(Unreadable::Bomb));
    assert_eq!(sheet(&row(1, &cell(16_384))), Err(Unreadable::TooLarge));
    assert_eq!(sheet(&row(3, &cell(2))).unwrap()[0].rows.len(), 3);
}

#[test]
fn broken_content_is_refused() {
    assert_eq!(sheet("<table:table-row><table:table-cell>"), Err(Unreadable::Broken));
    assert_eq!(taken(Format::Ods, &package(&[("mimetype", b"x")])), Err(Unreadable::Broken));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn changed_content_ends(text in "[<>/a-z:0-9=\" &;-]{0,200}") {
        let _ = sheet(&text);
    }
}
