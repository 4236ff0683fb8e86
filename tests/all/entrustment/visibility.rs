use azukari::actor::Role;

use crate::app::{App, both, entrustment};

both! {
    async fn foreign_and_absent_ids_answer_alike(app: App) {
        let mie = app.principal("三重野県");
        let town = app.principal("津島町");
        let contractor = app.joined_contractor(&mie, "髙橋");
        let new = entrustment(contractor.id, mie.division, "1", "監査");
        let foreign = app.entrustment(&mie, &new).to_string();
        let absent = "018f0000-0000-7000-8000-000000000001";
        for pattern in ["/entrustments/ID", "/entrustments/ID/history", "/entrustments/ID/edit"] {
            let seen = town.officer.get(&pattern.replace("ID", &foreign)).await;
            let not = town.officer.get(&pattern.replace("ID", absent)).await;
            assert_eq!((seen.status, not.status), (404, 404), "{pattern}");
            assert_eq!(seen.comparable().replace(&foreign, "ID"), not.comparable().replace(absent, "ID"));
        }
        let foreign = contractor.id.to_string();
        for pattern in ["/contractors/ID", "/contractors/ID/edit"] {
            let seen = town.officer.get(&pattern.replace("ID", &foreign)).await;
            let not = town.officer.get(&pattern.replace("ID", absent)).await;
            assert_eq!((seen.status, not.status), (404, 404), "{pattern}");
            assert_eq!(seen.comparable().replace(&foreign, "ID"), not.comparable().replace(absent, "ID"));
        }
    }

    async fn nobody_changes_what_belongs_to_another_principal(app: App) {
        let mie = app.principal("三重野県");
        let town = app.principal("津島町");
        let contractor = app.joined_contractor(&mie, "髙橋");
        let new = entrustment(contractor.id, mie.division, "1", "監査");
        let id = app.entrustment(&mie, &new);
        let before = app.ledger(mie.id).len();
        let form = mie.officer.get(&format!("/entrustments/{id}/edit")).await.main_form();
        let token = town.officer.get("/contractors").await.attributes("input[name=csrf]", "value").remove(0);
        for path in [
            format!("/contractors/{}", contractor.id),
            format!("/contractors/{}/invitation", contractor.id),
        ] {
            let fields = [
                ("csrf", &*token), ("version", "1"), ("kind", "company"), ("name", "乗っ取り"),
                ("address", "x"), ("person_in_charge", "x"), ("email", "x@y.example"), ("phone", "1"),
            ];
            assert_eq!(town.officer.post(&path, &fields).await.status, 404, "{path}");
        }
        let taken = form.value("contractor").to_owned();
        let moved = town.officer.get("/entrustments/new").await.main_form();
        let refused = moved.set_all(&[("contractor", &taken), ("number", "9"), ("title", "x")]).submit().await;
        assert!(refused.wrong_fields().contains(&"division".to_owned()));
        assert_eq!(app.ledger(mie.id).len(), before);
    }

    async fn an_officer_sees_the_own_division_alone(app: App) {
        let mie = app.principal("三重野県");
        let tax = app.division(mie.id, "税務課");
        let contractor = app.joined_contractor(&mie, "髙橋");
        let own = app.entrustment(&mie, &entrustment(contractor.id, mie.division, "1", "監査"));
        let other = app.entrustment(&mie, &entrustment(contractor.id, tax, "2", "課税"));
        let list = mie.officer.get("/entrustments").await;
        assert_eq!(list.texts("tbody th"), ["監査"]);
        assert_eq!(mie.officer.get(&format!("/entrustments/{other}")).await.status, 404);
        let asked = mie.officer.get(&format!("/entrustments?division={tax}")).await;
        assert!(!asked.has("tbody"), "a filter shows no more");
        let everywhere = app.member(mie.id, Role::Officer, None);
        for person in [&everywhere, &mie.administrator, &mie.approver, &mie.auditor] {
            assert_eq!(person.get("/entrustments").await.texts("tbody th").len(), 2);
        }
        let edit = format!("/entrustments/{own}/edit");
        let moved = mie.officer.get(&edit).await.main_form().set("division", &tax.to_string());
        let moved = moved.submit().await;
        assert_eq!((moved.status, moved.wrong_fields()), (422, vec!["division".to_owned()]));
    }

    async fn a_contractor_sees_only_what_is_entrusted_to_it(app: App) {
        let mie = app.principal("三重野県");
        let takahashi = app.joined_contractor(&mie, "髙橋");
        let yoshida = app.joined_contractor(&mie, "𠮷田");
        let own = app.entrustment(&mie, &entrustment(takahashi.id, mie.division, "1", "監査"));
        let other = app.entrustment(&mie, &entrustment(yoshida.id, mie.division, "2", "課税"));
        let person = &takahashi.representative;
        assert_eq!(person.get("/entrustments").await.texts("tbody th"), ["監査"]);
        let shown = person.get(&format!("/entrustments/{own}")).await;
        assert_eq!(shown.status, 200);
        assert!(!shown.body.contains("委託元だけの控え"));
        assert_eq!(person.get(&format!("/entrustments/{other}")).await.status, 404);
        assert_eq!(person.get(&format!("/entrustments/{own}/edit")).await.status, 403);
        assert_eq!(person.get("/contractors").await.status, 403);
        assert_eq!(person.get(&format!("/contractors/{}", yoshida.id)).await.status, 403);
    }

    async fn approvers_and_auditors_read_and_do_not_write(app: App) {
        let mie = app.principal("三重野県");
        let contractor = app.joined_contractor(&mie, "髙橋");
        let id = app.entrustment(&mie, &entrustment(contractor.id, mie.division, "1", "監査"));
        for person in [&mie.approver, &mie.auditor] {
            let shown = person.get(&format!("/entrustments/{id}")).await;
            assert_eq!(shown.status, 200);
            assert!(!shown.body.contains(&format!("/entrustments/{id}/edit")));
            let token = shown.attributes("input[name=csrf]", "value").remove(0);
            let path = format!("/entrustments/{id}");
            assert_eq!(person.post(&path, &[("csrf", &token)]).await.status, 403);
            assert_eq!(person.post("/contractors", &[("csrf", &token)]).await.status, 403);
        }
        assert_eq!(app.refusals().len(), 4);
    }
}
