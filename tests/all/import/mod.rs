//! In and out: sheets imported all or nothing, lists handed out whole.

mod bad_input;
mod bad_rows;
mod every_list;
pub mod given;
mod large;
mod lists;
mod of_registers;
mod registers;
mod walk;

use azukari::sheet::{Column, Encoding, Kind, csv, xlsx};

use crate::app::{Page, Person};

/// A CSV file of these rows.
pub fn csv_of(rows: &[&[&str]]) -> Vec<u8> {
    let (columns, rows) = parts(rows);
    csv(Encoding::Utf8, &columns, rows.into_iter().map(Ok)).unwrap().unwrap()
}

/// A workbook of these rows.
pub fn xlsx_of(title: &str, rows: &[&[&str]]) -> Vec<u8> {
    let (columns, rows) = parts(rows);
    xlsx(title, &columns, rows.into_iter().map(Ok)).unwrap()
}

fn parts(rows: &[&[&str]]) -> (Vec<Column>, Vec<Vec<String>>) {
    let text = |row: &[&str]| row.iter().map(|&cell| cell.to_owned()).collect::<Vec<_>>();
    let headings = text(rows[0]);
    let columns = headings.into_iter().map(|h| Column::new(h, Kind::Code)).collect();
    (columns, rows[1..].iter().map(|row| text(row)).collect())
}

/// Uploads a file and gives the page that follows.
pub async fn upload(person: &Person, kind: &str, name: &str, bytes: &[u8]) -> Page {
    post_file(person, &format!("/imports/{kind}"), name, bytes).await
}

/// The same from a page of its own.
pub async fn post_file(person: &Person, page: &str, name: &str, bytes: &[u8]) -> Page {
    let form = person.get(page).await.main_form();
    form.file("file", name, bytes).submit().await
}

/// 法人番号 with its check digit, from twelve digits.
pub fn corporate_number(twelve: u64) -> String {
    let digits = format!("{twelve:012}");
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(n, digit)| u32::from(digit - b'0') * if n % 2 == 0 { 1 } else { 2 })
        .sum();
    format!("{}{digits}", 9 - sum % 9)
}

/// The headings of a sheet of contractors with what every row needs.
pub const CONTRACTOR: &[&str] =
    &["種別", "名称", "法人番号", "所在地", "責任者", "責任者のメールアドレス", "電話番号"];

/// The headings of a sheet of entrustments with what every row needs.
pub const ENTRUSTMENT: &[&str] = &[
    "契約番号",
    "件名",
    "委託先",
    "所管課",
    "利用目的",
    "契約の開始日",
    "契約の終了日",
    "消去期限",
    "人数",
    "情報項目",
    "情報項目（要配慮個人情報）",
    "送受の方法",
    "要配慮個人情報・特定個人情報の送受の方法",
];
