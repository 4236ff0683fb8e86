//! What a file brings, held against what is entrusted and against what one recipient may get.

use std::collections::{BTreeMap, BTreeSet};

use super::Limits;
use crate::contents::{Contents, DataKind, Hidden, HiddenAt, Unreadable};
use crate::handover::checking::cover::Cover;
use crate::handover::checking::facts::{Facts, Found, Looked, To};
use crate::handover::model::{FileState, ReceivingParty, Stop};

/// Most characters of the places where something is hidden.
const PLACES: usize = 200;

/// What is said of a file, whoever gets it.
pub(super) fn judge(facts: &Facts, cover: &Cover, file: &Looked, found: &mut Vec<Found>) {
    let stop = |stop| Found::of(stop).within(file.id);
    let unready = match file.state {
        FileState::Uploading | FileState::Checking => Some(Stop::NotChecked),
        FileState::Quarantined => Some(Stop::Quarantined),
        FileState::Infected => Some(Stop::Infected),
        FileState::Checked if file.contents.is_none() => Some(Stop::NotChecked),
        FileState::Checked | FileState::Destroyed => None,
    };
    found.extend(unready.map(stop));
    let Some(contents) = &file.contents else {
        return;
    };
    found.extend(unreadable(contents).into_iter().map(|(s, why)| stop(s).by(why)));
    if persons(contents) > count(facts.terms.persons) {
        found.push(stop(Stop::PersonsBeyond).by(persons(contents).to_string()));
    }
    if has_my_number(contents) && !cover.holds_my_number() {
        found.push(stop(Stop::MyNumber));
    }
    let beyond = beyond(cover, contents);
    found.extend(beyond.into_iter().map(|what| stop(Stop::ItemsBeyond).by(what)));
    found.extend(hidden(contents).into_iter().map(|what| stop(Stop::Hidden).by(what)));
}

/// What is said of a file for one of those who get it; the cover is there where its items are named.
pub(super) fn for_recipient(
    to: &To,
    limits: &Limits,
    cover: Option<&Cover>,
    file: &Looked,
    found: &mut Vec<Found>,
) {
    let Some(contents) = &file.contents else {
        return;
    };
    let stop = |stop| Found::of(stop).within(file.id).to(to.id);
    if limits.persons.is_some_and(|limit| persons(contents) > count(limit)) {
        found.push(stop(Stop::RecipientPersons).by(persons(contents).to_string()));
    }
    if let Some(cover) = cover {
        if has_my_number(contents) && !cover.holds_my_number() {
            found.push(stop(Stop::MyNumber));
        }
        let beyond = beyond(cover, contents);
        found.extend(beyond.into_iter().map(|what| stop(Stop::RecipientItems).by(what)));
    }
    let others = others(contents, to);
    if others > 0 && !limits.oversees {
        found.push(stop(Stop::OthersRows).by(others.to_string()));
    }
}

/// Why a file, or one inside it, can't be looked into.
fn unreadable(contents: &Contents) -> BTreeSet<(Stop, &'static str)> {
    let stop = |why: Unreadable| match why {
        Unreadable::Encrypted => (Stop::Encrypted, ""),
        other => (Stop::Unreadable, other.as_str()),
    };
    contents.all().into_iter().filter_map(|one| one.unreadable).map(stop).collect()
}

/// Persons of the file or of the one inside it that has most: how many they are together isn't
/// known, because the same person may be in several.
pub(in crate::handover::checking) fn persons(contents: &Contents) -> u64 {
    let tables = |one: &Contents| one.tables.iter().map(|table| table.persons).max();
    let of = |one: &Contents| one.persons.max(tables(one).unwrap_or_default());
    contents.all().into_iter().map(of).max().unwrap_or_default()
}

fn count(limit: i64) -> u64 {
    u64::try_from(limit).unwrap_or_default()
}

fn has_my_number(contents: &Contents) -> bool {
    contents.kinds().contains(&DataKind::MyNumber)
}

/// The kinds and items that a cover doesn't let go, each once.
pub(in crate::handover::checking) fn beyond(
    cover: &Cover,
    contents: &Contents,
) -> BTreeSet<String> {
    let all = contents.all();
    let columns = all.iter().flat_map(|one| &one.tables).flat_map(|table| &table.columns);
    let columns = columns.filter_map(|column| cover.beyond(column));
    let loose = all.iter().flat_map(|one| one.loose.keys());
    let loose = loose.filter(|kind| **kind != DataKind::MyNumber && !cover.holds(**kind));
    columns.chain(loose.map(ToString::to_string)).collect()
}

/// How many rows name somebody else than an outside recipient, where lists name recipients at all.
fn others(contents: &Contents, to: &To) -> u64 {
    let (ReceivingParty::Outside, Some(own)) = (to.party, to.recipient) else {
        return 0;
    };
    let all = contents.all();
    let naming = all.iter().flat_map(|one| &one.tables).filter_map(|table| table.naming.as_ref());
    let of = |naming: &crate::contents::Naming| {
        let others = naming.rows.iter().filter(|(key, _)| key.as_str() != own.as_str());
        others.fold(naming.others, |sum, (_, rows)| sum.saturating_add(*rows))
    };
    naming.map(of).fold(0, u64::saturating_add)
}

/// What is hidden, each kind once with its places: `rows:名簿、内訳`.
fn hidden(contents: &Contents) -> Vec<String> {
    let mut places: BTreeMap<Hidden, Vec<String>> = BTreeMap::new();
    for at in all_hidden(contents) {
        let known = places.entry(at.what).or_default();
        if !at.place.is_empty() && !known.contains(&at.place) {
            known.push(at.place);
        }
    }
    let said = |(what, places): (Hidden, Vec<String>)| {
        let places: String = places.join("、").chars().take(PLACES).collect();
        if places.is_empty() { what.to_string() } else { format!("{what}:{places}") }
    };
    places.into_iter().map(said).collect()
}

/// Everything hidden in a file and in those inside it.
fn all_hidden(contents: &Contents) -> Vec<HiddenAt> {
    contents.all().into_iter().flat_map(hidden_in).collect()
}

/// What is hidden in a file, without those inside it: what was said of it, and what its tables say.
pub(in crate::handover::checking) fn hidden_in(contents: &Contents) -> Vec<HiddenAt> {
    let mut hidden = contents.hidden.clone();
    for table in &contents.tables {
        let columns = table.columns.iter().filter(|column| column.hidden).count();
        let columns = u64::try_from(columns).unwrap_or_default();
        let sheet = table.hidden && !says(contents, Hidden::VeryHiddenSheet, &table.name);
        let own = [
            (sheet, Hidden::Sheet, 1),
            (table.hidden_rows > 0, Hidden::Rows, table.hidden_rows),
            (columns > 0, Hidden::Columns, columns),
        ];
        for (is, what, count) in own {
            if is && !says(contents, what, &table.name) {
                hidden.push(HiddenAt { what, place: table.name.clone(), count });
            }
        }
    }
    hidden
}

fn says(contents: &Contents, what: Hidden, place: &str) -> bool {
    contents.hidden.iter().any(|at| at.what == what && at.place == place)
}
