use super::{CONTRACTOR, ENTRUSTMENT, corporate_number, csv_of, upload, xlsx_of};
use crate::app::{App, both, contractor};

both! {
    async fn each_bad_cell_has_its_message_with_sheet_row_and_column(app: App) {
        let mie = app.principal("三重野県");
        app.contractor(&mie, &contractor("髙橋商店"));
        app.contractor(&mie, &contractor("双子商店"));
        app.contractor(&mie, &contractor("双子商店"));
        let before = app.acts(mie.id).len();
        let number = corporate_number(104_010_123_450);
        let cases: Vec<(&str, usize, &str, &str, &str)> = vec![
            // kind, column changed, cell, place, words
            ("contractors", 2, "4.01E+12", "「a」3行目 C列", "省略した表示"),
            ("contractors", 2, &number, "「a」3行目 C列", "2行目と重複"),
            ("contractors", 2, "1234567890123", "「a」3行目 C列", ""),
            ("contractors", 0, "組合", "「a」3行目 A列", "「組合」は使えません"),
            ("contractors", 5, "t@", "「a」3行目 F列", "メールアドレス"),
            ("contractors", 1, "髙\u{202e}橋", "「a」3行目 B列", "制御文字"),
            ("entrustments", 5, "46113", "「a」3行目 F列", "2026-04-01"),
            ("entrustments", 6, "2026-02-30", "「a」3行目 G列", "暦にありません"),
            ("entrustments", 2, "知らない商店", "「a」3行目 C列", "登録されていません"),
            ("entrustments", 2, "双子商店", "「a」3行目 C列", "2つ以上あります"),
            ("entrustments", 3, "水道課", "「a」3行目 D列", "水道課"),
            ("entrustments", 8, "many", "「a」3行目 I列", "数字"),
            ("entrustments", 9, "", "「a」3行目 J列", ""),
            ("entrustments", 11, "手渡し、伝書鳩", "「a」3行目 L列", "「伝書鳩」"),
            ("entrustments", 12, "ファクス", "「a」3行目 M列", ""),
            ("entrustments", 0, "1", "「a」3行目 A列", "2行目と重複"),
        ];
        for (kind, column, cell, place, words) in cases {
            let (head, good): (&[&str], Vec<&str>) = if kind == "contractors" {
                (CONTRACTOR, vec!["会社などの法人", "𠮷田商店", &number, "津島市", "𠮷田", "y@sr.example", "1"])
            } else {
                (ENTRUSTMENT, vec![
                    "1", "監査", "髙橋商店", "子ども課", "監査", "R8.4.1", "R9.3.31", "R9.3.31", "1", "氏名", "", "手渡し", "手渡し",
                ])
            };
            let mut bad = good.clone();
            // The second row is another one, but for the cell.
            bad[if kind == "contractors" { 2 } else { 0 }] = if kind == "contractors" { "" } else { "2" };
            bad[column] = cell;
            let page = upload(&mie.officer, kind, "a.csv", &csv_of(&[head, &good, &bad])).await;
            assert_eq!(page.texts("tbody td:first-child"), [place], "{kind} {cell}");
            assert!(page.text("tbody td:last-child").contains(words), "{}", page.text("tbody td:last-child"));
        }
        assert_eq!(app.acts(mie.id).len(), before, "nothing was imported");
    }

    async fn headings_must_be_those_of_the_template(app: App) {
        let mie = app.principal("三重野県");
        let page = upload(&mie.officer, "contractors", "a.xlsx", &xlsx_of("台帳", &[&["名称", "メモ", "名称"], &["a", "b", "c"]])).await;
        let messages = page.texts("tbody td:last-child").join("\n");
        assert!(messages.contains("「メモ」という見出し") && messages.contains("2つあります"), "{messages}");
        assert!(messages.contains("「種別 / "), "{messages}");
        let english = upload(&mie.officer, "contractors", "a.csv", &csv_of(&[
            &["kind", "Name", "address", "person_in_charge", "email", "phone"],
            &["company", "Yoshida", "Tsushima", "Yoshida", "y@sr.example", "1"],
        ])).await;
        assert!(english.has("#confirm"), "{}", english.body);
        let none = upload(&mie.officer, "contractors", "a.csv", &csv_of(&[CONTRACTOR])).await;
        assert!(none.text("tbody").contains("行がありません"));
    }

    async fn a_file_that_cannot_be_read_is_refused_with_its_place(app: App) {
        let mie = app.principal("三重野県");
        let mixed = [&b"name\nx,"[..], "名".as_bytes(), b"\xff\xfd\n"].concat();
        for (name, bytes, words) in [
            ("a.xlsx", b"PK\x03\x04".to_vec(), "壊れている"),
            ("a.xlsm", b"PK\x03\x04".to_vec(), "マクロ"),
            ("a.xls", b"\xd0\xcf\x11\xe0".to_vec(), "古い形式"),
            ("a.pdf", b"%PDF".to_vec(), ".xlsx と .csv"),
            ("a.csv", b"\xff\xfea\0".to_vec(), "UTF-16"),
            ("a.csv", mixed, "「a」2行目"),
            ("a.csv", Vec::new(), "空です"),
        ] {
            let page = upload(&mie.officer, "contractors", name, &bytes).await;
            assert_eq!((page.status, page.wrong_fields()), (422, vec!["file".to_owned()]), "{name}");
            assert!(page.text("main").contains(words), "{words}");
        }
        let none = mie.officer.get("/imports/contractors").await.main_form().submit().await;
        assert_eq!(none.status, 422);
    }
}
