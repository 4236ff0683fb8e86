use azukari::actor::Role;

use super::member_of;
use crate::app::{App, both};

both! {
    async fn another_role_is_in_force_on_the_next_request(app: App) {
        let mie = app.principal("三重野県");
        let home = member_of(&mie.administrator, &mie.auditor.email).await;
        assert_eq!(mie.auditor.get("/contractors/new").await.status, 403);
        let form = mie.administrator.get(&format!("{home}/edit")).await.main_form();
        assert_eq!(form.value("role"), "auditor");
        let division = mie.division.to_string();
        let changed = form.set_all(&[("role", "officer"), ("division", &division)]).submit().await;
        assert_eq!((changed.status, &*changed.path), (303, &*home), "{}", changed.body);
        assert!(changed.text("main").contains("子ども課"));
        assert_eq!(mie.auditor.get("/contractors/new").await.status, 200);
        let entry = app.ledger(mie.id).pop().unwrap();
        assert_eq!((&*entry.act, &*entry.subject_kind), ("member.changed", "membership"));
        assert!(changed.texts(".timeline-what").contains(&"利用者の役割・所管課を変更".to_owned()));
    }

    async fn what_is_wrong_is_said_and_a_stale_form_is_told(app: App) {
        let mie = app.principal("三重野県");
        let home = member_of(&mie.administrator, &mie.auditor.email).await;
        let page = mie.administrator.get(&format!("{home}/edit")).await;
        let wrong = page.main_form().set("role", "handler").submit().await;
        assert_eq!((wrong.status, wrong.wrong_fields()), (422, vec!["role".to_owned()]));
        assert_eq!(page.main_form().set("role", "approver").submit().await.status, 303);
        let stale = page.main_form().set("role", "officer").submit().await;
        assert_eq!((stale.status, stale.wrong_fields()), (409, vec!["role".to_owned()]));
        assert_eq!(stale.main_form().value("role"), "officer", "the input is kept");
        assert_eq!(stale.main_form().submit().await.status, 303);
    }

    async fn nobody_changes_the_own_membership_so_that_somebody_always_manages(app: App) {
        let mie = app.principal("三重野県");
        let own = member_of(&mie.administrator, &mie.administrator.email).await;
        let page = mie.administrator.get(&own).await;
        assert!(page.body.contains("利用者を管理する人は、ほかにいません"), "{}", page.body);
        assert!(!page.has("main form[method=post], main a[href$='/edit'], main a[href$='/leaving']"));
        for path in ["edit", "leaving"] {
            let refused = mie.administrator.get(&format!("{own}/{path}")).await;
            assert_eq!(refused.status, 403);
            assert!(refused.body.contains("ご自分の役割や認証"));
        }
        let token = page.attributes("input[name=csrf]", "value").remove(0);
        let fields = [("csrf", token.as_str()), ("version", "1"), ("role", "officer")];
        for path in ["", "/leaving", "/return", "/factor-reset"] {
            assert_eq!(mie.administrator.post(&format!("{own}{path}"), &fields).await.status, 403, "{path}");
        }
        let second = app.member(mie.id, Role::Administrator, None);
        let theirs = member_of(&mie.administrator, &second.email).await;
        let form = mie.administrator.get(&format!("{theirs}/edit")).await.main_form();
        assert_eq!(form.set("role", "approver").submit().await.status, 303);
        assert_eq!(second.get("/members").await.status, 403, "on the next request");
    }
}
