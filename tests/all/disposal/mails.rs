//! The mails of disposals: when they go, to whom, and their words.

use azukari::database::Kind;
use chrono::Duration;
use diesel::connection::SimpleConnection as _;

use super::steps::{attest, close, decide, dispose, held, write};
use crate::app::{App, both};

/// Days from 1 April 2026 to the day of erasure, 30 April 2027.
const UNTIL_ERASURE: i64 = 394;

both! {
    async fn both_sides_are_reminded_before_on_and_weekly_after_the_day_of_erasure(app: App) {
        let held = held(&app, 1);
        app.run_jobs();
        let late = || app.mails().into_iter().filter(|mail| mail.kind == "disposal-late").collect::<Vec<_>>();
        let go = |days: i64| {
            app.clock.advance(Duration::days(days));
            app.run_jobs();
            app.run_jobs();
            late().len()
        };
        assert_eq!(go(UNTIL_ERASURE - 15), 0);
        assert_eq!(go(1), 2, "fourteen days before");
        assert_eq!(go(7), 2);
        assert_eq!(go(7), 4, "on the day");
        assert_eq!(go(1), 4);
        assert_eq!(go(6), 6, "a week after");
        assert_eq!(go(7), 8);
        let mails = late();
        let mut to: Vec<_> = mails.iter().take(2).map(|mail| mail.to_address.clone()).collect();
        to.sort();
        let mut expected = [held.person().email.clone(), held.mie.officer.email.clone()];
        expected.sort();
        assert_eq!(to, expected);
        assert_eq!(app.acts(held.mie.id).iter().filter(|act| *act == "disposal.reminded").count(), 4);
        // Sessions have run out by now: what ends the holding is entered directly.
        app.connection().batch_execute("UPDATE holding SET status = 'disposed'").unwrap();
        assert_eq!(go(7), 8, "nothing is held any more");
    }
}

/// Does everything of which a mail tells, and keeps the mails' words.
async fn words_in(language: &str) {
    let app = App::spawn(Kind::Sqlite);
    let held = held(&app, 3);
    let sql = format!("UPDATE person SET language = '{language}'");
    app.connection().batch_execute(&sql).unwrap();
    let (officer, person) = (&held.mie.officer, held.person());
    let path = write(person, &held.home, &[&held.holdings[0]], &[]).await.path;
    attest(person, &path).await;
    app.keep_mail_as("disposal-attested", "disposal_attested", language);
    decide(officer, &path, "return", "機器番号が違います").await;
    app.keep_mail_as("disposal-returned", "disposal_returned", language);
    attest(person, &path).await;
    decide(officer, &path, "accept", "").await;
    app.keep_mail_as("disposal-accepted", "disposal_accepted", language);
    let retained = [
        ("kind", "retained"),
        ("method", ""),
        ("retained_reason", "法人税法"),
        ("retained_until", "2027-04-20"),
    ];
    dispose(&held, &[&held.holdings[1]], &retained).await;

    app.run_jobs();
    for (days, name) in [(UNTIL_ERASURE - 14, "before"), (14, "day"), (7, "late")] {
        app.clock.advance(Duration::days(days));
        app.run_jobs();
        let last = app.mails().into_iter().filter(|mail| mail.kind == "disposal-late");
        let last: Vec<_> = last.collect();
        for (mail, side) in last.iter().rev().zip(["division", "contractor"]) {
            app.keep_words(mail, &format!("disposal_{name}_{side}"), language);
        }
    }
    app.keep_mail_as("disposal-retained", "disposal_retained", language);
}

#[tokio::test]
async fn the_words_of_every_mail_in_japanese() {
    words_in("ja").await;
}

#[tokio::test]
async fn the_words_of_every_mail_in_english() {
    words_in("en").await;
}

#[tokio::test]
async fn the_words_of_the_closing() {
    for language in ["ja", "en"] {
        let app = App::spawn(Kind::Sqlite);
        let held = held(&app, 1);
        let sql = format!("UPDATE person SET language = '{language}'");
        app.connection().batch_execute(&sql).unwrap();
        dispose(&held, &[&held.holdings[0]], &[]).await;
        close(&held).await;
        app.keep_mail_as("entrustment-closed", "entrustment_closed", language);
    }
}
