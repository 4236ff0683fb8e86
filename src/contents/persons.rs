//! Distinct persons, in bounded memory and without keeping who they are.
//!
//! A row's person is known by the strongest that it holds: a number of the person, else name and
//! birth date, else name and address or telephone, else the name. What is kept of it is a hash with
//! a salt that is forgotten afterwards.

use std::collections::HashSet;
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher as _;

/// Most persons that are told apart; more aren't counted further.
const MAX_PERSONS: usize = 2_000_000;

/// By what persons are told apart, the strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum By {
    Number,
    NameAndBirth,
    NameAndContact,
    Name,
}

impl By {
    const ALL: [Self; 4] = [Self::Number, Self::NameAndBirth, Self::NameAndContact, Self::Name];
}

/// What a row holds of its person, folded; empty where it holds none.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Person<'a> {
    pub(super) number: &'a str,
    pub(super) name: &'a str,
    pub(super) birth: &'a str,
    pub(super) contact: &'a str,
}

impl<'a> Person<'a> {
    fn key(&self, by: By) -> Option<[&'a str; 2]> {
        let key = match by {
            By::Number => [self.number, "-"],
            By::NameAndBirth => [self.name, self.birth],
            By::NameAndContact => [self.name, self.contact],
            By::Name => [self.name, "-"],
        };
        key.iter().all(|part| !part.is_empty()).then_some(key)
    }
}

/// Persons of a file, table by table.
#[derive(Default)]
pub(super) struct Persons {
    salt: RandomState,
    /// All persons of the file, by everything that tells them apart.
    all: [HashSet<u64>; 4],
    /// Those of the table, by the strongest that each row holds.
    table: HashSet<u64>,
    /// How many rows of the table tell a person, and by what.
    rows: u64,
    rows_by: [u64; 4],
    /// What tells persons apart in every table so far that is about persons.
    common: Option<Vec<By>>,
    most: u64,
    sum: u64,
}

impl Persons {
    /// A row's person; whether the row is about one.
    pub(super) fn row(&mut self, person: &Person<'_>) -> bool {
        let mut strongest = None;
        for (by, (seen, rows)) in By::ALL.iter().zip(self.all.iter_mut().zip(&mut self.rows_by)) {
            let Some(key) = person.key(*by) else { continue };
            let hash = self.salt.hash_one((by.key(), key));
            keep(seen, hash);
            *rows += 1;
            strongest = strongest.or(Some(hash));
        }
        if let Some(hash) = strongest {
            keep(&mut self.table, hash);
            self.rows += 1;
        }
        strongest.is_some()
    }

    /// The table is over: how many persons it is about.
    pub(super) fn end_table(&mut self) -> u64 {
        let persons = u64::try_from(self.table.len()).unwrap_or(u64::MAX);
        if persons > 0 {
            // A column with gaps still tells persons apart; one that is nearly empty doesn't.
            let tells = |rows: u64| rows.saturating_mul(10) >= self.rows.saturating_mul(9);
            let here = By::ALL.into_iter().zip(self.rows_by).filter(|(_, rows)| tells(*rows));
            let here: Vec<By> = here.map(|(by, _)| by).collect();
            let common = match self.common.take() {
                Some(before) => before.into_iter().filter(|by| here.contains(by)).collect(),
                None => here,
            };
            self.common = Some(common);
            self.most = self.most.max(persons);
            self.sum = self.sum.saturating_add(persons);
        }
        self.table = HashSet::new();
        self.rows = 0;
        self.rows_by = [0; 4];
        persons
    }

    /// How many persons all tables are about. A person who stands in several tables counts once if
    /// something tells so in all of them.
    pub(super) fn total(&self) -> u64 {
        if self.sum == self.most {
            return self.most;
        }
        let by = self.common.as_ref().and_then(|common| common.first());
        let seen = by.and_then(|by| {
            By::ALL.iter().zip(&self.all).find(|(one, _)| *one == by).map(|(_, seen)| seen.len())
        });
        match seen {
            Some(seen) => u64::try_from(seen).unwrap_or(u64::MAX).max(self.most),
            None => self.sum,
        }
    }
}

impl By {
    const fn key(self) -> u8 {
        match self {
            Self::Number => 0,
            Self::NameAndBirth => 1,
            Self::NameAndContact => 2,
            Self::Name => 3,
        }
    }
}

fn keep(seen: &mut HashSet<u64>, hash: u64) {
    if seen.len() < MAX_PERSONS {
        seen.insert(hash);
    }
}

#[cfg(test)]
mod tests {
    use super::{Person, Persons};

    fn person<'a>(number: &'a str, name: &'a str, birth: &'a str) -> Person<'a> {
        Person { number, name, birth, contact: "" }
    }

    #[test]
    fn a_person_who_stands_twice_counts_once() {
        let mut persons = Persons::default();
        for _ in 0..3 {
            assert!(persons.row(&person("", "山田太郎", "1980-01-02")));
            assert!(persons.row(&person("", "山田太郎", "1981-01-02")));
        }
        assert!(!persons.row(&person("", "", "1981-01-02")));
        assert_eq!(persons.end_table(), 2);
        assert_eq!(persons.total(), 2);
    }

    #[test]
    fn a_number_tells_people_of_one_name_apart() {
        let mut persons = Persons::default();
        persons.row(&person("1", "山田太郎", ""));
        persons.row(&person("2", "山田太郎", ""));
        persons.row(&person("2", "山田太朗", ""));
        assert_eq!(persons.end_table(), 2);
    }

    #[test]
    fn tables_are_joined_by_what_all_of_them_hold() {
        let mut persons = Persons::default();
        for name in ["甲", "乙", "丙"] {
            persons.row(&person("", name, "1980-01-02"));
        }
        assert_eq!(persons.end_table(), 3);
        for name in ["乙", "丙", "丁"] {
            persons.row(&person("", name, ""));
        }
        assert_eq!(persons.end_table(), 3);
        assert_eq!(persons.total(), 4);
    }

    #[test]
    fn tables_that_nothing_joins_are_added() {
        let mut persons = Persons::default();
        persons.row(&person("7", "", ""));
        persons.end_table();
        persons.row(&person("", "甲", ""));
        persons.end_table();
        assert_eq!(persons.total(), 2);
    }
}
