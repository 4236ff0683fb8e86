//! What the pages of cause and prevention show.

use chrono::NaiveDate;
use serde::Serialize;
use serde_json::{Value, json};

use super::model::Cause;
use super::store::{self, Similar};
use crate::clock::Timestamp;
use crate::database::Connection;
use crate::entrustment::Entrustment;
use crate::error::Result;
use crate::finding::{Finding, FindingStatus, Severity};
use crate::incident::panel::Part;
use crate::incident::policy::Case;
use crate::web::locale::{text, text_with};
use crate::web::{Choice, Ctx, FormView, Language, View};

/// A corrective action.
#[derive(Clone, Debug, Serialize)]
pub(super) struct ActionLine {
    pub href: String,
    pub title: String,
    pub severity: String,
    pub severity_tone: &'static str,
    pub status: String,
    pub status_tone: &'static str,
    pub owner: String,
    pub due_on: NaiveDate,
    pub days: i64,
    pub done: bool,
    /// The check of its effect, once somebody checked it.
    pub effect: String,
}

impl ActionLine {
    pub(super) fn of(language: Language, finding: &Finding, today: NaiveDate) -> Self {
        Self {
            href: finding.href(),
            title: finding.heading(language),
            severity: text(language, &format!("severity-{}", finding.severity)),
            severity_tone: match finding.severity {
                Severity::High => "bad",
                Severity::Medium => "warn",
                Severity::Low => "info",
            },
            status: text(language, &format!("finding-status-{}", finding.status)),
            status_tone: match finding.status {
                FindingStatus::Open => "neutral",
                FindingStatus::Answered => "info",
                FindingStatus::Returned => "warn",
                FindingStatus::Closed => "good",
            },
            owner: finding.owner_name.clone(),
            due_on: finding.due_on,
            days: (finding.due_on - today).num_days(),
            done: !finding.is_open(),
            effect: finding.effect.clone(),
        }
    }
}

/// A similar entrustment as it can be chosen: what it is, and in what it is alike.
pub(super) fn choice(language: Language, one: &Similar) -> Choice {
    let word = |what| text(language, &format!("incident-cause-alike-{what}"));
    let alike: Vec<String> = one.alike.iter().map(word).collect();
    let args = [
        ("number", one.entrustment.number.as_str().into()),
        ("contractor", one.contractor.as_str().into()),
        ("alike", alike.join(&text(language, "incident-cause-join")).into()),
    ];
    Choice {
        value: one.entrustment.id.to_string(),
        label: one.entrustment.title.clone(),
        hint: text_with(language, "incident-cause-similar-line", &args),
    }
}

/// Cause and prevention.
#[derive(Serialize)]
pub(super) struct ShowView {
    pub entrustment: Entrustment,
    pub home: String,
    pub name: String,
    pub cause: Option<Cause>,
    pub actions: Vec<ActionLine>,
    pub may_write: bool,
    pub may_raise: bool,
    pub may_ask: bool,
}

impl View for ShowView {
    const TEMPLATE: &'static str = "incident/cause.html";
    const TITLE: &'static str = "incident-cause-title";
}

/// The form of the cause.
#[derive(Serialize)]
pub(super) struct EditView {
    pub form: FormView,
    pub entrustment: Entrustment,
    pub home: String,
    pub name: String,
    pub roots: Vec<Choice>,
    pub warned: bool,
}

impl View for EditView {
    const TEMPLATE: &'static str = "incident/cause_edit.html";
    const TITLE: &'static str = "incident-cause-edit-title";
}

/// The form of a corrective action.
#[derive(Serialize)]
pub(super) struct ActionView {
    pub form: FormView,
    pub entrustment: Entrustment,
    pub home: String,
    pub name: String,
    pub severities: Vec<Choice>,
    pub warned: bool,
}

impl View for ActionView {
    const TEMPLATE: &'static str = "incident/cause_action.html";
    const TITLE: &'static str = "incident-cause-action-title";
}

/// The similar entrustments, and what they are asked.
#[derive(Serialize)]
pub(super) struct SimilarView {
    pub form: FormView,
    pub entrustment: Entrustment,
    pub home: String,
    pub name: String,
    pub questions: Vec<String>,
    pub similar: Vec<Choice>,
    pub asked: i32,
    pub asked_at: Option<Timestamp>,
    pub warned: bool,
}

impl View for SimilarView {
    const TEMPLATE: &'static str = "incident/cause_similar.html";
    const TITLE: &'static str = "incident-cause-similar-title";
}

/// Cause and prevention on the incident's page.
pub(in crate::incident) fn part(c: &mut Connection, ctx: &Ctx, case: &Case) -> Result<Part> {
    let known = store::find(c, &case.1)?;
    let actions = store::actions(c, &case.0, &case.1)?;
    let open = actions.iter().filter(|action| action.is_open()).count();
    let args = [("count", open.into())];
    let (status, tone) = match (&known, open) {
        (None, _) => (ctx.text("incident-cause-none"), "warn"),
        (_, 0) => (ctx.text("incident-cause-recorded"), "good"),
        _ => (text_with(ctx.language, "incident-cause-open", &args), "progress"),
    };
    let root = known.map(|cause| ctx.text(&format!("incident-cause-root-{}", cause.root)));
    Ok(Part {
        title: ctx.text("incident-cause-title"),
        href: format!("{}/cause", case.1.href()),
        status,
        tone,
        lines: root.into_iter().collect(),
    })
}

/// A sample of each page, for the test that renders them all.
pub(in crate::incident) fn samples() -> Vec<(&'static str, Value)> {
    let common = |more: Value| {
        let mut sample = json!({ "form": FormView::default(), "name": "事故 第1号", "home": "/entrustments/0/incidents/0",
            "entrustment": { "id": "0", "title": "保育所等監査業務委託", "number": "令8子-12" } });
        if let (Some(sample), Value::Object(more)) = (sample.as_object_mut(), more) {
            sample.extend(more);
        }
        sample
    };
    let action = |done: bool| {
        json!({ "href": "/", "title": "宛先の一覧を作る", "severity": "重大", "severity_tone": "bad", "status": "回答待ち",
            "status_tone": "neutral", "owner": if done { "髙橋" } else { "" }, "due_on": "2026-05-01", "days": 3,
            "done": done, "effect": if done { "確かめた" } else { "" } })
    };
    let cause = |asked: i32| {
        json!({ "whys": ["宛先を手で打った", "一覧がなかった"], "root": "no_rule", "summary": "宛先の一覧がなかった。",
            "recorded_by_name": "髙橋", "recorded_at": "2026-04-03T01:00:00", "asked": asked,
            "asked_at": if asked > 0 { json!("2026-04-03T01:00:00") } else { json!(null) }, "version": 1 })
    };
    let show = |cause: Value, actions: Value, may: bool| {
        common(
            json!({ "cause": cause, "actions": actions, "may_write": may, "may_raise": may, "may_ask": may }),
        )
    };
    let choice = json!([{ "value": "0", "label": "監査業務委託", "hint": "同じ委託先" }]);
    let similar = |similar: Value, asked: i32| {
        common(json!({ "questions": ["宛先を確かめますか"], "similar": similar, "asked": asked,
            "asked_at": if asked > 0 { json!("2026-04-03T01:00:00") } else { json!(null) }, "warned": asked > 0 }))
    };
    vec![
        (ShowView::TEMPLATE, show(json!(null), json!([]), true)),
        (ShowView::TEMPLATE, show(cause(0), json!([action(false), action(true)]), true)),
        (ShowView::TEMPLATE, show(cause(2), json!([]), false)),
        (EditView::TEMPLATE, common(json!({ "roots": choice, "warned": true }))),
        (ActionView::TEMPLATE, common(json!({ "severities": choice, "warned": true }))),
        (SimilarView::TEMPLATE, similar(choice.clone(), 0)),
        (SimilarView::TEMPLATE, similar(choice.clone(), 3)),
        (SimilarView::TEMPLATE, similar(json!([]), 0)),
    ]
}
