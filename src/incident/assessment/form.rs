//! Forms of decisions.

use super::model::{Step, Verdict};
use crate::incident::text;
use crate::web::{Fields, Form, Invalid, Rule};
use crate::word_type;

word_type! {
    /// What an approver does with a proposal.
    Outcome {
        /// Confirms it.
        Confirm = "confirm",
        /// Returns it, with what has to be looked at again.
        Return = "return",
    }
}

impl Outcome {
    /// How far the decision is then.
    pub fn step(self) -> Step {
        match self {
            Self::Confirm => Step::Confirmed,
            Self::Return => Step::Returned,
        }
    }
}

/// A decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NewDecision {
    /// To report, or not to.
    pub verdict: Verdict,
    /// Why.
    pub reason: String,
}

/// What came of a proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Answered {
    /// Confirmed or returned.
    pub outcome: Outcome,
    /// What is said to it.
    pub note: String,
}

impl NewDecision {
    /// Reads a decision; there is always a reason.
    ///
    /// # Errors
    /// What is wrong, by field.
    pub fn parse(form: &Form) -> Result<Self, Invalid> {
        let mut f = Fields::of(form);
        let verdict = f.word("assessment_verdict");
        let reason = f.text("assessment_reason", Rule::text(2000));
        text::check(&mut f, &[("assessment_reason", reason.as_deref())]);
        f.finish(|| Some(Self { verdict: verdict?, reason: reason? }))
    }
}

impl Answered {
    /// Reads what an approver says; returning needs a note.
    ///
    /// # Errors
    /// What is wrong, by field.
    pub fn parse(form: &Form) -> Result<Self, Invalid> {
        let mut f = Fields::of(form);
        let outcome: Option<Outcome> = f.word("assessment_outcome");
        let rule = Rule::text(2000);
        let note = match outcome {
            Some(Outcome::Return) => f.text("assessment_note", rule),
            _ => f.optional("assessment_note", rule),
        };
        text::check(&mut f, &[("assessment_note", note.as_deref())]);
        f.finish(|| Some(Self { outcome: outcome?, note: note? }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong<T>(read: Result<T, Invalid>) -> Vec<String> {
        let errors = read.err().map(|invalid| invalid.errors).unwrap_or_default();
        errors.into_iter().map(|(field, _)| field).collect()
    }

    #[test]
    fn a_decision_has_a_reason_and_what_is_returned_a_note() {
        let decision = |verdict: &str, reason: &str| {
            let pairs = [("assessment_verdict", verdict), ("assessment_reason", reason)];
            wrong(NewDecision::parse(&Form::from_pairs(pairs)))
        };
        assert!(decision("no_report", "全員が見ずに消した").is_empty());
        assert_eq!(decision("", ""), ["assessment_verdict", "assessment_reason"]);
        assert_eq!(decision("report", "番号は 123456789018"), ["assessment_reason"]);
        let answered = |outcome: &str, note: &str| {
            let pairs = [("assessment_outcome", outcome), ("assessment_note", note)];
            wrong(Answered::parse(&Form::from_pairs(pairs)))
        };
        assert!(answered("confirm", "").is_empty() && answered("return", "確かめる").is_empty());
        assert_eq!(answered("return", ""), ["assessment_note"]);
        assert_eq!(answered("maybe", ""), ["assessment_outcome"]);
    }
}
