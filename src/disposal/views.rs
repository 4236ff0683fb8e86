//! What the pages of disposals and of closing show.

use chrono::NaiveDate;
use serde::Serialize;
use serde_json::{Value, json};

use super::case::HoldingLine;
use super::model::{Disposal, DisposalKind, DisposalMethod};
use super::rules::Standing;
use super::store::closing::Proposal;
use crate::attachment::FileView;
use crate::clock::Timestamp;
use crate::entrustment::{Entrustment, EntrustmentId};
use crate::web::paging::Page;
use crate::web::{Choice, FormView, Language, View, locale};

/// The entrustment above a page.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Head {
    pub id: EntrustmentId,
    pub number: String,
    pub title: String,
    pub erase_by: NaiveDate,
    pub closed_at: Option<Timestamp>,
}

impl From<&Entrustment> for Head {
    fn from(entrustment: &Entrustment) -> Self {
        Self {
            id: entrustment.id,
            number: entrustment.number.clone(),
            title: entrustment.title.clone(),
            erase_by: entrustment.erase_by,
            closed_at: entrustment.closed_at,
        }
    }
}

/// A line of the list.
#[derive(Serialize)]
pub(super) struct Row {
    #[serde(flatten)]
    pub disposal: Disposal,
    pub count: usize,
    pub tone: &'static str,
}

impl From<Disposal> for Row {
    fn from(disposal: Disposal) -> Self {
        let (count, tone) = (disposal.holdings.0.len(), disposal.status.tone());
        Self { disposal, count, tone }
    }
}

/// The disposals of an entrustment.
#[derive(Serialize)]
pub(super) struct ListView {
    #[serde(flatten)]
    pub list: Page<Row>,
    pub head: Head,
    pub statuses: Vec<Choice>,
    pub may_write: bool,
    pub open: i64,
}

impl View for ListView {
    const TEMPLATE: &'static str = "disposal/list.html";
    const TITLE: &'static str = "disposal-list-title";
}

/// The form of a disposal.
#[derive(Serialize)]
pub(super) struct FormPage {
    pub head: Head,
    pub id: Option<String>,
    pub holdings: Vec<Choice>,
    pub kinds: Vec<Choice>,
    pub methods: Vec<Choice>,
    pub form: FormView,
}

impl FormPage {
    pub(super) fn choices(language: Language) -> (Vec<Choice>, Vec<Choice>) {
        (
            Choice::words(language, "disposal-kind-", DisposalKind::ALL),
            Choice::words(language, "disposal-method-", DisposalMethod::OFFERED),
        )
    }
}

impl View for FormPage {
    const TEMPLATE: &'static str = "disposal/form.html";
    const TITLE: &'static str = "disposal-new-title";

    fn title(&self, language: Language) -> String {
        let key = if self.id.is_some() { "disposal-edit-title" } else { Self::TITLE };
        locale::text(language, key)
    }
}

/// What the reader may do.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub(super) struct May {
    pub write: bool,
    pub attest: bool,
    pub decide: bool,
}

/// One disposal.
#[derive(Serialize)]
pub(super) struct ShowView {
    pub head: Head,
    pub number: String,
    pub disposal: Disposal,
    pub tone: &'static str,
    pub certified: bool,
    pub holdings: Vec<HoldingLine>,
    pub files: Vec<FileView>,
    /// The hash of what the page shows.
    pub shown: String,
    /// Whether what was attested is what is there.
    pub holds: bool,
    pub may: May,
    pub verdicts: Vec<Choice>,
    pub file_limit: usize,
    pub form: FormView,
}

impl View for ShowView {
    const TEMPLATE: &'static str = "disposal/show.html";
    const TITLE: &'static str = "disposal-show-title";

    fn title(&self, language: Language) -> String {
        let args = [("number", self.number.as_str().into())];
        locale::text_with(language, Self::TITLE, &args)
    }
}

/// What stays by law.
#[derive(Serialize)]
pub(super) struct RetainedLine {
    pub number: String,
    pub href: String,
    pub reason: String,
    pub until: Option<NaiveDate>,
    pub days: Option<i64>,
}

impl RetainedLine {
    pub(super) fn of(disposal: &Disposal, number: &str, today: NaiveDate) -> Self {
        Self {
            number: disposal.number(number),
            href: format!("/entrustments/{}/disposals/{}", disposal.entrustment_id, disposal.id),
            reason: disposal.retained_reason.clone(),
            until: disposal.retained_until,
            days: disposal.retained_until.map(|until| (until - today).num_days()),
        }
    }
}

/// What hinders closing: words and where they lead.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Hindrance {
    pub text: String,
    pub href: String,
}

/// The closing of an entrustment.
#[derive(Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "what the template asks, one by one")]
pub(super) struct ClosingView {
    pub head: Head,
    pub standing: Standing,
    pub hindrances: Vec<Hindrance>,
    pub retained: Vec<RetainedLine>,
    pub may_close: bool,
    pub may_reopen: bool,
    /// Whether somebody else closes than who proposes it.
    pub by_another: bool,
    pub proposal: Option<Proposal>,
    pub may_approve: bool,
    pub own_request: bool,
    pub may_refuse: bool,
    pub form: FormView,
}

impl View for ClosingView {
    const TEMPLATE: &'static str = "disposal/closing.html";
    const TITLE: &'static str = "closing-title";
}

/// A sample of each page, for the test that renders them all.
#[expect(clippy::indexing_slicing, reason = "a JSON object takes what is set")]
#[must_use]
pub fn samples() -> Vec<(&'static str, Value)> {
    let head = json!({ "id": "0", "number": "令8子-12", "title": "監査業務委託", "erase_by": "2027-04-30",
        "closed_at": null });
    let disposal = json!({ "id": "0", "entrustment_id": "0", "position": 1, "holdings": ["0"], "kind": "erased",
        "method": "overwrite", "method_note": "NIST SP 800-88", "quantity": "1台", "device_number": "SN-1",
        "done_on": "2027-04-10", "responsible": "髙橋", "performed_by": "𠮷田", "witness": "﨑山",
        "backups": "消去した", "subs": "なし", "outside_certificate": "", "retained_reason": "",
        "retained_until": null, "status": "attested", "attested_name": "髙橋", "attested_title": "代表",
        "attested_at": "2027-04-11T00:00:00", "attested_hash": "00", "decided_by_name": "", "decided_at": null,
        "comment": "", "drafted_by_name": "𠮷田", "created_at": "2027-04-10T00:00:00", "version": 2 });
    let mut row = disposal.clone();
    row["count"] = json!(1);
    row["tone"] = json!("info");
    let paging = json!({ "page": 1, "pages": 1, "total": 1, "first": 1, "last": 1 });
    let list = |rows: Value, may: bool| {
        json!({ "rows": rows, "paging": paging, "sorting": { "key": "position", "descending": true },
            "form": FormView::default(), "head": head, "statuses": [], "may_write": may, "open": 1 })
    };
    let form = json!({ "head": head, "id": null, "form": FormView::default(),
        "holdings": [{ "value": "0", "label": "保管1", "hint": "給与" }], "kinds": [], "methods": [] });
    let mut edit = form.clone();
    edit["id"] = json!("0");
    edit["holdings"] = json!([]);
    vec![
        (ListView::TEMPLATE, list(json!([row]), true)),
        (ListView::TEMPLATE, list(json!([]), false)),
        (FormPage::TEMPLATE, form),
        (FormPage::TEMPLATE, edit),
    ]
    .into_iter()
    .chain(show_samples(&head, &disposal))
    .chain(closing_samples(&head))
    .collect()
}

#[expect(clippy::indexing_slicing, reason = "a JSON object takes what is set")]
fn show_samples(head: &Value, disposal: &Value) -> Vec<(&'static str, Value)> {
    let show = json!({ "head": head, "number": "令8子-12-1", "disposal": disposal, "tone": "info", "certified": true,
        "holdings": [{ "id": "0", "number": 1, "items": "給与", "persons": 49, "place": "事務所", "medium": "端末",
            "status": "保管中", "href": "/" }],
        "files": [{ "id": "0", "name": "a.pdf", "size": 1, "href": "/", "sha256": "00", "by": "髙橋",
            "at": "2027-04-10T00:00:00" }],
        "shown": "00", "holds": false, "may": May { write: false, attest: false, decide: true },
        "verdicts": [], "file_limit": 1, "form": FormView::default() });
    let mut draft = show.clone();
    draft["may"] = json!(May { write: true, attest: true, decide: false });
    draft["files"] = json!([]);
    draft["certified"] = json!(false);
    draft["disposal"]["status"] = json!("returned");
    draft["disposal"]["comment"] = json!("写真を足してください");
    draft["disposal"]["decided_at"] = json!("2027-04-11T00:00:00");
    let mut kept = show.clone();
    kept["may"] = json!(May::default());
    kept["holds"] = json!(true);
    kept["disposal"]["kind"] = json!("retained");
    kept["disposal"]["method"] = json!("kept");
    kept["disposal"]["status"] = json!("accepted");
    kept["disposal"]["retained_until"] = json!("2032-03-31");
    [show, draft, kept].into_iter().map(|sample| (ShowView::TEMPLATE, sample)).collect()
}

#[expect(clippy::indexing_slicing, reason = "a JSON object takes what is set")]
fn closing_samples(head: &Value) -> Vec<(&'static str, Value)> {
    let hindered = json!({ "head": head, "standing": Standing { open_holdings: 1, findings: 1, ..Standing::default() },
        "hindrances": [{ "text": "保管が1件", "href": "/" }],
        "retained": [{ "number": "令8子-12-1", "href": "/", "reason": "法人税法", "until": "2032-03-31", "days": 9 }],
        "may_close": true, "may_reopen": false, "by_another": true, "proposal": null, "may_approve": false,
        "own_request": false, "may_refuse": false, "form": FormView::default() });
    let mut ready = hindered.clone();
    ready["hindrances"] = json!([]);
    let mut closed = ready.clone();
    closed["retained"] = json!([]);
    closed["head"]["closed_at"] = json!("2027-05-01T00:00:00");
    closed["may_reopen"] = json!(true);
    let mut proposed = ready.clone();
    proposed["proposal"] = json!({ "by": "﨑山", "findings": 1, "at": "2027-04-30T00:00:00" });
    for may in ["may_approve", "own_request", "may_refuse"] {
        proposed[may] = json!(true);
    }
    let mut alone = ready.clone();
    alone["by_another"] = json!(false);
    [hindered, ready, closed, proposed, alone]
        .into_iter()
        .map(|sample| (ClosingView::TEMPLATE, sample))
        .collect()
}
