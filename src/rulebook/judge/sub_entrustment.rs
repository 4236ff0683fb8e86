//! A sub-entrustment.

use super::Verdict;
use crate::rulebook::facts::{SubFact, Terms};
use crate::rulebook::rule::{Broken, RuleId};

/// What a sub-entrustment breaks today.
pub(super) fn judge(terms: &Terms, fact: &SubFact) -> Vec<Broken> {
    let mut verdict = Verdict::default();
    verdict.add_if(fact.open && fact.permitted_until < terms.today, RuleId::SubExpired, "");
    verdict.done()
}
