//! Where one is signed in, the notice before the end, and the form that is sent too late.

use azukari::database::Kind;
use azukari::database::schema::access_rules as t;
use azukari::web::{Language, locale};
use chrono::Duration;
use diesel::prelude::*;

use super::{Browser, Look};
use crate::app::{App, PASSWORD};

/// Lets the end come, keeps the session, is told of the last end, and sends on what was typed.
async fn walk(look: Look) {
    let app = App::spawn(Kind::Sqlite);
    let mie = app.principal("三重野県");
    diesel::insert_into(t::table)
        .values((
            t::tenant_id.eq(mie.id),
            t::idle_minutes.eq(30),
            t::session_hours.eq(1),
            t::invitation_days.eq(14),
            t::handler_second_factor.eq(true),
            t::four_eyes.eq("[]"),
            t::version.eq(1),
        ))
        .execute(&mut app.connection())
        .unwrap();
    let device = mie.officer.set_up_app(&app.clock).await;
    let browser = Browser::start(&app.base, look).await;
    let say = |key: &str| locale::text(look.language, key);
    let other = app.visitor();
    other.sign_in_with(&mie.officer.email, PASSWORD, &device).await;
    app.clock.advance(Duration::seconds(30));
    browser.sign_in_as(&mie.officer).await;
    browser.visit("/account/sessions").await;
    assert!(browser.words().await.contains(&say("session-own")));
    browser.press_and_confirm(&say("session-end-others")).await;
    assert!(browser.words().await.contains(&say("done-sessions-ended")));
    browser.visit("/sign-in/link").await;

    browser.visit("/contractors/new").await;
    browser.fill(&say("contractor-name"), "髙橋労務").await;
    if look.scripts && !look.withheld {
        assert!(!browser.words().await.contains(&say("session-keep")));
        browser.session_left(120, 3000).await;
        browser.see(&say("session-keep")).await;
        browser.press_here(&say("session-keep"), &say("session-kept")).await;
        browser.session_left(3000, 60).await;
        let soon = locale::text_with(look.language, "session-last-soon", &[("time", "|".into())]);
        browser.see(soon.rsplit('|').next().unwrap()).await;
        browser.session_left(1, 1).await;
        browser.see(&say("session-over")).await;
        assert_eq!(browser.value(&say("contractor-name")).await, "髙橋労務", "it stays");
    }
    app.clock.advance(Duration::hours(2));
    browser.press(&say("common-save")).await;
    assert!(browser.words().await.contains(&say("done-form-kept")));
    browser.fill(&say("sign-in-email"), &mie.officer.email).await;
    browser.fill(&say("sign-in-password"), PASSWORD).await;
    browser.press(&say("sign-in-button")).await;
    browser.fill(&say("second-code"), &device.code()).await;
    browser.press(&say("second-button")).await;
    assert!(browser.words().await.contains("髙橋労務"), "{}", browser.words().await);
    browser.press(&say("kept-form-send")).await;
    assert_eq!(
        browser.value(&say("contractor-name")).await,
        "髙橋労務",
        "the form, with what is missing"
    );
}

#[tokio::test]
async fn what_was_typed_survives_the_end_of_a_session() {
    walk(Look { width: 1280, language: Language::Ja, scripts: true, withheld: false }).await;
}

#[tokio::test]
async fn what_was_typed_survives_the_end_of_a_session_on_a_phone_in_english() {
    walk(Look { width: 375, language: Language::En, scripts: true, withheld: false }).await;
}

#[tokio::test]
async fn what_was_typed_survives_the_end_of_a_session_without_scripts() {
    walk(Look { width: 375, language: Language::Ja, scripts: true, withheld: true }).await;
}
