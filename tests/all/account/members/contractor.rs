use super::{invite, member_of};
use crate::app::{App, PASSWORD, both};

both! {
    async fn a_representative_manages_the_contractors_people_and_no_others(app: App) {
        let mie = app.principal("三重野県");
        let own = app.joined_contractor(&mie, "髙橋社労士").representative;
        let other = app.joined_contractor(&mie, "𠮷田商店").representative;
        assert!(own.get("/").await.has(".nav a[href='/members']"));
        let refused = invite(&own, "山田", "admin@sr.example", "administrator").await;
        assert_eq!((refused.status, refused.wrong_fields()), (422, vec!["role".to_owned()]));
        assert_eq!(own.get("/members/new").await.attributes("input[name=role]", "value"), ["representative", "handler"]);
        assert_eq!(invite(&own, "山田", "yamada@sr.example", "handler").await.status, 303);
        let handler = app.visitor();
        let form = handler.get(&app.link_in_last_mail()).await.main_form();
        form.set("password", PASSWORD).set("password_again", PASSWORD).submit().await;
        handler.set_up_app(&app.clock).await;
        assert_eq!(handler.get("/entrustments").await.status, 200);
        assert_eq!(handler.get("/members").await.status, 403, "a handler manages nobody");
        let home = member_of(&own, "yamada@sr.example").await;
        assert_eq!(own.get("/members").await.texts("tbody th").len(), 2);
        for stranger in [&other, &mie.administrator] {
            for path in ["", "/edit", "/leaving"] {
                assert_eq!(stranger.get(&format!("{home}{path}")).await.status, 404);
            }
            let list = stranger.get("/members?status=all").await;
            assert!(!list.body.contains("yamada@sr.example"));
            let token = list.attributes("input[name=csrf]", "value").remove(0);
            let fields = [("csrf", token.as_str()), ("version", "1"), ("role", "handler")];
            for path in ["", "/leaving", "/return", "/factor-reset"] {
                assert_eq!(stranger.post(&format!("{home}{path}"), &fields).await.status, 404, "{path}");
            }
        }
        let form = own.get(&format!("{home}/edit")).await.main_form();
        assert_eq!(form.set("role", "representative").submit().await.status, 303);
        assert_eq!(handler.get("/members").await.status, 200, "a further representative");
        let first = member_of(&handler, &own.email).await;
        let gone = handler.get(&format!("{first}/leaving")).await;
        assert!(gone.body.contains("責任者として登録されています"), "{}", gone.body);
        assert!(gone.body.contains("三重野県"));
        assert_eq!(gone.main_form().submit().await.status, 303);
        assert_eq!(own.get("/members").await.status, 303, "to sign in");
    }

    async fn another_contractors_invitations_are_as_if_absent(app: App) {
        let mie = app.principal("三重野県");
        let own = app.joined_contractor(&mie, "髙橋社労士").representative;
        let other = app.joined_contractor(&mie, "𠮷田商店").representative;
        invite(&own, "山田", "yamada@sr.example", "handler").await;
        let page = own.get("/members/invitations").await;
        let action = page.attributes("form[action$='/revocation']", "action").remove(0);
        for stranger in [&other, &mie.administrator] {
            let list = stranger.get("/members/invitations?status=all").await;
            assert!(!list.body.contains("yamada@sr.example"));
            let token = list.attributes("input[name=csrf]", "value").remove(0);
            for path in [action.clone(), action.replace("revocation", "renewal")] {
                assert_eq!(stranger.post(&path, &[("csrf", &token)]).await.status, 404, "{path}");
            }
        }
        assert_eq!(page.form("form[action$='/revocation']").submit().await.status, 303);
    }
}
