//! Somebody outside: the link, the code, and who isn't the right one.

use azukari::database::schema::handover_delivery as d;
use azukari::handover::Deletion;
use azukari::rulebook::Party;
use chrono::Duration;
use diesel::prelude::*;
use futures_util::future::join_all;

use super::{csrf, fetch, left, mailed, outside, sent, take, whole};
use crate::app::{App, Page, Person, both};

/// Types a code on the page behind a link.
async fn type_code((visitor, link, token): (&Person, &str, &str), code: &str) -> Page {
    visitor.post(link, &[("csrf", token), ("code", code)]).await
}

both! {
    async fn somebody_outside_proves_the_code_and_gets_it(app: App) {
        let sent = sent(&app, Party::Principal, b"a,b\n1,2\n", 3).await;
        let (id, link) = outside(&app, &sent, "三重野労働局", "00123456");
        for _ in 0..20 {
            let page = app.visitor().get(&link).await;
            assert_eq!(page.status, 200, "what opens links uses nothing up");
            let shown = page.text("main");
            assert!(shown.contains("三重野県") && !shown.contains("指導監査") && !shown.contains("名簿"), "{shown}");
        }
        let (visitor, other) = (app.visitor(), app.visitor());
        let page = visitor.get(&link).await;
        let empty = page.form("form[action^='/hand-over']").submit().await;
        assert_eq!((empty.status, empty.wrong_fields()), (422, vec!["code".to_owned()]));
        let form = page.form("form[action^='/hand-over']");
        let opened = form.set("code", "００１２　３４５６").submit().await;
        assert_eq!((opened.status, &*opened.path), (303, &*link), "{}", opened.body);
        assert!(opened.text("main").contains("令和8年度の指導監査の準備") && opened.text("main").contains("名簿.csv"));
        assert_eq!(app.acts(sent.two.mie.id).last().unwrap(), "handover.opened");
        assert!(!other.get(&link).await.text("main").contains("名簿"), "another visitor types it too");
        let stolen = app.visitor();
        stolen.get(&link).await;
        let pass = visitor.cookies().split("; ").find(|cookie| cookie.starts_with("azukari-hand-over=")).unwrap().to_owned();
        stolen.keep_cookie(&pass);
        assert!(!stolen.get(&link).await.text("main").contains("名簿"), "bound to the visitor");

        let taken = take(&visitor, &link, sent.file).await;
        assert_eq!(taken.status, 303, "{}", taken.body);
        assert_eq!(fetch(&other, &taken.path, &[]).await.status(), 404);
        assert_eq!(whole(&app, &visitor, &taken.path).await, sent.bytes);
        assert_eq!((left(&app, id), left(&app, sent.delivery)), (2, 3));
        app.run_jobs();
        assert_eq!(mailed(&app, "handover_received"), std::slice::from_ref(&sent.two.mie.officer.email));
        app.clock.advance(Duration::minutes(30));
        assert!(!visitor.get(&link).await.text("main").contains("名簿"), "half an hour is over");
        let late = visitor.post(&format!("{link}/files/{}/download", sent.file), &[("csrf", &csrf(&visitor.get(&link).await)), ("confirmed", "on")]).await;
        assert_eq!((late.status, &*late.path), (303, &*link), "back to the code");
    }

    async fn five_wrong_codes_lock_it_until_the_sender_issues_another(app: App) {
        let sent = sent(&app, Party::Principal, b"a", 3).await;
        let (id, link) = outside(&app, &sent, "三重野労働局", "00123456");
        let visitor = app.visitor();
        let token = csrf(&visitor.get(&link).await);
        let typed = (&visitor, &*link, &*token);
        assert_eq!(type_code(typed, "00123456").await.status, 303);
        // All at once: five are looked at.
        let guesses: Vec<String> = (0..20).map(|n| format!("9999{n:04}")).collect();
        let answers = join_all(guesses.iter().map(|code| type_code(typed, code))).await;
        assert!(answers.iter().all(|answer| answer.status == 422));
        let guessed: i32 = d::table.filter(d::id.eq(id)).select(d::guesses).first(&mut app.connection()).unwrap();
        assert_eq!(guessed, 5);
        assert_eq!(app.acts(sent.two.mie.id).iter().filter(|act| *act == "handover.code_refused").count(), 5);
        let right = type_code(typed, "00123456").await;
        assert_eq!(right.status, 422, "the right one too");
        assert!(visitor.get(&link).await.status == 200);
        app.run_jobs();
        assert_eq!(mailed(&app, "handover_locked"), std::slice::from_ref(&sent.two.mie.officer.email));

        let officer = &sent.two.mie.officer;
        let own = format!("{}/deliveries/{id}", sent.path);
        let token_of_officer = csrf(&officer.get("/").await);
        let fields_of_officer = [("csrf", &*token_of_officer)];
        let renewed = officer.post(&format!("{own}/new-code"), &fields_of_officer).await;
        assert_eq!((renewed.status, app.acts(sent.two.mie.id).last().unwrap().as_str()), (303, "handover.code_renewed"));
        let told = officer.post(&format!("{own}/code"), &fields_of_officer).await;
        assert_eq!((told.status, app.acts(sent.two.mie.id).last().unwrap().as_str()), (200, "handover.code_shown"));
        let code = told.text(".seed");
        assert_eq!(type_code(typed, "00123456").await.status, 422, "the old one counts no more");
        assert_eq!(type_code(typed, &code).await.status, 303);
        assert!(!app.ledger(sent.two.mie.id).iter().any(|entry| entry.details.0.to_string().contains(&code.replace(' ', ""))), "no entry has the code");
        for other in [&sent.two.office.representative, &sent.two.mie.auditor, &app.principal("津島町").officer] {
            let token = csrf(&other.get("/").await);
            for act in ["code", "new-code"] {
                assert!(matches!(other.post(&format!("{own}/{act}"), &[("csrf", &token)]).await.status, 403 | 404), "{act}");
            }
        }
    }

    async fn who_is_not_the_right_one_stops_it_without_a_code(app: App) {
        let sent = sent(&app, Party::Principal, b"a,b\n", 3).await;
        let (first, link) = outside(&app, &sent, "三重野労働局", "00123456");
        let (second, _) = outside(&app, &sent, "架空センター", "11223344");
        let page = app.visitor().get(&link).await;
        let thanks = page.form("form[action$='/refusal']").submit_unfollowed().await;
        assert!(thanks.status == 200 && thanks.text("h1").contains("ありがとう"), "{}", thanks.body);
        assert_eq!(app.acts(sent.two.mie.id).last().unwrap(), "handover.refused");
        assert_eq!((left(&app, first), left(&app, second), left(&app, sent.delivery)), (0, 3, 3));
        assert_eq!(app.visitor().get(&link).await.status, 410);
        app.run_jobs();
        assert_eq!(mailed(&app, "handover_refused"), std::slice::from_ref(&sent.two.mie.officer.email));
        // A member says so too, and answers for what it has.
        let person = &sent.two.office.representative;
        let taken = take(person, &sent.page, sent.file).await;
        whole(&app, person, &taken.path).await;
        let page = person.get(&sent.page).await;
        let refused = page.form("form[action$='/refusal']").submit().await;
        assert_eq!((refused.status, refused.path), (303, format!("{}/deletion", sent.page)));
        assert_eq!(take(person, &sent.page, sent.file).await.status, 410);
        app.run_jobs();
        assert_eq!(mailed(&app, "handover_deletion"), std::slice::from_ref(&person.email));
    }

    async fn no_recipient_hears_of_another(app: App) {
        let sent = sent(&app, Party::Principal, b"a,b\n", 3).await;
        let (first, link) = outside(&app, &sent, "三重野労働局", "00123456");
        let (second, other) = outside(&app, &sent, "架空センター", "11223344");
        for (link, code) in [(&link, "00123456"), (&other, "11223344")] {
            let visitor = app.visitor();
            let opened = visitor.get(link).await.form("form[action^='/hand-over']").set("code", code).submit().await;
            let own = opened.text("main");
            let names = ["三重野労働局", "架空センター"].iter().filter(|name| own.contains(**name)).count();
            assert_eq!(names, 1, "{own}");
            let taken = take(&visitor, link, sent.file).await;
            whole(&app, &visitor, &taken.path).await;
        }
        let page = sent.two.mie.officer.get(&format!("{}/recall", sent.path)).await;
        page.main_form().set("reason", "誤り").submit_unfollowed().await;
        app.run_jobs();
        let mails: Vec<_> = app.mails().into_iter().filter(|mail| mail.kind == "handover_deletion").collect();
        assert_eq!(mails.len(), 2, "one each");
        for (mail, own, foreign) in [(&mails[0], first, second), (&mails[1], second, first)] {
            let text = format!("{} {}", mail.text_body, mail.html_body);
            assert_eq!(mail.to_address, format!("{own}@outside.example"));
            assert!(!text.contains(foreign.as_str()) && !text.contains("名簿") && !text.contains("指導監査"));
        }
        // Its own link leads each to the question, without a code.
        let visitor = app.visitor();
        let asked = visitor.get(&link).await;
        assert_eq!((asked.status, asked.path.clone()), (303, format!("{link}/deletion")));
        let page = visitor.get(&asked.path).await;
        assert!(!page.text("main").contains("指導監査") && !page.text("main").contains("架空センター"));
        let done = page.main_form().set("answer", "deleted_unseen").check("agreed", "on").submit().await;
        assert_eq!(done.status, 303);
        let states: Vec<Deletion> = d::table.filter(d::handover_id.eq(sent.id)).order(d::id.asc()).select(d::deletion).load(&mut app.connection()).unwrap();
        assert_eq!(states.iter().filter(|state| **state == Deletion::DeletedUnseen).count(), 1);
        assert_eq!(states.iter().filter(|state| **state == Deletion::Asked).count(), 1);
    }
}
