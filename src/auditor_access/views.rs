//! What the pages of accesses show.

use chrono::NaiveDate;
use serde::Serialize;
use serde_json::{Value, json};

use super::model::AuditorAccess;
use super::rules::Standing;
use super::store::Row;
use crate::actor::Role;
use crate::entrustment::Entrustment;
use crate::ledger::HistoryLine;
use crate::web::paging::Page;
use crate::web::{Choice, Ctx, FormView, View};

/// A word with its tone.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Mark {
    pub label: String,
    pub tone: &'static str,
}

impl Mark {
    pub(super) fn of(ctx: &Ctx, standing: Standing) -> Self {
        let label = ctx.text(&format!("auditor-access-standing-{}", standing.word()));
        Self { label, tone: standing.tone() }
    }
}

/// A line of a list.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Line {
    pub href: String,
    pub entrustment_href: String,
    pub auditor: String,
    pub number: String,
    pub title: String,
    pub from_on: NaiveDate,
    pub until_on: NaiveDate,
    pub with_below: bool,
    pub standing: Mark,
    /// Whether the reader sees the entrustment: an auditor on the days of the access alone.
    pub open: bool,
}

impl Line {
    pub(super) fn of(ctx: &Ctx, row: Row) -> Self {
        let member = ctx.actor.member();
        let standing = member.map_or(Standing::Past, |member| row.access.standing(member.today));
        let auditor = member.is_none_or(|member| member.role == Role::Auditor);
        let open = !auditor || standing == Standing::InForce;
        // What an entrustment is called is no more open to an auditor than the entrustment.
        let (number, title) = if open { (row.number, row.title) } else { Default::default() };
        Self {
            href: row.access.href(),
            entrustment_href: format!("/entrustments/{}", row.access.entrustment_id),
            auditor: row.auditor,
            number,
            title,
            from_on: row.access.from_on,
            until_on: row.access.until_on,
            with_below: row.access.with_below,
            standing: Mark::of(ctx, standing),
            open,
        }
    }
}

/// The list: of an auditor the own accesses, of the others those to what they see.
#[derive(Serialize)]
pub(super) struct ListView {
    #[serde(flatten)]
    pub list: Page<Line>,
    pub statuses: Vec<Choice>,
    /// Whether an auditor reads.
    pub own: bool,
}

impl View for ListView {
    const TEMPLATE: &'static str = "auditor_access/list.html";
    const TITLE: &'static str = "auditor-access-list-title";
}

/// The form.
#[derive(Serialize)]
pub(super) struct FormPage {
    pub form: FormView,
    pub entrustment: Entrustment,
    pub auditors: Vec<Choice>,
    /// Whether somebody else has to decide.
    pub waits: bool,
}

impl View for FormPage {
    const TEMPLATE: &'static str = "auditor_access/form.html";
    const TITLE: &'static str = "auditor-access-form-title";
}

/// One access.
#[derive(Serialize)]
pub(super) struct ShowView {
    pub form: FormView,
    pub entrustment: Entrustment,
    pub access: AuditorAccess,
    pub auditor: String,
    pub standing: Mark,
    pub decisions: Vec<Choice>,
    pub may_decide: bool,
    pub own_request: bool,
    pub may_end: bool,
    pub history: Vec<HistoryLine>,
}

impl View for ShowView {
    const TEMPLATE: &'static str = "auditor_access/show.html";
    const TITLE: &'static str = "auditor-access-show-title";
}

/// A sample of each page, for the test that renders them all.
#[must_use]
pub fn samples() -> Vec<(&'static str, Value)> {
    let entrustment = json!({ "id": "0", "title": "保育所等監査業務委託", "number": "令8子-12" });
    let choice = json!([{ "value": "granted", "label": "認める", "hint": "" }]);
    let line = |open: bool| {
        json!({ "href": "/entrustments/0/auditor-access/0", "entrustment_href": "/entrustments/0",
            "auditor": "﨑山 監", "number": "令8子-12", "title": "保育所等監査業務委託", "from_on": "2026-06-10",
            "until_on": "2026-06-12", "with_below": true, "standing": { "label": "閲覧できます", "tone": "good" },
            "open": open })
    };
    let list = |rows: Value, own: bool| {
        json!({ "rows": rows, "paging": { "page": 1, "pages": 1, "total": 1, "first": 1, "last": 1 },
            "sorting": { "key": "until_on", "descending": true }, "form": FormView::default(),
            "statuses": choice, "own": own })
    };
    let show = |decided: bool| {
        json!({ "form": FormView::default(), "entrustment": entrustment, "auditor": "﨑山 監",
            "access": { "id": "0", "from_on": "2026-06-10", "until_on": "2026-06-12", "with_below": decided,
                "purpose": "財務監査", "status": "asked", "asked_by_name": "髙橋", "asked_at": "2026-06-01T00:00:00",
                "decided_by_name": if decided { "﨑山" } else { "" },
                "decided_at": decided.then_some("2026-06-02T00:00:00"), "reason": if decided { "監査計画のとおり" } else { "" },
                "ended_by_name": if decided { "﨑山" } else { "" }, "ended_at": decided.then_some("2026-06-11T00:00:00") },
            "standing": { "label": "承認待ち", "tone": "warn" }, "decisions": choice, "may_decide": !decided,
            "own_request": decided, "may_end": true, "history": [] })
    };
    let form = |waits: bool| json!({ "form": FormView::default(), "entrustment": entrustment, "auditors": choice, "waits": waits });
    vec![
        (ListView::TEMPLATE, list(json!([line(true), line(false)]), true)),
        (ListView::TEMPLATE, list(json!([line(true)]), false)),
        (ListView::TEMPLATE, list(json!([]), false)),
        (FormPage::TEMPLATE, form(true)),
        (FormPage::TEMPLATE, form(false)),
        (ShowView::TEMPLATE, show(false)),
        (ShowView::TEMPLATE, show(true)),
    ]
}
