//! When a decision needs somebody else, and how long it holds. Pure.

use super::model::{Decision, Step, Verdict};
use crate::incident::duty::{Answer, Duties, Duty};
use crate::rulebook::Party;
use crate::word_type;

word_type! {
    /// How a side's decision stands.
    Standing {
        /// Nobody has decided.
        Undecided = "undecided",
        /// It waits for an approver.
        Waiting = "waiting",
        /// An approver returned it.
        Returned = "returned",
        /// The answer has changed since: to be decided again.
        Outdated = "outdated",
        /// It holds.
        Decided = "decided",
    }
}

word_type! {
    /// What is to be done next about a side's duty.
    Next {
        /// To find out what isn't known and would decide.
        Facts = "facts",
        /// To decide.
        Decide = "decide",
        /// To confirm what was proposed.
        Confirm = "confirm",
    }
}

/// The sides, in the order of the page.
pub(super) const SIDES: [Party; 2] = [Party::Principal, Party::Contractor];

/// The duty of a side; none where it isn't concerned.
pub(super) fn of_side(duties: &Duties, side: Party) -> Option<&Duty> {
    match side {
        Party::Principal => Some(&duties.principal),
        Party::Contractor => duties.contractor.as_ref(),
        Party::Other => None,
    }
}

/// Whether it is less than what was computed: not to report what is, or may be, a duty.
pub(super) fn lessens(verdict: Verdict, computed: Answer) -> bool {
    verdict == Verdict::NoReport && computed != Answer::NotRequired
}

/// How far a decision is once it is made: the principal's waits for an approver when it lessens.
pub(super) fn step(side: Party, verdict: Verdict, computed: Answer) -> Step {
    if side == Party::Principal && lessens(verdict, computed) {
        Step::Proposed
    } else {
        Step::Decided
    }
}

/// How the latest decision of a side stands when `answer` is computed now.
pub(super) fn standing(last: Option<&Decision>, answer: Answer) -> Standing {
    match last {
        None => Standing::Undecided,
        Some(last) if last.step == Step::Returned => Standing::Returned,
        Some(last) if last.computed != answer => Standing::Outdated,
        Some(last) if last.step == Step::Proposed => Standing::Waiting,
        Some(_) => Standing::Decided,
    }
}

/// The sides about whose duty it holds that they don't report: no clock runs for them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::incident) struct Released {
    /// The principal.
    pub principal: bool,
    /// The contractor.
    pub contractor: bool,
}

impl Released {
    /// From the latest decision of each side, and what is computed now.
    pub fn of(
        duties: &Duties,
        (principal, contractor): (Option<&Decision>, Option<&Decision>),
    ) -> Self {
        let holds = |last: Option<&Decision>, duty: Option<&Duty>| {
            last.zip(duty).is_some_and(|(last, duty)| {
                last.verdict == Verdict::NoReport
                    && standing(Some(last), duty.answer) == Standing::Decided
            })
        };
        Self {
            principal: holds(principal, Some(&duties.principal)),
            contractor: holds(contractor, duties.contractor.as_ref()),
        }
    }
}

/// What is to be done next; `asks` while something isn't known that would decide.
pub(super) fn next(standing: Standing, asks: bool) -> Option<Next> {
    match standing {
        Standing::Decided => None,
        Standing::Waiting => Some(Next::Confirm),
        _ if asks => Some(Next::Facts),
        _ => Some(Next::Decide),
    }
}

/// The sides whose answer changed: what it was, and what it is.
pub(super) fn changed(before: &Duties, after: &Duties) -> Vec<(Party, &'static str, &'static str)> {
    let answer = |duties, side| of_side(duties, side).map_or("none", |duty| duty.answer.as_str());
    SIDES
        .into_iter()
        .map(|side| (side, answer(before, side), answer(after, side)))
        .filter(|(_, was, is)| was != is)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use Answer::{NeedsReview, NotRequired, Required};
    use Verdict::{NoReport, Report};

    fn decision(step: Step, verdict: Verdict, computed: Answer) -> Decision {
        Decision {
            side: Party::Principal,
            step,
            verdict,
            computed,
            assessment: 1,
            reason: String::new(),
            note: String::new(),
            by_name: String::new(),
            decided_at: crate::testing::jst("2026-04-01T16:30:00"),
        }
    }

    #[test]
    fn only_the_principals_decision_not_to_report_what_may_be_a_duty_waits_for_another() {
        for (verdict, computed, lessening) in [
            (NoReport, Required, true),
            (NoReport, NeedsReview, true),
            (NoReport, NotRequired, false),
            (Report, Required, false),
            (Report, NeedsReview, false),
            (Report, NotRequired, false),
        ] {
            assert_eq!(lessens(verdict, computed), lessening, "{verdict} {computed}");
            let waits = if lessening { Step::Proposed } else { Step::Decided };
            assert_eq!(step(Party::Principal, verdict, computed), waits);
            assert_eq!(step(Party::Contractor, verdict, computed), Step::Decided);
        }
    }

    #[test]
    fn a_decision_holds_until_the_answer_changes() {
        assert_eq!(standing(None, Required), Standing::Undecided);
        for (step, same, other) in [
            (Step::Decided, Standing::Decided, Standing::Outdated),
            (Step::Confirmed, Standing::Decided, Standing::Outdated),
            (Step::Proposed, Standing::Waiting, Standing::Outdated),
            (Step::Returned, Standing::Returned, Standing::Returned),
        ] {
            let last = decision(step, NoReport, NeedsReview);
            assert_eq!(standing(Some(&last), NeedsReview), same);
            for answer in [Required, NotRequired] {
                assert_eq!(standing(Some(&last), answer), other, "{step} {answer}");
            }
        }
    }

    #[test]
    fn what_is_next_is_asked_until_it_is_decided() {
        assert_eq!(next(Standing::Decided, true), None);
        assert_eq!(next(Standing::Waiting, true), Some(Next::Confirm));
        for standing in [Standing::Undecided, Standing::Returned, Standing::Outdated] {
            assert_eq!(
                (next(standing, true), next(standing, false)),
                (Some(Next::Facts), Some(Next::Decide))
            );
        }
    }
}
