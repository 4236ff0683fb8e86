//! The calculator of duties: for everybody, and nothing is kept.

pub mod assessment;
mod authority;
mod cause;
mod clock;
mod person;
pub mod plan;
mod record;
mod report;
mod seeds;
mod story;
mod timeline;
mod wrong_recipient;

use reqwest::Method;
use serde_json::{Value, json};

use crate::app::{App, Person, both};

const DOCUMENT: &str = include_str!("../../../docs/incident-duties.md");

async fn asked(person: &Person, facts: &str) -> (u16, Value) {
    let request = person
        .request(Method::POST, "/api/incident-duties")
        .header("content-type", "application/json")
        .body(facts.to_owned());
    let page = person.send(request).await;
    (page.status, serde_json::from_str(&page.body).unwrap())
}

/// The blocks of JSON in the document: the facts, and the answer.
fn example() -> [String; 2] {
    let blocks = DOCUMENT.split("```json\n").skip(1);
    let blocks = blocks.map(|rest| rest.split("```").next().unwrap().to_owned());
    blocks.collect::<Vec<_>>().try_into().unwrap()
}

both! {
    async fn the_documents_example_is_answered_as_it_says(app: App) {
        app.clock.advance(chrono::Duration::days(1));
        let [facts, said] = example();
        let (status, mut answer) = asked(&app.visitor(), &facts).await;
        assert_eq!(status, 200);
        let note = answer.as_object_mut().unwrap().remove("note").unwrap();
        assert!(note.as_str().unwrap().contains("担当者"));
        for side in ["principal", "contractor"] {
            let text = answer[side].as_object_mut().unwrap().remove("text").unwrap();
            assert!(!text.as_array().unwrap().is_empty());
        }
        assert_eq!(answer, serde_json::from_str::<Value>(&said).unwrap());
    }

    async fn the_page_answers_a_visitor_and_keeps_nothing(app: App) {
        let visitor = app.visitor();
        let form = visitor.get("/incident-duties").await.main_form();
        let bare = form.submit().await;
        assert_eq!((bare.status, bare.wrong_fields()), (422, vec!["principal_kind".to_owned()]));
        assert!(bare.text(".error-summary").contains("データの持ち主"), "it names its field: {}", bare.body);
        let form = bare.main_form().set("principal_kind", "business").set("principal_known_on", "令和7年8月5日");
        let form = form.check("principal_financial", "on").set("persons_known", "２５");
        let form = ["sensitive", "property", "unlawful", "my_number_included"]
            .iter()
            .fold(form, |form, field| form.set(field, "no"));
        let page = form.set("database", "yes").submit().await;
        assert_eq!(page.status, 200);
        let words = page.text("#results");
        for said in ["報告・通知は不要", "令和7年8月7日", "令和7年8月9日", "人が判断"] {
            assert!(words.contains(said), "{said} is not in {words}");
        }
        assert_eq!(page.main_form().value("persons_known"), "２５", "what was typed stays");
        let english = visitor.in_english().get("/incident-duties").await;
        assert!(english.text("h1").contains("duty to report"));
        assert!(app.refusals().is_empty());
    }

    async fn facts_that_cannot_be_are_told_by_field(app: App) {
        let visitor = app.visitor().in_english();
        let facts = json!({
            "principal": { "kind": "business", "known_on": "2026-04-02" },
            "persons": { "known": 5, "at_most": 4 },
        });
        let (status, answer) = asked(&visitor, &facts.to_string()).await;
        assert_eq!(status, 422);
        let fields: Vec<_> = answer["faults"].as_array().unwrap().iter().map(|f| &f["field"]).collect();
        assert_eq!(fields, ["persons.known", "principal.known_on"]);
        assert!(answer["faults"][1]["error"].as_str().unwrap().contains("not come yet"));
        for unread in ["", "{", "[]", "{\"principal\":{\"kind\":\"x\"}}", "{\"name\":\"x\"}"] {
            assert_eq!(asked(&visitor, unread).await.0, 422, "{unread}");
        }
        let form = visitor.get("/incident-duties").await.main_form();
        let form = form.set_all(&[
            ("principal_kind", "business"), ("persons_known", "5"), ("persons_at_most", "4"),
            ("notified_on", "2026-03-31"), ("contractor_known_on", "令和1年4月30日"),
        ]);
        let wrong = form.set("contractor_kind", "business").submit().await;
        assert_eq!((wrong.status, wrong.wrong_fields()), (422, vec!["contractor_known_on".to_owned()]));
    }
}
