//! An authenticator app set up, asked for, and replaced by a recovery code.

use azukari::database::Kind;
use azukari::web::{Language, locale};

use super::{Browser, Look};
use crate::app::{App, AuthenticatorApp, PASSWORD};

/// Signs in for the first time, sets up an app, and comes back with a recovery code.
async fn walk(look: Look) {
    let app = App::spawn(Kind::Sqlite);
    let officer = app.principal("三重野県").officer;
    let browser = Browser::start(&app.base, look).await;
    let say = |key: &str| locale::text(look.language, key);
    let sign_in = async || {
        browser.visit("/sign-in").await;
        browser.fill(&say("sign-in-email"), &officer.email).await;
        browser.fill(&say("sign-in-password"), PASSWORD).await;
        browser.press(&say("sign-in-button")).await;
    };
    sign_in().await;
    assert_eq!(browser.path().await, "/account/second-factor");
    assert!(browser.words().await.contains(&say("factor-needed")));
    browser.press(&say("factor-begin")).await;
    let device = AuthenticatorApp::of(&browser.text(".seed").await, &app.clock);
    browser.fill(&say("factor-code"), "000000").await;
    browser.press(&say("factor-confirm")).await;
    assert!(browser.words().await.contains(&say("factor-error-code")));
    browser.fill(&say("factor-code"), &device.code()).await;
    browser.press(&say("factor-confirm")).await;
    assert!(browser.words().await.contains(&say("recovery-once")));
    let code = browser.text(".codes code").await;
    browser.press(&say("recovery-kept")).await;
    assert_eq!(browser.path().await, "/");

    browser.visit("/account").await;
    browser.press(&say("common-sign-out")).await;
    sign_in().await;
    assert_eq!(browser.path().await, "/sign-in/second");
    browser.fill(&say("second-code"), &code).await;
    browser.press(&say("second-button")).await;
    assert_eq!(browser.path().await, "/");

    // What hands out everything asks again, some time later.
    app.clock.advance(chrono::Duration::minutes(16));
    browser.visit("/account/passkeys").await;
    assert_eq!(browser.path().await, "/step-up");
    browser.fill(&say("second-code"), &device.code()).await;
    browser.press(&say("step-up-button")).await;
    assert_eq!(browser.path().await, "/account/passkeys");
}

#[tokio::test]
async fn an_app_is_set_up_and_a_recovery_code_stands_in() {
    walk(Look { width: 1280, language: Language::Ja, scripts: true, withheld: false }).await;
}

#[tokio::test]
async fn the_same_on_a_phone_without_scripts() {
    walk(Look { width: 375, language: Language::En, scripts: true, withheld: true }).await;
}
