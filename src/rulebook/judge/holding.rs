//! A holding.

use super::{Judge, Verdict, handler};
use crate::entrustment::rules::{Encryption, Medium, Place};
use crate::japanese::fold_name;
use crate::rulebook::facts::{Encrypted, HoldingFact};
use crate::rulebook::rule::{Broken, RuleId};

/// What a holding breaks.
pub(super) fn judge(judge: &Judge<'_>, fact: &HoldingFact) -> Vec<Broken> {
    let mut verdict = Verdict::default();
    let rules = &judge.terms.rules;
    judge.amount(&fact.items, fact.persons, &mut verdict);
    verdict.add_if(!rules.places.contains(&fact.place), RuleId::Place, fact.place);
    verdict.add_if(!rules.media.contains(&fact.medium), RuleId::Medium, fact.medium);
    countries(judge, fact, &mut verdict);
    cloud(judge, fact, &mut verdict);
    let open = encryption_demanded(judge, fact) && !encrypted(fact);
    verdict.add_if(open, RuleId::HoldingEncryption, "");
    if fact.open {
        for id in &fact.handlers {
            handler::has_access(judge, *id, &mut verdict);
        }
    }
    retention(judge, fact, &mut verdict);
    tier(judge, fact, &mut verdict);
    verdict.done()
}

fn countries(judge: &Judge<'_>, fact: &HoldingFact, verdict: &mut Verdict) {
    let permitted = &judge.terms.rules.countries;
    verdict.add_if(fact.country.is_empty(), RuleId::CountryUnreported, "");
    for code in std::iter::once(&fact.country).chain(&fact.access_countries) {
        let known = code.is_empty() || permitted.iter().any(|c| c.eq_ignore_ascii_case(code));
        verdict.add_if(!known, RuleId::Country, code);
    }
}

/// A cloud service is reported when the holding names it and, where the rules list the services,
/// when it is on the list.
fn cloud(judge: &Judge<'_>, fact: &HoldingFact, verdict: &mut Verdict) {
    if fact.place != Place::Cloud && fact.medium != Medium::Cloud {
        return;
    }
    let name = fold_name(&fact.provider);
    let listed = judge.clouds.is_empty() || judge.clouds.contains(&name);
    verdict.add_if(name.is_empty() || !listed, RuleId::CloudUnreported, &fact.provider);
}

fn encryption_demanded(judge: &Judge<'_>, fact: &HoldingFact) -> bool {
    match judge.terms.rules.encryption {
        Encryption::Always => true,
        Encryption::Outside => {
            fact.medium == Medium::Removable
                || !matches!(fact.place, Place::Office | Place::Principal)
        }
        Encryption::Sensitive => judge.special(&fact.items),
    }
}

/// Paper is kept under lock and key; nothing else is encrypted by that.
fn encrypted(fact: &HoldingFact) -> bool {
    match fact.encryption {
        Encrypted::None => false,
        Encrypted::Locked => fact.medium == Medium::Paper,
        Encrypted::Password | Encrypted::AtRest | Encrypted::File => true,
    }
}

/// Held, or meant to be held, longer than agreed. What stays by law may stay until then.
fn retention(judge: &Judge<'_>, fact: &HoldingFact, verdict: &mut Verdict) {
    if !fact.open {
        return;
    }
    let limit = fact.retained_until.map_or(judge.limit, |until| until.max(judge.limit));
    let meant = fact.until_on.filter(|_| fact.retained_until.is_none());
    let last = meant.map_or(limit, |until| until.min(limit));
    let too_long = judge.terms.today > last || meant.is_some_and(|until| until > limit);
    verdict.add_if(too_long, RuleId::Retention, last);
}

fn tier(judge: &Judge<'_>, fact: &HoldingFact, verdict: &mut Verdict) {
    let name = fold_name(&fact.holder);
    let declared = name.is_empty() || judge.chain.contains(&name) || judge.subs.contains_key(&name);
    verdict.add_if(!declared, RuleId::UndeclaredTier, &fact.holder);
}
