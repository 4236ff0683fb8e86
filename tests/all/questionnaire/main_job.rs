//! The main job, as both sides do it with browsers without scripts.

use super::steps::{answer_all, answered, approve, attest, dispatch, next, return_two, review};
use crate::app::{App, PASSWORD, both, contractor, entrustment};

both! {
    async fn from_the_dispatch_to_the_approval_and_its_record(app: App) {
        let mie = app.principal("三重野県");
        let officer = &mie.officer;
        let id = app.contractor(&mie, &contractor("髙橋社会保険労務士事務所"));
        let own = app.entrustment(&mie, &entrustment(id, mie.division, "令8子-12", "監査"));

        let home = dispatch(officer, own, "2026-05-29").await;
        assert!(app.acts(mie.id).contains(&"questionnaire.dispatched".to_owned()));
        let link = app.link_in_last_mail();
        let person = app.visitor();
        let joining = person.get(&link).await.main_form();
        let joined = joining.set("password", PASSWORD).set("password_again", PASSWORD).submit().await;
        assert_eq!(joined.status, 303);
        person.set_up_app(&app.clock).await;
        assert_eq!(app.visitor().get(&link).await.status, 410, "a used link");

        assert_eq!(person.get("/questionnaires").await.attributes("tbody th a", "href"), [home.as_str()]);
        let early = person.get(&format!("{home}/check")).await.form("form[action$='/attestation']");
        let early = early.submit().await;
        assert_eq!(early.status, 422);
        assert!(early.text("#unanswered").contains("責任者と担当者を定めていますか"));
        let shown = answer_all(&person, &home).await;
        assert!(shown >= 40, "{shown}");
        let tasks = person.get(&home).await;
        assert_eq!(tasks.attributes(".page-head .actions a", "href"), [format!("{home}/check")]);

        let bare = person.get(&format!("{home}/check")).await.form("form[action$='/attestation']");
        let bare = bare.submit().await;
        assert_eq!((bare.status, bare.wrong_fields()), (422, vec!["name".into(), "title".into(), "consent".into()]));
        let done = attest(&person, &home).await;
        assert_eq!((done.status, done.path), (303, format!("{home}/done")));
        assert!(done.body.contains("受付番号"));
        assert!(person.download(&format!("{home}/receipt")).await.starts_with(b"%PDF"));
        let closed = format!("{home}/questions/q02");
        assert!(!person.get(&closed).await.has(&format!("form[action='{closed}']")));

        let bare = review(officer, &home, &[("q02", "returned", "")], "save").await;
        assert_eq!((bare.status, bare.wrong_fields()), (422, vec!["comment_q02".to_owned()]));
        return_two(officer, &home).await;
        let tasks = person.get(&home).await;
        assert!(tasks.body.contains("研修の日付を補ってください"));
        assert_eq!(next(&person, &home).await.unwrap(), closed);
        let open = |id: &'static str| {
            let (person, path) = (&person, format!("{home}/questions/{id}"));
            async move { person.get(&path).await.has(&format!("form[action='{path}']")) }
        };
        assert!(open("q02").await && open("q05").await);
        assert!(!open("q01").await && !open("q03").await, "what was accepted is closed");
        let again = answered(&person.get(&closed).await, &closed).set("remark", "5月12日に行いました");
        assert_eq!(again.submit().await.status, 303);
        assert_eq!(answer_all(&person, &home).await, 1);
        assert!(person.get(&format!("{home}/rounds")).await.body.contains("5月12日に行いました"));
        assert_eq!(attest(&person, &home).await.status, 303);
        let approved = approve(officer, &home).await;
        assert_eq!(approved.status, 303);
        let raised = officer.in_english().get("/findings").await;
        let titles = raised.texts("tbody th a");
        assert!(!titles.is_empty() && titles.iter().all(|title| title.is_ascii()), "{titles:?}");
        assert!(!approved.has("form[action$='/review']"), "nothing is left to decide");
        assert!(person.get(&home).await.body.contains("監査"));
        let acts = app.acts(mie.id);
        for (act, times) in [
            ("attestation.given", 2), ("questionnaire.returned", 1), ("questionnaire.approved", 1),
        ] {
            assert_eq!(acts.iter().filter(|a| *a == act).count(), times, "{act}");
        }
        azukari::ledger::verify(&mut app.connection(), mie.id).unwrap();
    }
}
