//! What the pages of attestations show.

use serde::Serialize;
use serde_json::{Value, json};

use super::clauses::{Clause, ClauseSet};
use crate::clock::Timestamp;
use crate::questionnaire::{HeadView, SheetSection};
use crate::web::{FormView, Language, View};

/// The answers once more, the clauses, and the pledge.
#[derive(Serialize)]
pub(super) struct CheckView {
    pub head: HeadView,
    pub form: FormView,
    pub sections: Vec<SheetSection>,
    pub unanswered: Vec<Unanswered>,
    pub clauses_title: String,
    pub preamble: String,
    pub closing: String,
    pub clauses: Vec<ClauseView>,
    pub shown: String,
    pub may_attest: bool,
}

/// A question without an answer.
#[derive(Serialize)]
pub(super) struct Unanswered {
    pub number: u16,
    pub text: String,
    pub href: String,
}

/// A clause.
#[derive(Serialize)]
pub(super) struct ClauseView {
    pub id: String,
    pub number: u16,
    pub title: String,
    pub text: String,
    pub source: String,
    pub exception_allowed: bool,
    pub claimed: bool,
}

impl ClauseView {
    /// The clauses that apply; those for which the form claims an exception are marked.
    pub(super) fn list(
        set: &ClauseSet,
        language: Language,
        my_number: bool,
        form: &FormView,
    ) -> Vec<Self> {
        let typed = |clause: &Clause| {
            ["reason", "measure"].iter().any(|part| {
                let field = form.fields.get(&format!("{part}_{}", clause.id));
                field.is_some_and(|f| {
                    f.error.is_some() || f.value.as_ref().is_some_and(|v| !v.is_empty())
                })
            })
        };
        let lang = language.as_str();
        let view = |clause: &Clause| Self {
            id: clause.id.clone(),
            number: clause.number,
            title: clause.title.get(lang).to_owned(),
            text: clause.text.get(lang).to_owned(),
            source: clause.source.clone(),
            exception_allowed: clause.exception_allowed,
            claimed: typed(clause),
        };
        set.applicable(my_number).map(view).collect()
    }
}

impl View for CheckView {
    const TEMPLATE: &'static str = "attestation/check.html";
    const TITLE: &'static str = "attestation-check-title";
}

/// Handed in.
#[derive(Serialize)]
pub(super) struct DoneView {
    pub head: HeadView,
    pub reference: String,
    pub name: String,
    pub title: String,
    pub attested_at: Timestamp,
    pub hash: String,
    pub contact: String,
}

impl View for DoneView {
    const TEMPLATE: &'static str = "attestation/done.html";
    const TITLE: &'static str = "attestation-done-title";
}

/// A sample of each page, for the test that renders them all.
#[expect(clippy::indexing_slicing, reason = "a JSON object takes what is set")]
#[must_use]
pub fn samples() -> Vec<(&'static str, Value)> {
    let check = json!({
        "head": HeadView::sample(), "form": FormView::default(),
        "sections": [{ "title": "組織", "lines": [{ "id": "q01", "number": 1, "text": "定めていますか",
            "answer": "はい", "remark": "補足", "files": [{ "id": "0", "href": "/", "name": "a.pdf",
            "size": 1, "by": "髙橋", "at": "2026-04-01T00:00:00", "sha256": "00" }], "answered": true,
            "open": true, "evidence_missing": true, "href": "/" }] }],
        "unanswered": [{ "number": 2, "text": "？", "href": "/" }],
        "clauses_title": "標準条項", "preamble": "…", "closing": "誓約します。",
        "clauses": [{ "id": "basic", "number": 1, "title": "基本", "text": "…", "source": "法66条",
            "exception_allowed": true, "claimed": true }],
        "shown": "00", "may_attest": true,
    });
    let mut read = check.clone();
    read["unanswered"] = json!([]);
    read["may_attest"] = json!(false);
    let mut ready = check.clone();
    ready["unanswered"] = json!([]);
    let done = json!({ "head": HeadView::sample(), "reference": "ABCD-EF01-2345", "name": "髙橋",
        "title": "代表", "attested_at": "2026-04-01T00:00:00", "hash": "00", "contact": "子ども課" });
    vec![
        (CheckView::TEMPLATE, check),
        (CheckView::TEMPLATE, read),
        (CheckView::TEMPLATE, ready),
        (DoneView::TEMPLATE, done),
    ]
}
