//! What a recipient may get of a column: by the items of the hand-over, and by those that its own
//! purpose needs. The same rules stop the hand-over afterwards.

use std::collections::BTreeMap;

use super::plan::{Addressee, Named, Permit};
use crate::contents::{ColumnFound, DataKind, Watch};
use crate::handover::checking::{Cover, Facts, To, limits};
use crate::japanese::fold_name;

/// The recipients of a hand-over with what each may get of the columns that are shown.
pub(super) fn addressees(facts: &Facts, columns: &[ColumnFound]) -> Vec<Addressee> {
    let items = &facts.terms.items;
    let said = Cover::of(items, &facts.items);
    let one = |to: &To| {
        let own = limits(facts, to).items.map(|needed| Cover::of(items, &needed));
        let both = |column: &ColumnFound| {
            let own = own.as_ref().map_or(Permit::Needed, |own| permit(own, column));
            (column.at, permit(&said, column).min(own))
        };
        let shown = columns.iter().filter(|column| !column.hidden);
        let permits: BTreeMap<u16, Permit> = shown.map(both).collect();
        Addressee { id: to.id, permits }
    };
    facts.recipients.iter().map(one).collect()
}

/// What items let go of a column.
fn permit(cover: &Cover, column: &ColumnFound) -> Permit {
    match column.kind {
        Some(DataKind::MyNumber) if cover.holds_my_number() => Permit::Needed,
        Some(DataKind::MyNumber) => Permit::Refused,
        _ if cover.beyond(column).is_some() => Permit::Refused,
        Some(kind) if kind != DataKind::CorporateNumber => Permit::Needed,
        _ if cover.is_named(&fold_name(&column.heading)) => Permit::Needed,
        _ => Permit::Unknown,
    }
}

/// Everybody who may be named by a row: who is or was a recipient of the entrustment, and the
/// recipients of the hand-over who aren't registered as such.
pub(super) fn named(facts: &Facts, watch: &Watch) -> Vec<Named> {
    let place = |key: &str| {
        facts.recipients.iter().position(|to| to.recipient.is_some_and(|id| id.as_str() == key))
    };
    let registered = watch
        .named
        .iter()
        .map(|(key, names)| Named { addressee: place(key), names: names.clone() });
    let parties = facts.recipients.iter().enumerate().filter(|(_, to)| to.recipient.is_none());
    let parties =
        parties.map(|(at, to)| Named { addressee: Some(at), names: vec![to.name.clone()] });
    registered.chain(parties).collect()
}
