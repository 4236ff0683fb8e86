//! Answers, statuses and the way to the page of a question, in the reader's language.

use serde::Serialize;

use crate::questionnaire::answer::{self, AnswerValue, Word};
use crate::questionnaire::model::{Question, YesNo};
use crate::questionnaire::response::{EvidenceRow, Response};
use crate::questionnaire::rules::Change;
use crate::web::{Language, locale};

/// An answer in words.
#[must_use]
pub fn said(language: Language, question: &Question, value: &AnswerValue) -> String {
    let word = |word: Word| match word {
        Word::YesNo(YesNo::Yes) => locale::text(language, "common-yes"),
        Word::YesNo(YesNo::No) => locale::text(language, "common-no"),
        Word::YesNo(YesNo::NotApplicable) => locale::text(language, "response-not-applicable"),
        Word::Date(date) => locale::day(language, date),
        Word::File => locale::text(language, "response-by-file"),
        Word::Blank => locale::text(language, "common-not-answered"),
        Word::Between => match language {
            Language::Ja => "\u{3001}".to_owned(),
            Language::En => ", ".to_owned(),
        },
    };
    answer::display(&question.kind, value, language.as_str(), &word)
}

/// How an answer stands to last year's: the key of the word, and its tone.
#[must_use]
pub(in crate::questionnaire) fn change(change: &Change) -> (&'static str, &'static str) {
    match change {
        Change::Same => ("response-change-same", "neutral"),
        Change::Changed { .. } => ("response-change-changed", "warn"),
        Change::New => ("response-change-new", "info"),
    }
}

/// A file as pages list it.
#[derive(Clone, Debug, Serialize)]
pub struct FileLine {
    /// The id.
    pub id: String,
    /// Where it is downloaded.
    pub href: String,
    /// Its name.
    pub name: String,
    /// Its size in bytes.
    pub size: i64,
    /// Who added it.
    pub by: String,
    /// When.
    pub at: crate::clock::Timestamp,
    /// The SHA-256 of its bytes.
    pub sha256: String,
}

/// The files of a question.
pub fn files(response: &Response, question: &Question) -> Vec<FileLine> {
    let line = |row: &EvidenceRow| FileLine {
        id: row.id.to_string(),
        href: format!("/questionnaires/{}/evidence/{}", response.questionnaire.id, row.id),
        name: row.file_name.clone(),
        size: row.size,
        by: row.added_by_name.clone(),
        at: row.added_at,
        sha256: row.sha256.clone(),
    };
    response.evidence_of(&question.id).map(line).collect()
}

/// What the head of each page about a response shows.
#[derive(Clone, Debug, Serialize)]
pub struct HeadView {
    /// The id.
    pub id: String,
    /// What the questionnaire is called.
    pub title: String,
    /// The entrustment.
    pub entrustment_id: String,
    /// Its number.
    pub entrustment_number: String,
    /// Its title.
    pub entrustment_title: String,
    /// The principal's name.
    pub principal: String,
    /// The contractor's name.
    pub contractor: String,
    /// How far it has come.
    pub status: &'static str,
    /// The tone of the status.
    pub tone: &'static str,
    /// The round, from 1.
    pub round: i32,
    /// The last day to answer.
    pub deadline: chrono::NaiveDate,
    /// Days left; negative when late.
    pub days: i64,
    /// When it was handed in last.
    pub submitted_at: Option<crate::clock::Timestamp>,
    /// When every answer was accepted.
    pub approved_at: Option<crate::clock::Timestamp>,
    /// For optimistic locking.
    pub version: String,
}

impl HeadView {
    /// The head for a response, with the names of both sides.
    #[must_use]
    pub fn of(
        language: Language,
        response: &Response,
        (principal, contractor): (String, String),
        today: chrono::NaiveDate,
    ) -> Self {
        use crate::questionnaire::entity::QuestionnaireStatus as S;
        let of = &response.questionnaire;
        let tone = match of.status {
            S::Answering => "progress",
            S::Submitted => "info",
            S::Returned => "warn",
            S::Approved => "good",
            S::Withdrawn => "neutral",
        };
        Self {
            id: of.id.to_string(),
            title: response.template.title.get(language.as_str()).to_owned(),
            entrustment_id: response.entrustment.id.to_string(),
            entrustment_number: response.entrustment.number.clone(),
            entrustment_title: response.entrustment.title.clone(),
            principal,
            contractor,
            status: of.status.as_str(),
            tone,
            round: of.round,
            deadline: of.deadline,
            days: (of.deadline - today).num_days(),
            submitted_at: of.submitted_at,
            approved_at: of.approved_at,
            version: of.version.to_string(),
        }
    }

    /// A sample.
    #[must_use]
    pub fn sample() -> serde_json::Value {
        serde_json::json!({
            "id": "0", "title": "点検票", "entrustment_id": "0", "entrustment_number": "令8子-12",
            "entrustment_title": "保育所等監査業務委託", "principal": "三重野県", "contractor": "髙橋",
            "status": "returned", "tone": "warn", "round": 2, "deadline": "2026-05-01", "days": 3,
            "submitted_at": "2026-04-01T00:00:00", "approved_at": null, "version": "3",
        })
    }
}
