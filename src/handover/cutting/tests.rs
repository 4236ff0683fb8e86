//! Rows that are read from real files, each told whose it is.

use std::collections::BTreeMap;
use std::io::Cursor;

use rust_xlsxwriter::{Note, Workbook};

use super::plan::{Addressee, Choice, Named, Permit, Plan};
use super::read::{Taking, Tally, read};
use crate::contents::{ColumnFound, Format, Table};
use crate::error::Result;
use crate::handover::DeliveryId;
use crate::testing::jst;

/// What a reader told.
#[derive(Debug, Default)]
struct Told {
    titles: Vec<Vec<String>>,
    rows: Vec<(usize, Vec<String>)>,
    plan: Option<Plan>,
}

impl Taking for Told {
    fn title(&mut self, cells: &[(u16, String)]) -> Result<()> {
        self.titles.push(cells.iter().map(|(_, text)| text.clone()).collect());
        Ok(())
    }

    fn row(&mut self, part: usize, cells: &[(u16, String)]) -> Result<()> {
        let plan = self.plan.as_ref().unwrap();
        self.rows.push((part, plan.cells(part, cells)));
        Ok(())
    }
}

/// Two offices; both may have the first three columns, and nobody the fourth.
fn plan() -> Plan {
    let permits: BTreeMap<u16, Permit> =
        [(0, Permit::Unknown), (1, Permit::Needed), (2, Permit::Needed), (3, Permit::Refused)]
            .into();
    let one =
        || Addressee { id: DeliveryId::new(jst("2026-04-01T09:00:00")), permits: permits.clone() };
    let named = |at: usize, name: &str| Named { addressee: Some(at), names: vec![name.to_owned()] };
    let named = [named(0, "みどり作業所"), named(1, "作業所ひかり")];
    Plan::new(Some(0), &[one(), one()], &named, &Choice::default()).unwrap()
}

fn table(name: &str, heading_row: u32) -> Table {
    let column =
        |at| ColumnFound { at, heading: format!("列{at}"), kind: None, filled: 0, hidden: false };
    let columns = (0..4).map(column).collect();
    Table { name: name.to_owned(), heading_row, rows: 4, columns, ..Table::default() }
}

fn told(format: Format, bytes: &[u8], table: &Table) -> (Told, Tally) {
    let plan = plan();
    let mut told = Told { plan: Some(plan.clone()), ..Told::default() };
    let tally = read(format, &mut Cursor::new(bytes), table, &plan, &mut told).unwrap();
    (told, tally)
}

const ROWS: [[&str; 4]; 6] = [
    ["対象者の一覧（23名）", "", "", ""],
    ["事業所", "氏名", "生年月日", "障害"],
    ["みどり作業所", "架空 花子", "1990-04-01", "身体"],
    ["作業所ひかり", "見本 太郎", "1985-05-05", "知的"],
    ["大空会 みどり作業所", "例示 次郎", "1970-01-31", "精神"],
    ["", "不明 三郎", "1960-12-24", "精神"],
];

fn csv(delimiter: &str) -> Vec<u8> {
    let lines = ROWS.map(|row| row.join(delimiter));
    lines.join("\r\n").into_bytes()
}

#[test]
fn rows_of_text_go_to_whom_they_name_without_what_nobody_needs() {
    for (format, delimiter) in [(Format::Csv, ","), (Format::Tsv, "\t")] {
        let (told, tally) = told(format, &csv(delimiter), &table("", 2));
        assert_eq!(told.titles, [["対象者の一覧（23名）"]]);
        let rows: Vec<(usize, Vec<&str>)> = told
            .rows
            .iter()
            .map(|(part, cells)| (*part, cells.iter().map(String::as_str).collect()))
            .collect();
        assert_eq!(
            rows,
            [
                (0, vec!["みどり作業所", "架空 花子", "1990-04-01"]),
                (1, vec!["作業所ひかり", "見本 太郎", "1985-05-05"]),
                (0, vec!["大空会 みどり作業所", "例示 次郎", "1970-01-31"]),
            ]
        );
        assert_eq!(
            (tally.parts.clone(), tally.nobody, tally.nobody_at.clone()),
            (vec![2, 1], 1, vec![6])
        );
        assert_eq!((tally.given(), tally.another, tally.hidden), (3, 0, 0));
    }
}

/// The same on the second sheet of a workbook, with a hidden row, a comment, a formula, and a hidden
/// sheet before it.
fn workbook() -> Vec<u8> {
    let mut book = Workbook::new();
    let hidden = book.add_worksheet();
    hidden.set_name("全員").unwrap().set_hidden(true);
    for (at, row) in (0_u32..).zip(ROWS) {
        hidden.write_row(at, 0, row).unwrap();
    }
    let sheet = book.add_worksheet();
    sheet.set_name("名簿").unwrap().set_active(true);
    for (at, row) in (0_u32..).zip(ROWS) {
        sheet.write_row(at, 0, row).unwrap();
    }
    sheet.set_row_hidden(4).unwrap();
    sheet.insert_note(2, 1, &Note::new("見せない")).unwrap();
    sheet.write_formula(2, 9, "=1+1").unwrap();
    book.add_worksheet().set_name("内訳").unwrap().write(0, 0, "みどり作業所").unwrap();
    book.save_to_buffer().unwrap()
}

#[test]
fn only_the_chosen_sheet_is_read_and_hidden_rows_go_nowhere() {
    let (told, tally) = told(Format::Xlsx, &workbook(), &table("名簿", 2));
    assert_eq!((tally.parts.clone(), tally.nobody, tally.hidden), (vec![1, 1], 1, 1));
    let text = format!("{:?}", told.rows);
    assert!(text.contains("架空 花子") && text.contains("見本 太郎"), "{text}");
    assert!(!text.contains("例示 次郎") && !text.contains("見せない") && !text.contains("身体"));
    let (nothing, tally) = self::told(Format::Xlsx, &workbook(), &table("全員", 2));
    assert!(nothing.rows.is_empty() && tally.given() == 0, "a hidden sheet is never cut");
}

#[test]
fn a_file_that_breaks_off_is_refused() {
    let whole = workbook();
    let half = whole.get(..whole.len() / 2).unwrap();
    let plan = plan();
    let mut told = Told { plan: Some(plan.clone()), ..Told::default() };
    let read = read(Format::Xlsx, &mut Cursor::new(half), &table("名簿", 2), &plan, &mut told);
    assert!(matches!(read, Err(crate::error::Error::Conflict("handover-cut-unreadable"))));
}
