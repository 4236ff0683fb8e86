//! The mails of questionnaires: when they go, to whom, and their words.

use azukari::actor::Role;
use azukari::database::Kind;
use azukari::organisation::contractor as register;
use chrono::Duration;
use diesel::connection::SimpleConnection as _;

use super::steps::{answer_all, approve, attest, dispatch, return_two, sent};
use crate::app::{App, both, entrustment};

both! {
    async fn each_representative_is_reminded_once_seven_days_before_the_deadline(app: App) {
        let sent = sent(&app).await;
        let row = register::find(&mut app.connection(), sent.mie.id, sent.contractor.id).unwrap();
        let second = app.member(row.organisation_id.unwrap(), Role::Representative, None);
        app.member(row.organisation_id.unwrap(), Role::Handler, None);
        app.run_jobs();
        let before = app.mails().len();
        // From 1 April to 22 May; the deadline is the 29th.
        app.clock.advance(Duration::days(51));
        app.run_jobs();
        app.run_jobs();
        let new = app.mails().split_off(before);
        let mut to: Vec<_> = new.iter().map(|mail| mail.to_address.as_str()).collect();
        to.sort_unstable();
        let mut expected = [sent.representative().email.as_str(), second.email.as_str()];
        expected.sort_unstable();
        assert_eq!(to, expected);
        assert!(new.iter().all(|mail| mail.kind == "reminder"));
        assert_eq!(app.acts(sent.mie.id).iter().filter(|act| *act == "reminder.sent").count(), 1);
    }
}

/// Does everything of which a mail tells, and keeps the mails' words.
async fn words_in(language: &str) {
    let app = App::spawn(Kind::Sqlite);
    let sent = sent(&app).await;
    let (officer, person) = (&sent.mie.officer, sent.representative());
    let sql = format!("UPDATE person SET language = '{language}'");
    app.connection().batch_execute(&sql).unwrap();
    let other = |number: &str, title: &str| {
        let new = entrustment(sent.contractor.id, sent.mie.division, number, title);
        app.entrustment(&sent.mie, &new)
    };
    let silent = dispatch(officer, other("令8子-13", "給食業務委託"), "2026-05-29").await;
    app.keep_mail_as("questionnaire_dispatched", "dispatched", language);
    answer_all(person, &sent.home).await;
    attest(person, &sent.home).await;
    app.keep_mail_as("handed-in", "handed_in", language);
    return_two(officer, &sent.home).await;
    app.keep_mail_as("returned", "returned", language);
    answer_all(person, &sent.home).await;
    attest(person, &sent.home).await;
    approve(officer, &sent.home).await;
    app.keep_mail_as("approved", "approved", language);
    let page = officer.get(&format!("{silent}/deadline")).await;
    let form = page.main_form().set("deadline", "2026-06-12").set("reason", "繁忙期のため");
    form.submit().await;
    app.keep_mail_as("questionnaire_extended", "extended", language);
    let over = dispatch(officer, other("令8子-14", "清掃業務委託"), "2026-05-29").await;
    let page = officer.get(&format!("{over}/withdrawal")).await;
    page.main_form().set("reason", "契約が変わったため").submit().await;
    app.keep_mail_as("questionnaire_withdrawn", "withdrawn", language);

    app.run_jobs();
    // From 1 April to 5 June, 7 days before the deadline; then the working days after it.
    app.clock.advance(Duration::days(65));
    app.run_jobs();
    app.keep_mail_as("reminder", "reminder", language);
    app.clock.advance(Duration::days(10));
    app.run_jobs();
    app.keep_mail_as("reminder", "overdue", language);
    app.clock.advance(Duration::days(4));
    app.run_jobs();
    app.keep_mail_as("escalation", "escalation", language);
}

#[tokio::test]
async fn the_words_of_every_mail_in_japanese() {
    words_in("ja").await;
}

#[tokio::test]
async fn the_words_of_every_mail_in_english() {
    words_in("en").await;
}
