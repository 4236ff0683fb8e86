use azukari::actor::Role;

use super::steps::{attest, decide, held, token, write};
use crate::app::{App, both};

both! {
    async fn each_side_does_its_own_part_and_strangers_see_nothing(app: App) {
        let held = held(&app, 1);
        let (officer, person) = (&held.mie.officer, held.person());
        let row = azukari::organisation::contractor::find(&mut app.connection(), held.mie.id, held.contractor.id);
        let handler = app.member(row.unwrap().organisation_id.unwrap(), Role::Handler, None);
        let path = write(&handler, &held.home, &[&held.holdings[0]], &[]).await.path;
        assert!(!handler.get(&path).await.has("form[action$='/attestation']"));
        let post = |who: &crate::app::Person, to: &str| {
            let (who, to) = (who.clone(), format!("{path}{to}"));
            async move {
                let csrf = token(&who).await;
                let fields = [("csrf", csrf.as_str()), ("verdict", "accept"), ("attested_name", "x"),
                    ("attested_title", "x"), ("consent", "on"), ("shown", "x")];
                who.post(&to, &fields).await.status
            }
        };
        assert_eq!(post(&handler, "/attestation").await, 403);
        assert_eq!(post(officer, "/decision").await, 409, "nothing is attested");
        for stranger in [&app.principal("津島町").officer, &app.member(held.mie.id, Role::Officer, Some(app.division(held.mie.id, "税務課")))] {
            for page in ["", "/certificate"] {
                assert_eq!(stranger.get(&format!("{path}{page}")).await.status, 404, "{page}");
            }
            assert_eq!(post(stranger, "/decision").await, 404);
            assert_eq!(stranger.get(&format!("{}/disposals", held.home)).await.status, 404);
            assert_eq!(stranger.get(&format!("{}/closing", held.home)).await.status, 404);
        }
        let other = app.joined_contractor(&held.mie, "別の事務所");
        assert_eq!(other.representative.get(&path).await.status, 404);
        assert_eq!(post(&other.representative, "/attestation").await, 404);
        assert_eq!(post(&other.representative, "/withdrawal").await, 404);
        assert_eq!(attest(person, &path).await.status, 303);
        for reader in [&held.mie.auditor, &held.mie.approver, person, &handler] {
            assert_eq!(post(reader, "/decision").await, 403);
            assert_eq!(reader.get(&path).await.status, 200);
            assert!(!reader.get(&path).await.has("form[action$='/decision']"));
        }
        for principal in [&held.mie.auditor, officer] {
            assert_eq!(post(principal, "").await, 403);
            assert_eq!(post(principal, "/attestation").await, 403);
            assert_eq!(principal.get(&format!("{}/disposals/new", held.home)).await.status, 403);
        }
        assert_eq!(post(person, "/attestation").await, 409, "it is attested");
        assert_eq!(person.get(&format!("{path}/edit")).await.status, 409);
        assert_eq!(post(person, "/withdrawal").await, 409);
        assert_eq!(decide(officer, &path, "accept", "").await.status, 303);
        assert_eq!(post(officer, "/decision").await, 409, "it is decided");
        assert!(person.get(&format!("{}/disposals", held.home)).await.body.contains("令8子-12-1"));
    }

    async fn a_disposal_of_one_entrustment_is_not_found_under_another(app: App) {
        let held = held(&app, 1);
        let path = write(held.person(), &held.home, &[&held.holdings[0]], &[]).await.path;
        let new = crate::app::entrustment(held.contractor.id, held.mie.division, "2", "別の案件");
        let other = app.entrustment(&held.mie, &new);
        let id = path.rsplit('/').next().unwrap();
        assert_eq!(held.person().get(&format!("/entrustments/{other}/disposals/{id}")).await.status, 404);
        let fresh = write(held.person(), &held.home, &[], &[]).await;
        assert_eq!(fresh.wrong_fields(), ["holdings"]);
    }

    async fn who_was_slower_keeps_what_was_typed(app: App) {
        let held = held(&app, 1);
        let person = held.person();
        let path = write(person, &held.home, &[&held.holdings[0]], &[]).await.path;
        let edit = || async { person.get(&format!("{path}/edit")).await.main_form() };
        let slow = edit().await.set("quantity", "3台");
        assert_eq!(edit().await.set("quantity", "2台").submit().await.status, 303);
        let late = slow.submit().await;
        assert_eq!(late.status, 409);
        let form = late.main_form();
        assert_eq!(form.value("quantity"), "3台");
        assert_eq!(form.submit().await.status, 303);
    }
}
