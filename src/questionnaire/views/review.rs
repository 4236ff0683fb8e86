//! What the principal's pages show: the review, and the rounds side by side.

use serde::Serialize;
use serde_json::{Value, json};

use super::words::{FileLine, HeadView};
use crate::clock::Timestamp;
use crate::questionnaire::review::Seal;
use crate::questionnaire::rules::Score;
use crate::web::{Choice, FormView, Language, View, locale};

/// The review.
#[derive(Serialize)]
pub(in crate::questionnaire) struct ReviewView {
    pub head: HeadView,
    pub form: FormView,
    pub score: Score,
    pub answered: usize,
    pub asked: usize,
    pub decided: usize,
    pub sections: Vec<ReviewSection>,
    pub choices: Vec<Choice>,
    pub seal: Option<Seal>,
    pub last_year: Option<Timestamp>,
    pub may_decide: bool,
    pub may_keep: bool,
}

/// A section of the review.
#[derive(Serialize)]
pub(in crate::questionnaire) struct ReviewSection {
    pub title: String,
    pub answers: Vec<ReviewLine>,
}

/// An answer in review.
#[derive(Serialize)]
pub(in crate::questionnaire) struct ReviewLine {
    pub id: String,
    pub number: u16,
    pub text: String,
    pub answer: String,
    pub remark: String,
    pub by: String,
    pub at: Option<Timestamp>,
    pub round: i32,
    pub files: Vec<FileLine>,
    pub evidence_missing: bool,
    pub finding: Option<(String, &'static str, String)>,
    pub last_year: Option<String>,
    pub change: String,
    pub change_tone: &'static str,
    pub from_last_year: bool,
    pub decision: &'static str,
    pub comment: String,
    pub decided_by: String,
    pub before: Option<(String, String, String)>,
    pub editable: bool,
}

impl View for ReviewView {
    const TEMPLATE: &'static str = "response/review.html";
    const TITLE: &'static str = "review-title";

    fn title(&self, language: Language) -> String {
        let args = [("title", self.head.title.as_str().into())];
        locale::text_with(language, Self::TITLE, &args)
    }
}

/// The rounds side by side.
#[derive(Serialize)]
pub(in crate::questionnaire) struct RoundsView {
    pub head: HeadView,
    pub rounds: Vec<i32>,
    pub changes: Vec<RoundLine>,
    pub unchanged: Vec<RoundLine>,
}

/// A question over the rounds.
#[derive(Serialize)]
pub(in crate::questionnaire) struct RoundLine {
    pub number: u16,
    pub text: String,
    pub cells: Vec<RoundCell>,
}

/// A question in one round.
#[derive(Serialize)]
pub(in crate::questionnaire) struct RoundCell {
    pub round: i32,
    pub given: bool,
    pub changed: bool,
    pub answer: String,
    pub remark: String,
    pub files: Vec<String>,
    pub decision: &'static str,
    pub comment: String,
    pub decided_by: String,
}

impl View for RoundsView {
    const TEMPLATE: &'static str = "response/rounds.html";
    const TITLE: &'static str = "rounds-title";
}

#[expect(clippy::indexing_slicing, reason = "a JSON object takes what is set")]
pub(super) fn samples() -> Vec<(&'static str, Value)> {
    let line = json!({
        "id": "q01", "number": 1, "text": "定めていますか", "answer": "はい", "remark": "補足", "by": "髙橋",
        "at": "2026-04-01T00:00:00", "round": 2,
        "files": [{ "id": "0", "href": "/", "name": "a.pdf", "size": 1, "by": "髙橋",
            "at": "2026-04-01T00:00:00", "sha256": "00" }],
        "evidence_missing": true, "finding": ["重大", "bad", "定めていない"], "last_year": "いいえ",
        "change": "変更", "change_tone": "warn", "from_last_year": false, "decision": "", "comment": "",
        "decided_by": "", "before": ["いいえ", "", "足りない"], "editable": true,
    });
    let mut settled = line.clone();
    for (name, value) in [
        ("id", json!("q02")),
        ("editable", json!(false)),
        ("decision", json!("accepted")),
        ("finding", json!(null)),
        ("last_year", json!(null)),
        ("before", json!(null)),
        ("at", json!(null)),
        ("files", json!([])),
        ("decided_by", json!("﨑山")),
    ] {
        settled[name] = value;
    }
    let review = json!({
        "head": HeadView::sample(), "form": FormView::default(), "answered": 48, "asked": 48, "decided": 3,
        "score": { "points": 1, "of": 2, "percent": 50, "high": 1, "medium": 0, "low": 0 },
        "sections": [{ "title": "組織", "answers": [line, settled] }],
        "choices": [{ "value": "accepted", "label": "確認", "hint": "" }],
        "seal": { "name": "髙橋", "title": "代表", "attested_at": "2026-04-01T00:00:00", "round": 1,
            "hash": "00", "broken": [], "exceptions": [["再委託", "理由", "措置"]] },
        "last_year": null, "may_decide": true, "may_keep": true,
    });
    let mut read = review.clone();
    read["may_decide"] = json!(false);
    read["may_keep"] = json!(false);
    read["seal"] = json!(null);
    let cell = json!({ "round": 1, "given": true, "changed": true, "answer": "はい", "remark": "補足",
        "files": ["a.pdf"], "decision": "returned", "comment": "足りない", "decided_by": "﨑山" });
    let lines = json!([{ "number": 1, "text": "？", "cells": [cell] }]);
    vec![
        (ReviewView::TEMPLATE, review),
        (ReviewView::TEMPLATE, read),
        (
            RoundsView::TEMPLATE,
            json!({ "head": HeadView::sample(), "rounds": [1], "changes": lines, "unchanged": lines }),
        ),
        (
            RoundsView::TEMPLATE,
            json!({ "head": HeadView::sample(), "rounds": [1], "changes": [], "unchanged": [] }),
        ),
    ]
}
