//! Passkeys as a browser's own device makes and uses them, beside an authenticator app.

use azukari::database::Kind;
use azukari::web::{Language, locale};

use super::{Browser, Look};
use crate::app::{App, PASSWORD};

/// Signs in by password, registers a passkey, and comes back with the passkey alone.
async fn walk(look: Look) {
    let app = App::connected(Kind::Sqlite);
    let officer = app.principal("三重野県").officer;
    let device = officer.set_up_app(&app.clock).await;
    let browser = Browser::start(&app.base, look).await;
    let say = |key: &str| locale::text(look.language, key);
    browser.hold_authenticator().await;

    browser.visit("/sign-in").await;
    browser.fill(&say("sign-in-email"), &officer.email).await;
    browser.fill(&say("sign-in-password"), PASSWORD).await;
    browser.press(&say("sign-in-button")).await;
    browser.fill(&say("second-code"), &device.code()).await;
    browser.press(&say("second-button")).await;

    browser.visit("/account/passkeys").await;
    // A name is asked for before the device is; what is wrong is said on the page.
    browser.press_here(&say("passkey-add"), &say("error-required")).await;
    browser.fill(&say("passkey-name"), "ノートパソコン").await;
    browser.press(&say("passkey-add")).await;
    let words = browser.words().await;
    assert!(
        words.contains(&say("done-passkey-added")) && words.contains("ノートパソコン"),
        "{words}"
    );
    // The same device again.
    browser.fill(&say("passkey-name"), "もう一つ").await;
    browser.press_here(&say("passkey-add"), &say("passkey-already")).await;

    browser.press(&say("common-sign-out")).await;
    assert_eq!(browser.path().await, "/sign-in");
    browser.press(&say("passkey-sign-in")).await;
    assert_eq!(browser.path().await, "/");
    assert!(browser.words().await.contains(&officer.name));

    // Renamed and removed.
    browser.visit("/account/passkeys").await;
    let link = browser.link("/account/passkeys/").await;
    browser.visit(&link).await;
    browser.fill(&say("passkey-name"), "古いノートパソコン").await;
    browser.press(&say("passkey-rename")).await;
    browser.visit(&link).await;
    browser.press_here(&say("passkey-remove"), &say("common-cancel")).await;
    browser.press_in_dialog(&say("passkey-remove")).await;
    assert!(browser.words().await.contains(&say("done-passkey-removed")));

    // The device still has it, the portal doesn't.
    browser.press(&say("common-sign-out")).await;
    browser.press(&say("passkey-sign-in")).await;
    assert!(browser.words().await.contains(&say("error-passkey-unfit")));
}

#[tokio::test]
async fn a_passkey_is_made_and_signs_in() {
    let language = Language::Ja;
    walk(Look { width: 1280, language, scripts: true, withheld: false }).await;
}

#[tokio::test]
async fn a_passkey_is_made_and_signs_in_on_a_narrow_screen_in_english() {
    walk(Look { width: 320, language: Language::En, scripts: true, withheld: false }).await;
}

#[tokio::test]
async fn without_scripts_the_page_says_so_and_has_other_ways() {
    let app = App::connected(Kind::Sqlite);
    let look = Look { width: 1280, language: Language::Ja, scripts: true, withheld: true };
    let browser = Browser::start(&app.base, look).await;
    browser.visit("/sign-in").await;
    browser.press("パスキーでサインイン").await;
    assert!(browser.words().await.contains("スクリプトが必要です"));
    browser.press("サインインの画面へ").await;
    assert_eq!(browser.path().await, "/sign-in");
}

#[tokio::test]
async fn the_pages_of_an_organisations_accounts_are_sound() {
    for (width, language) in [(1280, Language::Ja), (320, Language::En)] {
        let app = App::connected(Kind::Sqlite);
        let administrator = app.principal("三重野県").administrator;
        let browser =
            Browser::start(&app.base, Look { width, language, scripts: true, withheld: false })
                .await;
        let say = |key: &str| locale::text(language, key);
        browser.visit("/sign-in/organisation").await;
        browser.fill(&say("sign-in-email"), "nobody@pref.example").await;
        browser.press(&say("identity-offer-look")).await;
        assert!(browser.words().await.contains(&say("identity-offer-none")));
        browser.sign_in_as(&administrator).await;
        let provider = crate::app::Provider::start(&app.clock);
        browser.visit("/identity-provider").await;
        browser.fill(&say("identity-issuer"), &provider.issuer).await;
        browser.press(&say("identity-test")).await;
        assert!(browser.words().await.contains(&say("identity-found")));
        browser.fill(&say("identity-client-id"), "azukari").await;
        browser.fill(&say("identity-client-secret"), "secret").await;
        browser.fill(&say("identity-domains"), "pref.example").await;
        browser.press(&say("common-save")).await;
        assert!(browser.words().await.contains(&say("identity-people-none")));
    }
}
