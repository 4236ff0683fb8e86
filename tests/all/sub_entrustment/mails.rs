//! The words of the mails.

use azukari::database::Kind;
use azukari::entrustment::{HandlingRules, ItemMark};
use chrono::Duration;
use diesel::connection::SimpleConnection as _;

use super::steps::{applied, approved, entrusted};
use crate::app::App;

async fn words_in(language: &str) {
    let app = App::spawn(Kind::Sqlite);
    let of = entrusted(&app, HandlingRules::default(), ItemMark::None);
    let first = &of.first.representative;
    let sql = format!("UPDATE person SET language = '{language}'");
    app.connection().batch_execute(&sql).unwrap();
    let application = applied(first, &of.list, "津島データ入力").await.path;
    keep(&app, "sub_entrustment_applied", language);
    approved(&of.mie.approver, &application, "R8.12.31").await;
    keep(&app, "sub_entrustment_approved", language);
    let application = applied(first, &of.list, "伊吹テック").await.path;
    let form = of.mie.approver.get(&format!("{application}/decision")).await.main_form();
    form.set("decision", "refused").set("conditions", "社内で行えるため").submit().await;
    keep(&app, "sub_entrustment_refused", language);
    app.run_jobs();
    app.clock.advance(Duration::days(250));
    app.run_jobs();
    keep(&app, "sub_entrustment_expiring", language);
}

/// Holds the newest mail of a kind against its snapshot, without what differs every time.
fn keep(app: &App, kind: &str, language: &str) {
    let mail = app.last_mail(kind);
    assert!(!mail.text_body.contains("津島データ入力") && !mail.text_body.contains("伊吹テック"));
    let lines = mail.text_body.lines().map(|line| match line.strip_prefix(&app.base) {
        Some(_) => "BASE/LINK".to_owned(),
        None => line.to_owned(),
    });
    let text = format!(
        "To: {} <{}>\nSubject: {}\n\n{}",
        mail.to_name,
        mail.to_address.replace(|c: char| c.is_ascii_digit(), ""),
        mail.subject,
        lines.collect::<Vec<_>>().join("\n"),
    );
    crate::app::snapshot(&format!("mail_{kind}_{language}"), &text);
}

#[tokio::test]
async fn the_words_of_every_mail_in_japanese() {
    words_in("ja").await;
}

#[tokio::test]
async fn the_words_of_every_mail_in_english() {
    words_in("en").await;
}
