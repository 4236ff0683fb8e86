//! Somebody who is not signed in checks the duty to report, on a phone.

use azukari::database::Kind;
use azukari::web::{Language, locale};

use super::{Browser, Look};
use crate::app::App;

async fn check(look: Look) {
    let app = App::spawn(Kind::Sqlite);
    let browser = Browser::start(&app.base, look).await;
    let say = |key: &str| locale::text(look.language, key);
    browser.visit("/incident-duties").await;
    browser.press(&say("duty-calculate")).await;
    assert!(browser.words().await.contains(&say("common-error-title")));
    browser.tick_in(&say("duty-principal-kind"), &say("duty-kind-public_body")).await;
    browser.fill(&say("duty-principal-known-on"), "2026-04-01").await;
    browser.fill(&say("duty-persons-known"), "23").await;
    for (question, answer) in [
        ("duty-my-number-included", "no"),
        ("duty-sensitive", "yes"),
        ("duty-ordinance", "no"),
        ("duty-property", "no"),
        ("duty-unlawful", "no"),
    ] {
        browser.tick_in(&say(question), &say(&format!("duty-certainty-{answer}"))).await;
    }
    browser.press(&say("duty-calculate")).await;
    let words = browser.words().await;
    assert!(words.contains(&say("duty-answer-required")), "{words}");
    assert!(words.contains(&say("duty-ground-sensitive")), "{words}");
}

#[tokio::test]
async fn the_duty_to_report_is_checked_on_a_phone_in_japanese() {
    check(Look { width: 375, language: Language::Ja, scripts: true, withheld: false }).await;
}

#[tokio::test]
async fn the_duty_to_report_is_checked_in_english_without_scripts() {
    check(Look { width: 1280, language: Language::En, scripts: true, withheld: true }).await;
}
