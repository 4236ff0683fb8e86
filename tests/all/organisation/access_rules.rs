//! What an organisation demands of its members, as its keepers change it.

use chrono::Duration;

use crate::app::{App, both};

both! {
    async fn an_administrator_changes_the_rules_and_they_hold(app: App) {
        let mie = app.principal("三重野県");
        let administrator = &mie.administrator;
        for other in [&mie.officer, &mie.approver, &mie.auditor] {
            assert_eq!(other.get("/access-rules").await.status, 403);
        }
        let page = administrator.get("/access-rules").await;
        let form = page.main_form();
        assert_eq!((form.value("idle_minutes"), form.value("session_hours")), ("120", "12"));
        assert_eq!(page.attributes("input[name=four_eyes][checked]", "value").len(), 5, "all of them");
        assert!(!page.has("input[name=handler_second_factor]"), "a principal has no handlers");
        let stale = page.main_form().set("session_hours", "3");
        let saved = form.set("idle_minutes", "15").submit().await;
        assert_eq!((saved.status, app.acts(mie.id).pop().unwrap().as_str()), (303, "access_rules.changed"));
        let again = stale.submit().await;
        assert_eq!(again.status, 409);
        assert_eq!(again.main_form().value("session_hours"), "3", "what was typed stays");
        assert_eq!(again.main_form().set("idle_minutes", "15").submit().await.status, 303);

        app.clock.advance(Duration::minutes(14));
        assert_eq!(administrator.get("/entrustments").await.status, 200);
        app.clock.advance(Duration::minutes(16));
        assert_eq!(mie.officer.get("/entrustments").await.status, 303, "idle for longer than a quarter of an hour");
    }

    async fn every_wrong_number_is_said(app: App) {
        let administrator = app.principal("三重野県").administrator;
        let page = administrator.get("/access-rules").await;
        for (field, typed) in [
            ("idle_minutes", "4"), ("idle_minutes", "481"), ("idle_minutes", "多数"), ("session_hours", "0"),
            ("session_hours", "25"), ("invitation_days", "0"), ("invitation_days", "61"), ("invitation_days", ""),
        ] {
            let again = page.main_form().set(field, typed).submit().await;
            assert_eq!((again.status, again.wrong_fields()), (422, vec![field.to_owned()]), "{field} {typed:?}");
        }
    }

    async fn a_representative_says_what_handlers_need(app: App) {
        let mie = app.principal("三重野県");
        let person = app.joined_contractor(&mie, "髙橋").representative;
        let page = person.get("/access-rules").await;
        assert!(!page.has("input[name=four_eyes]"), "the principal approves");
        let saved = page.main_form().uncheck("handler_second_factor").submit().await;
        assert_eq!(saved.status, 303);
        assert!(!person.get("/access-rules").await.has("input[name=handler_second_factor][checked]"));
        let kept = person.get("/access-rules").await.main_form().submit().await;
        assert_eq!(kept.status, 303, "a second change");
    }
}
