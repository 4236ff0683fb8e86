//! A response as it stands: the questionnaire with its frozen questions, every round's answers and
//! the evidence, and what follows from them.

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;
use serde::Serialize;

use super::answer::{AnswerValue, Answered, Answers};
use super::entity::{Questionnaire, QuestionnaireId, QuestionnaireStatus};
use super::model::{Question, QuestionId, Template};
use super::rules::{self, Decision, Decisions, Facts, Progress, ResponseStatus};
use super::store;
use crate::actor::Actor;
use crate::clock::Timestamp;
use crate::database::Connection;
use crate::database::schema::{answer, evidence};
use crate::database::types::Json;
use crate::entrustment::Entrustment;
use crate::error::{Error, Result};
use crate::{id_type, word_type};

id_type! {
    /// The id of an answer in one round.
    AnswerId
}
id_type! {
    /// The id of a file of evidence.
    EvidenceId
}

word_type! {
    /// What the officer decided on an answer, as it is stored.
    Verdict {
        /// 確認.
        Accepted = "accepted",
        /// 差戻し.
        Returned = "returned",
    }
}

impl From<Verdict> for Decision {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Accepted => Self::Accepted,
            Verdict::Returned => Self::Returned,
        }
    }
}

/// An answer in one round, with what the officer decided on it.
#[derive(Clone, Debug, Queryable, Selectable, Serialize)]
#[diesel(table_name = answer)]
pub struct AnswerRow {
    /// The id.
    pub id: AnswerId,
    /// To which question.
    #[diesel(deserialize_as = String)]
    pub question_id: QuestionId,
    /// In which round, from 1.
    pub round: i32,
    /// What was answered.
    pub value: Json<AnswerValue>,
    /// What was added in words.
    pub remark: String,
    /// Whether it was taken over from last year and left as it was.
    pub from_last_year: bool,
    /// Who answered.
    pub answered_by_name: String,
    /// When.
    pub answered_at: Timestamp,
    /// What the officer decided.
    pub decision: Option<Verdict>,
    /// What the officer wrote; may be empty.
    pub comment: String,
    /// Who decided.
    pub decided_by_name: String,
    /// When.
    pub decided_at: Option<Timestamp>,
    /// For optimistic locking.
    pub version: i32,
}

/// A file handed in as evidence.
#[derive(Clone, Debug, Queryable, Selectable, Serialize)]
#[diesel(table_name = evidence)]
pub struct EvidenceRow {
    /// The id.
    pub id: EvidenceId,
    /// For which question.
    #[diesel(deserialize_as = String)]
    pub question_id: QuestionId,
    /// In which round it was added.
    pub round: i32,
    /// Its name.
    pub file_name: String,
    /// Its media type, found by its content.
    pub media_type: String,
    /// Its size in bytes.
    pub size: i64,
    /// The SHA-256 of its bytes.
    pub sha256: String,
    /// Where it is stored.
    #[serde(skip)]
    pub object: String,
    /// Who added it.
    pub added_by_name: String,
    /// When.
    pub added_at: Timestamp,
    /// When it was taken back.
    pub removed_at: Option<Timestamp>,
}

/// A response with everything that belongs to it.
#[derive(Clone, Debug)]
pub struct Response {
    /// The questionnaire.
    pub questionnaire: Questionnaire,
    /// The entrustment.
    pub entrustment: Entrustment,
    /// The questions as dispatched.
    pub template: Template,
    /// The answers of all rounds, by question and round.
    pub rows: Vec<AnswerRow>,
    /// The evidence of all rounds, also what was taken back, in the order of adding.
    pub evidence: Vec<EvidenceRow>,
}

impl Response {
    /// The response of a questionnaire that is visible to the actor.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub fn load(connection: &mut Connection, actor: &Actor, id: QuestionnaireId) -> Result<Self> {
        let (questionnaire, entrustment) = store::find(connection, actor, id)?;
        Self::of(connection, questionnaire, entrustment)
    }

    /// The response of a questionnaire that was found already.
    ///
    /// # Errors
    /// Those of the database.
    pub fn of(
        connection: &mut Connection,
        questionnaire: Questionnaire,
        entrustment: Entrustment,
    ) -> Result<Self> {
        Ok(Self {
            template: store::frozen(connection, &questionnaire.frozen_hash)?,
            rows: store::response::rows(connection, &questionnaire)?,
            evidence: store::evidence::rows(connection, &questionnaire)?,
            questionnaire,
            entrustment,
        })
    }

    /// The question of this id.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub fn question(&self, id: &QuestionId) -> Result<&Question> {
        self.template.question(id).ok_or(Error::NotFound)
    }

    /// What conditions may ask. As long as no holding says where the data is, the handling rules
    /// say where it may be.
    #[must_use]
    pub fn facts(&self) -> Facts {
        let countries = &self.entrustment.rules.0.countries;
        Facts { holding_abroad: countries.iter().any(|country| country != "JP") }
    }

    /// How far it has come.
    #[must_use]
    pub fn status(&self) -> ResponseStatus {
        self.questionnaire.status.into()
    }

    /// The answers that count in `round`: those given in it, and those of earlier rounds that
    /// weren't given anew.
    #[must_use]
    pub fn rows_of_round(&self, round: i32) -> BTreeMap<&QuestionId, &AnswerRow> {
        let counting = self.rows.iter().filter(|row| row.round <= round);
        counting.map(|row| (&row.question_id, row)).collect()
    }

    /// The same as answers.
    #[must_use]
    pub fn answers_of_round(&self, round: i32) -> Answers {
        // A review leaves an empty row of nobody's where nothing was answered: that is no answer.
        let rows =
            self.rows_of_round(round).into_values().filter(|r| !r.answered_by_name.is_empty());
        rows.map(|row| (row.question_id.clone(), row.answered())).collect()
    }

    /// The answers as they stand now.
    #[must_use]
    pub fn answers(&self) -> Answers {
        self.answers_of_round(self.questionnaire.round)
    }

    /// The answers to the questions that are shown: what is attested and reviewed.
    #[must_use]
    pub fn shown_answers(&self) -> Answers {
        rules::shown_answers(&self.template, &self.answers(), self.facts())
    }

    /// The answer to a question as it stands now.
    #[must_use]
    pub fn latest(&self, question: &QuestionId) -> Option<&AnswerRow> {
        let round = self.questionnaire.round;
        let rows = self.rows.iter().filter(|r| r.question_id == *question && r.round <= round);
        rows.max_by_key(|r| r.round)
    }

    /// The answer to a question that was given in this round.
    #[must_use]
    pub fn current(&self, question: &QuestionId) -> Option<&AnswerRow> {
        self.latest(question).filter(|row| row.round == self.questionnaire.round)
    }

    /// The latest decision on each answer.
    #[must_use]
    pub fn decisions(&self) -> Decisions {
        let rows = self.rows_of_round(self.questionnaire.round).into_values();
        rows.filter_map(|row| Some((row.question_id.clone(), row.decision?.into()))).collect()
    }

    /// The questions that are shown.
    #[must_use]
    pub fn visible(&self) -> BTreeSet<QuestionId> {
        rules::visible(&self.template, &self.answers(), self.facts())
    }

    /// The shown questions that the contractor may answer now.
    #[must_use]
    pub fn open(&self) -> BTreeSet<QuestionId> {
        let round = u16::try_from(self.questionnaire.round).unwrap_or(u16::MAX);
        rules::open_questions(self.status(), round, &self.decisions(), &self.visible())
    }

    /// Whether an answer to the question is taken now, also when it isn't shown at the moment.
    #[must_use]
    pub fn takes(&self, question: &QuestionId) -> bool {
        let accepted = self.decisions().get(question) == Some(&Decision::Accepted);
        self.status().is_open() && (self.questionnaire.round <= 1 || !accepted)
    }

    /// The questions that were returned and aren't answered anew.
    #[must_use]
    pub fn returned(&self) -> BTreeSet<QuestionId> {
        let decisions = self.decisions().into_iter();
        decisions.filter(|(_, d)| *d == Decision::Returned).map(|(id, _)| id).collect()
    }

    /// How far the answering is.
    #[must_use]
    pub fn progress(&self) -> Progress {
        let open = self.questionnaire.status == QuestionnaireStatus::Returned;
        let returned = if open { self.returned() } else { BTreeSet::new() };
        rules::progress(&self.template, &self.answers(), self.facts(), &returned)
    }

    /// The evidence for a question that wasn't taken back.
    pub fn evidence_of<'a>(
        &'a self,
        question: &'a QuestionId,
    ) -> impl Iterator<Item = &'a EvidenceRow> {
        let there = self.evidence.iter().filter(|e| e.removed_at.is_none());
        there.filter(move |e| e.question_id == *question)
    }

    /// The evidence for the questions that are shown.
    #[must_use]
    pub fn shown_evidence(&self) -> Vec<&EvidenceRow> {
        let shown = self.visible();
        let there = self.evidence.iter().filter(|e| e.removed_at.is_none());
        there.filter(|e| shown.contains(&e.question_id)).collect()
    }
}

impl AnswerRow {
    /// The answer as the rules see it.
    #[must_use]
    pub fn answered(&self) -> Answered {
        Answered {
            value: self.value.0.clone(),
            remark: self.remark.clone(),
            round: u16::try_from(self.round).unwrap_or(u16::MAX),
        }
    }
}
