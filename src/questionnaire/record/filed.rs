//! What of a questionnaire is on record: the rounds that were handed in and the reviews that were
//! finished. What is still being typed or weighed is nobody else's yet.

use std::collections::{BTreeMap, BTreeSet};

use super::super::answer::{AnswerValue, Answered, Answers};
use super::super::entity::{Questionnaire, QuestionnaireStatus};
use super::super::model::{QuestionId, Template};
use super::super::rules::{self, Decision, Facts, Finding, Score};
use crate::clock::Timestamp;
use crate::entrustment::Entrustment;

/// A questionnaire on record.
#[derive(Clone, Debug)]
pub struct Filed {
    /// The questionnaire.
    pub questionnaire: Questionnaire,
    /// Its frozen template.
    pub template: Template,
    facts: Facts,
    given: Vec<Given>,
    proofs: Vec<Proof>,
}

/// An answer as it was handed in in one round.
#[derive(Clone, Debug)]
pub struct Given {
    /// To which question.
    pub question: QuestionId,
    /// In which round.
    pub round: u16,
    /// What.
    pub value: AnswerValue,
    /// Added in words.
    pub remark: String,
    /// Who.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// What the review decided on it.
    pub decided: Option<Decided>,
}

/// A decision of the review.
#[derive(Clone, Debug)]
pub struct Decided {
    /// What.
    pub decision: Decision,
    /// Why; may be empty.
    pub comment: String,
    /// Who.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// A file handed in as evidence.
#[derive(Clone, Debug)]
pub struct Proof {
    /// For which question.
    pub question: QuestionId,
    /// In which round.
    pub round: u16,
    /// Its name.
    pub file_name: String,
    /// Its size in bytes.
    pub size: i64,
    /// Its SHA-256, hexadecimal.
    pub sha256: String,
    /// Who added it.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// When it was taken away again.
    pub removed_at: Option<Timestamp>,
}

impl Filed {
    /// A questionnaire with what is stored of it; drafts and unfinished reviews are left out.
    #[must_use]
    pub fn new(
        questionnaire: Questionnaire,
        template: Template,
        facts: Facts,
        mut given: Vec<Given>,
        mut proofs: Vec<Proof>,
    ) -> Self {
        let rounds = rounds(&questionnaire);
        given.retain(|g| g.round <= rounds);
        proofs.retain(|p| p.round <= rounds);
        if let (QuestionnaireStatus::Submitted, Some(at)) =
            (questionnaire.status, questionnaire.submitted_at)
        {
            // What was decided since is still being weighed.
            for given in &mut given {
                given.decided = given.decided.take().filter(|decided| decided.at <= at);
            }
        }
        Self { questionnaire, template, facts, given, proofs }
    }

    /// How many rounds were handed in.
    #[must_use]
    pub fn rounds(&self) -> u16 {
        rounds(&self.questionnaire)
    }

    /// Whether it still counts.
    #[must_use]
    pub fn counts(&self) -> bool {
        self.questionnaire.status != QuestionnaireStatus::Withdrawn
    }

    /// The answers as they stood when a round was handed in.
    #[must_use]
    pub fn answers(&self, round: u16) -> Answers {
        let until = self.given.iter().filter(|g| g.round <= round && g.is_given());
        let mut newest: BTreeMap<&QuestionId, &Given> = BTreeMap::new();
        for given in until {
            let kept = newest.entry(&given.question).or_insert(given);
            if given.round > kept.round {
                *kept = given;
            }
        }
        newest.into_iter().map(|(id, g)| (id.clone(), g.answered())).collect()
    }

    /// The answers to the questions that were shown, as they stood when a round was handed in.
    #[must_use]
    pub fn shown_answers(&self, round: u16) -> Answers {
        rules::shown_answers(&self.template, &self.answers(round), self.facts)
    }

    /// The evidence for the questions that were shown in a round, as it stood at a moment; once the
    /// last round is handed in, nothing may be taken away any more.
    pub fn proofs(&self, round: u16, at: Timestamp) -> impl Iterator<Item = &Proof> {
        let open = matches!(
            self.questionnaire.status,
            QuestionnaireStatus::Answering | QuestionnaireStatus::Returned
        );
        let at = if open || round < self.rounds() { at } else { Timestamp::MAX };
        let shown = rules::visible(&self.template, &self.answers(round), self.facts);
        let there = move |p: &&Proof| p.round <= round && p.removed_at.is_none_or(|gone| gone > at);
        self.proofs.iter().filter(there).filter(move |p| shown.contains(&p.question))
    }

    /// The evidence as it was handed in last.
    pub fn current_proofs(&self) -> impl Iterator<Item = &Proof> {
        let at = self.questionnaire.submitted_at.unwrap_or(self.questionnaire.created_at);
        self.proofs(self.rounds(), at)
    }

    /// The answer handed in last to a question.
    #[must_use]
    pub fn current(&self, question: &QuestionId) -> Option<&Given> {
        self.all_of(question).max_by_key(|g| g.round)
    }

    /// The answers to a question, round by round.
    pub fn all_of(&self, question: &QuestionId) -> impl Iterator<Item = &Given> {
        self.given.iter().filter(move |g| g.question == *question)
    }

    /// The questions that the answers handed in last show.
    #[must_use]
    pub fn visible(&self) -> BTreeSet<QuestionId> {
        rules::visible(&self.template, &self.answers(self.rounds()), self.facts)
    }

    /// The findings of the answers handed in last.
    #[must_use]
    pub fn findings(&self) -> Vec<Finding> {
        rules::findings(&self.template, &self.answers(self.rounds()), self.facts)
    }

    /// The score of the answers handed in last; none before they are.
    #[must_use]
    pub fn score(&self) -> Option<Score> {
        let answers = self.answers(self.rounds());
        (self.rounds() > 0).then(|| rules::score(&self.template, &answers, self.facts))
    }
}

impl Given {
    /// Whether the contractor gave it. A question left open gets an empty answer of nobody's when
    /// the review returns it.
    #[must_use]
    pub fn is_given(&self) -> bool {
        !self.by.is_empty()
    }

    fn answered(&self) -> Answered {
        Answered { value: self.value.clone(), remark: self.remark.clone(), round: self.round }
    }
}

/// What conditions may ask. As long as no holding says where the data is, the handling rules say
/// where it may be.
#[must_use]
pub fn facts_of(entrustment: &Entrustment) -> Facts {
    let countries = &entrustment.rules.0.countries;
    Facts { holding_abroad: countries.iter().any(|country| country != "JP") }
}

/// While the contractor answers, the round that is open isn't handed in. A questionnaire that was
/// withdrawn shows no answers.
fn rounds(questionnaire: &Questionnaire) -> u16 {
    let round = u16::try_from(questionnaire.round).unwrap_or_default();
    match questionnaire.status {
        QuestionnaireStatus::Answering | QuestionnaireStatus::Returned => round.saturating_sub(1),
        QuestionnaireStatus::Submitted | QuestionnaireStatus::Approved => round,
        QuestionnaireStatus::Withdrawn => 0,
    }
}
