//! The mails about transmissions and recipients: when they go, to whom, and their words.

use azukari::database::Kind;
use chrono::Duration;
use diesel::connection::SimpleConnection as _;

use super::steps::{desk, entered, good, propose};
use crate::app::{App, both};

both! {
    async fn what_nobody_confirms_reminds_twice_and_then_the_division_is_told(app: App) {
        let desk = desk(&app);
        let (person, officer) = (desk.representative(), &desk.mie.officer);
        entered(&desk, person).await;
        entered(&desk, person).await;
        app.run_jobs();
        let sent = |kind: &str| app.mails().iter().filter(|mail| mail.kind == kind).count();
        let numbers = || (sent("transmission_reminder"), sent("transmission_escalation"));
        // Entered on Wednesday, 1 April 2026; 3 working days later it is Monday the 6th.
        for (days, expected) in [
            (2, (0, 0)), (2, (0, 0)), (1, (1, 0)), (0, (1, 0)), (1, (1, 0)), (2, (1, 0)), (1, (2, 0)), (4, (2, 0)),
            (1, (2, 1)), (30, (2, 1)),
        ] {
            app.clock.advance(Duration::days(days));
            app.run_jobs();
            app.run_jobs();
            assert_eq!(numbers(), expected, "after {days} more days: {}", app.portal.clock.now());
        }
        assert_eq!(app.last_mail("transmission_reminder").to_address, officer.email);
        let reminded = app.acts(desk.mie.id).into_iter().filter(|act| act == "transmission.reminded");
        assert_eq!(reminded.count(), 6, "each of the two, three times");
    }

    async fn what_is_confirmed_or_needs_nobody_reminds_of_nothing(app: App) {
        let desk = desk(&app);
        let (person, officer) = (desk.representative(), &desk.mie.officer);
        let path = entered(&desk, person).await;
        officer.get(&path).await.main_form().set("decision", "confirmed").submit().await;
        let form = good(&desk, officer).await.set("sender", "principal").set("handler", "");
        let waiting = form.set("receiver_who_0", "contractor").submit().await;
        assert_eq!(waiting.status, 303);
        app.clock.advance(Duration::days(7));
        app.run_jobs();
        let reminders: Vec<_> =
            app.mails().into_iter().filter(|mail| mail.kind == "transmission_reminder").collect();
        assert_eq!(reminders.len(), 1);
        assert_eq!(reminders[0].to_address, person.email, "the contractor is to confirm");
        assert!(reminders[0].text_body.contains("transmissions?confirmation=waiting"));
    }
}

/// Does everything of which a mail tells, and keeps the mails' words.
async fn words_in(language: &str) {
    let app = App::spawn(Kind::Sqlite);
    let desk = desk(&app);
    let sql = format!("UPDATE person SET language = '{language}'");
    app.connection().batch_execute(&sql).unwrap();
    let person = desk.representative();
    for (decision, name) in [("approved", "三重野労働局"), ("refused", "三重野新聞")] {
        let path = propose(&desk, person, name, "a@labour.example").await;
        app.keep_mail_as("recipient_proposed", "recipient_proposed", language);
        let form = desk.mie.officer.get(&path).await.main_form().set("decision", decision);
        form.set("reason", "理由").submit().await;
        app.keep_mail_as("recipient_decided", &format!("recipient_{decision}"), language);
    }
    entered(&desk, person).await;
    app.run_jobs();
    app.clock.advance(Duration::days(6));
    app.run_jobs();
    app.keep_mail_as("transmission_reminder", "transmission_reminder", language);
    app.clock.advance(Duration::days(14));
    app.run_jobs();
    app.keep_mail_as("transmission_escalation", "transmission_escalation", language);
}

#[tokio::test]
async fn the_words_of_every_mail_in_japanese() {
    words_in("ja").await;
}

#[tokio::test]
async fn the_words_of_every_mail_in_english() {
    words_in("en").await;
}
