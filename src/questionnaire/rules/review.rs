//! The review, answer by answer, and what it leaves open.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::questionnaire::model::QuestionId;

/// What the officer decided on an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// 確認.
    Accepted,
    /// 差戻し.
    Returned,
}

/// The latest decision on each answer.
pub type Decisions = BTreeMap<QuestionId, Decision>;

/// Where a response stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ResponseStatus {
    /// The contractor answers for the first time.
    Answering,
    /// Attested, and in review.
    Submitted,
    /// Returned, and answered anew where it was returned.
    Returned,
    /// Every answer is accepted.
    Approved,
    /// No longer wanted.
    Withdrawn,
}

/// What a round of review comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Every answer is accepted.
    Approved,
    /// These are to be answered anew.
    Returned(Vec<QuestionId>),
    /// On these nothing is decided yet.
    Incomplete(Vec<QuestionId>),
}

/// What the decisions on the shown questions come to. Decisions on others don't count.
#[must_use]
pub fn round_outcome(visible: &BTreeSet<QuestionId>, decisions: &Decisions) -> Outcome {
    let of = |wanted: Option<Decision>| -> Vec<QuestionId> {
        let decided = visible.iter().filter(|id| decisions.get(*id).copied() == wanted);
        decided.cloned().collect()
    };
    let undecided = of(None);
    if !undecided.is_empty() {
        return Outcome::Incomplete(undecided);
    }
    match of(Some(Decision::Returned)) {
        returned if returned.is_empty() => Outcome::Approved,
        returned => Outcome::Returned(returned),
    }
}

/// The questions that the contractor may answer now: in the first round all that are shown, later
/// those returned and those never decided on, which have come into sight by a returned answer.
#[must_use]
pub fn open_questions(
    status: ResponseStatus,
    round: u16,
    decisions: &Decisions,
    visible: &BTreeSet<QuestionId>,
) -> BTreeSet<QuestionId> {
    if !status.is_open() {
        return BTreeSet::new();
    }
    let open = |id: &&QuestionId| round <= 1 || decisions.get(*id) != Some(&Decision::Accepted);
    visible.iter().filter(open).cloned().collect()
}

impl ResponseStatus {
    /// Whether the contractor may answer.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, Self::Answering | Self::Returned)
    }
}
