use azukari::entrustment::rules::SubEntrustment;
use azukari::entrustment::{HandlingRules, ItemMark};
use azukari::web::{Language, locale};
use chrono::Duration;

use super::steps::{applied, approval, approved, entrusted, filled};
use crate::app::{App, both};

both! {
    async fn with_my_number_the_first_principal_says_that_it_permits(app: App) {
        let of = entrusted(&app, HandlingRules::default(), ItemMark::MyNumber);
        let first = &of.first.representative;
        assert!(first.get(&format!("{}/new", of.list)).await.body.contains("番号法10条"));
        let application = applied(first, &of.list, "津島データ入力").await.path;
        let form = approval(&of.mie.approver, &application, "R8.12.31").await;
        let again = form.submit().await;
        assert_eq!((again.status, again.wrong_fields()), (422, vec!["my_number".to_owned()]));
        assert_eq!(again.main_form().value("conditions"), "国内に限る");
        let done = again.main_form().check("my_number", "on").submit().await;
        assert_eq!(done.status, 303);
        let entry = app.ledger(of.mie.id).pop().unwrap();
        assert_eq!((entry.act.as_str(), &entry.details.0["my_number"]), ("sub_entrustment.approved", &true.into()));
    }

    async fn what_is_refused_says_why_and_makes_nothing(app: App) {
        let of = entrusted(&app, HandlingRules::default(), ItemMark::None);
        let first = &of.first.representative;
        let application = applied(first, &of.list, "津島データ入力").await.path;
        let decision = of.mie.approver.get(&format!("{application}/decision")).await;
        let silent = decision.main_form().set("decision", "refused").submit().await;
        assert_eq!((silent.status, silent.wrong_fields()), (422, vec!["conditions".to_owned()]));
        let refused = silent.main_form().set("conditions", "社内で行えるため").submit().await;
        assert_eq!(refused.status, 303);
        let page = first.get(&application).await;
        assert_eq!(page.text(".tag"), "不承認");
        assert!(page.body.contains("社内で行えるため"));
        assert!(!page.has("a[href$='/edit']"));
        assert_eq!(app.acts(of.mie.id).pop().unwrap(), "sub_entrustment.refused");
        assert_eq!(of.mie.officer.get("/entrustments").await.texts("tbody th").len(), 1);
        assert_eq!(first.get(&format!("{application}/edit")).await.status, 409);
        let late = decision.main_form().set("decision", "refused").set("conditions", "x").submit().await;
        assert_eq!(late.status, 409);
    }

    async fn where_the_rules_forbid_it_nobody_can_apply(app: App) {
        let rules = HandlingRules { sub_entrustment: SubEntrustment::Forbidden, ..HandlingRules::default() };
        let of = entrusted(&app, rules, ItemMark::None);
        let first = &of.first.representative;
        let list = first.get(&of.list).await;
        assert!(list.body.contains("この委託案件では再委託できません"));
        assert!(!list.has("main a[href$='/new']"));
        let new = first.get(&format!("{}/new", of.list)).await;
        assert_eq!(new.status, 409);
        assert!(new.body.contains("取扱ルールで再委託が認められていない"));
        let token = list.attributes("input[name=csrf]", "value").remove(0);
        assert_eq!(first.post(&of.list, &[("csrf", &token), ("name", "x")]).await.status, 409);
    }

    async fn what_waits_is_changed_and_taken_back(app: App) {
        let of = entrusted(&app, HandlingRules::default(), ItemMark::None);
        let first = &of.first.representative;
        let wrong = filled(first, &of.list, "津島データ入力").await;
        let wrong = wrong.set("corporate_number", "7000012050003").set("ends_on", "R9.4.1").submit().await;
        assert_eq!(wrong.status, 422);
        assert_eq!(wrong.wrong_fields(), ["corporate_number", "ends_on"]);
        assert!(wrong.text(".error-summary").contains("法人番号"));
        assert_eq!(wrong.main_form().value("scope"), "調査票の入力");
        let fixed = wrong.main_form().set("corporate_number", "7000012050002").set("ends_on", "R9.3.31");
        let application = fixed.submit().await.path;
        let edit = first.get(&format!("{application}/edit")).await;
        let other = first.get(&format!("{application}/edit")).await;
        assert_eq!(edit.main_form().set("persons", "30").submit().await.status, 303);
        assert_eq!(app.acts(of.mie.id).pop().unwrap(), "sub_entrustment.changed");
        let stale = other.main_form().set("persons", "20").submit().await;
        assert_eq!(stale.status, 409);
        assert_eq!(stale.main_form().value("persons"), "20");
        let decision = of.mie.approver.get(&format!("{application}/decision")).await;
        assert_eq!(stale.main_form().submit().await.status, 303, "knowingly");
        let unseen = decision.main_form().set("decision", "approved").submit().await;
        assert_eq!(unseen.status, 409, "what was decided on was changed meanwhile");

        let upload = first.get(&application).await.form("form[action$='/attachments']");
        let empty = upload.file("file", "a.pdf", b"").submit().await;
        assert_eq!((empty.status, empty.wrong_fields()), (422, vec!["file".to_owned()]));
        let file = empty.form("form[action$='/attachments']").file("file", "a.pdf", b"%PDF-1.7 x");
        let page = file.submit().await;
        assert_eq!(app.acts(of.mie.id).pop().unwrap(), "attachment.added");
        assert_eq!(page.form("form[action$='/removal']").submit().await.status, 303);
        assert_eq!(app.acts(of.mie.id).pop().unwrap(), "attachment.removed");
        let gone = first.get(&application).await.form("form[action$='/withdrawal']").submit().await;
        assert_eq!((gone.status, gone.text(".tag")), (303, "取下げ".to_owned()));
        assert_eq!(app.acts(of.mie.id).pop().unwrap(), "sub_entrustment.withdrawn");
        for entry in app.ledger(of.mie.id) {
            for language in Language::ALL {
                let key = format!("act-{}", entry.act.replace(['.', '_'], "-"));
                assert!(locale::has(language, &key), "{key}");
            }
        }
    }

    async fn a_later_approval_for_the_same_organisation_goes_on_with_what_is_there(app: App) {
        let of = entrusted(&app, HandlingRules::default(), ItemMark::None);
        let first = &of.first.representative;
        let application = applied(first, &of.list, "津島データ入力").await.path;
        let child = approved(&of.mie.approver, &application, "R8.12.31").await;
        let renew = first.get(&application).await.attributes("a[href*='renew=']", "href").remove(0);
        let form = first.get(&renew).await.main_form();
        assert_eq!((form.value("name"), form.value("ends_on")), ("津島データ入力", ""));
        let again = form.set("ends_on", "R9.3.31").submit().await;
        assert_eq!(again.status, 303, "{:?}", again.wrong_fields());
        let same = approved(&of.mie.approver, &again.path, "R9.2.28").await;
        assert_eq!(same, child);
        assert_eq!(app.acts(of.mie.id).pop().unwrap(), "sub_entrustment.renewed");
        assert!(of.mie.officer.get(&child).await.body.contains("令和9年2月28日"));
        assert_eq!(of.mie.officer.get("/entrustments").await.texts("tbody th").len(), 2);
    }

    async fn contractor_and_division_are_reminded_once_before_a_permission_ends(app: App) {
        let of = entrusted(&app, HandlingRules::default(), ItemMark::None);
        let first = &of.first.representative;
        let application = applied(first, &of.list, "津島データ入力").await.path;
        approved(&of.mie.approver, &application, "R8.12.31").await;
        app.run_jobs();
        let count = || app.mails().iter().filter(|mail| mail.kind == "sub_entrustment_expiring").count();
        // From 1 April to 30 November: 31 days before the end.
        app.clock.advance(Duration::days(243));
        app.run_jobs();
        assert_eq!(count(), 0);
        app.clock.advance(Duration::days(1));
        app.run_jobs();
        app.run_jobs();
        assert_eq!(count(), 2);
        let mails = app.mails();
        let to: Vec<_> = mails.iter().rev().take(2).map(|mail| mail.to_address.as_str()).collect();
        assert!(to.contains(&first.email.as_str()) && to.contains(&of.mie.officer.email.as_str()), "{to:?}");
        let acts = app.acts(of.mie.id);
        assert_eq!(acts.iter().filter(|act| *act == "sub_entrustment.reminded").count(), 1);
    }
}
