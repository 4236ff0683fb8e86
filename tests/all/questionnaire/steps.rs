//! What both sides do with a questionnaire, through its pages.

use azukari::entrustment::EntrustmentId;

use crate::app::{App, ContractorSide, FilledForm, Page, Person, Principal, entrustment};

/// A questionnaire on its way to a contractor who has joined.
pub struct Sent {
    /// The public body.
    pub mie: Principal,
    /// The contractor.
    pub contractor: ContractorSide,
    /// The entrustment.
    pub entrustment: EntrustmentId,
    /// The path of the questionnaire.
    pub home: String,
}

impl Sent {
    /// The contractor's representative.
    pub fn representative(&self) -> &Person {
        &self.contractor.representative
    }

    /// The path of a question.
    pub fn question(&self, id: &str) -> String {
        format!("{}/questions/{id}", self.home)
    }
}

/// A public body, a contractor, an entrustment, and its questionnaire due on 29 May 2026.
pub async fn sent(app: &App) -> Sent {
    let mie = app.principal("三重野県");
    let contractor = app.joined_contractor(&mie, "髙橋社会保険労務士事務所");
    let new = entrustment(contractor.id, mie.division, "令8子-12", "保育所等監査業務委託");
    let entrustment = app.entrustment(&mie, &new);
    let home = dispatch(&mie.officer, entrustment, "令和8年5月29日").await;
    Sent { mie, contractor, entrustment, home }
}

/// Dispatches the built-in template from the entrustment's page; gives the questionnaire's path.
pub async fn dispatch(officer: &Person, entrustment: EntrustmentId, deadline: &str) -> String {
    let own = format!("/entrustments/{entrustment}");
    let page = officer.get(&own).await;
    let new = page.attributes("main a[href^='/questionnaires/dispatch/new']", "href").remove(0);
    let check = officer.get(&new).await.main_form().set("deadline", deadline).submit().await;
    assert_eq!(check.status, 200, "{:?}", check.wrong_fields());
    let sent = check.main_form().submit().await;
    assert_eq!((sent.status, &*sent.path), (303, "/questionnaires"));
    officer.get(&own).await.attributes("main .task a[href^='/questionnaires/']", "href").remove(0)
}

/// The form of a question with an answer in it, and its button pressed.
pub fn answered(page: &Page, path: &str) -> FilledForm {
    let own = format!("form[action='{path}']");
    let field = format!("{own} input[name=answer]");
    let offered = page.attributes(&format!("{field}[type=radio], {field}[type=checkbox]"), "value");
    let answer = match offered.first() {
        Some(_) if offered.iter().any(|value| value == "yes") => "yes",
        Some(first) => first.as_str(),
        None if page.has(&format!("{field}.input-number")) => "1",
        None if page.has(&format!("{field}.input-date")) => "令和8年4月1日",
        None => "説明のとおりです。",
    };
    page.form(&own).set("answer", answer).check("act", "continue")
}

/// Answers every open question, page after page; gives how many those were.
pub async fn answer_all(person: &Person, home: &str) -> usize {
    let mut count = 0;
    while let Some(mut path) = next(person, home).await {
        while path.contains("/questions/") {
            let saved = answered(&person.get(&path).await, &path).submit().await;
            assert_eq!(saved.status, 303, "{path}: {:?}", saved.wrong_fields());
            path = saved.path;
            count += 1;
            assert!(count < 100, "the pages lead in a circle");
        }
    }
    count
}

/// The question to which the task list leads next, if one is open.
pub async fn next(person: &Person, home: &str) -> Option<String> {
    let links = person.get(home).await.attributes(".page-head .actions a", "href");
    links.into_iter().find(|href| href.contains("/questions/"))
}

/// Attests and hands in, from the page that shows all answers.
pub async fn attest(person: &Person, home: &str) -> Page {
    let page = person.get(&format!("{home}/check")).await;
    let form = page.form("form[action$='/attestation']");
    form.set_all(&[("title", "所長"), ("name", "髙橋 𠮷之助")])
        .check("consent", "on")
        .submit()
        .await
}

/// Decides on answers (question, decision, comment) and presses a button of the review.
pub async fn review(officer: &Person, home: &str, said: &[(&str, &str, &str)], act: &str) -> Page {
    let mut form = officer.get(home).await.form("form[action$='/review']");
    for (question, decision, comment) in said {
        form = form.set(&format!("decision_{question}"), decision);
        form = form.set(&format!("comment_{question}"), comment);
    }
    form.check("act", act).submit().await
}

/// Returns the answers to two questions and accepts the rest.
pub async fn return_two(officer: &Person, home: &str) {
    let said = [
        ("q02", "returned", "研修の日付を補ってください"),
        ("q05", "returned", "手順書の版が古いようです"),
    ];
    assert_eq!(review(officer, home, &said, "accept_rest").await.status, 303);
    assert_eq!(review(officer, home, &[], "finish").await.status, 303);
}

/// Accepts everything that is open.
pub async fn approve(officer: &Person, home: &str) -> Page {
    assert_eq!(review(officer, home, &[], "accept_rest").await.status, 303);
    review(officer, home, &[], "finish").await
}
