//! What can be wrong with the rows of registers: each a message with sheet, row and column, and
//! nothing imported.

use rust_xlsxwriter::{Format, Workbook};

use super::given::{Given, HANDED, HANDLER, HOLDING, OFFICE, SAKURA, TRANSMISSION, given};
use super::post_file;
use crate::app::{App, Page, both};

/// What nobody may have changed by any of this.
fn registered(app: &App, given: &Given) -> usize {
    app.acts(given.mie.id).len()
}

async fn upload(given: &Given, kind: &str, name: &str, bytes: &[u8]) -> Page {
    let page = format!("/imports/{kind}?entrustment={}", given.id);
    post_file(&given.side.representative, &page, name, bytes).await
}

/// A workbook with a row of a register, and what `more` does to its sheet.
fn book(
    head: &[&str],
    row: &[&str],
    more: impl FnOnce(&mut rust_xlsxwriter::Worksheet),
) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("台帳").unwrap();
    for (number, cells) in [(0, head), (1, row)] {
        for (column, cell) in (0..).zip(cells) {
            sheet.write_string(number, column, *cell).unwrap();
        }
    }
    more(sheet);
    book.save_to_buffer().unwrap()
}

const KINDS: [(&str, &[&str], &[&str]); 3] = [
    ("handlers", HANDLER, SAKURA),
    ("holdings", HOLDING, OFFICE),
    ("transmissions", TRANSMISSION, HANDED),
];

both! {
    async fn each_bad_cell_of_a_register_has_its_message(app: App) {
        let given = given(&app);
        given.upload("handlers", &[HANDLER, SAKURA]).await.form("#confirm").submit().await;
        let before = registered(&app, &given);
        let cases: Vec<(&str, usize, &str, &str, &str)> = vec![
            // kind, column changed, cell, column, words
            ("handlers", 0, "令9-1", "A", "ではありません"),
            ("handlers", 1, "", "B", "入力してください"),
            ("handlers", 2, "s@", "C", "メールアドレス"),
            ("handlers", 3, "社長", "D", "「社長」は使えません"),
            ("handlers", 4, "46113", "E", "2026-04-01"),
            ("handlers", 5, "R9.4.31", "F", "暦にありません"),
            ("handlers", 6, "2030-01-01", "G", "今日より後"),
            ("handlers", 7, "", "H", "入力してください"),
            ("holdings", 1, "氏名、住所", "B", "「住所」という情報項目"),
            ("holdings", 1, "", "B", ""),
            ("holdings", 2, "4.01E+12", "C", "数字"),
            ("holdings", 3, "写し", "D", "「写し」は使えません"),
            ("holdings", 4, "車の中", "E", "「車の中」は使えません"),
            ("holdings", 6, "どこか", "G", "国コード"),
            ("holdings", 7, "Japan", "H", "国コード"),
            ("holdings", 8, "フロッピー", "I", "「フロッピー」は使えません"),
            ("holdings", 9, "たぶん", "J", "「たぶん」は使えません"),
            ("holdings", 10, "髙橋 桜、𠮷田", "K", "「𠮷田」という人"),
            ("holdings", 11, "4.01E+12", "L", "日付"),
            ("transmissions", 1, "2030-01-01", "B", "まだ来ていない"),
            ("transmissions", 2, "朝", "C", "時刻"),
            ("transmissions", 3, "県庁", "D", "「県庁」は使えません"),
            ("transmissions", 4, "𠮷田", "E", "「𠮷田」という人"),
            ("transmissions", 5, "", "F", "1つ以上"),
            ("transmissions", 6, "伝書鳩", "G", "「伝書鳩」は使えません"),
            ("transmissions", 7, "住所", "H", "「住所」という情報項目"),
            ("transmissions", 8, "多数", "I", "数字"),
            ("transmissions", 9, "金庫", "J", "「金庫」は使えません"),
            ("transmissions", 13, "", "N", "ハッシュ"),
        ];
        for (kind, column, cell, at, words) in cases {
            let (_, head, good) = KINDS.iter().find(|(name, ..)| *name == kind).unwrap();
            let mut bad = good.to_vec();
            bad[if kind == "transmissions" { 2 } else { 1 }] =
                if kind == "handlers" { "𠮷田 空" } else if kind == "holdings" { "給与" } else { "8:30" };
            bad[column] = cell;
            let page = given.upload(kind, &[head, &bad]).await;
            assert_eq!(page.texts("tbody td:first-child"), [format!("「a」2行目 {at}列")], "{kind} {cell}: {}", page.body);
            assert!(page.text("tbody td:last-child").contains(words), "{kind} {cell}: {}", page.text("tbody td:last-child"));
            assert!(!page.has("#confirm"));
        }
        assert_eq!(registered(&app, &given), before, "nothing was imported");
    }

    async fn rows_that_are_there_twice_are_said(app: App) {
        let given = given(&app);
        let before = registered(&app, &given);
        for (kind, head, row) in KINDS {
            let person = if kind == "transmissions" { &given.mie.officer } else { &given.side.representative };
            let page = given.upload_as(person, kind, &[head, row, row]).await;
            assert!(page.texts("tbody td:first-child")[0].starts_with("「a」3行目 "), "{kind}");
            assert_eq!(page.texts("tbody td:last-child"), ["2行目と重複しています。"], "{kind}");
        }
        assert_eq!(registered(&app, &given), before);
    }

    async fn a_sheet_of_a_register_that_is_no_plain_table_is_refused(app: App) {
        let given = given(&app);
        let before = registered(&app, &given);
        for (kind, head, row) in KINDS {
            let far = book(head, row, |sheet| {
                sheet.write_string(1_048_575, 16_383, "x").unwrap();
            });
            let merged = book(head, row, |sheet| {
                sheet.merge_range(2, 1, 3, 1, "x", &Format::new()).unwrap();
            });
            let error = book(head, row, |sheet| {
                sheet.write_formula(1, 2, rust_xlsxwriter::Formula::new("=1/0").set_result("#DIV/0!")).unwrap();
            });
            for (bytes, place, words) in [
                (far, "「台帳」1048576行目 XFD列", "列が多すぎます"),
                (merged, "「台帳」3行目 B列", "結合"),
            ] {
                let page = upload(&given, kind, "a.xlsx", &bytes).await;
                assert_eq!(page.status, 422, "{kind}");
                assert!(page.text("main").contains(place), "{kind}: {}", page.text("main"));
                assert!(page.text("main").contains(words), "{kind}");
            }
            // What a formula came to is text to us, and no date, number or name.
            assert!(!upload(&given, kind, "a.xlsx", &error).await.has("#confirm"), "{kind}");
            let wrong = [b"name\nx,".as_slice(), "名".as_bytes(), b"\xff\xfd\n"].concat();
            for (name, bytes, words) in [
                ("a.xlsm", b"PK\x03\x04".to_vec(), "マクロ"),
                ("a.csv", wrong, "「a」2行目"),
                ("a.csv", b"\xff\xfea\0".to_vec(), "UTF-16"),
                ("a.xlsx", bomb(), "展開すると大きすぎる"),
            ] {
                let page = upload(&given, kind, name, &bytes).await;
                assert_eq!((page.status, page.wrong_fields()), (422, vec!["file".to_owned()]), "{kind} {words}");
                assert!(page.text("main").contains(words), "{kind} {words}");
            }
        }
        assert_eq!(registered(&app, &given), before);
    }

    async fn a_sheet_in_cp932_is_read(app: App) {
        let given = given(&app);
        let columns: Vec<_> = HOLDING.iter().map(|h| azukari::sheet::Column::new((*h).to_owned(), azukari::sheet::Kind::Code)).collect();
        let row = OFFICE.iter().map(|cell| (*cell).to_owned()).collect();
        let bytes = azukari::sheet::csv(azukari::sheet::Encoding::Cp932, &columns, [Ok(row)]).unwrap().unwrap();
        assert!(std::str::from_utf8(&bytes).is_err());
        let page = upload(&given, "holdings", "a.csv", &bytes).await;
        assert!(page.has("#confirm"), "{}", page.body);
    }
}

/// An archive of one member that unpacks to a thousand times its size.
fn bomb() -> Vec<u8> {
    use std::io::Write as _;
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default()
        .compression_method(zip::CompressionMethod::Deflated)
        .compression_level(Some(9));
    archive.start_file("xl/worksheets/sheet1.xml", options).unwrap();
    let piece = vec![b' '; 1024 * 1024];
    for _ in 0..20 {
        archive.write_all(&piece).unwrap();
    }
    archive.finish().unwrap().into_inner()
}
