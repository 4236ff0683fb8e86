use azukari::actor::Role;

use super::steps::{desk, entered, findings, good, token};
use crate::app::{App, both};

const ABSENT: &str = "018f0000-0000-7000-8000-000000000001";

both! {
    async fn the_other_side_confirms_and_then_nothing_is_corrected(app: App) {
        let desk = desk(&app);
        let (person, officer) = (desk.representative(), &desk.mie.officer);
        let path = entered(&desk, person).await;
        assert!(!person.get(&path).await.has("input[name=decision]"), "not by the own side");
        let page = officer.get(&path).await;
        let unsaid = page.main_form().submit().await;
        assert_eq!((unsaid.status, unsaid.wrong_fields()), (422, vec!["decision".to_owned()]));
        let confirmed = page.main_form().set("decision", "confirmed").submit().await;
        assert_eq!(confirmed.status, 303);
        assert!(confirmed.body.contains("確認済み"));
        assert_eq!(app.acts(desk.mie.id).last().unwrap(), "transmission.confirmed");
        assert_eq!(person.get(&format!("{path}/edit")).await.status, 409);
        let again = page.main_form().set("decision", "disputed").set("note", "違う").submit().await;
        assert_eq!(again.status, 409);
    }

    async fn a_dispute_is_a_finding_and_what_is_corrected_is_confirmed_anew(app: App) {
        let desk = desk(&app);
        let (person, officer) = (desk.representative(), &desk.mie.officer);
        let path = entered(&desk, person).await;
        let form = officer.get(&path).await.main_form().set("decision", "disputed");
        let unsaid = form.submit().await;
        assert_eq!((unsaid.status, unsaid.wrong_fields()), (422, vec!["note".to_owned()]));
        let disputed = unsaid.main_form().set("decision", "disputed").set("note", "2部届いた").submit().await;
        assert_eq!(disputed.status, 303);
        assert!(disputed.body.contains("相違あり") && disputed.body.contains("2部届いた"));
        assert_eq!(findings(&app, &desk).len(), 1);
        let acts = app.acts(desk.mie.id);
        assert!(acts.ends_with(&["transmission.disputed".to_owned(), "finding.raised".to_owned()]));
        let edit = person.get(&format!("{path}/edit")).await.main_form();
        assert_eq!(edit.set("description", "報告書 2部").submit().await.status, 303);
        let confirmed = officer.get(&path).await.main_form().set("decision", "confirmed").submit().await;
        assert_eq!(confirmed.status, 303);
    }

    async fn the_contractor_confirms_what_the_principal_entered(app: App) {
        let desk = desk(&app);
        let (person, officer) = (desk.representative(), &desk.mie.officer);
        let form = good(&desk, officer).await.set("sender", "principal").set("handler", "");
        let saved = form.set("receiver_who_0", "contractor").submit().await;
        assert_eq!(saved.status, 303, "{:?}", saved.wrong_fields());
        let confirmed = person.get(&saved.path).await.main_form().set("decision", "confirmed").submit().await;
        assert_eq!(confirmed.status, 303);
    }

    async fn only_those_who_may_enter_and_confirm(app: App) {
        let desk = desk(&app);
        let person = desk.representative();
        let path = entered(&desk, person).await;
        for reader in [&desk.mie.auditor, &desk.mie.approver] {
            assert_eq!(reader.get(&format!("{}/new", desk.home)).await.status, 403);
            let token = token(&reader.get(&path).await);
            let fields = [("csrf", token.as_str()), ("decision", "confirmed"), ("version", "1")];
            assert_eq!(reader.post(&format!("{path}/confirmation"), &fields).await.status, 403);
            assert_eq!(reader.post(&desk.home, &fields).await.status, 403);
        }
        let own = token(&person.get(&path).await);
        let fields = [("csrf", own.as_str()), ("decision", "confirmed"), ("version", "1")];
        assert_eq!(person.post(&format!("{path}/confirmation"), &fields).await.status, 403, "the own side");
        let town = app.principal("津島町");
        let stranger = app.joined_contractor(&town, "𠮷田").representative;
        for other in [&town.officer, &town.administrator, &stranger] {
            for hidden in [&path, &desk.home, &format!("{path}/edit"), &format!("{}/new", desk.home)] {
                assert_eq!(other.get(hidden).await.status, 404, "{hidden}");
            }
            let token = token(&other.get("/entrustments").await);
            let fields = [("csrf", token.as_str()), ("decision", "confirmed"), ("version", "1")];
            assert_eq!(other.post(&format!("{path}/confirmation"), &fields).await.status, 404);
            assert_eq!(other.post(&path, &fields).await.status, 404);
        }
        assert_eq!(person.get(&format!("{}/{ABSENT}", desk.home)).await.status, 404);
        let elsewhere = app.entrustment(&desk.mie, &crate::app::entrustment(
            desk.contractor.id, desk.mie.division, "2", "給食",
        ));
        let id = path.rsplit('/').next().unwrap();
        let wrong = format!("/entrustments/{elsewhere}/transmissions/{id}");
        assert_eq!(person.get(&wrong).await.status, 404, "of another entrustment");
        let all = app.member(desk.mie.id, Role::Officer, None);
        assert_eq!(all.get(&path).await.main_form().set("decision", "confirmed").submit().await.status, 303);
    }
}
