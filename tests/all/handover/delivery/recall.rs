//! Taking it back: before and after it was fetched, and until it is deleted.

use azukari::handover::HandoverStatus;
use azukari::rulebook::Party;
use chrono::Duration;

use super::{fetch, mailed, noise, sent, status, take, whole};
use crate::app::{App, both};

both! {
    async fn what_nobody_fetched_is_taken_back_without_a_trace(app: App) {
        let sent = sent(&app, Party::Principal, b"a,b\n", 3).await;
        let (officer, person) = (&sent.two.mie.officer, &sent.two.office.representative);
        let page = officer.get(&format!("{}/recall", sent.path)).await;
        assert!(page.text("main").contains("まだだれも受け取っていません"), "{}", page.text("main"));
        let empty = page.main_form().submit().await;
        assert_eq!((empty.status, empty.wrong_fields()), (422, vec!["reason".to_owned()]));
        let done = page.main_form().set("reason", "宛先の誤り").submit_unfollowed().await;
        assert_eq!((done.status, &*done.path), (303, &*sent.path));
        assert_eq!(status(&app, &sent), HandoverStatus::Recalled);
        assert_eq!(take(person, &sent.page, sent.file).await.status, 410, "at once");
        let gone = person.get(&sent.page).await;
        assert!(gone.text("main").contains("送り主が取り戻しました"));
        app.run_jobs();
        assert_eq!(mailed(&app, "handover_withdrawn"), std::slice::from_ref(&person.email));
        assert!(mailed(&app, "handover_deletion").is_empty());
        let again = page.main_form().set("reason", "もう一度").submit_unfollowed().await;
        assert_eq!(again.status, 409);
        for other in [person, &sent.two.mie.auditor] {
            assert!(matches!(other.get(&format!("{}/recall", sent.path)).await.status, 403 | 404));
        }
    }

    async fn what_was_fetched_is_asked_to_be_deleted_until_it_is(app: App) {
        let sent = sent(&app, Party::Principal, b"a,b\n", 3).await;
        let (officer, person) = (&sent.two.mie.officer, &sent.two.office.representative);
        let taken = take(person, &sent.page, sent.file).await;
        let open = take(person, &sent.page, sent.file).await;
        whole(&app, person, &taken.path).await;
        let page = officer.get(&format!("{}/recall", sent.path)).await;
        assert!(page.text("main").contains("すでに受け取った受取人がいます"));
        page.main_form().set("reason", "中身の誤り").submit_unfollowed().await;
        assert_eq!(fetch(person, &open.path, &[]).await.status(), 410, "what was taken isn't handed out");
        app.run_jobs();
        assert_eq!(mailed(&app, "handover_deletion"), std::slice::from_ref(&person.email));
        let link = app.last_mail("handover_deletion").text_body;
        assert!(link.contains(&format!("{}/deletion", sent.page)) && !link.contains("中身の誤り"));

        // A Wednesday. Reminded after one, three and seven working days, then once a week.
        let mut reminded = Vec::new();
        for day in 1..=24 {
            app.clock.advance(Duration::days(1));
            let before = mailed(&app, "handover_reminder").len();
            app.run_jobs();
            if mailed(&app, "handover_reminder").len() > before {
                reminded.push(day);
            }
        }
        assert_eq!(reminded, [1, 5, 9, 16, 23]);
        assert!(mailed(&app, "handover_reminder").iter().all(|to| *to == person.email));

        app.comes_back(person);
        let page = person.get(&format!("{}/deletion", sent.page)).await;
        let wrong = page.main_form().submit().await;
        assert_eq!(wrong.wrong_fields(), ["answer", "agreed"]);
        let kept = page.main_form().set("answer", "not_deleted").check("agreed", "on").submit().await;
        assert_eq!(kept.wrong_fields(), ["note"], "why");
        let said = page.main_form().set("answer", "not_deleted").set("note", "控えを探しています。").check("agreed", "on").submit().await;
        assert_eq!(said.status, 303);
        app.clock.advance(Duration::minutes(1));
        let page = person.get(&format!("{}/deletion", sent.page)).await;
        let done = page.main_form().set("answer", "deleted_seen").check("agreed", "on").submit().await;
        assert_eq!(done.status, 303, "what wasn't deleted can be");
        assert_eq!(app.acts(sent.two.mie.id).last().unwrap(), "handover.deletion_answered");
        app.run_jobs();
        assert_eq!(mailed(&app, "handover_answered").len(), 2);
        let late = page.main_form().set("answer", "deleted_unseen").check("agreed", "on").submit().await;
        assert_eq!(late.status, 409, "answered");
        app.clock.advance(Duration::days(30));
        app.run_jobs();
        assert_eq!(mailed(&app, "handover_reminder").len(), 5, "nobody is reminded any more");
    }

    async fn what_is_taken_back_stops_in_the_middle_of_being_read(app: App) {
        let sent = sent(&app, Party::Principal, &noise(24 * 1024 * 1024), 3).await;
        let (officer, person) = (&sent.two.mie.officer, &sent.two.office.representative);
        let path = take(person, &sent.page, sent.file).await.path;
        let mut answer = fetch(person, &path, &[]).await;
        let mut read = answer.chunk().await.unwrap().unwrap().len();
        let page = officer.get(&format!("{}/recall", sent.path)).await;
        page.main_form().set("reason", "宛先の誤り").submit_unfollowed().await;
        tokio::time::sleep(std::time::Duration::from_millis(2100)).await;
        let broken = loop {
            match answer.chunk().await {
                Ok(Some(bytes)) => read += bytes.len(),
                Ok(None) => break false,
                Err(_) => break true,
            }
        };
        assert!(broken && read < sent.bytes.len(), "{read} bytes of {}", sent.bytes.len());
        assert!(!app.acts(sent.two.mie.id).contains(&"handover.received".to_owned()));
    }
}
