//! Going over to another organisation: one at a time, nothing proved anew, nothing longer.

use azukari::actor::Role;
use azukari::database::schema::session as t;
use chrono::{Duration, NaiveDateTime};
use diesel::prelude::*;

use crate::app::{App, Person, both};

/// The membership that the page offers.
async fn offered(person: &Person) -> String {
    let page = person.get("/session/organisation").await;
    assert_eq!(page.status, 200);
    page.attributes("main input[name=membership]", "value").remove(0)
}

async fn go_over(person: &Person) -> crate::app::Page {
    person.get("/session/organisation").await.form("main form").submit().await
}

type Row = (NaiveDateTime, Option<NaiveDateTime>, Option<NaiveDateTime>);

/// The sessions of the test's database that go on: end, proof, when it was proved anew.
fn going_on(app: &App, email: &str) -> Vec<Row> {
    use azukari::database::schema::person;
    t::table
        .inner_join(person::table)
        .filter(person::email.eq(email))
        .filter(t::ended_at.is_null())
        .select((t::expires_at, t::second_factor_at, t::stepped_up_at))
        .load(&mut app.connection())
        .unwrap()
}

both! {
    async fn a_member_of_two_organisations_acts_for_one_at_a_time(app: App) {
        let mie = app.principal("三重野県");
        let town = app.principal("津島町");
        let officer = &mie.officer;
        assert!(!officer.get("/").await.has(".header a[href='/session/organisation']"), "nowhere to go");
        app.join(officer, town.id, Role::Approver);
        let page = officer.get("/").await;
        assert!(page.has(".header a[href='/session/organisation']") && page.text(".person").contains("三重野県"));
        let before = going_on(&app, &officer.email);
        let old = officer.cookies();
        let elsewhere = app.visitor();
        for cookie in old.split("; ") {
            elsewhere.keep_cookie(cookie);
        }

        app.clock.advance(Duration::minutes(30));
        let gone = go_over(officer).await;
        assert_eq!((gone.status, &*gone.path), (303, "/"));
        assert!(gone.text(".person").contains("津島町") && gone.body.contains("組織を切り替えました"));
        assert_eq!(officer.get("/entrustments/new").await.status, 403, "an approver there");
        assert_eq!(elsewhere.get("/entrustments").await.status, 303, "the old session is over");
        let entries = app.ledger(town.id);
        let entry = entries.last().unwrap();
        assert_eq!(entry.act, "session.opened");
        assert!(!entry.actor_organisation.contains("三重野県"), "not from where");

        let after = going_on(&app, &officer.email);
        assert_eq!(after, before, "nothing is proved anew, nothing lasts longer");
        let back = go_over(officer).await;
        assert!(back.text(".person").contains("三重野県"));
        assert_eq!(going_on(&app, &officer.email).len(), 1);
    }

    async fn nobody_goes_where_they_are_no_member(app: App) {
        let mie = app.principal("三重野県");
        let town = app.principal("津島町");
        app.join(&mie.officer, town.id, Role::Auditor);
        let theirs = offered(&mie.officer).await;
        let csrf = |page: crate::app::Page| page.attributes("input[name=csrf]", "value").remove(0);
        let token = csrf(mie.approver.get("/session/organisation").await);
        for id in [&*theirs, "018f0000-0000-7000-8000-000000000001", "", "x"] {
            let fields = [("csrf", &*token), ("membership", id)];
            assert_eq!(mie.approver.post("/session/organisation", &fields).await.status, 404, "{id}");
        }
        assert!(mie.approver.get("/").await.text(".person").contains("三重野県"));
    }

    async fn who_went_over_does_not_approve_what_they_asked_for(app: App) {
        let mie = app.principal("三重野県");
        let contractor = app.joined_contractor(&mie, "髙橋");
        let person = &contractor.representative;
        let new = crate::app::entrustment(contractor.id, mie.division, "1", "監査");
        let id = app.entrustment(&mie, &new);
        app.join(person, mie.id, Role::Approver);
        let page = person.get(&format!("/entrustments/{id}/recipients/new")).await;
        let form = page.main_form().set_all(&[("name", "労働局"), ("kind", "authority"), ("purpose", "報告")]);
        let proposed = form.submit().await.path;
        go_over(person).await;
        let page = person.get(&proposed).await;
        assert_eq!(page.status, 200, "an approver sees it");
        assert!(page.body.contains("ご自身が申請した") && !page.has("input[name=decision]"));
        let csrf = page.attributes("input[name=csrf]", "value").remove(0);
        let fields = [("csrf", &*csrf), ("decision", "approved"), ("version", "1")];
        assert_eq!(person.post(&format!("{proposed}/decision"), &fields).await.status, 403);
        assert!(!app.acts(mie.id).contains(&"recipient.approved".to_owned()));
    }
}
