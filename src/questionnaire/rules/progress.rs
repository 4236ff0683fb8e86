//! How far a response is.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{Facts, is_answered, visible};
use crate::questionnaire::answer::Answers;
use crate::questionnaire::model::{QuestionId, Section, Template};

/// How far a response is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Progress {
    /// Section by section, in order.
    pub sections: Vec<SectionProgress>,
    /// How many of the shown questions are answered.
    pub answered: usize,
    /// How many questions are shown.
    pub visible: usize,
    /// The shown questions without an answer, in order.
    pub unanswered: Vec<QuestionId>,
}

/// How far a section is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SectionProgress {
    /// Which.
    pub id: String,
    /// In a word.
    pub status: SectionStatus,
    /// How many of its shown questions are answered.
    pub answered: usize,
    /// How many of its questions are shown.
    pub visible: usize,
    /// Its shown questions without an answer, in order.
    pub unanswered: Vec<QuestionId>,
}

/// How far a section is, in a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SectionStatus {
    /// No question is answered.
    NotStarted,
    /// Some are.
    InProgress,
    /// All that are shown are, or none is shown.
    Done,
    /// The review returned an answer that isn't given anew yet.
    Returned,
}

/// How far a response is. `returned` are the questions that the review returned and that aren't
/// answered anew in this round; they count as not answered.
#[must_use]
pub fn progress(
    template: &Template,
    answers: &Answers,
    facts: Facts,
    returned: &BTreeSet<QuestionId>,
) -> Progress {
    let shown = visible(template, answers, facts);
    let sections: Vec<SectionProgress> = template
        .sections
        .iter()
        .map(|section| section_progress(section, answers, &shown, returned))
        .collect();
    Progress {
        answered: sections.iter().map(|s| s.answered).sum(),
        visible: sections.iter().map(|s| s.visible).sum(),
        unanswered: sections.iter().flat_map(|s| s.unanswered.clone()).collect(),
        sections,
    }
}

impl Progress {
    /// Whether nothing is missing.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.unanswered.is_empty()
    }

    /// The share that is answered, rounded down; 100 when nothing is asked.
    #[must_use]
    pub fn percent(&self) -> usize {
        (self.answered * 100).checked_div(self.visible).unwrap_or(100)
    }
}

fn section_progress(
    section: &Section,
    answers: &Answers,
    shown: &BTreeSet<QuestionId>,
    returned: &BTreeSet<QuestionId>,
) -> SectionProgress {
    let asked = section.questions.iter().filter(|q| shown.contains(&q.id));
    let asked: Vec<_> = asked.collect();
    let unanswered: Vec<QuestionId> = asked
        .iter()
        .filter(|q| !is_answered(q, answers) || returned.contains(&q.id))
        .map(|q| q.id.clone())
        .collect();
    let answered = asked.len() - unanswered.len();
    let status = if unanswered.is_empty() {
        SectionStatus::Done
    } else if unanswered.iter().any(|id| returned.contains(id)) {
        SectionStatus::Returned
    } else if answered == 0 {
        SectionStatus::NotStarted
    } else {
        SectionStatus::InProgress
    };
    SectionProgress { id: section.id.clone(), status, answered, visible: asked.len(), unanswered }
}
