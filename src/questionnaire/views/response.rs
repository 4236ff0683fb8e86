//! What the contractor's pages show: the task list and a question.

use serde::Serialize;
use serde_json::{Value, json};

use super::words::{FileLine, HeadView};
use crate::clock::Timestamp;
use crate::questionnaire::review::Seal;
use crate::web::{Choice, FormView, Language, View};

/// The task list.
#[derive(Serialize)]
pub(in crate::questionnaire) struct TasksView {
    pub head: HeadView,
    pub introduction: String,
    pub minutes: u16,
    pub papers: Vec<String>,
    pub contact: String,
    pub message: String,
    pub answered: usize,
    pub asked: usize,
    pub sections: Vec<SectionTask>,
    pub last_year: Option<Timestamp>,
    pub next: Option<Next>,
    pub returned: Vec<ReturnedLine>,
    pub seal: Option<Seal>,
    pub is_open: bool,
}

/// A section of the task list.
#[derive(Serialize)]
pub(in crate::questionnaire) struct SectionTask {
    pub title: String,
    pub href: Option<String>,
    pub hint: String,
    pub status: String,
    pub tone: &'static str,
    pub answered: usize,
    pub asked: usize,
}

/// What to do next.
#[derive(Serialize)]
pub(in crate::questionnaire) struct Next {
    pub href: String,
    pub label: String,
}

/// A question that came back.
#[derive(Serialize)]
pub(in crate::questionnaire) struct ReturnedLine {
    pub number: u16,
    pub text: String,
    pub href: String,
    pub comment: String,
    pub done: bool,
}

impl View for TasksView {
    const TEMPLATE: &'static str = "response/tasks.html";
    const TITLE: &'static str = "response-tasks-title";

    fn title(&self, _: Language) -> String {
        self.head.title.clone()
    }
}

/// A question to answer.
#[derive(Serialize)]
pub(in crate::questionnaire) struct QuestionView {
    pub head: HeadView,
    pub form: FormView,
    pub question: QuestionWords,
    pub section: String,
    pub position: usize,
    pub asked: usize,
    pub open: bool,
    pub answer: String,
    pub remark: String,
    pub answered_by: String,
    pub answered_at: Option<Timestamp>,
    pub from_last_year: bool,
    pub last_year: Option<LastYearView>,
    pub before: Option<(String, String)>,
    pub comment: Option<CommentView>,
    pub files: Vec<FileLine>,
    pub file_limit: usize,
    pub accept: &'static str,
    pub conflict: Option<ConflictView>,
    pub previous: Option<String>,
    pub next: Option<String>,
    pub siblings: Vec<Sibling>,
}

/// The words of a question.
#[derive(Serialize)]
pub(in crate::questionnaire) struct QuestionWords {
    pub id: String,
    pub number: u16,
    pub text: String,
    pub support: String,
    pub guidance: String,
    pub kind: &'static str,
    pub choices: Vec<Choice>,
    pub unit: String,
    pub max: Option<u16>,
    pub evidence: &'static str,
    pub evidence_hint: String,
}

/// Last year's answer.
#[derive(Serialize)]
pub(in crate::questionnaire) struct LastYearView {
    pub answer: String,
    pub remark: String,
    pub can_take: bool,
    pub change: String,
    pub tone: &'static str,
}

/// What the officer wrote.
#[derive(Serialize)]
pub(in crate::questionnaire) struct CommentView {
    pub text: String,
    pub by: String,
    pub at: Option<Timestamp>,
    pub returned: bool,
}

/// Somebody else saved first: both texts.
#[derive(Clone, Serialize)]
pub(in crate::questionnaire) struct ConflictView {
    pub by: String,
    pub at: Option<Timestamp>,
    pub theirs: String,
    pub theirs_remark: String,
    pub mine: String,
    pub mine_remark: String,
}

/// Another question of the section.
#[derive(Serialize)]
pub(in crate::questionnaire) struct Sibling {
    pub number: u16,
    pub text: String,
    pub href: String,
    pub status: String,
    pub tone: &'static str,
    pub current: bool,
}

impl View for QuestionView {
    const TEMPLATE: &'static str = "response/question.html";
    const TITLE: &'static str = "response-question-title";

    fn title(&self, _: Language) -> String {
        format!("{}. {}", self.question.number, self.question.text)
    }
}

#[expect(clippy::indexing_slicing, reason = "a JSON object takes what is set")]
pub(super) fn samples() -> Vec<(&'static str, Value)> {
    let seal = json!({ "name": "髙橋", "title": "代表", "attested_at": "2026-04-01T00:00:00", "round": 1,
        "hash": "00", "broken": ["answers"], "exceptions": [["再委託", "理由", "措置"]] });
    let tasks = json!({
        "head": HeadView::sample(), "introduction": "この点検票は…", "minutes": 60, "papers": ["手順書"],
        "contact": "子ども課", "message": "よろしく", "answered": 3, "asked": 48,
        "sections": [{ "title": "組織", "href": "/", "hint": "", "status": "入力中", "tone": "progress",
                       "answered": 1, "asked": 2 }],
        "last_year": "2025-04-01T00:00:00", "next": { "href": "/", "label": "続ける" },
        "returned": [{ "number": 1, "text": "？", "href": "/", "comment": "足りない", "done": false }],
        "seal": seal, "is_open": true,
    });
    let mut plain = tasks.clone();
    for (name, value) in [
        ("last_year", json!(null)),
        ("next", json!(null)),
        ("returned", json!([])),
        ("seal", json!(null)),
        ("is_open", json!(false)),
        ("papers", json!([])),
        ("message", json!("")),
    ] {
        plain[name] = value;
    }
    let mut all = vec![(TasksView::TEMPLATE, tasks), (TasksView::TEMPLATE, plain)];
    let kinds = ["yes_no", "choice", "choices", "number", "date", "text", "file"];
    all.extend(kinds.map(|kind| (QuestionView::TEMPLATE, question(kind))));
    let mut read = question("yes_no");
    for name in ["last_year", "before", "comment", "conflict", "previous", "next", "answered_at"] {
        read[name] = json!(null);
    }
    read["open"] = json!(false);
    read["files"] = json!([]);
    read["question"]["evidence"] = json!("none");
    all.push((QuestionView::TEMPLATE, read));
    all
}

fn question(kind: &str) -> Value {
    json!({
        "head": HeadView::sample(), "form": FormView::default(), "section": "組織", "position": 1,
        "asked": 48, "open": true, "answer": "はい", "remark": "", "answered_by": "髙橋",
        "answered_at": "2026-04-01T00:00:00", "from_last_year": true,
        "question": { "id": "q01", "number": 1, "text": "定めていますか", "support": "…", "guidance": "…",
            "kind": kind, "choices": [{ "value": "yes", "label": "はい", "hint": "" }], "unit": "人",
            "max": 200, "evidence": "requested", "evidence_hint": "体制図" },
        "last_year": { "answer": "はい", "remark": "", "can_take": true, "change": "変更", "tone": "warn" },
        "before": ["いいえ", ""],
        "comment": { "text": "足りない", "by": "﨑山", "at": "2026-04-01T00:00:00", "returned": true },
        "files": [{ "id": "0", "href": "/", "name": "a.pdf", "size": 1, "by": "髙橋",
            "at": "2026-04-01T00:00:00", "sha256": "00" }],
        "file_limit": 20, "accept": ".pdf",
        "conflict": { "by": "髙橋", "at": "2026-04-01T00:00:00", "theirs": "はい", "theirs_remark": "",
            "mine": "いいえ", "mine_remark": "x" },
        "previous": "/", "next": "/",
        "siblings": [{ "number": 1, "text": "？", "href": "/", "status": "完了", "tone": "good",
            "current": true }],
    })
}
