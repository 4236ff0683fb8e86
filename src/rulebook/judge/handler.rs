//! A handler on the roster, and whoever handled something on some day.

use chrono::NaiveDate;

use super::{Judge, Verdict};
use crate::japanese::FiscalYear;
use crate::rulebook::facts::{HandlerFact, HandlerId, Terms};
use crate::rulebook::rule::{Broken, RuleId};

/// What a handler's entry breaks today.
pub(super) fn judge(terms: &Terms, fact: &HandlerFact) -> Vec<Broken> {
    let mut verdict = Verdict::default();
    let today = terms.today;
    if left(fact, today) {
        let back = fact.returned_on.is_some_and(|day| day <= today);
        verdict.add_if(!back, RuleId::HandlerReturn, "");
    } else if fact.starts_on <= today {
        verdict.add_if(!pledged(fact, today), RuleId::HandlerPledge, "");
        let year = training_year(terms, today);
        let trained = fact.trained_on.iter().any(|day| FiscalYear::of(*day).0 == year);
        verdict.add_if(!trained, RuleId::HandlerTraining, "");
    }
    verdict.done()
}

/// What is broken when this handler sends something on `day`.
pub(super) fn sends(judge: &Judge<'_>, id: HandlerId, day: NaiveDate, verdict: &mut Verdict) {
    let Some(handler) = judge.handlers.get(&id) else {
        return verdict.add(RuleId::HandlerUnregistered, "");
    };
    let fact = handler.fact;
    if day < fact.starts_on {
        return verdict.add(RuleId::HandlerUnregistered, &fact.name);
    }
    verdict.add_if(left(fact, day), RuleId::HandlerLeft, &fact.name);
    verdict.add_if(!pledged(fact, day), RuleId::HandlerPledge, &fact.name);
    let trained = handler.years.contains(&training_year(judge.terms, day));
    verdict.add_if(!trained, RuleId::HandlerTraining, &fact.name);
}

/// What is broken when this handler has access to something today. Pledge and training are asked
/// for once, at the handler's own entry.
pub(super) fn has_access(judge: &Judge<'_>, id: HandlerId, verdict: &mut Verdict) {
    let today = judge.terms.today;
    match judge.handlers.get(&id).map(|handler| handler.fact) {
        None => verdict.add(RuleId::HandlerUnregistered, ""),
        Some(fact) => {
            verdict.add_if(today < fact.starts_on, RuleId::HandlerUnregistered, &fact.name);
            verdict.add_if(left(fact, today), RuleId::HandlerLeft, &fact.name);
        }
    }
}

fn left(fact: &HandlerFact, day: NaiveDate) -> bool {
    fact.ends_on.is_some_and(|last| last < day)
}

fn pledged(fact: &HandlerFact, day: NaiveDate) -> bool {
    fact.pledged_on.is_some_and(|pledged| pledged <= day)
}

/// The fiscal year whose training counts: what is only given back after the contract needs no new one.
fn training_year(terms: &Terms, day: NaiveDate) -> i32 {
    FiscalYear::of(day.min(terms.ends_on)).0
}
