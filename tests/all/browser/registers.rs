//! The registers as their people keep them: a holding abroad, a sub-entrustment, the last disposal.

use azukari::database::Kind;
use azukari::entrustment::EntrustmentId;
use azukari::web::{Language, locale};

use super::{Browser, Look};
use crate::app::{App, Person, entrustment};
use crate::disposal::steps::held;
use crate::sub_entrustment::steps::joined;

const LOOK: Look = Look { width: 1280, language: Language::Ja, scripts: true, withheld: false };

fn say(key: &str) -> String {
    locale::text(LOOK.language, key)
}

async fn signed_in(app: &App, person: &Person, path: &str) -> Browser {
    let browser = Browser::start(&app.base, LOOK).await;
    browser.sign_in_as(person).await;
    browser.visit(path).await;
    browser
}

async fn fill(browser: &Browser, fields: &[(&str, &str)]) {
    for (label, text) in fields {
        browser.fill(&say(label), text).await;
    }
}

#[tokio::test]
async fn a_contractor_who_enters_a_holding_abroad_is_warned_before_it_is_saved() {
    let app = App::spawn(Kind::Sqlite);
    let mie = app.principal("三重野県");
    let contractor = app.joined_contractor(&mie, "髙橋");
    let id = app.entrustment(&mie, &entrustment(contractor.id, mie.division, "1", "監査"));
    let home = format!("/entrustments/{id}/holdings");
    let browser = signed_in(&app, &contractor.representative, &format!("{home}/new")).await;
    browser.tick("給与").await;
    browser.tick_in(&say("holding-kind"), &say("holding-kind-original")).await;
    browser.tick_in(&say("holding-place"), &say("place-office")).await;
    browser.choose(&say("holding-country"), "シンガポール（SG）").await;
    browser.tick_in(&say("holding-medium"), &say("medium-server")).await;
    browser.tick_in(&say("holding-encryption"), &say("holding-encryption-at_rest")).await;
    let fields = [
        ("holding-persons", "10"),
        ("holding-place-detail", "保守拠点"),
        ("holding-starts-on", "R8.4.1"),
    ];
    fill(&browser, &fields).await;
    browser.press(&say("common-save")).await;
    let words = browser.words().await;
    assert!(words.contains(&say("rule-warnings-title")), "{words}");
    assert!(words.contains(&say("rule-country-title")));
    assert_eq!(browser.path().await, home, "nothing is saved yet");
    assert!(mie.officer.get(&home).await.attributes("tbody th a", "href").is_empty());
    browser.tick(&say("rule-fact")).await;
    browser.press(&say("common-save")).await;
    browser.see("シンガポール（SG）").await;
    assert_eq!(mie.officer.get(&home).await.attributes("tbody th a", "href").len(), 1);
}

/// Applies for a sub-entrustment to `name` until 31 December; gives the application's address.
async fn apply(app: &App, person: &Person, list: &str, name: &str, email: &str) -> String {
    let browser = signed_in(app, person, &format!("{list}/new")).await;
    browser.tick("給与").await;
    let fields = [
        ("sub-entrustment-name", name),
        ("sub-entrustment-address", "三重野県津島市2-2"),
        ("sub-entrustment-representative", "磯部 𠮷男"),
        ("sub-entrustment-email", email),
        ("sub-entrustment-phone", "059-000-1111"),
        ("sub-entrustment-reason", "封入の設備がないため"),
        ("sub-entrustment-scope", "通知の印字と封入"),
        ("sub-entrustment-persons", "10"),
        ("sub-entrustment-starts-on", "令和8年6月1日"),
        ("sub-entrustment-ends-on", "令和8年12月31日"),
        ("sub-entrustment-place", "津島市の作業所"),
        ("sub-entrustment-country", "JP"),
        ("sub-entrustment-safety", "施錠した部屋で扱う"),
        ("sub-entrustment-supervision", "月に一度確かめる"),
    ];
    fill(&browser, &fields).await;
    browser.press(&say("sub-entrustment-send")).await;
    browser.see(name).await;
    browser.path().await
}

/// Approves an application until the day that it asks for.
async fn approve(app: &App, person: &Person, application: &str) {
    let browser = signed_in(app, person, &format!("{application}/decision")).await;
    browser
        .tick_in(&say("sub-entrustment-decision"), &say("sub-entrustment-verdict-approved"))
        .await;
    fill(&browser, &[("sub-entrustment-permitted-until", "令和8年12月31日")]).await;
    browser
        .tick_in(&say("sub-entrustment-further-rule"), &say("sub-entrustment-with_approval"))
        .await;
    browser.press(&say("sub-entrustment-decide-save")).await;
}

#[tokio::test]
async fn a_sub_entrustment_is_applied_for_approved_and_seen_two_tiers_up() {
    let app = App::spawn(Kind::Sqlite);
    let mie = app.principal("三重野県");
    let contractor = app.joined_contractor(&mie, "髙橋");
    let id: EntrustmentId =
        app.entrustment(&mie, &entrustment(contractor.id, mie.division, "令8子-1", "監査"));
    let home = format!("/entrustments/{id}");
    let first = &contractor.representative;
    let list = format!("{home}/sub-entrustments");
    let application = apply(&app, first, &list, "有限会社いそべ印刷", "isobe@print.example").await;
    approve(&app, &mie.administrator, &application).await;

    let second = joined(&app, &mie.officer, &application).await;
    let below = second.get("/entrustments").await.attributes("tbody th a", "href").remove(0);
    let list = format!("{below}/sub-entrustments");
    let further = apply(&app, &second, &list, "伊吹発送", "ibuki@post.example").await;
    approve(&app, &mie.administrator, &further).await;
    for person in [&mie.officer, first] {
        let shown = signed_in(&app, person, &home).await;
        shown.see("有限会社いそべ印刷").await;
        shown.see("伊吹発送").await;
    }
}

#[tokio::test]
async fn an_entrustment_closes_after_the_disposal_of_its_last_holding_and_not_before() {
    let app = App::spawn(Kind::Sqlite);
    let held = held(&app, 1);
    let officer = signed_in(&app, &held.mie.officer, &format!("{}/closing", held.home)).await;
    assert!(officer.words().await.contains(&say("closing-hindered")));
    assert!(!officer.words().await.contains(&say("closing-propose")));

    let new = format!("{}/disposals/new", held.home);
    let contractor = signed_in(&app, held.person(), &new).await;
    let labels = held.person().get(&new).await.texts("label[for^='holdings']");
    contractor.tick(&labels[0]).await;
    contractor.tick(&say("disposal-kind-erased")).await;
    contractor.choose(&say("disposal-method"), &say("disposal-method-overwrite")).await;
    let fields = [
        ("disposal-quantity", "ノートパソコン1台"),
        ("disposal-done-on", "令和8年4月1日"),
        ("disposal-performed-by", "𠮷田 実"),
        ("disposal-backups", "同じ日に消去した"),
        ("disposal-subs", "なし"),
    ];
    fill(&contractor, &fields).await;
    contractor.press(&say("common-save-and-continue")).await;
    let attested = [("disposal-attested-title", "所長"), ("disposal-attested-name", "髙橋 𠮷之助")];
    fill(&contractor, &attested).await;
    contractor.tick(&say("disposal-consent")).await;
    contractor.press(&say("disposal-attest")).await;
    let disposal = contractor.path().await;

    officer.reload().await;
    assert!(!officer.words().await.contains(&say("closing-propose")), "attested is not accepted");
    officer.visit(&disposal).await;
    officer.tick(&say("disposal-verdict-accept")).await;
    officer.press(&say("disposal-decide")).await;
    officer.visit(&format!("{}/closing", held.home)).await;
    assert!(officer.words().await.contains(&say("closing-ready")));
    officer.press(&say("closing-propose")).await;
    officer.see(&say("closing-proposed-title")).await;
    let approver = signed_in(&app, &held.mie.approver, &format!("{}/closing", held.home)).await;
    approver.press(&say("closing-do")).await;
    officer.visit(&held.home).await;
    officer.see(&say("closing-closed")).await;
}
