//! The main job as an officer, a contractor and an auditor do it.

use std::cell::RefCell;
use std::collections::BTreeMap;

use azukari::database::Kind;
use azukari::web::{Language, locale};

use super::questions::{EVIDENCE, QUESTIONNAIRE, publish};
use super::{Browser, Look};
use crate::app::{App, AuthenticatorApp, PASSWORD, Person, Principal};

const CONTRACTOR: &str = "takahashi@sr.example";
const ENTRUSTMENT: &str = "保育所等監査業務委託";

/// A portal, the people of a principal, and the browser in which all of them work in turn.
struct Walk {
    app: App,
    principal: Principal,
    browser: Browser,
    look: Look,
    /// The authenticator apps of those who have set one up, by mail address.
    devices: RefCell<BTreeMap<String, AuthenticatorApp>>,
}

impl Walk {
    async fn start(look: Look) -> Self {
        let app = App::spawn(Kind::Sqlite);
        let principal = app.principal("三重野県");
        publish(&app, principal.id);
        let mut devices = BTreeMap::new();
        for person in [&principal.officer, &principal.auditor] {
            devices.insert(person.email.clone(), person.set_up_app(&app.clock).await);
        }
        let browser = Browser::start(&app.base, look).await;
        Self { app, principal, browser, look, devices: RefCell::new(devices) }
    }

    fn say(&self, key: &str) -> String {
        locale::text(self.look.language, key)
    }

    fn say_n(&self, key: &str, name: &str, n: i64) -> String {
        locale::text_with(self.look.language, key, &[(name, n.into())])
    }

    async fn press(&self, key: &str) {
        self.browser.press(&self.say(key)).await;
    }

    async fn fill(&self, key: &str, text: &str) {
        self.browser.fill(&self.say(key), text).await;
    }

    async fn shows(&self, key: &str) {
        let (words, expected) = (self.browser.words().await, self.say(key));
        let path = self.browser.path().await;
        assert!(words.contains(&expected), "{expected} is not on {path}: {words}");
    }

    async fn sign_in(&self, email: &str) {
        assert_eq!(self.browser.path().await, "/sign-in");
        self.fill("sign-in-email", email).await;
        self.fill("sign-in-password", PASSWORD).await;
        self.press("sign-in-button").await;
        let code = self.devices.borrow()[email].code();
        self.fill("second-code", &code).await;
        self.press("second-button").await;
        // A code counts once.
        self.app.clock.advance(chrono::Duration::seconds(30));
    }

    /// Whoever comes for the first time sets up an authenticator app.
    async fn set_up_app(&self, email: &str) {
        assert_eq!(self.browser.path().await, "/account/second-factor");
        self.press("factor-begin").await;
        let device = AuthenticatorApp::of(&self.browser.text(".seed").await, &self.app.clock);
        self.fill("factor-code", &device.code()).await;
        self.press("factor-confirm").await;
        self.app.clock.advance(chrono::Duration::seconds(30));
        self.devices.borrow_mut().insert(email.to_owned(), device);
        self.press("recovery-kept").await;
    }

    async fn sign_out(&self) {
        self.press("common-sign-out").await;
        assert_eq!(self.browser.path().await, "/sign-in");
    }

    async fn home(&self, person: &Person) {
        self.sign_in(&person.email).await;
        self.browser.visit("/").await;
    }

    /// The officer signs in and registers a contractor.
    async fn register_contractor(&self) {
        self.browser.visit("/contractors").await;
        assert_eq!(self.browser.path().await, "/sign-in");
        self.press("sign-in-button").await;
        self.sign_in(&self.principal.officer.email).await;
        assert_eq!(self.browser.path().await, "/contractors");
        self.press("contractor-register").await;
        self.press("common-save").await;
        self.shows("common-error-title").await;
        self.browser.tick(&self.say("kind-sole_proprietor")).await;
        for (label, text) in [
            ("contractor-name", "髙橋﨑𠮷社会保険労務士事務所"),
            ("contractor-kana", "タカハシシャカイホケンロウムシジムショ"),
            ("contractor-postcode", "5140001"),
            ("contractor-address", "三重野県津島市1-1"),
            ("contractor-person-in-charge", "髙橋 𠮷之助"),
            ("contractor-email", CONTRACTOR),
            ("contractor-phone", "059-000-0000"),
            ("contractor-isms-until", "令和9年3月31日"),
        ] {
            self.fill(label, text).await;
        }
        self.press("common-save").await;
        assert!(self.browser.words().await.contains("髙橋﨑𠮷社会保険労務士事務所"));
        self.press("contractor-invite").await;
        self.shows("done-invited").await;
        assert_eq!(self.app.last_mail("invitation").to_address, CONTRACTOR);
    }

    /// The officer registers an entrustment to the contractor that is shown.
    async fn register_entrustment(&self) {
        self.press("entrustment-register").await;
        self.fill("entrustment-number", "令8子-12").await;
        self.fill("entrustment-title", ENTRUSTMENT).await;
        self.browser.choose(&self.say("entrustment-division"), "子ども課").await;
        self.fill("entrustment-purpose", "保育所等の監査における賃金台帳等の確認").await;
        self.fill("entrustment-starts-on", "令和8年4月1日").await;
        self.fill("entrustment-ends-on", "令和1年4月30日").await;
        self.fill("entrustment-erase-by", "2027-04-30").await;
        self.fill("entrustment-persons", "49").await;
        self.browser.fill(&self.say_n("entrustment-item-n", "n", 1), "給与").await;
        self.browser.fill(&self.say_n("entrustment-item-n", "n", 2), "学歴").await;
        self.press("common-save").await;
        self.shows("error-date-outside-era").await;
        self.fill("entrustment-ends-on", "R9.3.31").await;
        self.press("common-save").await;
        self.shows("done-saved").await;
        assert!(self.browser.words().await.contains("学歴"));
    }

    /// The officer looks around in the lists.
    async fn look_around(&self) {
        self.press("entrustment-history-all").await;
        self.press("nav-entrustments").await;
        self.fill("entrustment-search", "保育所").await;
        self.press("common-filter-apply").await;
        assert!(self.browser.words().await.contains("令8子-12"));
        self.press("nav-contractors").await;
        self.sign_out().await;
        self.browser.visit("/nothing-here").await;
    }

    /// The officer dispatches the questionnaire to the entrustment that is shown.
    async fn dispatch(&self) {
        self.press("questionnaire-dispatch-link").await;
        self.press("questionnaire-dispatch-to-check").await;
        self.shows("common-error-title").await;
        let version = [("title", QUESTIONNAIRE.into()), ("version", "1".into())];
        let key = "questionnaire-template-version";
        self.browser.tick(&locale::text_with(self.look.language, key, &version)).await;
        self.fill("questionnaire-deadline", "令和8年5月29日").await;
        self.fill("questionnaire-message", "よろしくお願いします。").await;
        self.press("questionnaire-dispatch-to-check").await;
        self.browser.press(&self.say_n("questionnaire-dispatch-send", "count", 1)).await;
        self.shows("done-dispatched").await;
        self.browser.press(QUESTIONNAIRE).await;
        self.shows("seal-none").await;
        self.browser.visit("/").await;
        self.sign_out().await;
    }

    /// The contractor sets a password by the link of the invitation.
    async fn join(&self) {
        self.browser.visit(&self.app.link_in_last_mail()).await;
        self.press("invitation-accept").await;
        self.shows("common-error-title").await;
        self.fill("member-name", "髙橋 𠮷之助").await;
        self.fill("invitation-password", PASSWORD).await;
        self.fill("invitation-password-again", PASSWORD).await;
        self.press("invitation-accept").await;
        self.set_up_app(CONTRACTOR).await;
        self.browser.visit("/").await;
    }

    /// The contractor answers all questions, with one file.
    async fn answer(&self) {
        self.browser.press(ENTRUSTMENT).await;
        self.press("response-next-start").await;
        self.press("common-save-and-continue").await;
        self.shows("common-error-title").await;
        self.browser.tick(&self.say("common-yes")).await;
        self.press("common-save-and-continue").await;
        self.browser.tick("責任者").await;
        self.fill("response-remark", "名簿を年に1回見直します。").await;
        self.press("common-save-and-continue").await;
        self.fill("response-answer", "百").await;
        self.press("common-save-and-continue").await;
        self.shows("common-error-title").await;
        self.fill("response-answer", "72").await;
        self.press("common-save-and-continue").await;
        self.press("response-next-continue").await;
        self.write_text().await;
        self.press("common-save-and-continue").await;
        self.attach().await;
        self.browser.tick(&self.say("common-yes")).await;
        self.press("common-save-and-continue").await;
    }

    /// What is typed stays, also when the page is opened again before it was saved by the button.
    async fn write_text(&self) {
        let (label, text) = (self.say("response-answer"), "施錠できる書庫に置いています。");
        self.browser.fill(&label, text).await;
        if self.look.scripts && !self.look.withheld {
            let saved = self.say("common-autosave-saved");
            let (before, after) = saved.split_once("{time}").unwrap();
            self.browser.see(if before.trim().is_empty() { after } else { before }.trim()).await;
            self.browser.reload().await;
            assert_eq!(self.browser.value(&label).await, text);
        }
    }

    async fn attach(&self) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(EVIDENCE);
        std::fs::write(&file, "研修の記録\n令和8年4月1日\n").unwrap();
        self.browser.attach(&self.say("response-evidence-file"), &file).await;
        let (button, done) = (self.say("response-evidence-add"), self.say("done-evidence-added"));
        self.browser.press_here(&button, &done).await;
        assert!(self.browser.words().await.contains(EVIDENCE));
    }

    /// The contractor checks the answers and attests them.
    async fn attest(&self) {
        self.press("response-next-check").await;
        self.press("attestation-submit").await;
        self.shows("common-error-title").await;
        self.fill("attestation-person-title", "所長").await;
        self.fill("attestation-name", "髙橋 𠮷之助").await;
        self.browser.tick(&self.say("attestation-consent")).await;
        self.press("attestation-submit").await;
        self.shows("attestation-done-banner").await;
        self.press("response-to-tasks").await;
        self.shows("response-submitted-title").await;
        self.sign_out().await;
    }

    /// The officer returns the third answer and accepts the others.
    async fn return_one(&self) {
        self.home(&self.principal.officer).await;
        self.browser.press(ENTRUSTMENT).await;
        self.press("review-finish").await;
        self.shows("common-error-title").await;
        let (third, back) =
            (self.say_n("review-decision-n", "number", 3), "review-decision-returned");
        self.browser.tick_in(&third, &self.say(back)).await;
        let comment = self.say_n("review-comment-n", "number", 3);
        self.browser.fill(&comment, "24時間以内にしてください。").await;
        self.press("review-accept-rest").await;
        self.press("review-finish").await;
        self.shows("done-returned").await;
        self.sign_out().await;
    }

    /// The contractor answers what was returned and attests again.
    async fn answer_again(&self) {
        self.sign_in(CONTRACTOR).await;
        self.browser.visit("/").await;
        self.shows("home-group-returned").await;
        self.browser.press(ENTRUSTMENT).await;
        self.press("response-next-again").await;
        assert!(self.browser.words().await.contains("24時間以内にしてください。"));
        self.fill("response-answer", "24").await;
        self.press("common-save-and-continue").await;
        self.attest().await;
    }

    /// The officer accepts all answers, and the questionnaire is done.
    async fn accept(&self) {
        self.home(&self.principal.officer).await;
        self.browser.press(ENTRUSTMENT).await;
        self.press("rounds-open").await;
        self.browser.press(QUESTIONNAIRE).await;
        self.press("review-accept-rest").await;
        self.press("review-finish").await;
        self.shows("done-approved").await;
    }

    /// The officer issues the audit record; the auditor reads it and changes nothing.
    async fn record(&self) {
        self.browser.press(ENTRUSTMENT).await;
        self.press("record-issue").await;
        self.shows("record-done-issued").await;
        let (page, record) = (self.browser.path().await, self.browser.link("/records/").await);
        assert!(self.principal.officer.get(&record).await.body.starts_with("%PDF"));
        self.sign_out().await;
        let auditor = &self.principal.auditor;
        let entrustment = page.rsplit('/').next().unwrap().parse().unwrap();
        let span = ("2026-04-01", "2027-03-31");
        self.app.open_to(auditor, self.principal.id, entrustment, span);
        self.home(auditor).await;
        self.browser.visit(&page).await;
        assert_eq!(self.browser.link("/records/").await, record);
        let words = self.browser.words().await;
        assert!(!words.contains(&self.say("questionnaire-dispatch-link")));
        assert!(auditor.get(&record).await.body.starts_with("%PDF"));
        assert_eq!(auditor.get(&format!("{page}/edit")).await.status, 403);
        assert_eq!(auditor.get("/questionnaires/dispatch/new").await.status, 403);
        self.browser.press(QUESTIONNAIRE).await;
        self.press("rounds-open").await;
    }
}

/// An officer signs in, registers a contractor and an entrustment, and finds both again.
async fn register(look: Look) {
    let walk = Walk::start(look).await;
    walk.register_contractor().await;
    walk.register_entrustment().await;
    walk.look_around().await;
}

/// From the registration to the audit record.
async fn main_job(look: Look) {
    let walk = Walk::start(look).await;
    walk.register_contractor().await;
    walk.register_entrustment().await;
    walk.dispatch().await;
    walk.join().await;
    walk.answer().await;
    walk.attest().await;
    walk.return_one().await;
    walk.answer_again().await;
    walk.accept().await;
    walk.record().await;
}

#[tokio::test]
async fn the_main_job_is_done_on_a_wide_screen_in_japanese() {
    main_job(Look { width: 1280, language: Language::Ja, scripts: true, withheld: false }).await;
}

#[tokio::test]
async fn the_main_job_is_done_on_a_narrow_screen_in_english() {
    main_job(Look { width: 375, language: Language::En, scripts: true, withheld: false }).await;
}

#[tokio::test]
async fn the_main_job_is_done_without_scripts() {
    main_job(Look { width: 1280, language: Language::Ja, scripts: false, withheld: false }).await;
}

#[tokio::test]
async fn every_page_of_the_main_job_is_accessible_without_its_scripts() {
    let look = Look { width: 375, language: Language::Ja, scripts: true, withheld: true };
    main_job(look).await;
}

#[tokio::test]
async fn an_officer_registers_on_a_narrow_screen_in_japanese() {
    register(Look { width: 375, language: Language::Ja, scripts: true, withheld: false }).await;
}

#[tokio::test]
async fn an_officer_registers_on_a_wide_screen_in_english() {
    register(Look { width: 1280, language: Language::En, scripts: true, withheld: false }).await;
}
