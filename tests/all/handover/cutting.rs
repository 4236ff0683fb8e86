//! Cutting a list: what is hidden and what nobody needs stays behind.

use azukari::database::schema::handover_file as f;
use azukari::handover::{DeliveryId, File, HandoverId};
use azukari::sheet;
use diesel::prelude::*;
use rust_xlsxwriter::{Note, Workbook};

use super::delivery::csrf;
use super::desk::{begun, brought};
use super::sending::{files, plain};
use super::{Draft, Two, two};
use crate::app::{App, FilledForm, Person, both};

/// A workbook with a title, two persons, a third in a hidden row, their pay, a note, a formula, and
/// everybody on a hidden sheet.
fn workbook() -> Vec<u8> {
    let rows = [
        ["令和8年度の対象者", "", ""],
        ["氏名", "生年月日", "給与"],
        ["架空 花子", "1990-04-01", "241000"],
        ["見本 太郎", "1985-05-05", "228000"],
        ["例示 隠子", "1970-01-31", "252000"],
    ];
    let mut book = Workbook::new();
    for (name, hidden) in [("名簿", false), ("全員", true)] {
        let sheet = book.add_worksheet();
        sheet.set_name(name).unwrap().set_hidden(hidden);
        for (at, row) in (0_u32..).zip(rows) {
            sheet.write_row(at, 0, row).unwrap();
        }
        sheet.set_row_hidden(4).unwrap();
        sheet.insert_note(2, 0, &Note::new("欠勤が多い")).unwrap();
        sheet.write_formula(2, 5, "=1+1").unwrap();
    }
    book.save_to_buffer().unwrap()
}

/// The files of the hand-over on a page.
fn files_of(app: &App, path: &str) -> Vec<File> {
    let id: HandoverId = path.rsplit('/').next().unwrap().parse().unwrap();
    let delivery = DeliveryId::new(app.clock.now());
    files(app, &Draft { id, delivery, path: path.to_owned() })
}

/// A hand-over of names and birth dates to the contractor, with a file; and where it is cut.
async fn with(app: &App, two: &Two, name: &str, bytes: &[u8]) -> (String, String) {
    let officer = &two.mie.officer;
    let path = begun(two, officer, &[]).await.path;
    brought(app, officer, &path, name, bytes).await;
    let file = files_of(app, &path).remove(0).id;
    let cut = format!("{path}/files/{file}/cut");
    (path, cut)
}

/// The form at the end of the preview.
async fn previewed(person: &Person, cut: &str, column: &str) -> FilledForm {
    let page = person.get(&format!("{cut}?column={column}")).await;
    assert_eq!(page.status, 200, "{}", page.body);
    page.main_form()
}

both! {
    async fn a_workbook_for_one_recipient_loses_what_is_hidden_and_what_is_not_needed(app: App) {
        let two = two(&app);
        let officer = &two.mie.officer;
        let (path, cut) = with(&app, &two, "名簿.xlsx", &workbook()).await;
        let stopped = officer.get(&path).await;
        assert!(!stopped.has("form[action$='/propose']"));
        let choose = officer.get(&cut).await;
        assert_eq!(choose.attributes("input[name=column][checked]", "value"), ["all"], "the only recipient gets all rows");
        let page = officer.get(&format!("{cut}?column=all")).await;
        assert!(page.body.contains("2行を、必要な列だけの新しいファイルにします"), "{}", page.body);
        assert!(page.body.contains("元のファイルで表示されていない行 1行"));
        assert!(!page.body.contains("例示") && !page.body.contains("花子"), "masked, and hidden rows not at all");
        let form = page.main_form();
        assert!(form.offers().iter().all(|(name, value)| name != "columns" || value != "2"), "nobody needs the pay");
        let done = form.submit().await;
        assert_eq!(done.status, 303, "{:?}", done.wrong_fields());
        app.run_jobs();
        let found = files_of(&app, &path);
        assert_eq!(found.len(), 1, "the source is gone");
        assert_eq!(found[0].name, "名簿_髙橋社会保険労務士事務所.xlsx");
        assert!(found[0].delivery_id.is_some() && found[0].source_id.is_some());
        let read = sheet::read("a.xlsx", &plain(&app, &found[0]).unwrap()).unwrap();
        let rows: Vec<Vec<&str>> =
            read.rows.iter().map(|row| row.cells.iter().map(|(_, text)| text.as_str()).collect()).collect();
        assert_eq!(rows, [["氏名", "生年月日"], ["架空 花子", "1990-04-01"], ["見本 太郎", "1985-05-05"]]);
        let contents = found[0].found().unwrap();
        assert!(contents.hidden.is_empty() && contents.tables.len() == 1, "{:?}", contents.hidden);
        assert!(officer.get(&path).await.has("form[action$='/propose']"));
        let entry = app.ledger(two.mie.id).into_iter().rev().find(|entry| entry.act == "handover.cut").unwrap();
        let told = entry.details.0.to_string();
        assert!(told.contains("\"rows\":2") && told.contains("\"rows_hidden\":1") && !told.contains("花子"), "{told}");
    }

    async fn a_title_comes_along_when_it_is_chosen(app: App) {
        let two = two(&app);
        let (path, cut) = with(&app, &two, "名簿.xlsx", &workbook()).await;
        let form = previewed(&two.mie.officer, &cut, "all").await.check("titles", "on");
        assert_eq!(form.submit().await.status, 303);
        let read = sheet::read("a.xlsx", &plain(&app, &files_of(&app, &path)[0]).unwrap()).unwrap();
        assert_eq!(read.rows[0].cell(0), "令和8年度の対象者");
    }

    async fn every_wrong_choice_is_said(app: App) {
        let two = two(&app);
        let officer = &two.mie.officer;
        let (_, cut) = with(&app, &two, "名簿.xlsx", &workbook()).await;
        for (column, status) in [("0", 200), ("9", 422), ("x", 422), ("-1", 422)] {
            assert_eq!(officer.get(&format!("{cut}?column={column}")).await.status, status, "{column}");
        }
        let nobody = officer.get(&format!("{cut}?column=0")).await;
        assert!(nobody.body.contains("この列には、受け取る相手の名前がありません"), "{}", nobody.body);
        let form = || previewed(officer, &cut, "all");
        let wrong = form().await.uncheck("columns").submit().await;
        assert_eq!((wrong.status, wrong.wrong_fields()), (422, vec!["columns".to_owned()]));
        let wrong = form().await.check("columns", "2").submit().await;
        assert_eq!((wrong.status, wrong.wrong_fields()), (422, vec!["columns".to_owned()]), "the pay");
        let wrong = form().await.uncheck("recipients").submit().await;
        assert_eq!((wrong.status, wrong.wrong_fields()), (422, vec!["recipients".to_owned()]));
        assert_eq!(form().await.set("version", "0").submit().await.status, 409);
        assert_eq!(form().await.set("column", "0").submit().await.status, 409, "no row names the contractor");
    }

    async fn only_who_puts_it_together_cuts_and_only_a_list(app: App) {
        let two = two(&app);
        let (officer, receiver) = (&two.mie.officer, &two.office.representative);
        let (path, cut) = with(&app, &two, "名簿.xlsx", &workbook()).await;
        let town = app.principal("津島町");
        let stranger = app.joined_contractor(&town, "𠮷田").representative;
        for (person, status) in [
            (receiver, 404), (&town.officer, 404), (&stranger, 404), (&two.mie.approver, 403), (&two.mie.auditor, 403),
        ] {
            assert_eq!(person.get(&cut).await.status, status, "{}", person.email);
            let token = csrf(&person.get("/help").await);
            let fields = [("csrf", token.as_str()), ("column", "all"), ("version", "1")];
            assert_eq!(person.post(&cut, &fields).await.status, status, "{}", person.email);
        }
        let absent = format!("{path}/files/018f0000-0000-7000-8000-000000000001/cut");
        assert_eq!(officer.get(&absent).await.status, 404);
        let (_, text) = with(&app, &two, "案内.txt", "次の監査のお知らせです。".as_bytes()).await;
        let page = officer.get(&text).await;
        assert!(page.status == 409 && page.body.contains("切り分けられる一覧がありません"), "{}", page.body);
        diesel::update(f::table).set(f::state.eq("checking")).execute(&mut app.connection()).unwrap();
        let early = officer.get(&cut).await;
        assert!(early.status == 409 && early.body.contains("まだ中身の点検が終わっていません"));
    }
}
