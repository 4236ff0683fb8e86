//! A template of the principal's own: copied, edited, published, dispatched.

use super::steps::answered;
use crate::app::{App, both, entrustment};

both! {
    async fn a_template_is_copied_edited_published_and_dispatched(app: App) {
        let mie = app.principal("三重野県");
        let (administrator, officer) = (&mie.administrator, &mie.officer);
        let copied = administrator.get("/templates").await.main_form().submit().await;
        assert_eq!(copied.status, 303);
        let own = copied.path;
        let head = administrator.get(&format!("{own}/head")).await;
        let bare = head.main_form().set("title_ja", "").set("minutes", "0").submit().await;
        assert_eq!((bare.status, bare.wrong_fields()), (422, vec!["title_ja".into(), "minutes".into()]));
        let named = head.main_form().set("title_ja", "三重野県の点検票").submit().await;
        assert_eq!((named.status, &*named.path), (303, own.as_str()));
        let stale = head.main_form().set("title_ja", "遅い人の点検票").submit().await;
        assert_eq!(stale.status, 409);
        assert_eq!(stale.main_form().value("title_ja"), "遅い人の点検票");
        assert!(administrator.get(&own).await.text("h1").contains("三重野県の点検票"));
        assert_eq!(stale.main_form().submit().await.status, 303);

        let page = administrator.get(&format!("{own}/sections/A/questions/new")).await;
        let added = page.main_form().set("text_ja", "保管庫の鍵を台帳で管理していますか").submit().await;
        assert_eq!(added.status, 303);
        assert!(added.body.contains("保管庫の鍵を台帳で管理していますか"));
        assert!(added.path.starts_with(&format!("{own}#question-")));
        let new = added.path.rsplit_once("#question-").unwrap().1.to_owned();
        let place = format!("form[action='{own}/questions/{new}/place']");
        let moved = added.form(&place).check("act", "up").submit().await;
        assert_eq!(moved.status, 303);
        let published = administrator.get(&own).await.form("form[action$='/publication']").submit().await;
        assert_eq!(published.status, 303);
        assert_eq!(administrator.get(&format!("{own}/head")).await.status, 409, "a version stays");
        assert_eq!(officer.get("/templates").await.status, 403);
        assert_eq!(officer.get(&format!("{own}/preview")).await.status, 200);

        let contractor = app.joined_contractor(&mie, "髙橋");
        let id = app.entrustment(&mie, &entrustment(contractor.id, mie.division, "1", "監査"));
        let page = officer.get(&format!("/questionnaires/dispatch/new?entrustment={id}")).await;
        let template = own.rsplit('/').next().unwrap();
        let form = page.main_form().set("template", template).set("deadline", "2026-05-29");
        let check = form.submit().await;
        assert!(check.body.contains("遅い人の点検票"));
        let sent = check.main_form().submit().await;
        assert_eq!(sent.status, 303);
        let home = sent.attributes("tbody th a", "href").remove(0);
        let path = format!("{home}/questions/{new}");
        let person = &contractor.representative;
        let asked = person.get(&path).await;
        assert!(asked.body.contains("保管庫の鍵を台帳で管理していますか"));
        assert_eq!(answered(&asked, &path).submit().await.status, 303);

        let version = administrator.get(&own).await.form("form[action$='/version']").submit().await;
        assert_eq!(version.status, 303);
        assert_ne!(version.path, own, "the next version is another draft");
        administrator.get(&format!("{}/head", version.path)).await.main_form()
            .set("title_ja", "次の版").submit().await;
        assert!(person.get(&home).await.text("h1").contains("遅い人の点検票"), "what was sent is frozen");
    }
}
