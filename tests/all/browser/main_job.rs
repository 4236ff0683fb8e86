//! The main job as an officer does it.

use azukari::database::Kind;
use azukari::web::{Language, locale};

use super::{Browser, Look};
use crate::app::{App, PASSWORD};

/// An officer signs in, registers a contractor and an entrustment, and finds both again.
async fn register(look: Look) {
    let app = App::spawn(Kind::Sqlite);
    let officer = app.principal("三重野県").officer;
    let browser = Browser::start(&app.base, look).await;
    let say = |key: &str| locale::text(look.language, key);

    browser.visit("/contractors").await;
    assert_eq!(browser.path().await, "/sign-in");
    browser.press(&say("sign-in-button")).await;
    browser.fill(&say("sign-in-email"), &officer.email).await;
    browser.fill(&say("sign-in-password"), PASSWORD).await;
    browser.press(&say("sign-in-button")).await;
    assert_eq!(browser.path().await, "/contractors");

    browser.press(&say("contractor-register")).await;
    browser.press(&say("common-save")).await;
    assert!(browser.words().await.contains(&say("common-error-title")));
    browser.tick(&say("kind-sole_proprietor")).await;
    for (label, text) in [
        ("contractor-name", "髙橋﨑𠮷社会保険労務士事務所"),
        ("contractor-kana", "タカハシシャカイホケンロウムシジムショ"),
        ("contractor-postcode", "5140001"),
        ("contractor-address", "三重野県津島市1-1"),
        ("contractor-person-in-charge", "髙橋 𠮷之助"),
        ("contractor-email", "takahashi@sr.example"),
        ("contractor-phone", "059-000-0000"),
        ("contractor-isms-until", "令和9年3月31日"),
    ] {
        browser.fill(&say(label), text).await;
    }
    browser.press(&say("common-save")).await;
    assert!(browser.words().await.contains("髙橋﨑𠮷社会保険労務士事務所"));
    browser.press(&say("contractor-invite")).await;
    assert!(browser.words().await.contains(&say("done-invited")));
    assert_eq!(app.mails().len(), 1);

    browser.press(&say("entrustment-register")).await;
    browser.fill(&say("entrustment-number"), "令8子-12").await;
    browser.fill(&say("entrustment-title"), "保育所等監査業務委託").await;
    browser.choose(&say("entrustment-division"), "子ども課").await;
    browser.fill(&say("entrustment-purpose"), "保育所等の監査における賃金台帳等の確認").await;
    browser.fill(&say("entrustment-starts-on"), "令和8年4月1日").await;
    browser.fill(&say("entrustment-ends-on"), "令和1年4月30日").await;
    browser.fill(&say("entrustment-erase-by"), "2027-04-30").await;
    browser.fill(&say("entrustment-persons"), "49").await;
    let item = |n: i64| locale::text_with(look.language, "entrustment-item-n", &[("n", n.into())]);
    browser.fill(&item(1), "給与").await;
    browser.fill(&item(2), "学歴").await;
    browser.press(&say("common-save")).await;
    assert!(browser.words().await.contains(&say("error-date-outside-era")));
    browser.fill(&say("entrustment-ends-on"), "R9.3.31").await;
    browser.press(&say("common-save")).await;
    assert!(browser.words().await.contains(&say("done-saved")));
    assert!(browser.words().await.contains("学歴"));
    browser.press(&say("entrustment-history-all")).await;

    browser.press(&say("nav-entrustments")).await;
    browser.fill(&say("entrustment-search"), "保育所").await;
    browser.press(&say("common-filter-apply")).await;
    assert!(browser.words().await.contains("令8子-12"));
    browser.press(&say("nav-contractors")).await;
    browser.press(&say("common-sign-out")).await;
    assert_eq!(browser.path().await, "/sign-in");
    browser.visit("/nothing-here").await;
}

#[tokio::test]
async fn an_officer_registers_on_a_wide_screen_in_japanese() {
    register(Look { width: 1280, language: Language::Ja, scripts: true }).await;
}

#[tokio::test]
async fn an_officer_registers_on_a_narrow_screen_in_japanese() {
    register(Look { width: 375, language: Language::Ja, scripts: true }).await;
}

#[tokio::test]
async fn an_officer_registers_on_a_wide_screen_in_english() {
    register(Look { width: 1280, language: Language::En, scripts: true }).await;
}

#[tokio::test]
async fn an_officer_registers_on_a_narrow_screen_in_english() {
    register(Look { width: 375, language: Language::En, scripts: true }).await;
}

#[tokio::test]
async fn an_officer_registers_without_scripts() {
    register(Look { width: 1280, language: Language::Ja, scripts: false }).await;
}
