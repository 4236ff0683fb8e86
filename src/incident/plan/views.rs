//! What the pages of plans show.

use serde::Serialize;
use serde_json::{Value, json};

use super::model::{Step, StepStatus};
use crate::attachment::FileView;
use crate::clock::Timestamp;
use crate::entrustment::Entrustment;
use crate::rulebook::Party;
use crate::web::locale::{text, text_with};
use crate::web::{Choice, FormView, Language, View};

/// The manual from which a step comes; nothing for one that was added by hand.
pub(super) fn manual(language: Language, step: &Step) -> Option<String> {
    let key = match (step.manual_id, step.manual_version) {
        (Some(_), _) => "incident-manual-own-n",
        (None, 0) => return None,
        (None, _) => "incident-manual-standard-n",
    };
    let number = step.manual_version.to_string();
    Some(text_with(language, key, &[("number", number.into())]))
}

/// The sides to which somebody on `own` side may give a step.
pub(super) fn sides_for(language: Language, own: Party) -> Vec<Choice> {
    match own {
        Party::Principal => {
            let sides = [Party::Principal, Party::Contractor];
            Choice::words(language, "incident-side-", &sides)
        }
        _ => Vec::new(),
    }
}

/// The outcomes from which the form chooses.
pub(super) fn outcome_words(language: Language, said: &[StepStatus]) -> Vec<Choice> {
    Choice::words(language, "incident-plan-status-", said)
}

/// A step in the plan.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Line {
    pub href: String,
    pub what: String,
    pub side: String,
    pub assignee: String,
    pub due_at: Timestamp,
    pub done_at: Option<Timestamp>,
    pub open: bool,
    pub late: bool,
    pub status: String,
    pub tone: &'static str,
}

impl Line {
    pub(super) fn of(language: Language, plan: &str, step: &Step, now: Timestamp) -> Self {
        let late = step.is_late(now);
        let (word, tone) = match step.status {
            StepStatus::Open if late => ("late", "bad"),
            StepStatus::Open => ("open", "neutral"),
            StepStatus::Done => ("done", "good"),
            StepStatus::NotNeeded => ("not_needed", "info"),
        };
        Self {
            href: format!("{plan}/{}", step.id),
            what: step.what.0.get(language.as_str()).to_owned(),
            side: text(language, &format!("incident-side-{}", step.side)),
            assignee: step.assignee_name.clone(),
            due_at: step.due_at,
            done_at: step.done_at,
            open: step.is_open(),
            late,
            status: text(language, &format!("incident-plan-status-{word}")),
            tone,
        }
    }
}

/// A section of the plan.
#[derive(Serialize)]
pub(super) struct SectionView {
    pub title: String,
    pub steps: Vec<Line>,
}

/// The plan.
#[expect(clippy::struct_excessive_bools, reason = "what the template asks, one by one")]
#[derive(Serialize)]
pub(super) struct PlanView {
    pub entrustment: Entrustment,
    pub home: String,
    pub name: String,
    /// From which manual.
    pub manual: String,
    pub next: Option<Line>,
    pub total: usize,
    pub settled: usize,
    pub late: usize,
    pub sections: Vec<SectionView>,
    pub may_add: bool,
    pub reads_manual: bool,
    /// The steps that the reader may settle, several at once.
    pub open: Vec<Choice>,
    pub outcomes: Vec<Choice>,
    pub form: FormView,
    /// Whether something was typed that couldn't be taken.
    pub typed: bool,
    pub warned: bool,
}

impl View for PlanView {
    const TEMPLATE: &'static str = "incident/plan.html";
    const TITLE: &'static str = "incident-plan-title";
}

/// A file, and whether the reader may take it back.
#[derive(Clone, Debug, Serialize)]
pub(super) struct File {
    #[serde(flatten)]
    pub file: FileView,
    pub removable: bool,
}

/// A step.
#[derive(Serialize)]
pub(super) struct StepView {
    pub form: FormView,
    pub entrustment: Entrustment,
    pub home: String,
    pub plan: String,
    pub href: String,
    pub name: String,
    pub line: Line,
    pub how: String,
    /// The page to which it belongs: where, and its title.
    pub page_of: Option<(String, String)>,
    pub manual: String,
    /// When the step's side came to know: the due date counts from it.
    pub known_at: Timestamp,
    pub settled_at: Option<Timestamp>,
    pub settled_by: String,
    pub note: String,
    pub is_open: bool,
    pub people: Vec<Choice>,
    /// Empty where the step stays on the reader's side.
    pub sides: Vec<Choice>,
    pub outcomes: Vec<Choice>,
    pub files: Vec<File>,
    pub may_work: bool,
    /// What was typed into a step that somebody else settled meanwhile.
    pub kept: String,
    /// The form in which a text looks like somebody's data.
    pub warned: &'static str,
}

impl View for StepView {
    const TEMPLATE: &'static str = "incident/plan_step.html";
    const TITLE: &'static str = "incident-plan-step-title";

    fn title(&self, _: Language) -> String {
        self.line.what.clone()
    }
}

/// The form of a step that is added by hand.
#[derive(Serialize)]
pub(super) struct NewView {
    pub form: FormView,
    pub entrustment: Entrustment,
    pub home: String,
    pub plan: String,
    pub name: String,
    pub sides: Vec<Choice>,
    pub warned: bool,
}

impl View for NewView {
    const TEMPLATE: &'static str = "incident/plan_new.html";
    const TITLE: &'static str = "incident-plan-new-title";
}

/// A sample of each page, for the test that renders them all.
#[must_use]
pub(in crate::incident::plan) fn samples() -> Vec<(&'static str, Value)> {
    let entrustment = json!({ "id": "0", "title": "保育所等監査業務委託", "number": "令8子-12" });
    let choice = json!([{ "value": "contractor", "label": "委託先", "hint": "" }]);
    let line = |status: &str, tone: &str, done: bool| {
        json!({ "href": "/", "what": "渡ってしまった相手に電話する", "side": "委託先",
            "assignee": if done { "髙橋" } else { "" }, "due_at": "2026-04-01T09:08:00",
            "done_at": if done { json!("2026-04-01T08:10:00") } else { json!(null) }, "open": !done, "late": tone == "bad",
            "status": status, "tone": tone })
    };
    let plan = |next: Value, total: i32, late: i32, sections: Value| {
        json!({ "entrustment": entrustment, "home": "/", "name": "事故 第2号", "manual": "標準の手引き 第1版",
            "next": next, "total": total, "settled": i32::from(total > 0), "late": late, "sections": sections,
            "may_add": total > 0, "reads_manual": late > 0, "open": if late > 0 { choice.clone() } else { json!([]) },
            "outcomes": choice, "form": FormView::default(), "typed": false, "warned": true })
    };
    let sections = json!([
        { "title": "24時間以内", "steps": [line("遅れ", "bad", false), line("済み", "good", true)] },
        { "title": "1週間以内", "steps": [] },
    ]);
    let step = |open: bool, may: bool, warned: &str| {
        json!({ "form": FormView::default(), "entrustment": entrustment, "home": "/", "plan": "/", "href": "/x",
            "name": "事故 第2号", "line": line(if open { "これから" } else { "済み" }, if open { "neutral" } else { "good" }, !open),
            "how": "お詫びし、\n消去を頼む",
            "page_of": if open { json!(["/duties", "報告と通知の要否"]) } else { json!(null) }, "manual": if may { "標準の手引き 第1版" } else { "" }, "known_at": "2026-04-01T07:08:00",
            "settled_at": if open { json!(null) } else { json!("2026-04-01T08:12:00") }, "settled_by": "髙橋",
            "note": "消去すると答えた", "is_open": open, "people": choice, "sides": if warned == "outcome" { json!([]) } else { choice.clone() },
            "outcomes": choice, "files": [{ "id": "0", "name": "通話の記録.pdf", "size": 2048, "href": "/", "sha256": "0",
                "by": "髙橋", "at": "2026-04-01T08:12:00", "removable": true }], "may_work": may, "kept": if open { "" } else { "書面も届いた" }, "warned": warned })
    };
    let new = |warned: bool| {
        json!({ "form": FormView::default(), "entrustment": entrustment, "home": "/", "plan": "/", "name": "事故 第2号",
            "sides": choice, "warned": warned })
    };
    vec![
        (PlanView::TEMPLATE, plan(line("遅れ", "bad", false), 2, 1, sections.clone())),
        (PlanView::TEMPLATE, plan(json!(null), 2, 0, sections)),
        (PlanView::TEMPLATE, plan(json!(null), 0, 0, json!([]))),
        (StepView::TEMPLATE, step(true, true, "assignment")),
        (StepView::TEMPLATE, step(true, true, "outcome")),
        (StepView::TEMPLATE, step(true, false, "")),
        (StepView::TEMPLATE, step(false, true, "")),
        (NewView::TEMPLATE, new(false)),
        (NewView::TEMPLATE, new(true)),
    ]
}
