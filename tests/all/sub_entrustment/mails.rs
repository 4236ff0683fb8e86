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

/// Holds the newest mail of a kind against its snapshot; it names nobody below.
fn keep(app: &App, kind: &str, language: &str) {
    let words = app.last_mail(kind).text_body;
    assert!(!words.contains("津島データ入力") && !words.contains("伊吹テック"));
    app.keep_mail(kind, language);
}

#[tokio::test]
async fn the_words_of_every_mail_in_japanese() {
    words_in("ja").await;
}

#[tokio::test]
async fn the_words_of_every_mail_in_english() {
    words_in("en").await;
}
