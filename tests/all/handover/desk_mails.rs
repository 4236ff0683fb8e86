//! The words of the mails about hand-overs on their way.

use azukari::database::Kind;
use chrono::Duration;
use diesel::connection::SimpleConnection as _;

use super::desk::{begun, brought, decided, proposed};
use super::two;
use crate::app::App;

const LIST: &[u8] = "氏名,生年月日\n架空 花子,平成2年4月1日\n".as_bytes();

/// Holds the newest mail of a kind against its snapshot; the purpose stays inside.
fn keep(app: &App, kind: &str, language: &str) {
    assert!(!app.last_mail(kind).text_body.contains("令和8年度の指導監査の準備"));
    app.keep_mail(kind, language);
}

async fn words_in(language: &str) {
    let app = App::spawn(Kind::Sqlite);
    let two = two(&app);
    let sql = format!("UPDATE person SET language = '{language}'");
    app.connection().batch_execute(&sql).unwrap();
    let (officer, approver) = (&two.mie.officer, &two.mie.approver);
    let path = begun(&two, officer, &[]).await.path;
    brought(&app, officer, &path, "職員.csv", LIST).await;
    proposed(officer, &path).await;
    keep(&app, "handover_asked", language);
    decided(approver, &path, "returned").await;
    keep(&app, "handover_returned", language);
    proposed(officer, &path).await;
    decided(approver, &path, "approved").await;
    keep(&app, "handover_approved", language);
    approver.get(&path).await.form("form[action$='/take-back']").submit().await;
    keep(&app, "handover_taken_back", language);
    proposed(officer, &path).await;
    decided(approver, &path, "approved").await;
    let closed =
        format!("UPDATE entrustment SET status = 'closed' WHERE id = '{}'", two.entrustment);
    app.connection().batch_execute(&closed).unwrap();
    app.clock.advance(Duration::minutes(10));
    app.run_jobs();
    keep(&app, "handover_held_back", language);
}

#[tokio::test]
async fn the_words_of_every_mail_in_japanese() {
    words_in("ja").await;
}

#[tokio::test]
async fn the_words_of_every_mail_in_english() {
    words_in("en").await;
}
