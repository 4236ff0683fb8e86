use super::given::{HANDED, HANDLER, HOLDING, OFFICE, SAKURA, TRANSMISSION, given};
use super::{csv_of, upload};
use crate::app::{App, both, entrustment};

both! {
    async fn rows_of_several_entrustments_go_in_together(app: App) {
        let given = given(&app);
        let mut other = entrustment(given.side.id, given.mie.division, "令8子-13", "点検");
        "氏名".clone_into(&mut other.items[0].name);
        let other = app.entrustment(&given.mie, &other);
        let second = ["令8子-13", "氏名", "3", "copy", "office", "書庫", "jp", "JP", "paper", "locked", "", "2026-04-02"];
        let sheet = csv_of(&[HOLDING, OFFICE, &second]);
        let page = upload(&given.side.representative, "holdings", "a.csv", &sheet).await;
        assert!(page.has("#confirm"), "{}", page.body);
        let done = page.form("#confirm").submit().await;
        assert_eq!((done.status, done.path.as_str()), (303, "/entrustments"));
        for id in [given.id, other] {
            let list = given.mie.officer.get(&format!("/entrustments/{id}/holdings")).await;
            assert_eq!(list.texts("tbody th[scope=row]").len(), 1);
            let history = given.mie.officer.get(&format!("/entrustments/{id}/history")).await;
            assert!(history.body.contains("ファイルからまとめて登録"));
        }
    }

    async fn handlers_are_entered_with_their_training(app: App) {
        let given = given(&app);
        let late = ["", "𠮷田 空", "", "", "R8.4.1", "", "", ""];
        let page = given.upload("handlers", &[HANDLER, SAKURA, &late]).await;
        assert!(page.text("#rules").contains("誓約のない従事者"), "{}", page.body);
        assert!(page.text("#rules").contains("今年度の研修"));
        let said = page.form("#confirm").set("reason", "着任したばかり").check("facts", "on").submit().await;
        assert_eq!((said.status, said.path.as_str()), (303, given.home("handlers").as_str()), "{}", said.body);
        assert_eq!(said.texts("tbody th a"), ["𠮷田 空", "髙橋 桜"]);
        assert!(said.text("tbody").contains("令和8年4月1日") && said.text("tbody").contains("責任者"));
        let findings = given.mie.officer.get(&given.home("findings")).await;
        assert_eq!(findings.texts("tbody th a").len(), 2);
        assert_eq!(app.acts(given.mie.id).iter().filter(|act| *act == "handler.trained").count(), 1);
        // Once for the entrustment, not for each row.
        let jobs = app.run_jobs();
        assert!(jobs >= 1);
        let again = given.upload("handlers", &[HANDLER, SAKURA]).await;
        assert_eq!(again.texts("tbody td:last-child"), ["すでに登録されています。"]);
    }

    async fn either_side_enters_transmissions(app: App) {
        let given = given(&app);
        given.upload("handlers", &[HANDLER, SAKURA]).await.form("#confirm").submit().await;
        let back = [
            "", "R8.4.1", "08:35", "contractor", "髙橋　桜", "Principal、労働局 <r@free.example>", "手渡し", "給与", "49",
            "sealed", "none", "﨑山", "報告", "報告書",
        ];
        let officer = given.upload_as(&given.mie.officer, "transmissions", &[TRANSMISSION, HANDED]).await;
        assert!(officer.has("#confirm") && !officer.has("#rules"), "{}", officer.body);
        let done = officer.form("#confirm").submit().await;
        assert_eq!(done.path, given.home("transmissions"));
        assert!(done.text("tbody").contains("確認待ち") && done.text("tbody").contains("髙橋商店"));
        let page = given.upload("transmissions", &[TRANSMISSION, &back]).await;
        assert!(page.text("#rules").contains("承認されていない相手"), "{}", page.body);
        let done = page.form("#confirm").check("facts", "on").submit().await;
        assert_eq!(done.status, 303, "{}", done.body);
        assert_eq!(done.texts("tbody td:last-child"), ["確認待ち", "確認待ち"]);
        let shown = given.mie.officer.get(&done.attributes("tbody th a", "href")[0]).await;
        assert!(shown.body.contains("労働局") && shown.body.contains("r@free.example") && shown.body.contains("髙橋 桜"));
        let again = given.upload("transmissions", &[TRANSMISSION, &back]).await;
        assert_eq!(again.texts("tbody td:first-child")[0], "「a」2行目 B列");
        assert_eq!(again.texts("tbody td:last-child")[0], "すでに登録されています。");
    }

    async fn a_row_may_give_its_own_reason(app: App) {
        let given = given(&app);
        let mut head = HOLDING.to_vec();
        head.push("例外の理由");
        let mut at_home = OFFICE.to_vec();
        at_home[4] = "自宅";
        at_home.push("在宅勤務の届出あり");
        let page = given.upload("holdings", &[&head, &at_home]).await;
        assert!(page.text("#rules").contains("在宅勤務の届出あり"));
        let done = page.form("#confirm").submit().await;
        assert_eq!(done.status, 303, "no other reason is asked for: {}", done.body);
        let finding = given.mie.officer.get(&given.home("findings")).await.attributes("tbody th a", "href").remove(0);
        assert!(given.mie.officer.get(&finding).await.body.contains("在宅勤務の届出あり"));
    }

    async fn registers_are_imported_by_who_enters_into_them(app: App) {
        let given = given(&app);
        for (kind, refused) in [
            ("handlers", vec![&given.mie.officer, &given.mie.administrator, &given.mie.auditor, &given.mie.approver]),
            ("holdings", vec![&given.mie.officer, &given.mie.administrator, &given.mie.auditor]),
            ("transmissions", vec![&given.mie.auditor, &given.mie.approver]),
        ] {
            let scoped = format!("/imports/{kind}?entrustment={}", given.id);
            for person in refused {
                assert_eq!(person.get(&scoped).await.status, 403, "{kind}");
                assert_eq!(person.get(&format!("/imports/{kind}/template.xlsx")).await.status, 403, "{kind}");
            }
            let town = app.principal(&format!("津島町{kind}"));
            let stranger = app.joined_contractor(&town, "𠮷田").representative;
            let foreign = stranger.get(&scoped).await;
            let id = "018f0000-0000-7000-8000-000000000001";
            let absent = stranger.get(&format!("/imports/{kind}?entrustment={id}")).await;
            assert_eq!((foreign.status, absent.status), (404, 404), "{kind}");
            assert_eq!(foreign.comparable().replace(given.id.as_str(), id), absent.comparable(), "{kind}");
        }
        // A number of others is as unknown as one that nobody gave.
        let town = app.principal("津島町");
        let stranger = app.joined_contractor(&town, "𠮷田");
        let unknown: Vec<&str> = [&["令9-1"], &OFFICE[1..]].concat();
        let page = upload(&stranger.representative, "holdings", "a.csv", &csv_of(&[HOLDING, OFFICE, &unknown])).await;
        let words = page.texts("tbody td:last-child");
        assert_eq!(words[0].replace("令8子-12", "令9-1"), words[1]);
        assert!(words[0].contains("ないか、記録できません"), "{words:?}");
        // What waits for somebody is found by nobody else.
        let page = given.upload("holdings", &[HOLDING, OFFICE]).await;
        for person in [&given.mie.officer, &stranger.representative] {
            assert_ne!(person.get(&page.path).await.status, 200);
        }
        assert_eq!(app.joined_contractor(&given.mie, "別の店").representative.get(&page.path).await.status, 404);
    }

    async fn nothing_is_imported_into_what_is_closed(app: App) {
        let given = given(&app);
        let page = given.upload("holdings", &[HOLDING, OFFICE]).await;
        app.as_operator(|tx, _| {
            use azukari::database::schema::entrustment as t;
            use diesel::prelude::*;
            diesel::update(t::table.filter(t::id.eq(given.id))).set(t::status.eq("closed")).execute(tx.connection)?;
            Ok(())
        });
        assert_eq!(page.form("#confirm").submit().await.status, 409);
        let later = upload(&given.side.representative, "holdings", "a.csv", &csv_of(&[HOLDING, OFFICE])).await;
        assert!(later.text("tbody").contains("終了しているため"), "{}", later.body);
    }
}
