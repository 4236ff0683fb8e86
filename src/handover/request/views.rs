//! What the pages of requests show.

use serde::Serialize;
use serde_json::{Value, json};

use super::super::model::{HandoverId, Request};
use super::store;
use crate::database::Connection;
use crate::entrustment::{Entrustment, PanelRow};
use crate::error::Result;
use crate::ledger::HistoryLine;
use crate::rulebook::Party;
use crate::web::locale::text_with;
use crate::web::paging::Page;
use crate::web::{Choice, Ctx, FormView, Language, View};

/// The list.
#[derive(Serialize)]
pub(super) struct ListView {
    #[serde(flatten)]
    pub list: Page<Request>,
    pub entrustment: Entrustment,
    pub statuses: Vec<Choice>,
    pub may_ask: bool,
}

impl View for ListView {
    const TEMPLATE: &'static str = "handover/requests.html";
    const TITLE: &'static str = "handover-request-list-title";
}

/// The form.
#[derive(Serialize)]
pub(super) struct FormPage {
    pub form: FormView,
    pub entrustment: Entrustment,
    pub items: Vec<Choice>,
    /// Who is asked.
    pub asked: Party,
}

impl View for FormPage {
    const TEMPLATE: &'static str = "handover/request_form.html";
    const TITLE: &'static str = "handover-request-form-title";
}

/// A hand-over that answered.
#[derive(Serialize)]
pub(super) struct Answer {
    pub id: HandoverId,
    pub position: i32,
}

/// One request.
#[derive(Serialize)]
pub(super) struct ShowView {
    pub form: FormView,
    pub entrustment: Entrustment,
    pub request: Request,
    pub items: Vec<String>,
    pub answers: Vec<Answer>,
    /// Days until it is due; negative when that has passed.
    pub days: Option<i64>,
    pub may_answer: bool,
    pub may_withdraw: bool,
    pub history: Vec<HistoryLine>,
}

impl View for ShowView {
    const TEMPLATE: &'static str = "handover/request.html";
    const TITLE: &'static str = "handover-request-show-title";

    fn title(&self, language: Language) -> String {
        let number = [("number", self.request.position.into())];
        text_with(language, "handover-request-numbered", &number)
    }
}

/// The requests' line on the entrustment's page: what the reader's side is asked for.
///
/// # Errors
/// Those of the database.
pub fn line(connection: &mut Connection, ctx: &Ctx, entrustment: &Entrustment) -> Result<PanelRow> {
    let principal = ctx.member()?.role.is_principal();
    let own = if principal { Party::Principal } else { Party::Contractor };
    let open = store::open_count(connection, entrustment, own)?;
    let (status, tone) = if open > 0 {
        (text_with(ctx.language, "handover-request-line-open", &[("count", open.into())]), "warn")
    } else {
        (ctx.text("handover-request-line-none"), "neutral")
    };
    Ok(PanelRow {
        title: ctx.text("handover-request-list-title"),
        href: format!("/entrustments/{}/hand-over-requests", entrustment.id),
        status,
        tone,
        ..PanelRow::default()
    })
}

/// A sample of each page, for the test that renders them all.
#[must_use]
pub fn samples() -> Vec<(&'static str, Value)> {
    let entrustment = json!({ "id": "0", "title": "保育所等監査業務委託", "number": "令8子-12" });
    let request = |status: &str, asked: &str| {
        json!({ "id": "0", "position": 3, "asked": asked, "purpose": "監査結果の報告", "message": "一覧\n様式2",
            "items": [], "due_on": "2026-04-30", "status": status, "asked_by_name": "髙橋", "asked_at": "2026-04-01T00:00:00",
            "settled_by_name": "吉田", "settled_at": "2026-04-02T00:00:00", "reminded": 0, "version": 1 })
    };
    let list = |rows: Value| {
        json!({ "rows": rows, "paging": { "page": 1, "pages": 1, "total": 1, "first": 1, "last": 1 },
            "sorting": { "key": "position", "descending": false }, "form": FormView::default(),
            "entrustment": entrustment, "statuses": [], "may_ask": true })
    };
    let show = |status: &str, answers: Value| {
        json!({ "form": FormView::default(), "entrustment": entrustment, "request": request(status, "contractor"),
            "items": ["氏名"], "answers": answers, "days": -2, "may_answer": status == "open",
            "may_withdraw": status == "open", "history": [] })
    };
    let form = |asked: &str| {
        json!({ "form": FormView::default(), "entrustment": entrustment, "asked": asked,
            "items": [{ "value": "0", "label": "氏名", "hint": "" }] })
    };
    vec![
        (
            ListView::TEMPLATE,
            list(json!([
                request("open", "contractor"),
                request("answered", "principal"),
                request("withdrawn", "principal")
            ])),
        ),
        (ListView::TEMPLATE, list(json!([]))),
        (FormPage::TEMPLATE, form("contractor")),
        (FormPage::TEMPLATE, form("principal")),
        (ShowView::TEMPLATE, show("open", json!([]))),
        (ShowView::TEMPLATE, show("answered", json!([{ "id": "0", "position": 4 }]))),
        (ShowView::TEMPLATE, show("withdrawn", json!([]))),
    ]
}
