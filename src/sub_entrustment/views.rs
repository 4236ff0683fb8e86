//! What the pages of sub-entrustments show.

use serde::Serialize;
use serde_json::{Value, json};

use super::model::{Application, ApplicationStatus};
use crate::attachment::FileView;
use crate::entrustment::{Entrustment, EntrustmentId, PanelRow};
use crate::web::paging::Page;
use crate::web::{Choice, FormView, Language, View};

/// The entrustment to which a page belongs.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Of {
    pub id: EntrustmentId,
    pub number: String,
    pub title: String,
    pub starts_on: chrono::NaiveDate,
    pub ends_on: chrono::NaiveDate,
    pub persons: i64,
    pub my_number: bool,
    pub countries: Vec<String>,
}

impl From<&Entrustment> for Of {
    fn from(of: &Entrustment) -> Self {
        Self {
            id: of.id,
            number: of.number.clone(),
            title: of.title.clone(),
            starts_on: of.starts_on,
            ends_on: of.ends_on,
            persons: of.persons,
            my_number: of.my_number,
            countries: of.rules.0.countries.clone(),
        }
    }
}

/// A line of the list.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Row {
    pub id: String,
    pub position: String,
    pub name: String,
    pub starts_on: chrono::NaiveDate,
    pub ends_on: chrono::NaiveDate,
    pub permitted_until: Option<chrono::NaiveDate>,
    pub days: Option<i64>,
    pub status: ApplicationStatus,
    pub tone: &'static str,
    /// Whether a later approval replaced this one.
    pub replaced: bool,
}

impl Row {
    pub(super) fn of(application: Application, today: chrono::NaiveDate, replaced: bool) -> Self {
        let until = application.permitted_until;
        Self {
            id: application.id.to_string(),
            position: application.position.to_string(),
            name: application.name,
            starts_on: application.starts_on,
            ends_on: application.ends_on,
            permitted_until: until,
            days: until.map(|day| (day - today).num_days()),
            status: application.status,
            tone: if replaced { "neutral" } else { application.status.tone() },
            replaced,
        }
    }
}

/// The applications of an entrustment, and what came of them.
#[derive(Serialize)]
pub(super) struct ListView {
    #[serde(flatten)]
    pub list: Page<Row>,
    pub of: Of,
    /// Whether the handling rules forbid it.
    pub forbidden: bool,
    pub may_apply: bool,
    /// All tiers below.
    pub tiers: Vec<PanelRow>,
}

impl View for ListView {
    const TEMPLATE: &'static str = "sub_entrustment/list.html";
    const TITLE: &'static str = "sub-entrustment-list-title";
}

/// The entrustment that came of an application.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Child {
    pub id: EntrustmentId,
    pub number: String,
    /// The contractor below, for the principal's people.
    pub contractor: Option<String>,
    /// Whether its representative has an account here.
    pub joined: bool,
}

/// One application.
#[expect(clippy::struct_excessive_bools, reason = "what the template asks, one by one")]
#[derive(Serialize)]
pub(super) struct ShowView {
    pub form: FormView,
    pub of: Of,
    pub application: Application,
    pub tone: &'static str,
    pub items: Vec<String>,
    pub files: Vec<FileView>,
    pub file_limit: usize,
    pub accept: &'static str,
    /// Whether the country is one that the rules permit.
    pub permitted_country: bool,
    pub child: Option<Child>,
    pub days: Option<i64>,
    pub may_edit: bool,
    pub may_decide: bool,
    /// Whether the reader would decide, but asked for it.
    pub own_request: bool,
    pub may_renew: bool,
    /// Whether a later approval replaced this one.
    pub replaced: bool,
}

impl View for ShowView {
    const TEMPLATE: &'static str = "sub_entrustment/show.html";
    const TITLE: &'static str = "sub-entrustment-show-title";

    fn title(&self, _: Language) -> String {
        self.application.name.clone()
    }
}

/// The form of an application.
#[derive(Serialize)]
pub(super) struct FormPage {
    pub form: FormView,
    pub of: Of,
    /// The application that is changed; none for a new one.
    pub id: Option<String>,
    /// Whether a longer time is asked for.
    pub renewal: bool,
    pub items: Vec<Choice>,
}

impl View for FormPage {
    const TEMPLATE: &'static str = "sub_entrustment/form.html";
    const TITLE: &'static str = "sub-entrustment-form-title";

    fn title(&self, language: Language) -> String {
        let key = match (&self.id, self.renewal) {
            (Some(_), _) => "sub-entrustment-edit-title",
            (None, true) => "sub-entrustment-renewal-title",
            (None, false) => Self::TITLE,
        };
        crate::web::locale::text(language, key)
    }
}

/// The form of a decision.
#[derive(Serialize)]
pub(super) struct DecisionPage {
    pub form: FormView,
    pub of: Of,
    pub application: Application,
    pub items: Vec<String>,
    pub files: Vec<FileView>,
    pub permitted_country: bool,
    pub verdicts: Vec<Choice>,
    pub further: Vec<Choice>,
}

impl View for DecisionPage {
    const TEMPLATE: &'static str = "sub_entrustment/decision.html";
    const TITLE: &'static str = "sub-entrustment-decision-title";
}

/// A sample of each page, for the test that renders them all.
#[must_use]
pub fn samples() -> Vec<(&'static str, Value)> {
    let of = json!({ "id": "0", "number": "令8子-12", "title": "保育所等監査業務委託", "starts_on": "2026-04-01",
        "ends_on": "2027-03-31", "persons": 49, "my_number": true, "countries": ["JP"] });
    let application = |status: &str, decided: bool| {
        json!({ "id": "0", "position": 1, "name": "津島データ株式会社", "name_kana": "", "corporate_number": "",
            "address": "三重野県津島市1-1", "representative": "𠮷田", "email": "y@data.example", "phone": "1",
            "reason": "入力", "scope": "入力", "items": [], "persons": 49, "starts_on": "2026-05-01",
            "ends_on": "2027-03-31", "place": "本社", "country": "SG", "safety": "施錠", "supervision": "月1回",
            "further": "", "status": status, "conditions": if decided { "国内に限る" } else { "" },
            "permitted_until": decided.then_some("2026-12-31"), "applied_by_name": "髙橋",
            "decided_by_name": if decided { "﨑山" } else { "" },
            "decided_at": decided.then_some("2026-04-02T00:00:00"), "child_id": null,
            "created_at": "2026-04-01T00:00:00", "version": 1 })
    };
    let file = json!({ "id": "0", "name": "契約書.pdf", "size": 1234, "href": "/", "sha256": "ab", "by": "髙橋",
        "at": "2026-04-01T00:00:00" });
    vec![
        (ListView::TEMPLATE, list_sample(&of, false)),
        (ListView::TEMPLATE, list_sample(&of, true)),
        (
            ShowView::TEMPLATE,
            show_sample(&of, &application("applied", false), &json!([]), &Value::Null, true),
        ),
        (
            ShowView::TEMPLATE,
            show_sample(
                &of,
                &application("approved", true),
                &json!([file]),
                &json!({ "id": "0", "number": "令8子-12-再1", "contractor": "0", "joined": false }),
                false,
            ),
        ),
        (
            FormPage::TEMPLATE,
            json!({ "form": FormView::default(), "of": of, "id": null, "renewal": false,
                "items": [{ "value": "0", "label": "氏名", "hint": "" }] }),
        ),
        (
            DecisionPage::TEMPLATE,
            json!({ "form": FormView::default(), "of": of, "application": application("applied", false),
                "items": ["氏名"], "files": [file], "permitted_country": false,
                "verdicts": [{ "value": "approved", "label": "承認する", "hint": "" }],
                "further": [{ "value": "forbidden", "label": "認めない", "hint": "" }] }),
        ),
    ]
}

fn list_sample(of: &Value, full: bool) -> Value {
    let row = json!({ "id": "0", "position": "1", "name": "津島データ株式会社", "starts_on": "2026-05-01",
        "ends_on": "2027-03-31", "permitted_until": "2026-12-31", "days": 3, "status": "approved", "tone": "good", "replaced": false });
    let waiting = json!({ "id": "1", "position": "2", "name": "𠮷田", "starts_on": "2026-05-01",
        "ends_on": "2027-03-31", "permitted_until": null, "days": null, "status": "applied", "tone": "info", "replaced": false });
    let tier = json!({ "title": "再委託先", "href": "/", "hint": "", "status": "進行中", "tone": "progress",
        "due": null, "days": null, "download": false });
    let rows = if full { json!([row, waiting]) } else { json!([]) };
    json!({ "rows": rows, "paging": { "page": 1, "pages": 1, "total": 2, "first": 1, "last": 2 },
        "sorting": { "key": "", "descending": false }, "form": FormView::default(), "of": of,
        "forbidden": !full, "may_apply": full, "tiers": if full { json!([tier]) } else { json!([]) } })
}

fn show_sample(
    of: &Value,
    application: &Value,
    files: &Value,
    child: &Value,
    applied: bool,
) -> Value {
    json!({ "form": FormView::default(), "of": of, "application": application, "tone": "info",
        "items": ["氏名"], "files": files, "file_limit": 1, "accept": ".pdf", "permitted_country": false,
        "child": child, "days": if applied { Value::Null } else { json!(30) }, "may_edit": applied,
        "may_decide": applied, "own_request": !applied, "may_renew": !applied, "replaced": false })
}
