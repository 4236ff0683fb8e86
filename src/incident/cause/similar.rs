//! How much alike two entrustments are. Pure.

use std::collections::BTreeSet;

use crate::entrustment::ItemMark;
use crate::entrustment::rules::Way;
use crate::organisation::contractor::ContractorId;
use crate::word_type;

/// Most shared items that count.
const MOST_ITEMS: usize = 3;

word_type! {
    /// In what two entrustments are alike.
    Likeness {
        /// The same contractor holds both.
        Contractor = "contractor",
        /// Both have items of the same special kind.
        Marks = "marks",
        /// Both have items of the same name.
        Items = "items",
        /// In both, data moved by the same way.
        Ways = "ways",
    }
}

/// What is compared of an entrustment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Features {
    /// Who holds it.
    pub contractor: ContractorId,
    /// The names of its items.
    pub items: BTreeSet<String>,
    /// What makes them special.
    pub marks: BTreeSet<ItemMark>,
    /// By which ways data moved.
    pub ways: BTreeSet<Way>,
}

/// How much two are alike, and in what: nothing in common is 0.
pub(super) fn likeness(own: &Features, other: &Features) -> (usize, Vec<Likeness>) {
    let counted = [
        (Likeness::Contractor, if own.contractor == other.contractor { 4 } else { 0 }),
        (Likeness::Marks, 3 * own.marks.intersection(&other.marks).count()),
        (Likeness::Ways, 2 * own.ways.intersection(&other.ways).count()),
        (Likeness::Items, own.items.intersection(&other.items).count().min(MOST_ITEMS)),
    ];
    let score = counted.iter().map(|(_, points)| points).sum();
    let alike = counted.into_iter().filter(|(_, points)| *points > 0).map(|(what, _)| what);
    (score, alike.collect())
}
