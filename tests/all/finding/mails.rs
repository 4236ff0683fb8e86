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
    app.keep_mail("finding_raised", language);
    world.answer(&path, "台帳を作った").await;
    app.keep_mail("finding_answered", language);
    world.decide(&path, "return", "誰が確かめるかを書いてください").await;
    app.keep_mail("finding_returned", language);
    let planned = inspection::plan(&world, "令和8年4月1日", "visit", "").await;
    app.keep_mail("inspection_planned", language);
    inspection::hold(&world, &planned, &[]).await;
    app.keep_mail("inspection_held", language);
    inspection::answer(&world, &planned).await;
    app.keep_mail("inspection_answered", language);
    world.rule(&app, "US", Severity::High);
    app.clock.advance(Duration::days(1));
    app.run_jobs();
    app.keep_mail("finding_digest", language);
    app.clock.advance(Duration::days(14));
    app.run_jobs();
    app.keep_mail("finding_escalation", language);
    let other = crate::app::entrustment(world.contractor.id, world.mie.division, "2", "封入");
    app.entrustment(&world.mie, &other);
    // From 16 April 2026 to 15 January 2027.
    app.clock.advance(Duration::days(273));
    app.run_jobs();
    app.clock.advance(Duration::days(1));
    app.run_jobs();
    app.keep_mail("inspection_missing", language);
}

#[tokio::test]
async fn the_words_of_every_mail_in_japanese() {
    words_in("ja").await;
}

#[tokio::test]
async fn the_words_of_every_mail_in_english() {
    words_in("en").await;
}
