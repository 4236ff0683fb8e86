//! What the pages of the report show.

use serde::Serialize;
use serde_json::{Value, json};

use super::case::Standing;
use super::model::{Filing, Item, Items};
use crate::clock::Timestamp;
use crate::entrustment::Entrustment;
use crate::web::locale::text;
use crate::web::{Choice, FormView, Language, View};

/// An item in words.
#[derive(Debug, Serialize)]
pub(super) struct ItemView {
    /// Its field in the form.
    pub field: String,
    pub name: String,
    pub hint: String,
    pub text: String,
    /// What was reported of it the time before, where that differs.
    pub before: Option<String>,
}

/// The nine items in words, beside those that were reported before.
pub(super) fn items(language: Language, items: &Items, before: Option<&Items>) -> Vec<ItemView> {
    let view = |item: &Item| {
        let said = items.get(*item);
        let was = before.map(|before| before.get(*item)).filter(|was| *was != said);
        ItemView {
            field: super::form::field(*item),
            name: text(language, &format!("incident-authority-item-{item}")),
            hint: text(language, &format!("incident-authority-item-{item}-hint")),
            text: said.to_owned(),
            before: was.map(str::to_owned),
        }
    };
    Item::ALL.iter().map(view).collect()
}

/// A report that was filed, in the list of them.
#[derive(Debug, Serialize)]
pub(super) struct FilingLine {
    pub href: String,
    pub report: String,
    pub by: String,
    pub authority: String,
    pub receipt: String,
    pub filed_at: Timestamp,
}

impl FilingLine {
    pub(super) fn of(language: Language, home: &str, filing: &Filing) -> Self {
        let by = if filing.joint {
            text(language, "incident-authority-both")
        } else {
            text(language, &format!("incident-side-{}", filing.side))
        };
        Self {
            href: format!("{home}/report/filings/{}", filing.id),
            report: text(language, &format!("incident-authority-{}", filing.report)),
            by,
            authority: filing.authority.clone(),
            receipt: filing.receipt.clone(),
            filed_at: filing.filed_at,
        }
    }
}

/// The report as it stands.
#[derive(Debug, Serialize)]
pub(super) struct ReportView {
    pub entrustment: Entrustment,
    pub home: String,
    pub name: String,
    pub items: Vec<ItemView>,
    /// How many items are still unknown.
    pub missing: usize,
    pub changed_by: String,
    pub changed_at: Option<Timestamp>,
    pub filings: Vec<FilingLine>,
    /// Something was filed that says other than what is known now.
    pub outdated: bool,
    /// The contractor told the principal, which frees it from a report of its own.
    pub released: bool,
    pub may_write: bool,
}

impl View for ReportView {
    const TEMPLATE: &'static str = "incident/authority.html";
    const TITLE: &'static str = "incident-authority-title";
}

/// The form of the items.
#[derive(Debug, Serialize)]
pub(super) struct EditView {
    pub form: FormView,
    pub entrustment: Entrustment,
    pub home: String,
    pub name: String,
    pub items: Vec<ItemView>,
    pub warned: bool,
}

impl View for EditView {
    const TEMPLATE: &'static str = "incident/authority_edit.html";
    const TITLE: &'static str = "incident-authority-edit-title";
}

/// The form in which it is entered that a report was filed.
#[derive(Debug, Serialize)]
pub(super) struct FileView {
    pub form: FormView,
    pub entrustment: Entrustment,
    pub home: String,
    pub name: String,
    pub reports: Vec<Choice>,
    /// The names of the items of which nothing is known yet.
    pub missing: Vec<String>,
    pub warned: bool,
}

impl View for FileView {
    const TEMPLATE: &'static str = "incident/authority_file.html";
    const TITLE: &'static str = "incident-authority-file-title";
}

/// A report that was filed.
#[derive(Debug, Serialize)]
pub(super) struct FilingView {
    pub entrustment: Entrustment,
    pub home: String,
    pub name: String,
    pub filing: FilingLine,
    pub items: Vec<ItemView>,
    /// Whether there is an earlier one with which it is compared.
    pub compared: bool,
    pub entered_by: String,
    pub entered_at: Timestamp,
}

impl View for FilingView {
    const TEMPLATE: &'static str = "incident/authority_filing.html";
    const TITLE: &'static str = "incident-authority-filing-title";

    fn title(&self, _: Language) -> String {
        self.filing.report.clone()
    }
}

/// The name of an incident and its page.
pub(super) fn of(language: Language, standing: &Standing) -> (String, String) {
    let name = crate::incident::web::numbered(language, &standing.incident);
    (standing.incident.href(), name)
}

/// A sample of each page, for the test that renders them all.
#[must_use]
pub(in crate::incident) fn samples() -> Vec<(&'static str, Value)> {
    let entrustment = json!({ "id": "0", "title": "保育所等監査業務委託", "number": "令8子-12" });
    let item = |said: &str, before: Value| json!({ "field": "report_outline", "name": "概要", "hint": "いつ、どこで、何が起きたか。", "text": said, "before": before });
    let filing = json!({ "href": "/", "report": "速報", "by": "委託元", "authority": "個人情報保護委員会", "receipt": "R8-100",
        "filed_at": "2026-04-03T07:08:00" });
    let report = |filings: Value, flag: bool| {
        json!({ "entrustment": entrustment, "home": "/", "name": "事故 第2号", "items": [item("名簿を送った\n49人", json!(null)), item("", json!(null))],
            "missing": i32::from(flag), "changed_by": if flag { "﨑山" } else { "" },
            "changed_at": if flag { json!("2026-04-03T07:08:00") } else { json!(null) }, "filings": filings,
            "outdated": flag, "released": flag, "may_write": flag })
    };
    let edit = |warned: bool| {
        json!({ "form": FormView::default(), "entrustment": entrustment, "home": "/", "name": "事故 第2号",
            "items": [item("名簿を送った", json!(null))], "warned": warned,
            "reports": [{ "value": "final", "label": "確報", "hint": "" }], "missing": if warned { json!(["原因"]) } else { json!([]) } })
    };
    let shown = |before: Value, compared: bool| {
        json!({ "entrustment": entrustment, "home": "/", "name": "事故 第2号", "filing": filing, "items": [item("名簿を送った", before)],
            "compared": compared, "entered_by": "﨑山", "entered_at": "2026-04-03T07:10:00" })
    };
    vec![
        (ReportView::TEMPLATE, report(json!([filing]), true)),
        (ReportView::TEMPLATE, report(json!([]), false)),
        (EditView::TEMPLATE, edit(false)),
        (EditView::TEMPLATE, edit(true)),
        (FileView::TEMPLATE, edit(false)),
        (FileView::TEMPLATE, edit(true)),
        (FilingView::TEMPLATE, shown(json!("名簿を送った可能性"), true)),
        (FilingView::TEMPLATE, shown(json!(null), false)),
    ]
}
