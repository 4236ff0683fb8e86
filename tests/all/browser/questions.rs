//! A short questionnaire with questions of several kinds.

use azukari::actor::OrganisationId;
use azukari::database::schema::template as t;
use azukari::questionnaire::{Template, TemplateId, TemplateStatus};
use diesel::prelude::*;
use serde_json::{Value, json};

use crate::app::App;

/// What it is called.
pub const QUESTIONNAIRE: &str = "年度当初の点検票";
/// The name of the file that is handed in.
pub const EVIDENCE: &str = "研修記録.txt";

fn text(ja: &str) -> Value {
    json!({ "ja": ja, "en": "" })
}

fn question(number: u16, words: &str, kind: &Value, shown_if: &Value, evidence: &str) -> Value {
    json!({
        "id": format!("q{number}"), "number": number, "text": text(words), "support": text(""),
        "guidance": text("標準条項に基づきます。"), "kind": kind, "findings": [],
        "finding_text": text("定めてください。"), "shown_if": shown_if, "evidence": evidence,
    })
}

fn template() -> Template {
    let yes_no = json!({ "type": "yes_no_na", "na_allowed": false });
    let who = json!({ "type": "choice", "options": [
        { "id": "head", "label": text("責任者"), "finding": null },
        { "id": "nobody", "label": text("決めていない"), "finding": "high" },
    ] });
    let hours = json!({ "type": "number", "min": 0, "max": 1000, "unit": text("時間") });
    let words = json!({ "type": "text", "max": 500 });
    let if_named = json!({ "question": "q1", "any_of": ["yes"] });
    let section = |id: &str, title: &str, questions: Value| json!({ "id": id, "title": text(title), "description": text(""), "questions": questions });
    let template = json!({
        "id": "start-of-year", "version": 1, "title": text(QUESTIONNAIRE),
        "introduction": text("ありのままにお答えください。"), "minutes": 5,
        "papers": [text("研修の記録")],
        "sections": [
            section("A", "組織", json!([
                question(1, "責任者を定めていますか", &yes_no, &Value::Null, "none"),
                question(2, "誰が名簿を見直しますか", &who, &if_named, "none"),
                question(3, "事故の報告までの時間", &hours, &Value::Null, "none"),
            ])),
            section("B", "保管と研修", json!([
                question(4, "どこに保管していますか", &words, &Value::Null, "none"),
                question(5, "研修をしていますか", &yes_no, &Value::Null, "requested"),
            ])),
        ],
    });
    let template: Template = serde_json::from_value(template).unwrap();
    assert!(template.check().is_empty(), "{:?}", template.check());
    template
}

/// Puts it among the published templates of a principal.
pub fn publish(app: &App, tenant: OrganisationId) {
    let (template, now) = (template(), app.clock.now());
    diesel::insert_into(t::table)
        .values((
            t::tenant_id.eq(tenant),
            t::id.eq(TemplateId::new(now)),
            t::family.eq(&template.id),
            t::template_version.eq(1),
            t::status.eq(TemplateStatus::Published),
            t::title.eq(QUESTIONNAIRE),
            t::body.eq(String::from_utf8(template.canonical().unwrap()).unwrap()),
            t::body_hash.eq(template.hash().unwrap()),
            t::created_at.eq(now),
            t::updated_at.eq(now),
            t::published_at.eq(now),
            t::version.eq(1),
        ))
        .execute(&mut app.connection())
        .unwrap();
}
