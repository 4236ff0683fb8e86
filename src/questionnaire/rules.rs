//! What follows from the answers: which questions are shown, how far the response is, what is a
//! finding, what changed, what a review leaves open.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::answer::Answers;
use super::model::{Condition, Fact, Question, QuestionId, Template};

mod change;
mod finding;
mod progress;
mod review;
#[cfg(test)]
mod tests;

pub use change::{Change, RoundChange, changed_since, compare_rounds, offer_last_year};
pub use finding::{Finding, Score, findings, score};
pub use progress::{Progress, SectionProgress, SectionStatus, progress};
pub use review::{Decision, Decisions, Outcome, ResponseStatus, open_questions, round_outcome};

/// What the portal knows of the entrustment and conditions may ask.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// There is a holding outside Japan.
    pub holding_abroad: bool,
}

/// The questions that are shown. A question that depends on a hidden one is hidden; as a condition
/// sees only what stands before it, there are no circles.
#[must_use]
pub fn visible(template: &Template, answers: &Answers, facts: Facts) -> BTreeSet<QuestionId> {
    let mut shown = BTreeSet::new();
    for question in template.questions() {
        let holds = match &question.shown_if {
            None => true,
            Some(Condition::Fact { fact }) => facts.hold(*fact),
            Some(Condition::Answer { question, any_of }) => {
                shown.contains(question)
                    && answers.get(question).is_some_and(|a| a.value.is_any_of(any_of))
            }
        };
        if holds {
            shown.insert(question.id.clone());
        }
    }
    shown
}

/// The answers to the questions that are shown: what is attested and reviewed.
#[must_use]
pub fn shown_answers(template: &Template, answers: &Answers, facts: Facts) -> Answers {
    let shown = visible(template, answers, facts);
    let of_shown = answers.iter().filter(|(id, _)| shown.contains(*id));
    of_shown.map(|(id, a)| (id.clone(), a.clone())).collect()
}

/// Whether a question is answered: with anything but blank, or with blank where that is an answer.
/// A question that was never saved isn't answered.
#[must_use]
pub fn is_answered(question: &Question, answers: &Answers) -> bool {
    answers.get(&question.id).is_some_and(|a| !a.value.is_blank() || question.blank_is_an_answer())
}

impl Facts {
    fn hold(self, fact: Fact) -> bool {
        match fact {
            Fact::HoldingAbroad => self.holding_abroad,
        }
    }
}
