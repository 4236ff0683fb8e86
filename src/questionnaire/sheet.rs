//! A response as a sheet: each shown question with its answer in words, by section. For checking
//! before it is handed in, and for documents.

use serde::Serialize;

use super::answer::AnswerValue;
use super::model::{Evidence, Question};
use super::response::Response;
use super::views::words::{FileLine, files, said};
use crate::web::{Language, locale};

/// A section of the sheet.
#[derive(Clone, Debug, Serialize)]
pub struct SheetSection {
    /// What it is called.
    pub title: String,
    /// Its shown questions.
    pub lines: Vec<SheetLine>,
}

/// A question with its answer.
#[derive(Clone, Debug, Serialize)]
pub struct SheetLine {
    /// The question's id.
    pub id: String,
    /// Its number.
    pub number: u16,
    /// The question.
    pub text: String,
    /// The answer in words.
    pub answer: String,
    /// What was added; may be empty.
    pub remark: String,
    /// The evidence.
    pub files: Vec<FileLine>,
    /// Whether it is answered, and anew where it was returned.
    pub answered: bool,
    /// Whether it can be changed now.
    pub open: bool,
    /// Whether evidence is asked for and there is none.
    pub evidence_missing: bool,
    /// The page on which it is answered.
    pub href: String,
}

/// The sheet of a response.
#[must_use]
pub fn sheet(response: &Response, language: Language) -> Vec<SheetSection> {
    let shown = response.visible();
    let unanswered = response.progress().unanswered;
    let sections = response.template.sections.iter().map(|section| {
        let asked = section.questions.iter().filter(|q| shown.contains(&q.id));
        SheetSection {
            title: section.title.get(language.as_str()).to_owned(),
            lines: asked
                .map(|q| line(response, language, q, !unanswered.contains(&q.id)))
                .collect(),
        }
    });
    sections.filter(|section| !section.lines.is_empty()).collect()
}

fn line(response: &Response, language: Language, asked: &Question, answered: bool) -> SheetLine {
    let row = response.latest(&asked.id);
    let files = files(response, asked);
    let value = row.map_or(&AnswerValue::Blank, |row| &row.value.0);
    // Blank where blank is an answer: said as such, not as missing.
    let answer = if answered && value.is_blank() {
        locale::text(language, "common-none")
    } else {
        said(language, asked, value)
    };
    SheetLine {
        id: asked.id.to_string(),
        number: asked.number,
        text: asked.text.get(language.as_str()).to_owned(),
        answer,
        remark: row.map(|row| row.remark.clone()).unwrap_or_default(),
        evidence_missing: asked.evidence == Evidence::Requested && files.is_empty(),
        files,
        answered,
        open: response.takes(&asked.id),
        href: format!("/questionnaires/{}/questions/{}", response.questionnaire.id, asked.id),
    }
}
