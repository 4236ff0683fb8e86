use crate::app::{App, both, contractor};

const GOOD: &[(&str, &str)] = &[
    ("kind", "sole_proprietor"),
    ("name", "髙橋﨑𠮷事務所"),
    ("address", "三重野県津島市1-1"),
    ("person_in_charge", "髙橋"),
    ("email", "Takahashi@sr.example"),
    ("phone", "059-000-0000"),
];

both! {
    async fn an_officer_registers_a_contractor_and_finds_it_by_usual_characters(app: App) {
        let officer = app.principal("三重野県").officer;
        let form = officer.get("/contractors/new").await.main_form();
        let shown = form
            .set_all(GOOD)
            .set_all(&[("postcode", "５１４０００１"), ("isms_until", "令和9年3月31日")])
            .submit()
            .await;
        assert_eq!(shown.status, 303);
        assert_eq!(shown.text("h1"), "髙橋﨑𠮷事務所");
        assert!(shown.body.contains("514-0001"));
        assert!(shown.body.contains("令和9年3月31日"));
        for words in ["高橋崎吉", "髙橋﨑", " 吉 "] {
            let list = officer.get("/contractors").await.form("form.filter").set("q", words).submit().await;
            assert_eq!(list.texts("tbody th"), ["髙橋﨑𠮷事務所"], "{words}");
        }
        assert!(officer.get("/contractors?q=%25").await.texts("tbody th").len() < 2);
    }

    async fn every_wrong_field_is_said_and_kept_and_nothing_is_written(app: App) {
        let principal = app.principal("三重野県");
        let before = app.ledger(principal.id).len();
        let page = principal.officer.get("/contractors/new").await;
        let long = "長".repeat(301);
        for (field, typed) in [
            ("name", ""),
            ("name", "監査\u{202e}事務所"),
            ("name", &*long),
            ("name_kana", "たかはし"),
            ("corporate_number", "7000012050003"),
            ("corporate_number", "T1000012050009"),
            ("corporate_number", "123"),
            ("postcode", "514"),
            ("address", ""),
            ("address", &*long),
            ("person_in_charge", ""),
            ("email", "not a mail address"),
            ("email", "a@b.example, c@d.example"),
            ("phone", ""),
            ("privacy_mark_until", "令和1年4月30日"),
            ("isms_until", "2026-02-30"),
            ("note", "鈴\u{0}"),
        ] {
            let again = page.main_form().set_all(GOOD).set(field, typed).submit().await;
            assert_eq!((again.status, again.wrong_fields()), (422, vec![field.to_owned()]), "{typed:?}");
            let kept = again.main_form();
            assert_eq!(kept.value("phone"), if field == "phone" { typed } else { "059-000-0000" });
            if !typed.contains('\u{0}') {
                assert_eq!(kept.value(field), typed);
            }
        }
        let all = page.main_form().submit().await;
        assert_eq!(all.wrong_fields(), ["kind", "name", "address", "person_in_charge", "email", "phone"]);
        assert_eq!(app.ledger(principal.id).len(), before);
        assert!(!principal.officer.get("/contractors").await.has("tbody"));
    }

    async fn a_corporate_number_is_registered_once(app: App) {
        let officer = app.principal("三重野県").officer;
        let page = officer.get("/contractors/new").await;
        let number = ("corporate_number", "8700110005901");
        assert_eq!(page.main_form().set_all(GOOD).set(number.0, number.1).submit().await.status, 303);
        let again = page.main_form().set_all(GOOD).set(number.0, number.1).submit().await;
        assert_eq!((again.status, again.wrong_fields()), (422, vec!["corporate_number".to_owned()]));
    }

    async fn a_stale_form_says_so_and_replaces_knowingly(app: App) {
        let principal = app.principal("三重野県");
        let id = app.contractor(&principal, &contractor("髙橋"));
        let path = format!("/contractors/{id}/edit");
        let slow = principal.administrator.get(&path).await.main_form();
        let quick = principal.officer.get(&path).await.main_form();
        assert_eq!(quick.set("phone", "059-111-1111").submit().await.status, 303);
        let stale = slow.set("phone", "059-222-2222").submit().await;
        assert_eq!(stale.status, 409);
        assert_eq!(stale.main_form().value("phone"), "059-222-2222", "what was typed stays");
        let shown = principal.officer.get(&format!("/contractors/{id}")).await;
        assert!(shown.body.contains("059-111-1111"));
        assert!(stale.text(".error-summary").contains("ほかの人が先に更新しました"));
        let knowingly = stale.main_form().submit().await;
        assert_eq!(knowingly.status, 303, "what was read is replaced knowingly");
        assert!(knowingly.body.contains("059-222-2222"));
    }
}
