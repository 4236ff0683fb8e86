//! The registers as their people keep them: a holding abroad, a sub-entrustment, the last disposal.

use azukari::database::Kind;
use azukari::entrustment::EntrustmentId;
use azukari::web::{Language, locale};

use super::{Browser, Look};
use crate::app::{App, PASSWORD, Person, entrustment};
use crate::disposal::steps::{dispose, held};

const LOOK: Look = Look { width: 1280, language: Language::Ja, scripts: true, withheld: false };

fn say(key: &str) -> String {
    locale::text(LOOK.language, key)
}

async fn signed_in(app: &App, person: &Person, path: &str) -> Browser {
    let browser = Browser::start(&app.base, LOOK).await;
    browser.visit("/sign-in").await;
    browser.fill(&say("sign-in-email"), &person.email).await;
    browser.fill(&say("sign-in-password"), PASSWORD).await;
    browser.press(&say("sign-in-button")).await;
    browser.visit(path).await;
    browser.check().await;
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

#[tokio::test]
async fn a_sub_entrustment_is_applied_for_approved_and_seen_by_who_stands_above() {
    let app = App::spawn(Kind::Sqlite);
    let mie = app.principal("三重野県");
    let contractor = app.joined_contractor(&mie, "髙橋");
    let id: EntrustmentId =
        app.entrustment(&mie, &entrustment(contractor.id, mie.division, "令8子-1", "監査"));
    let list = format!("/entrustments/{id}/sub-entrustments");
    let browser = signed_in(&app, &contractor.representative, &format!("{list}/new")).await;
    browser.tick("給与").await;
    let fields = [
        ("sub-entrustment-name", "有限会社いそべ印刷"),
        ("sub-entrustment-address", "三重野県津島市2-2"),
        ("sub-entrustment-representative", "磯部 𠮷男"),
        ("sub-entrustment-email", "isobe@print.example"),
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
    browser.see("有限会社いそべ印刷").await;
    let application = browser.path().await;
    let approver = signed_in(&app, &mie.administrator, &format!("{application}/decision")).await;
    approver
        .tick_in(&say("sub-entrustment-decision"), &say("sub-entrustment-verdict-approved"))
        .await;
    fill(&approver, &[("sub-entrustment-permitted-until", "令和8年12月31日")]).await;
    approver
        .tick_in(&say("sub-entrustment-further-rule"), &say("sub-entrustment-with_approval"))
        .await;
    approver.press(&say("sub-entrustment-decide-save")).await;
    for person in [&mie.officer, &contractor.representative] {
        let shown = signed_in(&app, person, &format!("/entrustments/{id}")).await;
        shown.see("有限会社いそべ印刷").await;
    }
}

#[tokio::test]
async fn an_entrustment_closes_after_the_disposal_of_its_last_holding_and_not_before() {
    let app = App::spawn(Kind::Sqlite);
    let held = held(&app, 1);
    let browser = signed_in(&app, &held.mie.officer, &format!("{}/closing", held.home)).await;
    assert!(browser.words().await.contains(&say("closing-hindered")));
    assert!(!browser.words().await.contains(&say("closing-do")));
    dispose(&held, &[&held.holdings[0]], &[]).await;
    browser.reload().await;
    assert!(browser.words().await.contains(&say("closing-ready")));
    browser.press(&say("closing-do")).await;
    browser.visit(&held.home).await;
    browser.see(&say("closing-closed")).await;
}
