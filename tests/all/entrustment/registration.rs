use azukari::organisation::contractor::ContractorId;

use crate::app::{App, Principal, both, contractor};

fn good(principal: &Principal, contractor: ContractorId) -> Vec<(&'static str, String)> {
    vec![
        ("number", "令8子-12".to_owned()),
        ("title", "保育所等監査業務委託".to_owned()),
        ("contractor", contractor.to_string()),
        ("division", principal.division.to_string()),
        ("purpose", "保育所等の監査".to_owned()),
        ("starts_on", "令和8年4月1日".to_owned()),
        ("ends_on", "R9.3.31".to_owned()),
        ("erase_by", "2027-04-30".to_owned()),
        ("persons", "４９".to_owned()),
        ("item_name_0", "給与".to_owned()),
        ("item_name_1", "障害の有無".to_owned()),
        ("item_mark_1", "sensitive".to_owned()),
    ]
}

fn as_text<'a>(fields: &'a [(&'static str, String)]) -> Vec<(&'static str, &'a str)> {
    fields.iter().map(|(name, value)| (*name, value.as_str())).collect()
}

both! {
    async fn an_officer_registers_an_entrustment_with_the_usual_rules(app: App) {
        let principal = app.principal("三重野県");
        let id = app.contractor(&principal, &contractor("髙橋"));
        let form = principal.officer.get(&format!("/entrustments/new?contractor={id}")).await.main_form();
        assert_eq!(form.value("contractor"), id.to_string(), "chosen on the contractor's page");
        let shown = form.set_all(&as_text(&good(&principal, id))).submit().await;
        assert_eq!(shown.status, 303);
        for words in
            ["令和8年4月1日", "令和9年3月31日", "49人", "要配慮個人情報", "手渡し", "30日以内", "三重野県"]
        {
            assert!(shown.body.contains(words), "{words}");
        }
        let english = principal.officer.in_english().get(&shown.path).await;
        assert!(english.body.contains("1 April 2026"));
        let history = principal.officer.get(&format!("{}/history", shown.path)).await;
        assert!(history.body.contains("﨑山 officer"));
    }

    async fn every_wrong_field_is_said_and_kept_and_nothing_is_written(app: App) {
        let principal = app.principal("三重野県");
        let id = app.contractor(&principal, &contractor("髙橋"));
        let before = app.ledger(principal.id).len();
        let page = principal.officer.get("/entrustments/new").await;
        let fields = good(&principal, id);
        let foreign_division = app.principal("津島町").division.to_string();
        let long = "1".repeat(201);
        for (field, typed) in [
            ("number", ""),
            ("number", &*long),
            ("title", ""),
            ("title", "監査\u{7}"),
            ("title", &*long),
            ("contractor", ""),
            ("contractor", "018f0000-0000-7000-8000-000000000001"),
            ("division", &*foreign_division),
            ("purpose", ""),
            ("starts_on", "令和1年4月30日"),
            ("starts_on", "昭和64年1月8日"),
            ("starts_on", "来年度から"),
            ("ends_on", "R8.3.31"),
            ("ends_on", "2027-02-29"),
            ("erase_by", "R9.3.30"),
            ("persons", "およそ50"),
            ("persons", "-1"),
            ("persons", "300000000"),
            ("item_name_0", &*long),
            ("countries", "日本"),
            ("retention_days", "-1"),
            ("report_hours", "0"),
            ("recipients", "everybody"),
        ] {
            let again = page.main_form().set_all(&as_text(&fields)).set(field, typed).submit().await;
            assert_eq!((again.status, again.wrong_fields()), (422, vec![field.to_owned()]), "{typed:?}");
            let kept = again.main_form();
            assert_eq!(kept.value("purpose"), if field == "purpose" { typed } else { "保育所等の監査" });
            assert_eq!(kept.value("item_mark_1"), "sensitive");
            assert!(again.body.contains("エラー："));
        }
        for group in ["places", "media", "ways"] {
            let form = page.main_form().set_all(&as_text(&fields));
            let none = if group == "ways" { form.uncheck("ways_sensitive") } else { form };
            let none = none.uncheck(group).submit().await;
            assert_eq!((none.status, none.wrong_fields()), (422, vec![group.to_owned()]));
        }
        let more = page.main_form().set_all(&as_text(&fields)).check("ways_sensitive", "fax");
        assert_eq!(more.submit().await.wrong_fields(), ["ways_sensitive"]);
        let none = page.main_form().submit().await;
        assert!(none.wrong_fields().contains(&"item_name_0".to_owned()));
        assert_eq!(app.ledger(principal.id).len(), before);
        assert!(!principal.officer.get("/entrustments").await.has("tbody"));
    }

    async fn a_number_is_given_once(app: App) {
        let principal = app.principal("三重野県");
        let id = app.contractor(&principal, &contractor("髙橋"));
        let page = principal.officer.get("/entrustments/new").await;
        let fields = good(&principal, id);
        assert_eq!(page.main_form().set_all(&as_text(&fields)).submit().await.status, 303);
        let again = page.main_form().set_all(&as_text(&fields)).submit().await;
        assert_eq!((again.status, again.wrong_fields()), (422, vec!["number".to_owned()]));
    }

    async fn a_stale_form_says_so_and_replaces_knowingly(app: App) {
        let principal = app.principal("三重野県");
        let id = app.contractor(&principal, &contractor("髙橋"));
        let page = principal.officer.get("/entrustments/new").await;
        let shown = page.main_form().set_all(&as_text(&good(&principal, id))).submit().await;
        let edit = format!("{}/edit", shown.path);
        let slow = principal.administrator.get(&edit).await.main_form();
        let quick = principal.officer.get(&edit).await.main_form();
        assert_eq!(quick.value("item_mark_1"), "sensitive");
        assert_eq!(quick.set("title", "監査（変更後）").submit().await.status, 303);
        let stale = slow.set("title", "監査（遅い人）").submit().await;
        assert_eq!(stale.status, 409);
        assert_eq!(stale.main_form().value("title"), "監査（遅い人）");
        assert!(stale.text(".error-summary").contains("ほかの人が先に更新しました"));
        assert_eq!(principal.officer.get(&shown.path).await.text("h1"), "監査（変更後）");
        let knowingly = stale.main_form().submit().await;
        assert_eq!(knowingly.status, 303, "what was read is replaced knowingly");
        assert_eq!(knowingly.text("h1"), "監査（遅い人）");
    }
}
