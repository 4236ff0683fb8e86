use diesel::prelude::*;

use super::{CONTRACTOR, ENTRUSTMENT, corporate_number, csv_of, upload, xlsx_of};
use crate::app::{App, both, contractor};

both! {
    async fn a_filled_template_is_imported_in_one_go(app: App) {
        let mie = app.principal("三重野県");
        let officer = &mie.officer;
        let bytes = officer.download("/imports/contractors/template.xlsx").await;
        let template = azukari::sheet::read("template.xlsx", &bytes).unwrap();
        assert_eq!(&*template.name, "委託先");
        let headings: Vec<&str> = template.rows[0].cells.iter().map(|(_, h)| h.as_str()).collect();
        let number = corporate_number(104_010_123_450);
        let fill = |name: &str, number: &str| -> Vec<String> {
            headings.iter().map(|heading| match *heading {
                "種別" => "会社などの法人",
                "名称" => name,
                "法人番号" => number,
                "郵便番号" => "5140001",
                "所在地" => "津島市1-1",
                "責任者" => "髙橋 𠮷之助",
                "責任者のメールアドレス" => "t@sr.example",
                "電話番号" => "+81-59-000",
                "ISMS認証の有効期限" => "令和9年3月31日",
                _ => "",
            }.to_owned()).collect()
        };
        let (first, second) = (fill("髙橋商店", &number), fill("𠮷田商店", ""));
        let first: Vec<&str> = first.iter().map(String::as_str).collect();
        let second: Vec<&str> = second.iter().map(String::as_str).collect();
        let sheet = xlsx_of("委託先", &[&headings, &first, &second]);
        let page = upload(officer, "contractors", "委託先.xlsx", &sheet).await;
        assert_eq!(page.status, 303, "{}", page.body);
        assert!(page.text(".banner").contains("2件を登録できます"), "{}", page.text(".banner"));
        let before = app.ledger(mie.id).len();
        assert!(!officer.get("/contractors").await.has("tbody"), "nothing before it is confirmed");
        let done = page.form("#confirm").submit().await;
        assert_eq!((done.status, done.path.as_str()), (303, "/contractors"));
        assert_eq!(done.texts("tbody th a"), ["𠮷田商店", "髙橋商店"], "by name as searched");
        assert_eq!(done.texts("tbody th a"), ["𠮷田商店", "髙橋商店"]);
        let acts = app.acts(mie.id);
        assert_eq!(acts[before..], ["contractor.registered", "contractor.registered", "import.confirmed"]);
        azukari::ledger::verify(&mut app.connection(), mie.id).unwrap();
        assert_eq!(page.form("#confirm").submit().await.status, 404, "once only");

        let again = upload(officer, "contractors", "委託先.xlsx", &sheet).await;
        assert_eq!(again.texts("tbody td:first-child"), ["「委託先」2行目 D列", "「委託先」3行目 B列"]);
        assert!(again.texts("tbody td:last-child").iter().all(|words| words == "すでに登録されています。"));
    }

    async fn entrustments_name_contractor_and_division(app: App) {
        let mie = app.principal("三重野県");
        app.contractor(&mie, &contractor("髙橋商店"));
        let good: &[&str] = &[
            "令8子-12", "監査", "髙橋商店", "子ども課", "保育所等の監査", "2026-04-01", "R9.3.31", "令和9年4月30日",
            "４９", "氏名、給与", "障害の有無", "手渡し、「預かり」の受渡し", "手渡し",
        ];
        let page = upload(&mie.officer, "entrustments", "案件.csv", &csv_of(&[ENTRUSTMENT, good])).await;
        let done = page.form("#confirm").submit().await;
        assert_eq!((done.status, done.path.as_str()), (303, "/entrustments"), "{}", page.body);
        let shown = done.attributes("tbody th a", "href").remove(0);
        let shown = mie.officer.get(&shown).await;
        for words in ["49人", "氏名", "障害の有無", "要配慮個人情報", "手渡し", "髙橋商店"] {
            assert!(shown.body.contains(words), "{words}");
        }
        assert!(!shown.body.contains("書留郵便"), "the row's ways replace the usual ones");
    }

    async fn three_errors_are_three_cells_and_nothing_is_imported(app: App) {
        let mie = app.principal("三重野県");
        let number = corporate_number(104_010_123_450);
        let sheet = xlsx_of("台帳", &[
            CONTRACTOR,
            &["会社などの法人", "髙橋商店", &number, "津島市", "髙橋", "t@sr.example", "1"],
            &["会社", "𠮷田商店", "", "津島市", "𠮷田", "y@sr.example", "1"],
            &["個人事業主", "", "", "津島市", "﨑山", "s@sr.example", "1"],
            &["個人事業主", "﨑山商店", "4.01E+12", "津島市", "﨑山", "s@sr.example", "1"],
        ]);
        let before = app.acts(mie.id).len();
        let page = upload(&mie.officer, "contractors", "a.xlsx", &sheet).await;
        assert_eq!(
            page.texts("tbody td:first-child"),
            ["「台帳」3行目 A列", "「台帳」4行目 B列", "「台帳」5行目 C列"]
        );
        assert_eq!(page.texts("tbody td:nth-child(2)"), ["種別", "名称", "法人番号"]);
        assert!(!page.has("#confirm"));
        let forced = mie.officer.post(&page.path, &[("csrf", page.form("#removal").value("csrf"))]).await;
        assert_eq!(forced.status, 422, "confirmed without the button");
        assert_eq!(app.acts(mie.id).len(), before);
        assert!(!mie.officer.get("/contractors").await.has("tbody"));
        let marked = mie.officer.download(&format!("{}/marked.xlsx", page.path)).await;
        let marked = azukari::sheet::read("marked.xlsx", &marked).unwrap();
        let errors: Vec<bool> = marked.rows.iter().map(|row| !row.cell(7).is_empty()).collect();
        assert_eq!(errors, [true, false, true, true, true]);
        assert!(marked.rows[2].cell(7).contains("A列"));
        let english = mie.officer.in_english().get(&page.path).await;
        assert_eq!(english.texts("tbody td:first-child")[0], "“台帳”, row 3, column A");
    }

    async fn only_who_registers_may_import_and_sees_only_its_own(app: App) {
        let mie = app.principal("三重野県");
        let other = app.joined_contractor(&mie, "髙橋商店");
        for person in [&mie.auditor, &mie.approver, &other.representative] {
            assert_eq!(person.get("/imports/contractors").await.status, 403);
            assert_eq!(person.get("/imports/contractors/template.xlsx").await.status, 403);
        }
        assert_eq!(mie.officer.get("/imports/handlebars").await.status, 404);
        let sheet = csv_of(&[CONTRACTOR, &["会社などの法人", "𠮷田商店", "", "津島市", "𠮷田", "y@sr.example", "1"]]);
        let page = upload(&mie.officer, "contractors", "a.csv", &sheet).await;
        let foreign = app.principal("津島町");
        for person in [&mie.administrator, &foreign.officer] {
            assert_eq!(person.get(&page.path).await.status, 404);
            assert_eq!(person.get(&format!("{}/marked.xlsx", page.path)).await.status, 404);
        }
        assert_eq!(mie.officer.get(&page.path.replace("contractors", "entrustments")).await.status, 404);
        let removed = page.form("#removal").submit().await;
        assert_eq!((removed.status, removed.path.as_str()), (303, "/imports/contractors"));
        assert_eq!(mie.officer.get(&page.path).await.status, 404);
    }

    async fn an_officer_imports_for_the_own_division_only(app: App) {
        let mie = app.principal("三重野県");
        app.division(mie.id, "税務課");
        app.contractor(&mie, &contractor("髙橋商店"));
        let row = |division: &'static str| -> Vec<&'static str> {
            vec!["1", "監査", "髙橋商店", division, "監査", "R8.4.1", "R9.3.31", "R9.3.31", "1", "氏名", "", "", ""]
        };
        let sheet = csv_of(&[ENTRUSTMENT, &row("税務課")]);
        let page = upload(&mie.officer, "entrustments", "a.csv", &sheet).await;
        assert_eq!(page.texts("tbody td:first-child"), ["「a」2行目 D列"]);
        let page = upload(&mie.administrator, "entrustments", "a.csv", &sheet).await;
        assert!(page.has("#confirm"));
    }

    async fn an_upload_that_nobody_confirms_goes_after_a_day(app: App) {
        let mie = app.principal("三重野県");
        let sheet = csv_of(&[CONTRACTOR, &["会社などの法人", "𠮷田商店", "", "津島市", "𠮷田", "y@sr.example", "1"]]);
        let page = upload(&mie.officer, "contractors", "a.csv", &sheet).await;
        let kept = || {
            use azukari::database::schema::import as t;
            t::table.count().get_result::<i64>(&mut app.connection()).unwrap()
        };
        app.run_jobs();
        assert_eq!((mie.officer.get(&page.path).await.status, kept()), (200, 1));
        app.clock.advance(chrono::Duration::hours(25));
        app.run_jobs();
        assert_eq!(kept(), 0);
        assert_eq!(kept(), 0);
    }
}
