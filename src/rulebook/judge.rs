//! What facts break.
//!
//! A [`Judge`] looks the terms up once; holding a hundred thousand facts against them is then a
//! matter of moments. Nothing here reads a clock or a database: the day is the terms' `today`.

mod address;
mod handler;
mod holding;
mod sub_entrustment;
mod transmission;

use std::collections::{HashMap, HashSet};

use chrono::{Days, NaiveDate};

use super::facts::{
    HandlerFact, HandlerId, HoldingFact, ItemFact, RecipientFact, RecipientId, SubFact, Terms,
    TransmissionFact,
};
use super::rule::{Broken, RuleId};
use crate::entrustment::{DataItemId, ItemMark};
use crate::japanese::{FiscalYear, fold_name};

/// What a holding breaks. For many facts make a [`Judge`].
#[must_use]
pub fn holding(terms: &Terms, fact: &HoldingFact) -> Vec<Broken> {
    Judge::new(terms).holding(fact)
}

/// What a transmission breaks. For many facts make a [`Judge`].
#[must_use]
pub fn transmission(terms: &Terms, fact: &TransmissionFact) -> Vec<Broken> {
    Judge::new(terms).transmission(fact)
}

/// What a handler's entry breaks.
#[must_use]
pub fn handler(terms: &Terms, fact: &HandlerFact) -> Vec<Broken> {
    handler::judge(terms, fact)
}

/// What a sub-entrustment breaks.
#[must_use]
pub fn sub_entrustment(terms: &Terms, fact: &SubFact) -> Vec<Broken> {
    sub_entrustment::judge(terms, fact)
}

/// Terms, ready to be looked up.
#[derive(Debug)]
pub struct Judge<'a> {
    terms: &'a Terms,
    items: HashMap<DataItemId, &'a ItemFact>,
    handlers: HashMap<HandlerId, OnRoster<'a>>,
    recipients: HashMap<RecipientId, &'a RecipientFact>,
    /// The handlers' mail addresses.
    own: HashSet<String>,
    /// Who is in the chain without being asked for: principal, contractor, those between.
    chain: HashSet<String>,
    /// Whom the principal approved below, and until when.
    subs: HashMap<String, NaiveDate>,
    /// The reported cloud services.
    clouds: HashSet<String>,
    /// The last day on which anything may be held.
    limit: NaiveDate,
}

/// A handler, ready to be looked up.
#[derive(Debug)]
struct OnRoster<'a> {
    fact: &'a HandlerFact,
    name: String,
    years: HashSet<i32>,
}

impl<'a> Judge<'a> {
    /// Looks the terms up.
    #[must_use]
    pub fn new(terms: &'a Terms) -> Self {
        let on_roster = |fact: &'a HandlerFact| OnRoster {
            fact,
            name: fold_name(&fact.name),
            years: fact.trained_on.iter().map(|day| FiscalYear::of(*day).0).collect(),
        };
        let mut subs = HashMap::new();
        for sub in &terms.subs {
            let until = subs.entry(fold_name(&sub.name)).or_insert(sub.permitted_until);
            *until = sub.permitted_until.max(*until);
        }
        let parties = [&terms.principal, &terms.contractor];
        Self {
            terms,
            items: terms.items.iter().map(|item| (item.id, item)).collect(),
            handlers: terms.handlers.iter().map(|fact| (fact.id, on_roster(fact))).collect(),
            recipients: terms.recipients.iter().map(|fact| (fact.id, fact)).collect(),
            own: terms.handlers.iter().filter_map(|fact| address::mail(&fact.email)).collect(),
            chain: parties.into_iter().chain(&terms.above).map(|name| fold_name(name)).collect(),
            subs,
            clouds: terms.rules.clouds.iter().map(|name| fold_name(name)).collect(),
            limit: limit(terms),
        }
    }

    /// What a holding breaks.
    #[must_use]
    pub fn holding(&self, fact: &HoldingFact) -> Vec<Broken> {
        holding::judge(self, fact)
    }

    /// What a transmission breaks.
    #[must_use]
    pub fn transmission(&self, fact: &TransmissionFact) -> Vec<Broken> {
        transmission::judge(self, fact)
    }

    /// What a handler's entry breaks.
    #[must_use]
    pub fn handler(&self, fact: &HandlerFact) -> Vec<Broken> {
        handler(self.terms, fact)
    }

    /// What a sub-entrustment breaks.
    #[must_use]
    pub fn sub_entrustment(&self, fact: &SubFact) -> Vec<Broken> {
        sub_entrustment(self.terms, fact)
    }

    /// Whether any of the items is special by law.
    fn special(&self, items: &[DataItemId]) -> bool {
        items.iter().filter_map(|id| self.items.get(id)).any(|item| item.mark != ItemMark::None)
    }

    /// Whether an item, or one above it, is among those that are `needed`.
    fn needed(&self, item: DataItemId, needed: &[DataItemId]) -> bool {
        let mut at = Some(item);
        // A hierarchy has no more levels than items: a circle can't hold us.
        for _ in 0..=self.items.len() {
            match at {
                Some(id) if needed.contains(&id) => return true,
                Some(id) => at = self.items.get(&id).and_then(|item| item.parent),
                None => return false,
            }
        }
        false
    }

    /// Persons and items beyond what was entrusted.
    fn amount(&self, items: &[DataItemId], persons: i64, verdict: &mut Verdict) {
        if persons > self.terms.persons {
            verdict.add(RuleId::TooManyPersons, persons);
        }
        for id in items {
            match self.items.get(id) {
                Some(item) if item.entrusted => {}
                Some(item) => verdict.add(RuleId::ItemsBeyond, &item.name),
                None => verdict.add(RuleId::ItemsBeyond, ""),
            }
        }
    }
}

/// The last day on which anything may be held: the earlier of what the rules and the contract say.
fn limit(terms: &Terms) -> NaiveDate {
    let days = u64::try_from(terms.rules.retention_days).unwrap_or_default();
    let by_rules = terms.ends_on.checked_add_days(Days::new(days)).unwrap_or(NaiveDate::MAX);
    by_rules.min(terms.erase_by)
}

/// What was found to be broken so far.
#[derive(Debug, Default)]
struct Verdict(Vec<Broken>);

impl Verdict {
    #[expect(clippy::needless_pass_by_value, reason = "a literal or a number needs no borrowing")]
    fn add(&mut self, rule: RuleId, what: impl ToString) {
        self.0.push(Broken { rule, what: what.to_string() });
    }

    fn add_if(&mut self, broken: bool, rule: RuleId, what: impl ToString) {
        if broken {
            self.add(rule, what);
        }
    }

    /// In the order of the rules, nothing twice.
    fn done(mut self) -> Vec<Broken> {
        self.0.sort_unstable();
        self.0.dedup();
        self.0
    }
}
