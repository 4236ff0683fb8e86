//! Somebody who is not signed in checks the duty to report; a contractor reports an incident with the
//! keyboard alone, on a phone.

use azukari::database::Kind;
use azukari::web::{Language, locale};

use super::{Browser, Look};
use crate::app::App;
use crate::handover::two;

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

/// Reports an incident from the home page on, without ever touching the page.
async fn report(look: Look) {
    let app = App::spawn(Kind::Sqlite);
    let two = two(&app);
    let browser = Browser::start(&app.base, look).await;
    let say = |key: &str| locale::text(look.language, key);
    browser.sign_in_as(&two.office.representative).await;
    browser.visit("/").await;
    browser.tab_to(&say("incident-report-short")).await;
    browser.enter().await;
    browser.tab_to("保育所等指導監査").await;
    browser.enter().await;
    if look.scripts && !look.withheld {
        // A number that is refused doesn't stay in the browser either.
        browser.tab_to(&say("incident-summary")).await;
        browser.keys("番号は１２３４-5678 ９０１８").await;
        browser.reload().await;
        assert_eq!(browser.value(&say("incident-summary")).await, "");
    }
    browser.tab_to(&say("incident-kind")).await;
    browser.keys(&say("incident-kind-misdirected")).await;
    browser.tab_to(&say("incident-summary")).await;
    browser.keys("職員名簿を別の事業所に送った").await;
    browser.tab_to(&say("incident-persons")).await;
    browser.keys("４９").await;
    if look.scripts && !look.withheld {
        // What was typed survives a page that is lost.
        browser.reload().await;
        browser.see(&say("incident-draft-found")).await;
        assert_eq!(browser.value(&say("incident-persons")).await, "４９");
    }
    browser.tab_to(&say("incident-report-now")).await;
    browser.enter().await;
    let words = browser.words().await;
    assert!(words.contains(&say("incident-next-reporter")), "{words}");
    assert_eq!(app.acts(two.mie.id).last().unwrap(), "incident.reported");
    browser.visit(&format!("/entrustments/{}/incidents/new", two.entrustment)).await;
    assert_eq!(browser.value(&say("incident-summary")).await, "", "the draft has gone");
}

#[tokio::test]
async fn a_contractor_reports_an_incident_with_the_keyboard_alone_on_a_phone() {
    report(Look { width: 375, language: Language::Ja, scripts: true, withheld: false }).await;
}

#[tokio::test]
async fn a_contractor_reports_an_incident_with_the_keyboard_alone_without_scripts() {
    report(Look { width: 375, language: Language::En, scripts: true, withheld: true }).await;
}
