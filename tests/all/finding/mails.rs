//! The words of every mail about findings and inspections.

use azukari::database::Kind;
use azukari::finding::Severity;
use chrono::Duration;
use diesel::connection::SimpleConnection as _;

use super::steps::World;
use crate::app::App;
use crate::inspection::steps as inspection;

/// Does everything of which a mail tells, and keeps the mails' words.
async fn words_in(language: &str) {
    let app = App::spawn(Kind::Sqlite);
    let world = World::of(&app);
    let sql = format!("UPDATE person SET language = '{language}'");
    app.connection().batch_execute(&sql).unwrap();
    app.run_jobs();
    let path = world.raise("持出し台帳に記入がない", "high").await;
    keep(&app, "finding_raised", language);
    world.answer(&path, "台帳を作った").await;
    keep(&app, "finding_answered", language);
    world.decide(&path, "return", "誰が確かめるかを書いてください").await;
    keep(&app, "finding_returned", language);
    let planned = inspection::plan(&world, "令和8年4月1日", "visit", "").await;
    keep(&app, "inspection_planned", language);
    inspection::hold(&world, &planned, &[]).await;
    keep(&app, "inspection_held", language);
    inspection::answer(&world, &planned).await;
    keep(&app, "inspection_answered", language);
    world.rule(&app, "US", Severity::High);
    app.clock.advance(Duration::days(1));
    app.run_jobs();
    keep(&app, "finding_digest", language);
    app.clock.advance(Duration::days(14));
    app.run_jobs();
    keep(&app, "finding_escalation", language);
    let other = crate::app::entrustment(world.contractor.id, world.mie.division, "2", "封入");
    app.entrustment(&world.mie, &other);
    // From 16 April 2026 to 15 January 2027.
    app.clock.advance(Duration::days(273));
    app.run_jobs();
    app.clock.advance(Duration::days(1));
    app.run_jobs();
    keep(&app, "inspection_missing", language);
}

/// Holds the newest mail of a kind against its snapshot, without what differs every time.
fn keep(app: &App, kind: &str, language: &str) {
    let mail = app.last_mail(kind);
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
