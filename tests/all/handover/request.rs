//! Requests: what one side asks the other to hand over.

use azukari::database::schema::handover_request as t;
use chrono::Duration;
use diesel::prelude::*;

use super::{Two, two};
use crate::app::{App, FilledForm, Person, both};

/// The form of a request, filled in.
async fn filled(two: &Two, person: &Person) -> FilledForm {
    let page = person.get(&format!("{}/new", home(two))).await;
    assert_eq!(page.status, 200, "{}", page.body);
    let items = page.attributes("input[name=items]", "value");
    page.main_form()
        .set("purpose", "令和8年度の指導監査の準備")
        .check("items", &items[0])
        .set("due_on", "令和8年4月24日")
}

fn home(two: &Two) -> String {
    format!("/entrustments/{}/hand-over-requests", two.entrustment)
}

both! {
    async fn the_contractor_is_asked_and_hears_of_it_without_what_is_asked_for(app: App) {
        let two = two(&app);
        let (officer, person) = (&two.mie.officer, &two.office.representative);
        let asked = filled(&two, officer).await.submit().await;
        assert_eq!(asked.status, 303, "{:?}", asked.wrong_fields());
        assert_eq!(app.acts(two.mie.id).last().unwrap(), "handover.requested");
        let mail = app.last_mail("handover_requested");
        assert_eq!(mail.to_address, person.email);
        assert!(!mail.text_body.contains("指導監査の準備"), "{}", mail.text_body);
        assert!(mail.text_body.contains(&asked.path));
        let seen = person.get(&asked.path).await;
        assert_eq!(seen.text("h1"), "受渡しの依頼 第1号");
        assert!(seen.body.contains("氏名") && seen.body.contains("令和8年4月24日"));
        let answer = seen.attributes("a.button", "href");
        let id = asked.path.rsplit('/').next().unwrap();
        assert_eq!(answer, [format!("/entrustments/{}/hand-overs/new?request={id}", two.entrustment)]);
        assert!(!seen.has("form[action$='/withdraw']"), "only who asked takes it back");
        let own = officer.get(&asked.path).await;
        assert!(!own.has("a.button") && own.has("form[action$='/withdraw']"));
        let auditor = &two.mie.auditor;
        let read = auditor.get(&asked.path).await;
        assert!(read.status == 200 && !read.has("main form") && !read.has("a.button"), "an auditor reads");
    }

    async fn the_contractor_asks_too_and_takes_it_back(app: App) {
        let two = two(&app);
        let (officer, person) = (&two.mie.officer, &two.office.representative);
        let asked = filled(&two, person).await.submit().await;
        assert_eq!(asked.status, 303, "{:?}", asked.wrong_fields());
        assert_eq!(app.last_mail("handover_requested").to_address, officer.email);
        let form = || async { person.get(&asked.path).await.form("form[action$='/withdraw']") };
        let late = form().await;
        let fields = [("csrf", &*token(officer).await), ("version", "1")];
        let refused = officer.post(&format!("{}/withdraw", asked.path), &fields).await;
        assert_eq!(refused.status, 403, "who is asked can't take it back");
        let withdrawn = form().await.submit().await;
        assert_eq!(withdrawn.status, 303);
        assert!(withdrawn.body.contains("取り下げ"));
        assert_eq!(app.acts(two.mie.id).last().unwrap(), "handover.request_withdrawn");
        assert_eq!(app.last_mail("handover_request_withdrawn").to_address, officer.email);
        assert_eq!(late.submit().await.status, 409);
        for (query, rows) in [("", 1), ("?status=withdrawn", 1), ("?status=open", 0), ("?status=x&sort=-due_on&page=y", 1)] {
            let list = officer.get(&format!("{}{query}", home(&two))).await;
            assert_eq!(list.texts("tbody tr").len(), rows, "{query}");
        }
    }

    async fn every_wrong_field_of_a_request_is_said_and_what_was_typed_stays(app: App) {
        let two = two(&app);
        let long = "長".repeat(4001);
        for (field, typed) in [
            ("purpose", ""), ("purpose", &*long), ("message", &*long), ("items", "x"), ("due_on", "いつか"), ("due_on", "R8.3.31"),
        ] {
            let form = filled(&two, &two.mie.officer).await.set(field, typed);
            let again = form.submit().await;
            assert_eq!((again.status, again.wrong_fields()), (422, vec![field.to_owned()]), "{field} {typed}");
        }
        let page = two.mie.officer.get(&format!("{}/new", home(&two))).await;
        let none = page.main_form().set("purpose", "準備").submit().await;
        assert_eq!(none.wrong_fields(), ["items"]);
        assert!(none.body.contains("準備"));
    }

    async fn nobody_else_sees_or_makes_requests(app: App) {
        let two = two(&app);
        let asked = filled(&two, &two.mie.officer).await.submit().await;
        let town = app.principal("津島町");
        let stranger = app.joined_contractor(&town, "𠮷田").representative;
        for other in [&town.officer, &stranger] {
            assert_eq!(other.get(&asked.path).await.status, 404);
            assert_eq!(other.get(&home(&two)).await.status, 404);
            assert_eq!(other.get(&format!("{}/new", home(&two))).await.status, 404);
        }
        for reader in [&two.mie.approver, &two.mie.auditor] {
            assert_eq!(reader.get(&asked.path).await.status, 200);
            assert_eq!(reader.get(&format!("{}/new", home(&two))).await.status, 403);
        }
    }

    async fn who_is_asked_is_reminded_before_and_after_the_day_and_at_last_both(app: App) {
        let two = two(&app);
        let (officer, person) = (&two.mie.officer, &two.office.representative);
        filled(&two, officer).await.submit().await;
        let open = filled(&two, officer).await.set("due_on", "").submit().await;
        assert_eq!(open.status, 303, "no day, no reminder");
        app.run_jobs();
        let sent = |kind: &str| app.mails().iter().filter(|mail| mail.kind == kind).count();
        let numbers = || (sent("handover_request_reminder"), sent("handover_request_overdue"));
        // Asked on Wednesday, 1 April 2026, for Friday the 24th; the 29th and 4 to 6 May are holidays.
        for (days, expected) in [(20, (0, 0)), (1, (1, 0)), (0, (1, 0)), (2, (1, 0)), (3, (2, 0)), (9, (2, 0)), (1, (3, 1)), (30, (3, 1))] {
            app.clock.advance(Duration::days(days));
            app.run_jobs();
            app.run_jobs();
            assert_eq!(numbers(), expected, "after {days} more days: {}", app.portal.clock.now());
        }
        assert_eq!(app.last_mail("handover_request_reminder").to_address, person.email);
        assert_eq!(app.last_mail("handover_request_overdue").to_address, officer.email);
        let reminded: Vec<i32> =
            t::table.order(t::position.asc()).select(t::reminded).load(&mut app.connection()).unwrap();
        assert_eq!(reminded, [3, 0]);
    }
}

async fn token(person: &Person) -> String {
    person.get("/entrustments").await.attributes("input[name=csrf]", "value").remove(0)
}
