//! What the pages of wrong recipients show.

use serde::Serialize;
use serde_json::{Value, json};

use super::model::{Answer, Contact, Kept, PassedOn, Seen, Standing, WrongRecipient};
use super::rules;
use crate::clock::Timestamp;
use crate::entrustment::Entrustment;
use crate::web::locale::text;
use crate::web::{Choice, FormView, Language, View};

/// A wrong recipient in the list.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Line {
    pub href: String,
    pub name: String,
    pub way: String,
    pub asked_at: Option<Timestamp>,
    pub answered_at: Option<Timestamp>,
    pub status: String,
    pub tone: &'static str,
}

impl Line {
    pub(super) fn of(language: Language, home: &str, of: &WrongRecipient, now: Timestamp) -> Self {
        let standing = rules::standing(of, now);
        Self {
            href: format!("{home}/wrong-recipients/{}", of.id),
            name: of.name.clone(),
            way: text(language, &format!("incident-wrong-way-{}", of.way)),
            asked_at: of.asked_at,
            answered_at: of.answered_at,
            status: text(language, &format!("incident-wrong-standing-{standing}")),
            tone: standing.tone(),
        }
    }
}

/// The wrong recipients of an incident.
#[derive(Serialize)]
pub(super) struct ListView {
    pub entrustment: Entrustment,
    pub home: String,
    pub name: String,
    pub rows: Vec<Line>,
    pub total: usize,
    pub confirmed: usize,
    /// Whether all say that nobody saw it and that it is deleted.
    pub unseen: bool,
    pub may_work: bool,
}

impl View for ListView {
    const TEMPLATE: &'static str = "incident/wrong_list.html";
    const TITLE: &'static str = "incident-wrong-title";
}

/// The form of a wrong recipient: registered, and corrected.
#[derive(Serialize)]
pub(super) struct EditView {
    pub form: FormView,
    pub entrustment: Entrustment,
    pub home: String,
    pub name: String,
    /// Where the form leads, and where one goes back to.
    pub action: String,
    pub back: String,
    pub ways: Vec<Choice>,
    /// Whether a link is out that ends when the address changes.
    pub linked: bool,
    pub registered: bool,
    pub warned: bool,
}

impl View for EditView {
    const TEMPLATE: &'static str = "incident/wrong_edit.html";
    const TITLE: &'static str = "incident-wrong-new-title";

    fn title(&self, language: Language) -> String {
        let key =
            if self.registered { "incident-wrong-edit-title" } else { "incident-wrong-new-title" };
        text(language, key)
    }
}

/// An answer. All words are ready.
#[derive(Clone, Debug, Serialize)]
pub(super) struct AnswerView {
    pub at: Timestamp,
    pub by: String,
    pub way: String,
    pub said: Vec<String>,
    pub note: String,
    pub agreement: String,
    pub sha256: String,
    pub entered_by: String,
    pub entered_at: Timestamp,
}

impl AnswerView {
    pub(super) fn of(language: Language, answer: Answer) -> Self {
        let word =
            |stem: &str, word: &str| text(language, &format!("incident-wrong-{stem}-{word}"));
        Self {
            at: answer.answered_at,
            way: word("contact", answer.way.as_str()),
            said: said(language, answer.seen, answer.kept, answer.passed_on),
            by: answer.by_name,
            note: answer.note,
            agreement: answer.agreement,
            sha256: answer.agreement_sha256,
            entered_by: answer.entered_by_name,
            entered_at: answer.entered_at,
        }
    }
}

/// What was answered, a sentence each.
fn said(language: Language, seen: Seen, kept: Kept, passed_on: PassedOn) -> Vec<String> {
    vec![
        text(language, &format!("incident-wrong-seen-{seen}")),
        text(language, &format!("incident-wrong-kept-{kept}")),
        text(language, &format!("incident-wrong-passed-on-{passed_on}")),
    ]
}

/// A wrong recipient.
#[expect(clippy::struct_excessive_bools, reason = "what the template asks, one by one")]
#[derive(Serialize)]
pub(super) struct ShowView {
    pub form: FormView,
    pub entrustment: Entrustment,
    pub home: String,
    pub href: String,
    pub name: String,
    pub line: Line,
    pub standing: Standing,
    pub email: String,
    pub phone: String,
    pub copies: Option<i32>,
    pub note: String,
    pub registered_by: String,
    pub registered_at: Timestamp,
    pub asked_by: String,
    pub asked_way: String,
    pub waiting_since: Option<Timestamp>,
    pub reminded: i32,
    pub link_sent_at: Option<Timestamp>,
    pub link_expires_at: Option<Timestamp>,
    pub link_used: bool,
    pub closed_at: Option<Timestamp>,
    pub closed_by: String,
    pub closed_reason: String,
    pub answers: Vec<AnswerView>,
    pub contacts: Vec<Choice>,
    pub seen: Vec<Choice>,
    pub kept: Vec<Choice>,
    pub passed_on: Vec<Choice>,
    pub may_work: bool,
    pub may_close: bool,
    /// The form that was typed and couldn't be taken: `asking`, `answer`, `closing`, `link`.
    pub typed: &'static str,
    /// Whether a text of it looks like somebody's data.
    pub warned: bool,
}

impl View for ShowView {
    const TEMPLATE: &'static str = "incident/wrong_show.html";
    const TITLE: &'static str = "incident-wrong-show-title";

    fn title(&self, _: Language) -> String {
        self.line.name.clone()
    }
}

/// The words of a list from which forms choose.
pub(super) fn contacts(language: Language) -> Vec<Choice> {
    Choice::words(language, "incident-wrong-contact-", Contact::BY_HAND)
}

/// The written confirmation, for whoever has the link. It says nothing of the data.
#[derive(Serialize)]
pub(super) struct ConfirmationView {
    pub form: FormView,
    pub home: String,
    pub principal: String,
    pub contractor: String,
    pub asked_at: Option<Timestamp>,
    pub until: Option<Timestamp>,
    /// The text that is agreed to, in the reader's language and in the other.
    pub agreement: String,
    pub other_agreement: String,
    pub other_language: Language,
    pub sha256: String,
    pub seen: Vec<Choice>,
    pub kept: Vec<Choice>,
    pub passed_on: Vec<Choice>,
}

impl View for ConfirmationView {
    const TEMPLATE: &'static str = "incident/wrong_confirmation.html";
    const TITLE: &'static str = "incident-wrong-confirmation-title";
}

/// The same once it was sent.
#[derive(Serialize)]
pub(super) struct ThanksView {
    pub principal: String,
    pub at: Option<Timestamp>,
    pub said: Vec<String>,
    pub confirmed: bool,
}

impl View for ThanksView {
    const TEMPLATE: &'static str = "incident/wrong_thanks.html";
    const TITLE: &'static str = "incident-wrong-thanks-title";
}

impl ThanksView {
    pub(super) fn of(language: Language, principal: String, answer: &Answer) -> Self {
        Self {
            principal,
            at: Some(answer.answered_at),
            said: said(language, answer.seen, answer.kept, answer.passed_on),
            confirmed: rules::is_confirmed(answer.kept, answer.passed_on),
        }
    }
}

/// A sample of each page, for the test that renders them all.
#[must_use]
pub(in crate::incident) fn samples() -> Vec<(&'static str, Value)> {
    let entrustment = json!({ "id": "0", "title": "保育所等監査業務委託", "number": "令8子-12" });
    let choice = json!([{ "value": "x", "label": "消去した", "hint": "" }]);
    let line = |tone: &str| {
        json!({ "href": "/", "name": "三重野商事", "way": "メール", "asked_at": if tone == "warn" { json!(null) }
            else { json!("2026-04-01T07:08:00") }, "answered_at": if tone == "good" { json!("2026-04-02T01:00:00") }
            else { json!(null) }, "status": "回答待ち", "tone": tone })
    };
    let list = |rows: Value, unseen: bool, may: bool| {
        json!({ "entrustment": entrustment, "home": "/", "name": "事故 第2号", "rows": rows, "total": 3, "confirmed": 1,
            "unseen": unseen, "may_work": may })
    };
    let edit = |registered: bool| {
        json!({ "form": FormView::default(), "entrustment": entrustment, "home": "/", "name": "事故 第2号",
            "action": "/", "back": "/", "ways": choice, "linked": registered, "registered": registered,
            "warned": registered })
    };
    let answer = json!({ "at": "2026-04-02T01:00:00", "by": "髙橋", "way": "リンク", "said": ["見ていない", "消去した"],
        "note": "控えもない", "agreement": "使っていません。\n消去しました。", "sha256": "0a1b", "entered_by": "髙橋",
        "entered_at": "2026-04-02T01:00:00" });
    let show = |standing: &str, may: bool, typed: &str| {
        let closed = if standing == "closed" { json!("2026-05-01T01:00:00") } else { json!(null) };
        let linked = if may { json!("2026-04-01T07:08:00") } else { json!(null) };
        json!({ "form": FormView::default(), "entrustment": entrustment, "home": "/", "href": "/x", "name": "事故 第2号",
            "line": line(if may { "bad" } else { "warn" }), "standing": standing, "email": if may { "a@b.example" } else { "" },
            "phone": "059-000-0000", "copies": if may { json!(49) } else { json!(null) }, "note": "代表の窓口",
            "registered_by": "﨑山", "registered_at": "2026-04-01T07:00:00", "asked_by": "﨑山", "asked_way": "電話",
            "waiting_since": linked, "reminded": 2, "link_sent_at": linked, "link_expires_at": linked,
            "link_used": typed == "answer", "closed_at": closed, "closed_by": "承認 花子", "closed_reason": "廃業した",
            "answers": if may { json!([answer]) } else { json!([]) }, "contacts": choice, "seen": choice, "kept": choice,
            "passed_on": choice, "may_work": may, "may_close": may && standing != "closed", "typed": typed,
            "warned": typed == "answer" || typed == "closing" })
    };
    let confirmation = json!({ "form": FormView::default(), "home": "/", "principal": "三重野県", "contractor": "髙橋事務所",
        "asked_at": "2026-04-01T07:08:00", "until": "2026-05-01T07:08:00", "agreement": "使っていません。\n消去しました。",
        "other_agreement": "I have not used it.", "other_language": "en", "sha256": "0a1b", "seen": choice, "kept": choice,
        "passed_on": choice });
    let thanks = |confirmed: bool| json!({ "principal": "三重野県", "at": "2026-04-02T01:00:00", "said": ["見ていない"], "confirmed": confirmed });
    vec![
        (ListView::TEMPLATE, list(json!([line("warn"), line("bad"), line("good")]), true, true)),
        (ListView::TEMPLATE, list(json!([]), false, false)),
        (EditView::TEMPLATE, edit(false)),
        (EditView::TEMPLATE, edit(true)),
        (ShowView::TEMPLATE, show("to_ask", true, "")),
        (ShowView::TEMPLATE, show("silent", true, "asking")),
        (ShowView::TEMPLATE, show("risk", true, "answer")),
        (ShowView::TEMPLATE, show("risk", true, "closing")),
        (ShowView::TEMPLATE, show("closed", true, "")),
        (ShowView::TEMPLATE, show("waiting", false, "")),
        (ConfirmationView::TEMPLATE, confirmation),
        (ThanksView::TEMPLATE, thanks(true)),
        (ThanksView::TEMPLATE, thanks(false)),
    ]
}
