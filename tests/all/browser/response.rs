//! What follows a first report, in the browser to its end: somebody to whom data went wrongly confirms
//! in writing, the persons concerned are notified, the cause is found, and the incident is closed.

use azukari::database::Kind;
use azukari::web::{Language, locale};

use super::{Browser, Look};
use crate::app::App;
use crate::handover::two;
use crate::incident::assessment::released;
use crate::incident::plan::{opened, settled};

/// A browser on one incident, by the words of its language.
struct Response {
    browser: Browser,
    language: Language,
    incident: String,
}

impl Response {
    fn say(&self, key: &str) -> String {
        locale::text(self.language, key)
    }

    async fn visit(&self, part: &str) {
        self.browser.visit(&format!("{}{part}", self.incident)).await;
    }

    async fn press(&self, key: &str) {
        self.browser.press(&self.say(key)).await;
    }

    async fn fill(&self, key: &str, text: &str) {
        self.browser.fill(&self.say(key), text).await;
    }

    async fn choose(&self, question: &str, answer: &str) {
        self.browser.tick_in(&self.say(question), &self.say(answer)).await;
    }

    /// A form that lacks something is shown again, with what was typed.
    async fn refused(&self, button: &str, (typed, text): (&str, &str)) {
        self.fill(typed, text).await;
        self.press(button).await;
        let words = self.browser.words().await;
        assert!(words.contains(&self.say("common-error-title")), "{words}");
        assert_eq!(self.browser.value(&self.say(typed)).await, text, "what was typed stays");
    }

    async fn sees(&self, key: &str) {
        let words = self.browser.words().await;
        assert!(words.contains(&self.say(key)), "{key} is not in {words}");
    }

    /// Registers somebody to whom data went wrongly, enters that it was called, and sends a link.
    async fn chase(&self) {
        self.visit("/wrong-recipients").await;
        self.press("incident-wrong-new-title").await;
        self.refused("incident-wrong-register", ("incident-wrong-name", "三重野商事")).await;
        let way = self.say("incident-wrong-way-mail");
        self.browser.choose(&self.say("incident-wrong-way"), &way).await;
        self.fill("incident-wrong-email", "soumu@mieno.example").await;
        self.press("incident-wrong-register").await;
        self.choose("incident-wrong-asked-way", "incident-wrong-contact-call").await;
        self.press("incident-wrong-ask").await;
        self.browser.unfold(&self.say("incident-wrong-link-title")).await;
        self.press("incident-wrong-link-send").await;
        self.sees("done-incident-wrong-link-sent").await;
    }

    /// Whoever the link was sent to says that all is deleted; it isn't signed in.
    async fn confirm(&self, link: &str) {
        self.browser.visit(link).await;
        self.choose("incident-wrong-seen", "incident-wrong-seen-unseen").await;
        self.choose("incident-wrong-kept", "incident-wrong-kept-deleted").await;
        self.choose("incident-wrong-passed-on", "incident-wrong-passed-on-no").await;
        let signer = "三重野商事 総務課";
        self.refused("incident-wrong-confirm", ("incident-wrong-signer", signer)).await;
        self.browser.tick(&self.say("incident-wrong-agreed")).await;
        self.press("incident-wrong-confirm").await;
        self.sees("incident-wrong-thanks-done").await;
    }

    /// Notifies all persons concerned by letters.
    async fn notify(&self, persons: &str) {
        self.visit("/persons").await;
        self.press("incident-person-add").await;
        self.refused("common-save", ("incident-person-label", "職員")).await;
        self.fill("incident-person-persons", persons).await;
        self.browser.tick(&self.say("incident-person-data-name")).await;
        self.choose("incident-person-way", "incident-person-way-letter").await;
        self.press("common-save").await;
        self.browser.press("職員").await;
        self.press("incident-person-write").await;
        self.refused("common-save", ("incident-person-cause-item", "")).await;
        self.fill("incident-person-cause-item", "宛先を手で入力しました。").await;
        self.press("common-save").await;
        self.sees("done-incident-notice-written").await;
        self.refused("incident-person-progress-now", ("incident-person-note", "発送")).await;
        self.fill("incident-person-sent", persons).await;
        self.press("incident-person-progress-now").await;
        self.sees("incident-person-step-done").await;
        self.refused("incident-person-settlement-now", ("incident-person-reference", "令8示-1"))
            .await;
        self.browser.fill(&self.say("incident-person-settled"), "1").await;
        self.fill("incident-person-yen", "５,０００").await;
        self.press("incident-person-settlement-now").await;
        self.sees("done-incident-persons-settled").await;
    }

    /// Finds the cause, raises an action, and looks at similar entrustments.
    async fn prevent(&self) {
        self.visit("/cause").await;
        self.press("incident-cause-edit-title").await;
        self.refused("common-save", ("incident-cause-why-1", "宛先を手で入力した")).await;
        self.choose("incident-cause-root", "incident-cause-root-no_rule").await;
        self.fill("incident-cause-summary", "宛先の一覧がなかった。").await;
        self.press("common-save").await;
        self.press("incident-cause-action-title").await;
        self.refused("incident-cause-action-now", ("incident-cause-action", "宛先の一覧を作る"))
            .await;
        self.fill("finding-detail", "登録した宛先から選ぶ").await;
        self.choose("finding-severity", "severity-high").await;
        self.fill("finding-due-on", "2026-05-29").await;
        self.fill("finding-owner-name", "所長").await;
        self.press("incident-cause-action-now").await;
        self.sees("done-incident-action-raised").await;
        self.press("incident-cause-similar-look").await;
    }

    /// Closes the incident when nothing is left.
    async fn close(&self) {
        self.visit("/close").await;
        self.refused("incident-close-now", ("incident-closing-note", "")).await;
        self.fill("incident-closing-note", "消去を確認した").await;
        self.press("incident-close-now").await;
        self.sees("done-incident-closed").await;
    }
}

async fn respond(look: Look) {
    let app = App::spawn(Kind::Sqlite);
    let two = two(&app);
    let incident = opened(&two).await;
    released(&two, &incident).await;
    let browser = Browser::start(&app.base, look).await;
    browser.sign_in_as(&two.mie.officer).await;
    let response = Response { browser, language: look.language, incident };
    for part in
        ["", "/edit", "/clock", "/duties", "/plan", "/plan/new", "/timeline", "/timeline/new"]
    {
        response.visit(part).await;
    }
    settled(&two.mie.officer, &response.incident).await;
    for part in ["/report", "/report/edit", "/report/filings/new?kind=preliminary", "/close"] {
        response.visit(part).await;
    }
    response.chase().await;
    let link = app.link_in_last_mail();
    let other = Browser::start(&app.base, look).await;
    let theirs = Response { browser: other, language: look.language, incident: String::new() };
    theirs.confirm(&link).await;
    response.visit("/wrong-recipients").await;
    response.browser.press("三重野商事").await;
    response.sees("incident-wrong-standing-confirmed").await;
    response.notify("49").await;
    response.prevent().await;
    response.close().await;
    assert_eq!(app.acts(two.mie.id).last().unwrap(), "incident.closed");
}

#[tokio::test]
async fn an_incident_is_brought_to_its_end_on_a_phone_in_japanese() {
    respond(Look { width: 375, language: Language::Ja, scripts: true, withheld: false }).await;
}

#[tokio::test]
async fn an_incident_is_brought_to_its_end_in_english_without_scripts() {
    respond(Look { width: 1280, language: Language::En, scripts: true, withheld: true }).await;
}
