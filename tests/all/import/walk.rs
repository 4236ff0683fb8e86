//! The whole way of a sheet of holdings: the template filled in by a program for sheets, three cells
//! wrong, the marked workbook read, mended, confirmed, and the findings there.

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

use super::given::{Given, given};
use super::post_file;
use crate::app::{App, both};

/// A row as somebody fills it in, by the template's headings.
type Filled<'a> = &'a [(&'a str, &'a str)];

/// The template's headings, and a workbook with these rows below them; the days are days of the
/// program, not text.
fn workbook(headings: &[String], rows: &[Filled<'_>]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("保管").unwrap();
    let day = Format::new().set_num_format("yyyy/mm/dd");
    for (column, heading) in (0..).zip(headings) {
        sheet.write_string(0, column, heading).unwrap();
        for (row, filled) in (1..).zip(rows) {
            let Some((_, cell)) = filled.iter().find(|(name, _)| name == heading) else { continue };
            if let Some(date) = cell.strip_prefix("day ") {
                let date = ExcelDateTime::parse_from_str(date).unwrap();
                sheet.write_datetime_with_format(row, column, date, &day).unwrap();
            } else if let Ok(number) = cell.parse::<f64>() {
                sheet.write_number(row, column, number).unwrap();
            } else {
                sheet.write_string(row, column, *cell).unwrap();
            }
        }
    }
    book.save_to_buffer().unwrap()
}

async fn headings(given: &Given) -> Vec<String> {
    let path = format!("/imports/holdings/template.xlsx?entrustment={}", given.id);
    let template = given.side.representative.download(&path).await;
    let template = azukari::sheet::read("template.xlsx", &template).unwrap();
    template.rows[0].cells.iter().map(|(_, heading)| heading.clone()).collect()
}

const GOOD: Filled<'_> = &[
    ("情報項目", "氏名、給与"),
    ("人数", "49"),
    ("種類", "受け取ったもの"),
    ("場所の種類", "委託先の事業所"),
    ("場所", "事務所2階"),
    ("保管している国", "日本"),
    ("媒体", "委託先のサーバー"),
    ("暗号化", "媒体またはサービス全体の暗号化"),
    ("保管を始めた日", "day 2026-04-01"),
];

/// The same with other cells.
fn with<'a>(cells: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut row: Vec<(&str, &str)> = GOOD.to_vec();
    for (name, cell) in cells {
        match row.iter_mut().find(|(known, _)| known == name) {
            Some(known) => known.1 = cell,
            None => row.push((name, cell)),
        }
    }
    row
}

both! {
    async fn a_sheet_of_holdings_is_mended_and_confirmed(app: App) {
        let given = given(&app);
        let person = &given.side.representative;
        let headings = headings(&given).await;
        assert!(!headings.contains(&"委託案件の契約番号".to_owned()), "the entrustment is known");
        let upload = format!("/imports/holdings?entrustment={}", given.id);
        let wrong = [
            GOOD,
            &with(&[("情報項目", "住所")]),
            &with(&[("場所の種類", "車の中")]),
            &with(&[("保管を始めた日", "46113")]),
        ];
        let page = post_file(person, &upload, "保管.xlsx", &workbook(&headings, &wrong)).await;
        assert_eq!(page.status, 303, "{}", page.body);
        assert_eq!(
            page.texts("tbody td:first-child"),
            ["「保管」3行目 A列", "「保管」4行目 F列", "「保管」5行目 Q列"]
        );
        assert!(!page.has("#confirm"));
        let marked = person.download(&format!("{}/marked.xlsx", page.path)).await;
        let marked = azukari::sheet::read("marked.xlsx", &marked).unwrap();
        let errors: Vec<String> =
            marked.rows.iter().map(|row| row.cells.last().unwrap().1.clone()).collect();
        assert!(errors[2].contains("「住所」という情報項目"), "{errors:?}");
        assert!(errors[3].contains("「車の中」は使えません"), "{errors:?}");
        assert!(errors[4].contains("2026-04-01"), "{errors:?}");
        assert!(person.get(&given.home("holdings")).await.text("main").contains("見つかりません"));

        // Mended: one row keeps to the rules, one is abroad and one at home, as it happened.
        let mended = [
            GOOD,
            &with(&[("場所", "クラウド"), ("保管している国", "アメリカ合衆国"), ("閲覧できる国", "JP US")]),
            &with(&[("場所の種類", "自宅"), ("場所", "所長の自宅")]),
        ];
        let page = post_file(person, &upload, "保管.xlsx", &workbook(&headings, &mended)).await;
        assert!(page.text(".banner").contains("合わない行が2件"), "{}", page.text(".banner"));
        assert_eq!(page.texts("#rules section, #rules tbody th[scope=row]").len(), 2);
        assert!(page.text("#rules").contains("許可されていない国") && page.text("#rules").contains("US"));
        let silent = page.form("#confirm").submit().await;
        assert_eq!((silent.status, silent.wrong_fields()), (422, vec!["reason".to_owned(), "facts".to_owned()]));
        let said = silent.form("#confirm").set("reason", "所長が在宅で監査した").check("facts", "on");
        let before = app.acts(given.mie.id).len();
        let done = said.submit().await;
        assert_eq!((done.status, done.path.as_str()), (303, given.home("holdings").as_str()), "{}", done.body);
        assert_eq!(done.texts("tbody th[scope=row]").len(), 3);
        let acts = app.acts(given.mie.id);
        assert_eq!(
            acts[before..],
            ["holding.entered", "holding.entered", "holding.entered", "finding.raised", "finding.raised", "import.confirmed"]
        );
        azukari::ledger::verify(&mut app.connection(), given.mie.id).unwrap();
        let findings = given.mie.officer.get(&given.home("findings")).await;
        let titles = findings.texts("tbody th a");
        assert_eq!(titles.len(), 2, "{titles:?}");
        let at_home = titles.iter().position(|title| title.contains("作業場所")).unwrap();
        let finding = given.mie.officer.get(&findings.attributes("tbody th a", "href")[at_home]).await;
        assert!(finding.body.contains("所長が在宅で監査した"), "the reason is with the finding");
        // What is compared again finds the same.
        app.run_jobs();
        assert_eq!(given.mie.officer.get(&given.home("findings")).await.texts("tbody th a").len(), 2);
        // The same file again: each row is there already.
        let again = post_file(person, &upload, "保管.xlsx", &workbook(&headings, &mended)).await;
        assert!(again.texts("tbody td:last-child").iter().take(3).all(|words| words == "すでに登録されています。"));
    }
}
