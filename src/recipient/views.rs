//! What the pages of recipients show.

use serde::Serialize;
use serde_json::{Value, json};

use super::model::{Recipient, RecipientStatus};
use super::store;
use crate::database::Connection;
use crate::entrustment::{Entrustment, PanelRow};
use crate::error::Result;
use crate::ledger::HistoryLine;
use crate::web::locale::text_with;
use crate::web::paging::Page;
use crate::web::{Choice, Ctx, FormView, Language, View};

/// The list.
#[derive(Serialize)]
pub(super) struct ListView {
    #[serde(flatten)]
    pub list: Page<Recipient>,
    pub entrustment: Entrustment,
    pub statuses: Vec<Choice>,
    pub may_enter: bool,
}

impl View for ListView {
    const TEMPLATE: &'static str = "recipient/list.html";
    const TITLE: &'static str = "recipient-list-title";
}

/// The form.
#[derive(Serialize)]
pub(super) struct FormPage {
    pub form: FormView,
    pub entrustment: Entrustment,
    pub kinds: Vec<Choice>,
    pub items: Vec<Choice>,
    pub proposes: bool,
}

impl View for FormPage {
    const TEMPLATE: &'static str = "recipient/form.html";
    const TITLE: &'static str = "recipient-form-title";
}

/// One recipient.
#[derive(Serialize)]
pub(super) struct ShowView {
    pub form: FormView,
    pub entrustment: Entrustment,
    pub recipient: Recipient,
    pub items: Vec<String>,
    pub decisions: Vec<Choice>,
    pub may_decide: bool,
    pub own_request: bool,
    pub may_end: bool,
    pub history: Vec<HistoryLine>,
}

impl View for ShowView {
    const TEMPLATE: &'static str = "recipient/show.html";
    const TITLE: &'static str = "recipient-show-title";

    fn title(&self, _: Language) -> String {
        self.recipient.name.clone()
    }
}

/// The recipients' line on the entrustment's page.
///
/// # Errors
/// Those of the database.
pub fn line(connection: &mut Connection, ctx: &Ctx, entrustment: &Entrustment) -> Result<PanelRow> {
    let counts = store::counts(connection, entrustment)?;
    let of = |status| counts.iter().find(|(s, _)| *s == status).map_or(0, |(_, count)| *count);
    let say = |key: &str, count: i64| text_with(ctx.language, key, &[("count", count.into())]);
    let proposed = of(RecipientStatus::Proposed);
    let (status, tone) = if proposed > 0 {
        (say("recipient-line-proposed", proposed), "warn")
    } else {
        (ctx.text("recipient-line-none"), "neutral")
    };
    Ok(PanelRow {
        title: ctx.text("recipient-list-title"),
        href: format!("/entrustments/{}/recipients", entrustment.id),
        hint: say("recipient-line-approved", of(RecipientStatus::Approved)),
        status,
        tone,
        ..PanelRow::default()
    })
}

/// A sample of each page, for the test that renders them all.
#[must_use]
pub fn samples() -> Vec<(&'static str, Value)> {
    let entrustment = json!({ "id": "0", "title": "保育所等監査業務委託", "number": "令8子-12" });
    let recipient = |status: &str| {
        json!({ "id": "0", "kind": "authority", "name": "三重野労働局", "address": "roudou@labour.example",
            "purpose": "監査結果の報告", "items": [], "persons_limit": 10, "until_on": "2027-03-31", "status": status,
            "reason": "", "proposed_by_name": "髙橋", "decided_by_name": "", "decided_at": null,
            "created_at": "2026-04-01T00:00:00", "version": 1 })
    };
    let list = |rows: Value| {
        json!({ "rows": rows, "paging": { "page": 1, "pages": 1, "total": 1, "first": 1, "last": 1 },
            "sorting": { "key": "name", "descending": false }, "form": FormView::default(),
            "entrustment": entrustment, "statuses": [], "may_enter": true })
    };
    let show = |status: &str| {
        json!({ "form": FormView::default(), "entrustment": entrustment, "recipient": recipient(status),
            "items": ["氏名"], "decisions": [{ "value": "approved", "label": "承認する", "hint": "" }],
            "may_decide": status == "proposed", "own_request": status == "approved", "may_end": true, "history": [] })
    };
    let choice = json!([{ "value": "0", "label": "氏名", "hint": "" }]);
    let form = json!({ "form": FormView::default(), "entrustment": entrustment, "kinds": choice, "items": choice,
        "proposes": true });
    vec![
        (ListView::TEMPLATE, list(json!([recipient("proposed")]))),
        (ListView::TEMPLATE, list(json!([]))),
        (FormPage::TEMPLATE, form),
        (ShowView::TEMPLATE, show("proposed")),
        (ShowView::TEMPLATE, show("approved")),
    ]
}
