//! An auditor's access: named by an officer, approved by another, open until midnight.

use azukari::database::Kind;
use azukari::web::{Language, locale};

use super::{Browser, Look};
use crate::app::{App, Person};
use crate::auditor_access::steps::{audited, jst};

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

#[tokio::test]
async fn an_auditors_access_ends_at_midnight_by_japans_time() {
    let app = App::spawn(Kind::Sqlite);
    let of = audited(&app);
    let officer = signed_in(&app, &of.mie.officer, &of.home).await;
    officer.visit(&format!("{}/auditor-access/new", of.home)).await;
    officer.choose(&say("auditor-access-auditor"), &of.auditor.name).await;
    officer.fill(&say("auditor-access-from-on"), "令和8年4月1日").await;
    officer.fill(&say("auditor-access-until-on"), "令和8年4月2日").await;
    officer.fill(&say("auditor-access-purpose"), "令和8年度 定期監査").await;
    officer.press(&say("auditor-access-ask")).await;
    officer.see(&say("auditor-access-standing-asked")).await;
    let access = officer.path().await;

    let approver = signed_in(&app, &of.mie.approver, &access).await;
    approver.tick(&say("auditor-access-decision-granted")).await;
    approver.press(&say("auditor-access-decide")).await;
    approver.see(&say("auditor-access-standing-in-force")).await;

    app.clock.set(jst((2026, 4, 2), 23, 30));
    app.comes_back(&of.auditor);
    let auditor = signed_in(&app, &of.auditor, "/auditor-access").await;
    auditor.see("保育所等監査業務委託").await;
    auditor.visit(&of.home).await;
    auditor.see("令8子-12").await;
    app.clock.set(jst((2026, 4, 2), 23, 59));
    auditor.reload().await;
    auditor.see("令8子-12").await;

    app.clock.set(jst((2026, 4, 3), 0, 0));
    auditor.reload().await;
    auditor.see(&say("error-404-heading")).await;
    assert!(!auditor.words().await.contains("令8子-12"));
    auditor.visit("/auditor-access").await;
    auditor.see(&say("auditor-access-standing-past")).await;
    assert!(!auditor.words().await.contains("保育所等監査業務委託"));
}
