//! What stops a hand-over: the facts held against what is entrusted, what each recipient's purpose
//! needs, and the handling rules. No database and no clock.

mod file;
mod rules;
#[cfg(test)]
mod tests;

pub(super) use file::{beyond, hidden_in, persons};

use std::collections::BTreeMap;

use super::cover::{Cover, is_among};
use super::facts::{Facts, Found, Looked, To};
use crate::entrustment::DataItemId;
use crate::handover::model::{FileState, ReceivingParty, Stop};
use crate::rulebook::RecipientFact;

/// Everything that stops a hand-over, in the order of the stops, nothing twice.
#[must_use]
pub(in crate::handover) fn judge(facts: &Facts) -> Vec<Found> {
    let mut found = Vec::new();
    whole(facts, &mut found);
    let cover = Cover::of(&facts.terms.items, &facts.items);
    for looked in present(facts) {
        file::judge(facts, &cover, looked, &mut found);
    }
    for to in &facts.recipients {
        recipient(facts, to, &mut found);
    }
    rules::judge(facts, &mut found);
    found.sort_unstable();
    found.dedup();
    found
}

/// The files that are still there.
fn present(facts: &Facts) -> impl Iterator<Item = &Looked> {
    facts.files.iter().filter(|file| file.state != FileState::Destroyed)
}

/// What is said of the hand-over as such.
fn whole(facts: &Facts, found: &mut Vec<Found>) {
    if facts.changed {
        found.push(Found::of(Stop::Changed));
    }
    if facts.recipients.is_empty() {
        found.push(Found::of(Stop::NoRecipient));
    }
    if present(facts).next().is_none() {
        found.push(Found::of(Stop::NoFile));
        return;
    }
    let without = |to: &&To| !present(facts).any(|file| file.is_for(to.id));
    let without = facts.recipients.iter().filter(without);
    found.extend(without.map(|to| Found::of(Stop::NoRecipient).to(to.id)));
}

/// What one recipient may get.
#[derive(Clone, Debug, Default)]
pub(in crate::handover) struct Limits {
    /// The items; all that are entrusted where there is no list.
    pub items: Option<Vec<DataItemId>>,
    /// The number of persons.
    pub persons: Option<i64>,
    /// Whether lists that name other recipients are its business.
    pub oversees: bool,
}

/// What a recipient may get as far as that is said.
pub(in crate::handover) fn limits(facts: &Facts, to: &To) -> Limits {
    match to.party {
        ReceivingParty::Principal | ReceivingParty::Contractor => Limits::default(),
        ReceivingParty::SubContractor => {
            to.below.as_ref().map_or_else(Limits::default, |below| Limits {
                items: Some(below.items.clone()),
                persons: Some(below.persons),
                oversees: false,
            })
        }
        ReceivingParty::Outside => {
            registered(facts, to).map_or_else(Limits::default, |known| Limits {
                items: (!known.items.is_empty()).then(|| known.items.clone()),
                persons: known.persons_limit,
                oversees: known.oversees,
            })
        }
    }
}

/// The registered recipient that it is.
fn registered<'a>(facts: &'a Facts, to: &To) -> Option<&'a RecipientFact> {
    let id = to.recipient?;
    facts.terms.recipients.iter().find(|known| known.id == id)
}

/// Whether somebody may receive anything today.
fn is_approved(facts: &Facts, to: &To) -> bool {
    let today = facts.terms.today;
    match to.party {
        ReceivingParty::Principal | ReceivingParty::Contractor => true,
        ReceivingParty::SubContractor => to
            .below
            .as_ref()
            .is_some_and(|below| below.open && below.starts_on <= today && today <= below.ends_on),
        ReceivingParty::Outside => registered(facts, to).is_some_and(|known| {
            known.approved && known.until_on.is_none_or(|until| today <= until)
        }),
    }
}

/// What is said of one recipient, with the files that it gets.
fn recipient(facts: &Facts, to: &To, found: &mut Vec<Found>) {
    if !is_approved(facts, to) {
        found.push(Found::of(Stop::NotApproved).to(to.id));
    }
    let limits = limits(facts, to);
    let items = &facts.terms.items;
    if let Some(needed) = &limits.items {
        // What is said to go counts as well: a picture doesn't tell what is on it.
        let said = facts.items.iter().filter(|id| !is_among(items, **id, needed));
        let stop = |id: &DataItemId| Found::of(Stop::RecipientItems).to(to.id).by(id.as_str());
        found.extend(said.map(stop));
    }
    let cover = limits.items.as_deref().map(|needed| Cover::of(items, needed));
    for looked in present(facts).filter(|file| file.is_for(to.id)) {
        file::for_recipient(to, &limits, cover.as_ref(), looked, found);
    }
}

/// Puts what is so for every recipient down as one stop of the hand-over.
fn gathered<K: Ord + Copy>(facts: &Facts, each: &[(K, &To)]) -> Vec<(K, Option<usize>)> {
    let mut by_key: BTreeMap<K, Vec<usize>> = BTreeMap::new();
    for (key, to) in each {
        let place = facts.recipients.iter().position(|other| other.id == to.id);
        by_key.entry(*key).or_default().extend(place);
    }
    let spread = |(key, mut places): (K, Vec<usize>)| {
        places.sort_unstable();
        places.dedup();
        if places.len() == facts.recipients.len() {
            return vec![(key, None)];
        }
        places.into_iter().map(|place| (key, Some(place))).collect()
    };
    by_key.into_iter().flat_map(spread).collect()
}
