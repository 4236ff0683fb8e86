use azukari::sheet::{Column, Encoding, Kind, csv, read};

use crate::app::{App, both};
use crate::import::{csv_of, upload, xlsx_of};

const HEADINGS: &[&str] = &["氏名", "メールアドレス", "役割", "所管課"];

both! {
    async fn many_are_invited_from_a_sheet_all_or_nobody(app: App) {
        let mie = app.principal("三重野県");
        let person = &mie.administrator;
        let (known, shouted) = (mie.officer.email.clone(), "ICHIRO@PREF.EXAMPLE");
        let rows: &[&[&str]] = &[
            HEADINGS,
            &["髙橋 一郎", "ichiro@pref.example", "担当者", "子ども課"],
            &["𠮷田 二郎", shouted, "承認者", ""],
            &["﨑山", &known, "監査人", ""],
            &["山田", "yamada@pref.example", "責任者", ""],
            &["田中", "tanaka", "担当者", "水道課"],
            &["佐藤", "sato@pref.example", "承認者", "子ども課"],
        ];
        let page = upload(person, "members", "a.xlsx", &xlsx_of("利用者", rows)).await;
        assert_eq!(page.status, 303, "{}", page.body);
        let shown = page.text("main");
        for word in [
            "3行目 B列", "2行目と重複しています", "4行目 B列", "すでに登録されています", "5行目 C列",
            "6行目 B列", "6行目 D列", "7行目 D列", "所管課を選べるのは",
        ] {
            assert!(shown.contains(word), "{word} in {shown}");
        }
        assert!(!page.has("#confirm"));
        let marked = person.download(&format!("{}/marked.xlsx", page.path)).await;
        let marked = read("m.xlsx", &marked).unwrap();
        let said: Vec<String> = marked.rows.iter().map(|row| row.cells.last().unwrap().1.clone()).collect();
        assert!(said[2].contains("重複"), "{said:?}");
        assert!(app.mails().is_empty());

        let good: &[&[&str]] = &[HEADINGS, rows[1], &["佐藤", "sato@pref.example", "承認者", ""]];
        let page = upload(person, "members", "a.csv", &csv_of(good)).await;
        let done = page.form("#confirm, main form[method=post]:not([action$='/removal'])").submit().await;
        assert_eq!((done.status, &*done.path), (303, "/members"), "{}", done.body);
        assert!(done.body.contains("招待のメールの送信を受け付けました"));
        let to: Vec<String> = app.mails().into_iter().map(|mail| mail.to_address).collect();
        assert_eq!(to, ["ichiro@pref.example", "sato@pref.example"]);
        let acts = app.acts(mie.id);
        assert_eq!(acts.iter().rev().take(3).collect::<Vec<_>>(), ["import.confirmed", "invitation.sent", "invitation.sent"]);
        let list = person.get("/members/invitations").await;
        assert!(list.text("tbody").contains("子ども課"));
        assert!(list.text("tbody").contains("髙橋 一郎"));
    }

    async fn a_contractors_staff_come_from_a_sheet_of_its_own(app: App) {
        let mie = app.principal("三重野県");
        let own = app.joined_contractor(&mie, "髙橋社労士").representative;
        let columns: Vec<Column> = HEADINGS[..3].iter().map(|h| Column::new((*h).to_owned(), Kind::Text)).collect();
        let row = ["髙橋桜", "sakura@sr.example", "従事者"].map(str::to_owned).to_vec();
        let bytes = csv(Encoding::Cp932, &columns, [Ok(row)]).unwrap().unwrap();
        let page = upload(&own, "staff", "a.csv", &bytes).await;
        assert!(page.text("main").contains("髙橋桜"), "{}", page.text("main"));
        let done = page.form("main form[method=post]:not([action$='/removal'])").submit().await;
        assert_eq!((done.status, &*done.path), (303, "/members"), "{}", done.body);
        assert_eq!(app.last_mail("invitation").to_address, "sakura@sr.example");
        let headings = &[&HEADINGS[..3], &["山田", "y@sr.example", "管理者"]];
        let wrong = upload(&own, "staff", "a.csv", &csv_of(headings)).await;
        assert!(wrong.text("main").contains("「管理者」は使えません"), "{}", wrong.text("main"));
        assert_eq!(own.get("/imports/members").await.status, 403);
        assert_eq!(mie.administrator.get("/imports/staff").await.status, 403);
        assert_eq!(mie.officer.get("/imports/members").await.status, 403);
    }

    async fn the_template_offers_roles_and_divisions(app: App) {
        let mie = app.principal("三重野県");
        let bytes = mie.administrator.download("/imports/members/template.xlsx").await;
        let mut book = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
        let mut text = String::new();
        std::io::Read::read_to_string(&mut book.by_name("xl/sharedStrings.xml").unwrap(), &mut text).unwrap();
        for word in ["氏名", "担当者", "承認者", "子ども課"] {
            assert!(text.contains(word), "{word}");
        }
        assert!(!text.contains("従事者"), "the other side's roles aren't offered");
    }
}
