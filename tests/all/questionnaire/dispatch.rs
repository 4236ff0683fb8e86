//! The dispatch, and what an officer does to a questionnaire on its way.

use super::steps::{answered, dispatch, sent};
use crate::app::{App, both, contractor, entrustment};

both! {
    async fn what_is_wrong_with_a_dispatch_is_said_and_nothing_is_sent(app: App) {
        let mie = app.principal("三重野県");
        let id = app.contractor(&mie, &contractor("髙橋"));
        let own = app.entrustment(&mie, &entrustment(id, mie.division, "1", "監査"));
        let page = mie.officer.get(&format!("/questionnaires/dispatch/new?entrustment={own}")).await;
        for (field, typed) in [
            ("deadline", ""), ("deadline", "2026-03-31"), ("deadline", "2028-04-02"),
            ("deadline", "令和8年4月31日"), ("contact", ""), ("template", "nothing"),
        ] {
            let form = page.main_form().set("deadline", "2026-05-29").set(field, typed);
            let refused = form.submit().await;
            assert_eq!((refused.status, refused.wrong_fields()), (422, vec![field.to_owned()]), "{typed}");
        }
        let check = page.main_form().set("deadline", "2026-05-29").submit().await;
        assert_eq!(check.status, 200);
        assert!(check.body.contains("監査"));
        let back = check.main_form().check("act", "change");
        assert_eq!(back.value("deadline"), "2026-05-29");
        assert!(app.mails().is_empty(), "looking sends nothing");
        dispatch(&mie.officer, own, "2026-05-29").await;
        assert_eq!(app.mails().len(), 1);
        let again = check.main_form().submit().await;
        assert_eq!(again.status, 409, "one is open already");
        assert_eq!(app.mails().len(), 1);
    }

    async fn a_deadline_is_extended_and_the_contractor_is_told(app: App) {
        let sent = sent(&app).await;
        let path = format!("{}/deadline", sent.home);
        let page = sent.mie.officer.get(&path).await;
        for (field, typed) in [
            ("deadline", "2026-03-31"), ("deadline", "2026-05-29"), ("deadline", "いつか"), ("reason", ""),
        ] {
            let form = page.main_form().set("deadline", "2026-06-12").set("reason", "繁忙期のため");
            let refused = form.set(field, typed).submit().await;
            assert_eq!((refused.status, refused.wrong_fields()), (422, vec![field.to_owned()]), "{typed}");
        }
        let before = app.mails().len();
        let form = page.main_form().set("deadline", "2026-06-12").set("reason", "繁忙期のため");
        let extended = form.submit().await;
        assert_eq!((extended.status, extended.path), (303, sent.home.clone()));
        assert_eq!(app.acts(sent.mie.id).pop().unwrap(), "questionnaire.deadline_extended");
        assert_eq!(app.mails().len(), before + 1);
        assert!(app.last_mail("questionnaire_extended").text_body.contains("6月12日"));

        let slow = page.main_form().set("deadline", "2026-06-19").set("reason", "遅い人").submit().await;
        assert_eq!(slow.status, 409);
        assert_eq!(slow.main_form().value("reason"), "遅い人");
        assert_eq!(slow.main_form().submit().await.status, 303, "what was read is replaced knowingly");
    }

    async fn a_questionnaire_is_withdrawn_and_takes_no_answers_any_more(app: App) {
        let sent = sent(&app).await;
        let person = sent.representative();
        let question = sent.question("q01");
        let waiting = answered(&person.get(&question).await, &question);
        let path = format!("{}/withdrawal", sent.home);
        let page = sent.mie.officer.get(&path).await;
        let bare = page.main_form().submit().await;
        assert_eq!((bare.status, bare.wrong_fields()), (422, vec!["reason".to_owned()]));
        let withdrawn = page.main_form().set("reason", "契約が変わったため").submit().await;
        assert_eq!((withdrawn.status, withdrawn.path), (303, sent.home.clone()));
        assert_eq!(app.acts(sent.mie.id).pop().unwrap(), "questionnaire.withdrawn");
        app.last_mail("questionnaire_withdrawn");
        assert_eq!(waiting.submit().await.status, 409);
        assert!(!person.get(&question).await.has(&format!("form[action='{question}']")));
        assert_eq!(sent.mie.officer.get(&path).await.status, 409);
        let form = page.main_form().set("reason", "もう一度").submit().await;
        assert_eq!(form.status, 409);
    }

    async fn a_list_asks_as_often_for_many_rows_as_for_few(app: App) {
        let mie = app.principal("三重野県");
        let contractor = app.joined_contractor(&mie, "髙橋");
        let more = |from: usize, to: usize| {
            for n in from..to {
                let new = entrustment(contractor.id, mie.division, &n.to_string(), &format!("監査{n}"));
                app.entrustment(&mie, &new);
            }
        };
        let all = || async {
            let form = mie.officer.get("/questionnaires/dispatch/new").await.main_form();
            let check = form.set("scope", "all").set("deadline", "2026-05-29").submit().await;
            assert_eq!(check.main_form().submit().await.status, 303);
        };
        let count = || async {
            let mut counts = Vec::new();
            for person in [&mie.officer, &mie.administrator, &contractor.representative] {
                for path in ["/questionnaires", "/entrustments", "/"] {
                    person.get(path).await;
                    let (page, statements) = app.statements(person.get(path)).await;
                    assert_eq!(page.status, 200);
                    counts.push((path, page.texts("tbody tr").len(), statements.len()));
                }
            }
            counts
        };
        more(0, 3);
        all().await;
        let few = count().await;
        more(3, 60);
        all().await;
        let many = count().await;
        for ((path, rows, asked), (_, more_rows, asked_then)) in few.into_iter().zip(many) {
            assert_eq!(asked, asked_then, "{path}: {rows} and {more_rows} rows");
            assert!(path == "/" || more_rows > 40, "{path}: {more_rows}");
        }
    }
}
