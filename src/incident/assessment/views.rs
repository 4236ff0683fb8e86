//! What the pages of duties show.

use chrono::NaiveDate;
use serde::Serialize;
use serde_json::{Value, json};

use super::model::{Assessment, Decision, Step};
use super::rules::{Next, Standing};
use crate::clock::Timestamp;
use crate::entrustment::Entrustment;
use crate::incident::duty::duties;
use crate::incident::model::Incident;
use crate::incident::views::{Asked, ResultView, results};
use crate::rulebook::Party;
use crate::web::locale::{self, ArgValue, text, text_with};
use crate::web::paging::Page;
use crate::web::{Choice, FormView, Language, View};

/// The tone of a decision's standing.
pub(super) const fn tone(standing: Standing) -> &'static str {
    match standing {
        Standing::Undecided => "warn",
        Standing::Waiting => "progress",
        Standing::Returned | Standing::Outdated => "bad",
        Standing::Decided => "good",
    }
}

/// How a decision stands, in words: what was decided where it holds.
pub(super) fn standing(language: Language, standing: Standing, last: Option<&Decision>) -> String {
    match (standing, last) {
        (Standing::Decided, Some(last)) => {
            text(language, &format!("incident-assessment-decided-{}", last.verdict))
        }
        _ => text(language, &format!("incident-assessment-standing-{standing}")),
    }
}

/// What was decided, and by whom.
#[derive(Serialize)]
pub(super) struct DecisionView {
    /// What is decided, as a choice reads.
    pub verdict: String,
    /// What was computed then.
    pub computed: String,
    /// The number of that computation; 0 where none was kept.
    pub assessment: i32,
    pub reason: String,
    pub note: String,
    pub by_name: String,
    pub at: Timestamp,
}

impl DecisionView {
    pub(super) fn of(language: Language, decision: Decision) -> Self {
        let verdict = format!("incident-assessment-verdict-{}", decision.verdict);
        Self {
            verdict: text(language, &verdict),
            computed: text(language, &format!("duty-answer-{}", decision.computed)),
            assessment: decision.assessment,
            reason: decision.reason,
            note: decision.note,
            by_name: decision.by_name,
            at: decision.decided_at,
        }
    }
}

/// One side: what is computed, and what was decided.
#[derive(Serialize)]
pub(super) struct SideView {
    pub side: Party,
    /// What is to be done next about it.
    pub next: Option<Next>,
    pub result: ResultView,
    /// How the decision stands, in words, and its tone.
    pub standing: String,
    pub tone: &'static str,
    pub decision: Option<DecisionView>,
}

impl SideView {
    /// The side in a line, and its days in another where a clock runs.
    pub(super) fn lines(&self, language: Language) -> Vec<String> {
        let result = &self.result;
        let args = [
            ("who", result.title.as_str().into()),
            ("answer", result.answer.as_str().into()),
            ("standing", self.standing.as_str().into()),
        ];
        let mut lines = vec![text_with(language, "incident-assessment-part-side", &args)];
        if let (Some(from), Some(to), Some(last)) = (result.from, result.to, result.last) {
            let day = |day| ArgValue::from(locale::day(language, day));
            let args = [("from", day(from)), ("to", day(to)), ("last", day(last))];
            lines.push(text_with(language, "incident-assessment-part-due", &args));
        }
        lines
    }
}

/// A computation that was kept.
#[derive(Serialize)]
pub(super) struct Line {
    pub position: i32,
    pub at: Timestamp,
    pub by_name: String,
    pub cause: String,
    pub rules_from: Option<NaiveDate>,
    pub results: Vec<ResultView>,
}

impl Line {
    pub(super) fn of(language: Language, kept: Assessment) -> Self {
        Self {
            position: kept.position,
            at: kept.assessed_at,
            by_name: kept.by_name,
            cause: text(language, &format!("incident-assessment-cause-{}", kept.cause)),
            rules_from: kept.rules_from,
            results: results(language, &kept.facts.0, &kept.result.0),
        }
    }
}

/// A decision in the course of them, as the history shows it.
#[derive(Serialize)]
pub(super) struct Past {
    pub at: Timestamp,
    pub actor: String,
    pub act: String,
    pub text: String,
    pub href: Option<String>,
}

impl Past {
    pub(super) fn of(language: Language, decision: Decision) -> Self {
        let args = [
            ("side", decision.side.as_str().into()),
            ("verdict", decision.verdict.as_str().into()),
        ];
        let said = match decision.step {
            Step::Confirmed | Step::Returned => decision.note,
            Step::Decided | Step::Proposed => decision.reason,
        };
        Self {
            at: decision.decided_at,
            actor: decision.by_name,
            act: text_with(language, &format!("incident-assessment-did-{}", decision.step), &args),
            text: said,
            href: None,
        }
    }
}

/// What the reader is to do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Turn {
    /// To find out what would decide.
    Facts,
    /// To decide for the own side.
    Decide,
    /// To confirm or return what was proposed.
    Confirm,
    /// Somebody else confirms what the reader proposed.
    OwnRequest,
    /// To wait for the others.
    Wait,
    /// Nothing.
    Done,
}

impl Turn {
    pub(super) const fn tone(self) -> &'static str {
        match self {
            Self::Done => "good",
            Self::Wait | Self::OwnRequest => "info",
            Self::Facts | Self::Decide | Self::Confirm => "warn",
        }
    }
}

/// The duties of an incident.
#[derive(Serialize)]
pub(super) struct DutiesView {
    #[serde(flatten)]
    pub list: Page<Line>,
    pub entrustment: Entrustment,
    /// The incident's page.
    pub home: String,
    pub name: String,
    pub sides: Vec<SideView>,
    pub turn: Turn,
    pub tone: &'static str,
    pub may_edit: bool,
    pub may_decide: bool,
    pub past: Vec<Past>,
}

impl View for DutiesView {
    const TEMPLATE: &'static str = "incident/duties.html";
    const TITLE: &'static str = "incident-assessment-title";
}

/// The form of the facts.
#[derive(Serialize)]
pub(super) struct FactsView {
    #[serde(flatten)]
    pub asked: Asked,
    pub form: FormView,
    pub entrustment: Entrustment,
    pub home: String,
    pub name: String,
}

impl View for FactsView {
    const TEMPLATE: &'static str = "incident/duty_facts.html";
    const TITLE: &'static str = "incident-assessment-facts-title";
}

/// The form with which somebody decides.
#[derive(Serialize)]
pub(super) struct DecideView {
    pub form: FormView,
    pub entrustment: Entrustment,
    pub home: String,
    pub name: String,
    pub result: ResultView,
    pub verdicts: Vec<Choice>,
    /// Whether a decision not to report waits for an approver.
    pub by_another: bool,
    pub warned: bool,
}

impl View for DecideView {
    const TEMPLATE: &'static str = "incident/duty_decision.html";
    const TITLE: &'static str = "incident-assessment-decide-title";
}

/// The form with which somebody confirms.
#[derive(Serialize)]
pub(super) struct ConfirmView {
    pub form: FormView,
    pub entrustment: Entrustment,
    pub home: String,
    pub name: String,
    pub result: ResultView,
    pub proposal: DecisionView,
    pub outcomes: Vec<Choice>,
    pub warned: bool,
}

impl View for ConfirmView {
    const TEMPLATE: &'static str = "incident/duty_confirmation.html";
    const TITLE: &'static str = "incident-assessment-confirm-title";
}

/// What is computed now for both sides, the principal's first.
pub(super) fn present(language: Language, incident: &Incident) -> Vec<ResultView> {
    let facts = &incident.facts.0;
    results(language, facts, &duties(facts))
}

/// A sample of each page, for the test that renders them all.
pub(in crate::incident) fn samples() -> Vec<(&'static str, Value)> {
    let base = json!({ "form": FormView::default(), "home": "/entrustments/0/incidents/0", "name": "事故 第1号",
        "entrustment": { "id": "0", "title": "保育所等監査業務委託", "number": "令8子-12" }, "warned": true });
    let with = |more: Value| {
        let mut sample = base.clone();
        if let (Some(sample), Value::Object(more)) = (sample.as_object_mut(), more) {
            sample.extend(more);
        }
        sample
    };
    let result = json!({ "title": "委託元", "answer": "報告・通知が必要", "tone": "bad", "text": ["委託元は報告します。"],
        "from": "2026-04-03", "to": "2026-04-05", "last": "2026-04-30" });
    let decision = json!({ "verdict": "報告しない", "computed": "人の判断が必要", "assessment": 2,
        "reason": "全員が見ずに消したと電話で確かめた", "note": "書面も得ること", "by_name": "﨑山", "at": "2026-04-02T01:00:00" });
    let line = json!({ "position": 2, "at": "2026-04-02T00:30:00", "by_name": "﨑山", "cause": "事実の入力",
        "rules_from": "2022-04-01", "results": [result] });
    let past = json!({ "at": "2026-04-02T01:00:00", "actor": "﨑山", "act": "報告しないと提案", "text": "理由", "href": null });
    let show = |rows: Value, turn: &str, decision: Value, may: bool| {
        with(json!({ "rows": rows, "sorting": { "key": "position", "descending": false },
            "paging": { "page": 1, "pages": 1, "total": 1, "more": false, "first": 1, "last": 1 },
            "sides": [{ "side": "principal", "next": "decide", "result": result, "standing": "未決定", "tone": "warn", "decision": decision }],
            "turn": turn, "tone": "warn", "may_edit": may, "may_decide": may, "past": [past] }))
    };
    let choice = json!([{ "value": "report", "label": "報告する", "hint": "" }]);
    let mut samples: Vec<_> = ["facts", "decide", "confirm", "own_request", "wait", "done"]
        .map(|turn| show(json!([line]), turn, decision.clone(), turn != "wait"))
        .map(|sample| (DutiesView::TEMPLATE, sample))
        .into();
    let asked = json!({ "kinds": choice, "contractor_kinds": choice, "certainties": choice, "keys": choice });
    let decide = |by_another: bool| json!({ "result": result, "verdicts": choice, "by_another": by_another });
    samples.extend([
        (DutiesView::TEMPLATE, show(json!([]), "decide", Value::Null, true)),
        (FactsView::TEMPLATE, with(asked)),
        (DecideView::TEMPLATE, with(decide(true))),
        (DecideView::TEMPLATE, with(decide(false))),
        (
            ConfirmView::TEMPLATE,
            with(json!({ "result": result, "proposal": decision, "outcomes": choice })),
        ),
    ]);
    samples
}
