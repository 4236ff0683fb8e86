//! What the pages of findings show.

use chrono::NaiveDate;
use serde::Serialize;
use serde_json::{Value, json};

use super::model::{Finding, FindingStatus, Round, Source, heading};
use super::store::list::FindingRow;
use crate::attachment::FileView;
use crate::clock::Timestamp;
use crate::entrustment::Entrustment;
use crate::ledger::HistoryLine;
use crate::rulebook::Severity;
use crate::web::paging::Page;
use crate::web::{Choice, FormView, Language, View, locale};

/// The entrustment to which a page belongs.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Head {
    pub id: String,
    pub number: String,
    pub title: String,
}

impl Head {
    pub(super) fn of(entrustment: &Entrustment) -> Self {
        Self {
            id: entrustment.id.to_string(),
            number: entrustment.number.clone(),
            title: entrustment.title.clone(),
        }
    }
}

/// A word with its tone.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Mark {
    pub label: String,
    pub tone: &'static str,
}

/// A severity in words and tone.
pub(super) fn severity(language: Language, severity: Severity) -> Mark {
    let tone = match severity {
        Severity::High => "bad",
        Severity::Medium => "warn",
        Severity::Low => "info",
    };
    Mark { label: locale::text(language, &format!("severity-{severity}")), tone }
}

/// A status in words and tone.
pub(super) fn status(language: Language, status: FindingStatus) -> Mark {
    let tone = match status {
        FindingStatus::Open => "neutral",
        FindingStatus::Answered => "info",
        FindingStatus::Returned => "warn",
        FindingStatus::Closed => "good",
    };
    Mark { label: locale::text(language, &format!("finding-status-{status}")), tone }
}

/// From what it came, in words.
pub(super) fn source(language: Language, source: Source) -> String {
    locale::text(language, &format!("finding-source-{source}"))
}

/// A line of a list.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Line {
    pub href: String,
    pub position: String,
    pub title: String,
    pub severity: Mark,
    pub source: String,
    pub status: Mark,
    pub mended: bool,
    pub due_on: NaiveDate,
    pub days: i64,
    pub done: bool,
    pub owner: String,
    pub entrustment_href: String,
    pub entrustment: String,
    pub number: String,
    pub contractor: String,
}

impl Line {
    pub(super) fn of(language: Language, row: FindingRow, today: NaiveDate) -> Self {
        let entrustment_href = format!("/entrustments/{}", row.entrustment_id);
        Self {
            href: format!("{entrustment_href}/findings/{}", row.id),
            position: row.position.to_string(),
            title: heading(language, row.source, &row.rule, &row.title, &row.english.0),
            severity: severity(language, row.severity),
            source: source(language, row.source),
            status: status(language, row.status),
            mended: row.mended,
            due_on: row.due_on,
            days: (row.due_on - today).num_days(),
            done: row.status == FindingStatus::Closed,
            owner: row.owner_name,
            entrustment_href,
            entrustment: row.entrustment,
            number: row.number,
            contractor: row.contractor,
        }
    }
}

/// The list of an organisation, or of one entrustment.
#[derive(Serialize)]
pub(super) struct ListView {
    #[serde(flatten)]
    pub list: Page<Line>,
    pub of: Option<Head>,
    pub statuses: Vec<Choice>,
    pub severities: Vec<Choice>,
    pub sources: Vec<Choice>,
    pub may_raise: bool,
}

impl View for ListView {
    const TEMPLATE: &'static str = "finding/list.html";
    const TITLE: &'static str = "finding-list-title";

    fn title(&self, language: Language) -> String {
        let key = if self.of.is_some() { "finding-of-title" } else { Self::TITLE };
        locale::text(language, key)
    }
}

/// The form with which an officer raises one.
#[derive(Serialize)]
pub(super) struct NewView {
    pub form: FormView,
    pub of: Head,
    pub severities: Vec<Choice>,
}

impl View for NewView {
    const TEMPLATE: &'static str = "finding/form.html";
    const TITLE: &'static str = "finding-new-title";
}

/// The form with which an officer changes severity, due date and owner.
#[derive(Serialize)]
pub(super) struct TermsView {
    pub form: FormView,
    pub of: Head,
    pub href: String,
    pub name: String,
    pub severities: Vec<Choice>,
}

impl View for TermsView {
    const TEMPLATE: &'static str = "finding/terms.html";
    const TITLE: &'static str = "finding-terms-title";
}

/// A finding with everything about it.
#[derive(Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "what the template asks, one by one")]
pub(super) struct ShowView {
    pub form: FormView,
    pub of: Head,
    pub finding: Shown,
    pub files: Vec<File>,
    pub decisions: Vec<Choice>,
    pub history: Vec<HistoryLine>,
    pub may_answer: bool,
    pub may_check: bool,
    /// Whether severity, date and owner may be changed.
    pub may_change: bool,
    /// Whether deciding is barred because the reader entered what it is about.
    pub own_request: bool,
    pub may_attach: bool,
}

impl View for ShowView {
    const TEMPLATE: &'static str = "finding/show.html";
    const TITLE: &'static str = "finding-show-title";

    fn title(&self, _: Language) -> String {
        self.finding.title.clone()
    }
}

/// A file, and whether the reader may take it back.
#[derive(Clone, Debug, Serialize)]
pub(super) struct File {
    #[serde(flatten)]
    pub file: FileView,
    pub removable: bool,
}

/// A finding as its page says it.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Shown {
    pub href: String,
    pub position: String,
    pub title: String,
    pub rule_text: String,
    pub clause: Option<u8>,
    pub detail: String,
    pub reason: String,
    pub source: String,
    pub subject: String,
    pub subject_href: String,
    pub severity: Mark,
    pub status: Mark,
    pub open: bool,
    pub answered: bool,
    pub mended_at: Option<Timestamp>,
    pub owner: String,
    pub due_on: NaiveDate,
    pub days: i64,
    pub root_cause: String,
    pub action: String,
    pub action_on: Option<NaiveDate>,
    pub answered_by: String,
    pub answered_at: Option<Timestamp>,
    pub rounds: Vec<Round>,
    pub returned: Option<Round>,
    pub outcome: String,
    pub effect: String,
    pub closed_by: String,
    pub closed_at: Option<Timestamp>,
    pub raised_by: String,
    pub raised_at: Timestamp,
}

impl Shown {
    pub(super) fn of(language: Language, finding: &Finding, today: NaiveDate) -> Self {
        let text = |key: String| locale::text(language, &key);
        let returned = (finding.status == FindingStatus::Returned)
            .then(|| finding.rounds.0.last().cloned())
            .flatten();
        Self {
            href: finding.href(),
            position: finding.position.to_string(),
            title: finding.heading(language),
            rule_text: finding.rule_text(language),
            clause: finding.clause(),
            detail: finding.detail(language),
            reason: finding.reason.clone(),
            source: source(language, finding.source),
            subject: text(format!("finding-subject-{}", finding.subject_kind)),
            subject_href: finding.subject_href(),
            severity: severity(language, finding.severity),
            status: status(language, finding.status),
            open: finding.is_open(),
            answered: finding.answered_at.is_some(),
            mended_at: finding.mended_at,
            owner: finding.owner_name.clone(),
            due_on: finding.due_on,
            days: (finding.due_on - today).num_days(),
            root_cause: finding.root_cause.clone(),
            action: finding.action.clone(),
            action_on: finding.action_on,
            answered_by: finding.answered_by_name.clone(),
            answered_at: finding.answered_at,
            rounds: finding.rounds.0.clone(),
            returned,
            outcome: if finding.is_open() {
                String::new()
            } else {
                text(format!("finding-outcome-{}", finding.outcome))
            },
            effect: finding.effect.clone(),
            closed_by: finding.closed_by_name.clone(),
            closed_at: finding.closed_at,
            raised_by: finding.raised_by_name.clone(),
            raised_at: finding.raised_at,
        }
    }
}

/// A sample of each page, for the test that renders them all.
#[must_use]
pub fn samples() -> Vec<(&'static str, Value)> {
    let of = json!({ "id": "0", "number": "令8子-12", "title": "保育所等監査業務委託" });
    let mark = json!({ "label": "重大", "tone": "bad" });
    let row = json!({ "href": "/", "position": "1", "title": "国外の保管", "severity": mark, "source": "取扱ルール",
        "status": mark, "mended": true, "due_on": "2026-05-01", "days": -3, "done": false, "owner": "髙橋",
        "entrustment_href": "/", "entrustment": "監査", "number": "1", "contractor": "髙橋" });
    let paging = json!({ "page": 1, "pages": 1, "total": 1, "first": 1, "last": 1 });
    let list = |rows: Value, of: Value| {
        json!({ "rows": rows, "paging": paging, "sorting": { "key": "due", "descending": false }, "of": of,
            "form": FormView::default(), "statuses": [], "severities": [], "sources": [], "may_raise": true })
    };
    let round = json!({ "root_cause": "手順がなかった", "action": "手順を作った", "action_on": "2026-04-20",
        "answered_by": "髙橋", "answered_at": "2026-04-20T00:00:00", "comment": "手順書を添えてください",
        "returned_by": "﨑山", "returned_at": "2026-04-21T00:00:00" });
    let finding = |open: bool| {
        json!({ "href": "/", "position": "1", "title": "国外の保管", "rule_text": "文", "clause": 10, "detail": "US",
            "reason": "契約で認められた", "source": "取扱ルール", "subject": "保管", "subject_href": "/",
            "severity": mark, "status": mark, "open": open, "answered": true, "mended_at": "2026-04-20T00:00:00",
            "owner": "髙橋", "due_on": "2026-05-01", "days": 3, "root_cause": "手順がなかった", "action": "直した",
            "action_on": "2026-04-20", "answered_by": "髙橋", "answered_at": "2026-04-20T00:00:00",
            "rounds": [round], "returned": if open { round.clone() } else { Value::Null }, "outcome": "是正を確認",
            "effect": "確認した", "closed_by": "﨑山", "closed_at": "2026-05-01T00:00:00", "raised_by": "azukari",
            "raised_at": "2026-04-01T00:00:00" })
    };
    let file = json!({ "id": "0", "name": "手順書.pdf", "size": 1234, "href": "/", "sha256": "0a", "by": "髙橋",
        "at": "2026-04-20T00:00:00", "removable": true });
    let show = |open: bool, contractor: bool| {
        json!({ "form": FormView::default(), "of": of, "finding": finding(open), "files": [file],
            "decisions": [{ "value": "close", "label": "閉じる", "hint": "" }], "history": [],
            "may_answer": open && contractor, "may_check": open && !contractor,
            "may_change": open && !contractor, "own_request": open && !contractor, "may_attach": open })
    };
    let terms = json!({ "form": FormView::default(), "of": of, "href": "/", "name": "国外の保管", "severities": [] });
    vec![
        (ListView::TEMPLATE, list(json!([row]), Value::Null)),
        (ListView::TEMPLATE, list(json!([]), Value::Null)),
        (ListView::TEMPLATE, list(json!([row]), of.clone())),
        (NewView::TEMPLATE, json!({ "form": FormView::default(), "of": of, "severities": [] })),
        (TermsView::TEMPLATE, terms),
        (ShowView::TEMPLATE, show(true, true)),
        (ShowView::TEMPLATE, show(true, false)),
        (ShowView::TEMPLATE, show(false, false)),
    ]
}
