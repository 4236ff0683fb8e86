use crate::app::{App, both};

both! {
    async fn an_administrator_registers_and_changes_a_division(app: App) {
        let principal = app.principal("三重野県");
        let page = principal.administrator.get("/divisions/new").await;
        let twice = page.main_form().set("name", "子ども課").submit().await;
        assert_eq!((twice.status, twice.wrong_fields()), (422, vec!["name".to_owned()]));
        let new = page.main_form().set("name", "税務課").set("email", "zei@pref.example").submit().await;
        assert_eq!((new.status, &*new.path), (303, "/divisions"));
        assert_eq!(new.texts("tbody th"), ["子ども課", "税務課"]);
        let edit = new.attributes("tbody th a", "href").pop().unwrap();
        let slow = principal.administrator.get(&edit).await.main_form();
        let form = principal.administrator.get(&edit).await.main_form();
        assert_eq!(form.set("email", "").submit().await.status, 303);
        let stale = slow.set("email", "x@pref.example").submit().await;
        assert_eq!(stale.status, 409);
        assert!(stale.text(".error-summary").contains("ほかの人が先に更新しました"));
        assert_eq!(stale.main_form().value("email"), "x@pref.example", "what was typed stays");
        assert!(!principal.administrator.get("/divisions").await.body.contains("@pref.example</td>"));
        let knowingly = stale.main_form().submit().await;
        assert_eq!(knowingly.status, 303, "what was read is replaced knowingly");
        assert!(knowingly.body.contains("x@pref.example"));
        assert_eq!(principal.officer.get("/divisions").await.status, 403);
    }
}
