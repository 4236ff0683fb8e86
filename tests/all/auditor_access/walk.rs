use super::steps::{ask, audited, grant, jst};
use crate::app::{App, both};

const DAYS: (&str, &str) = ("R8.4.1", "R8.4.10");

both! {
    async fn an_auditor_reads_what_was_named_until_midnight_after_the_last_day(app: App) {
        let of = audited(&app);
        let (officer, approver, auditor) = (&of.mie.officer, &of.mie.approver, &of.auditor);
        assert_eq!(auditor.get(&of.home).await.status, 404);
        let asked = ask(officer, &of.home, DAYS, true).await;
        assert_eq!((asked.status, app.acts(of.mie.id).pop().unwrap().as_str()), (303, "auditor_access.asked"));
        let mail = app.last_mail("auditor_access_asked");
        assert!([&approver.email, &of.mie.administrator.email].contains(&&mail.to_address));
        assert!(!mail.text_body.contains(&auditor.name) && mail.text_body.contains(&asked.path));
        assert_eq!(auditor.get(&of.home).await.status, 404, "nobody has decided yet");
        assert!(!officer.get(&asked.path).await.has("form[action$='/decision']"));

        let granted = grant(approver, &asked.path).await;
        assert_eq!((granted.status, app.acts(of.mie.id).pop().unwrap().as_str()), (303, "auditor_access.granted"));
        let mail = app.last_mail("auditor_access_granted");
        assert_eq!(mail.to_address, auditor.email);
        assert!(mail.text_body.contains("令和8年4月10日") && mail.text_body.contains("/auditor-access"));
        let panel = officer.get(&of.home).await;
        assert!(panel.body.contains(&auditor.name) && panel.body.contains("閲覧できます"));

        let list = auditor.get("/auditor-access").await;
        assert_eq!(list.attributes("tbody th a", "href"), std::slice::from_ref(&of.home));
        assert_eq!(auditor.get("/entrustments").await.texts("tbody th").len(), 1);
        let page = auditor.get(&of.home).await;
        assert_eq!(page.status, 200);
        assert!(!page.has("main a[href$='/edit']") && !page.has("main a[href$='/auditor-access/new']"));
        auditor.download(&format!("{}/history.csv", of.home)).await;

        app.clock.set(jst((2026, 4, 10), 23, 59));
        app.comes_back(auditor);
        assert_eq!(auditor.get(&of.home).await.status, 200);
        app.clock.set(jst((2026, 4, 11), 0, 0));
        assert_eq!(auditor.get(&of.home).await.status, 404, "in the same session");
        assert_eq!(auditor.get(&format!("{}/history.csv", of.home)).await.status, 404);
        assert!(!auditor.get("/entrustments").await.has("tbody"));
        let list = auditor.get("/auditor-access").await;
        assert!(list.body.contains("期間の後") && !list.body.contains("令8子-12"));
        assert!(!list.body.contains(&of.id.to_string()) && !list.body.contains("保育所等監査"));
    }

    async fn before_the_first_day_nothing_is_seen(app: App) {
        let of = audited(&app);
        let asked = ask(&of.mie.officer, &of.home, ("R8.4.2", "R8.4.3"), true).await;
        grant(&of.mie.approver, &asked.path).await;
        assert_eq!(of.auditor.get(&of.home).await.status, 404);
        app.clock.set(jst((2026, 4, 2), 0, 0));
        app.comes_back(&of.auditor);
        assert_eq!(of.auditor.get(&of.home).await.status, 200);
    }

    async fn who_asked_does_not_decide_in_whatever_role(app: App) {
        let of = audited(&app);
        let administrator = &of.mie.administrator;
        let asked = ask(administrator, &of.home, DAYS, true).await.path;
        let page = administrator.get(&asked).await;
        assert!(page.body.contains("ご自身が申請した") && !page.has("form[action$='/decision']"));
        let csrf = page.attributes("input[name=csrf]", "value").remove(0);
        let fields = [("csrf", &*csrf), ("decision", "granted"), ("version", "1")];
        let decision = format!("{asked}/decision");
        assert_eq!(administrator.post(&decision, &fields).await.status, 403);
        for other in [&of.mie.officer, &of.auditor] {
            let csrf = other.get("/entrustments").await.attributes("input[name=csrf]", "value").remove(0);
            let fields = [("csrf", &*csrf), ("decision", "granted"), ("version", "1")];
            assert_eq!(other.post(&decision, &fields).await.status, 403);
        }
        assert_eq!(of.auditor.get(&of.home).await.status, 404);
        let refusal = of.mie.approver.get(&asked).await.form("form[action$='/decision']");
        let refused = refusal.set("decision", "refused").submit().await;
        assert_eq!((refused.status, refused.wrong_fields()), (422, vec!["reason".to_owned()]));
        let refused = refused.form("form[action$='/decision']").set("reason", "計画にない").submit().await;
        assert_eq!((refused.status, app.acts(of.mie.id).pop().unwrap().as_str()), (303, "auditor_access.refused"));
        assert_eq!(of.auditor.get(&of.home).await.status, 404);
    }

    async fn what_was_given_is_ended_early(app: App) {
        let of = audited(&app);
        let asked = ask(&of.mie.officer, &of.home, DAYS, true).await.path;
        grant(&of.mie.approver, &asked).await;
        assert_eq!(of.auditor.get(&of.home).await.status, 200);
        assert!(!of.auditor.get(&asked).await.has("main form[method=post]"), "an auditor only reads");
        let ended = of.mie.officer.get(&asked).await.form("form[action$='/end']").submit().await;
        assert_eq!((ended.status, app.acts(of.mie.id).pop().unwrap().as_str()), (303, "auditor_access.ended"));
        assert_eq!(app.last_mail("auditor_access_ended").to_address, of.auditor.email);
        assert_eq!(of.auditor.get(&of.home).await.status, 404, "from the next request on");
        assert!(of.auditor.get("/auditor-access").await.body.contains("取消し"));
        let csrf = of.mie.officer.get(&asked).await.attributes("input[name=csrf]", "value").remove(0);
        assert_eq!(of.mie.officer.post(&format!("{asked}/end"), &[("csrf", &csrf)]).await.status, 409);
    }

    async fn every_wrong_field_of_an_access_is_said(app: App) {
        let of = audited(&app);
        let page = of.mie.officer.get(&format!("{}/auditor-access/new", of.home)).await;
        let auditor = page.attributes("select[name=auditor] option", "value").into_iter().max().unwrap();
        let good = [("auditor", &*auditor), ("from_on", "R8.4.1"), ("until_on", "R8.4.10"), ("purpose", "監査")];
        let long = "1".repeat(1001);
        for (field, typed) in [
            ("auditor", ""), ("auditor", "018f0000-0000-7000-8000-000000000001"), ("from_on", ""), ("from_on", "いつか"),
            ("until_on", ""), ("until_on", "R8.3.31"), ("until_on", "R10.4.2"), ("purpose", ""), ("purpose", &*long),
        ] {
            let again = page.main_form().set_all(&good).set(field, typed).submit().await;
            assert_eq!((again.status, again.wrong_fields()), (422, vec![field.to_owned()]), "{field} {typed:?}");
        }
        let order = page.main_form().set_all(&good).set("from_on", "R8.4.11").submit().await;
        assert_eq!(order.wrong_fields(), ["until_on"]);
    }

    async fn without_a_second_person_it_is_given_at_once(app: App) {
        use azukari::database::schema::access_rules as t;
        use diesel::prelude::*;
        let of = audited(&app);
        diesel::insert_into(t::table)
            .values((
                t::tenant_id.eq(of.mie.id), t::idle_minutes.eq(120), t::session_hours.eq(12), t::invitation_days.eq(14),
                t::handler_second_factor.eq(true), t::four_eyes.eq("[]"), t::version.eq(1),
            ))
            .execute(&mut app.connection())
            .unwrap();
        let given = ask(&of.mie.officer, &of.home, DAYS, true).await;
        assert_eq!((given.status, app.acts(of.mie.id).pop().unwrap().as_str()), (303, "auditor_access.granted"));
        assert_eq!(app.last_mail("auditor_access_granted").to_address, of.auditor.email);
        assert_eq!(of.auditor.get(&of.home).await.status, 200);
    }
}
