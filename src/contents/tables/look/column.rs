//! A column while its cells go by: what they look like, and the 個人番号 among them.

use std::collections::BTreeMap;

use crate::contents::kind::{self, Digits, Heading, kind_of_value, plausible_year};
use crate::contents::model::{ColumnFound, DataKind};
use crate::contents::tables::feed::{count, shown};
use crate::japanese::{contains_my_number, find_my_numbers};

/// How many values of a column are looked at for their kind.
const SAMPLE: u32 = 300;
/// How many texts of a table's columns without a kind are looked at for what they tell.
pub(super) const MAX_TEXTS: u32 = 40_000;

/// A column.
pub(super) struct Column {
    pub(super) at: u16,
    heading: String,
    pub(super) told: Heading,
    pub(super) hidden: bool,
    pub(super) filled: u64,
    shapes: Shapes,
    twelve: Twelve,
    loose: BTreeMap<DataKind, u64>,
    /// How many cells name each of those who are watched for.
    pub(super) named: Vec<u64>,
    /// How many rows that are about a person fill it.
    pub(super) of_persons: u64,
}

impl Column {
    pub(super) fn new(at: u16, heading: &str, told: Heading, hidden: bool) -> Self {
        // What looks like a value may be one: no value is kept.
        let value = told == Heading::Unknown && kind_of_value(heading).is_some();
        Self {
            at,
            heading: if value { String::new() } else { shown(heading) },
            told,
            hidden,
            filled: 0,
            shapes: Shapes::default(),
            twelve: Twelve::default(),
            loose: BTreeMap::new(),
            named: Vec::new(),
            of_persons: 0,
        }
    }

    /// Looks at what kind a value is.
    pub(super) fn sample(&mut self, text: &str) {
        if self.shapes.seen < SAMPLE && !matches!(self.told, Heading::Kind(_)) {
            self.shapes.take(text);
        }
    }

    /// A cell; its text is looked at as long as there are texts left to look at.
    pub(super) fn take(&mut self, text: &str, texts_left: &mut u32) {
        self.filled += 1;
        self.twelve.take(text);
        if self.told == Heading::Unknown && *texts_left > 0 && text.len() >= 6 {
            *texts_left -= 1;
            for (kind, times) in kind::loose(text) {
                *self.loose.entry(kind).or_default() += times;
            }
        }
    }

    /// Whether it names somebody who belongs to the person whom the row is about.
    pub(super) fn is_of_others(&self) -> bool {
        kind::is_of_others(&self.heading)
    }

    /// Whether it holds family names alone.
    pub(super) fn is_family_name(&self) -> bool {
        kind::is_family_name(&self.heading)
    }

    /// The kind that heading or values tell.
    pub(super) fn kind(&self) -> Option<DataKind> {
        if self.twelve.is_column() {
            return Some(DataKind::MyNumber);
        }
        match self.told {
            Heading::Kind(kind) => Some(kind),
            Heading::Known => self.shapes.kind().filter(|kind| *kind == DataKind::Card),
            Heading::Unknown => self.shapes.kind(),
        }
    }

    /// How many 個人番号 are in it.
    pub(super) fn my_numbers(&self) -> u64 {
        self.twelve.count(self.told == Heading::Kind(DataKind::MyNumber))
    }

    /// What was found, and what its texts tell where it has no kind.
    pub(super) fn found(self) -> (ColumnFound, BTreeMap<DataKind, u64>) {
        let kind = self.kind();
        let loose = if kind.is_none() { self.loose } else { BTreeMap::new() };
        let found = ColumnFound {
            at: self.at,
            heading: self.heading,
            kind,
            filled: self.filled,
            hidden: self.hidden,
        };
        (found, loose)
    }
}

/// What the values of a column look like.
#[derive(Default)]
struct Shapes {
    seen: u32,
    kinds: BTreeMap<DataKind, u32>,
    years: Option<(i32, i32)>,
}

impl Shapes {
    fn take(&mut self, text: &str) {
        self.seen += 1;
        let Some(kind) = kind_of_value(text) else {
            return;
        };
        *self.kinds.entry(kind).or_default() += 1;
        if let Some(year) = plausible_year(text).filter(|_| kind == DataKind::BirthDate) {
            let (first, last) = self.years.unwrap_or((year, year));
            self.years = Some((first.min(year), last.max(year)));
        }
    }

    /// What most of them look like.
    fn kind(&self) -> Option<DataKind> {
        let (kind, times) = self.kinds.iter().max_by_key(|(_, times)| **times)?;
        let most = times.saturating_mul(10) >= self.seen.saturating_mul(6);
        // Dates of contracts lie close together, people are of all ages. A 個人番号 is judged by
        // all numbers of the column.
        let born = self.years.is_some_and(|(first, last)| last - first >= 12 && first < 2015);
        let fits = match kind {
            DataKind::BirthDate => born,
            DataKind::MyNumber => false,
            _ => true,
        };
        (most && fits).then_some(*kind)
    }
}

/// The numbers of twelve digits in a column.
///
/// One in nine to eleven of all such numbers fits the check digit of a 個人番号 by chance. A column
/// of customer numbers would hold dozens of false ones, so a column is judged as a whole: where less
/// than half of its numbers (of four or more) fit, none of them is taken for one. Of one, two or
/// three numbers nobody can say: each that fits counts. Under a heading that says 個人番号, all that
/// fit count, also those whose leading zeros a spreadsheet has lost.
#[derive(Debug, Default)]
struct Twelve {
    /// Cells that are such a number, and those that fit.
    whole: Tally,
    /// Numbers within longer texts.
    inside: Tally,
    /// Cells with nine to eleven digits, and those that fit with zeros before them.
    short: Tally,
}

#[derive(Debug, Default)]
struct Tally {
    all: u64,
    fit: u64,
}

impl Tally {
    fn add(&mut self, all: u64, fit: u64) {
        self.all += all;
        self.fit += fit;
    }

    fn counted(&self) -> u64 {
        if self.all >= 4 && self.fit * 2 < self.all { 0 } else { self.fit }
    }
}

impl Twelve {
    fn take(&mut self, text: &str) {
        if !may_hold(text) {
            return;
        }
        let Some(number) = Digits::of(text.trim()) else {
            let fit = find_my_numbers(text).len();
            self.inside.add(count(fit.max(runs_of_twelve(text))), count(fit));
            return;
        };
        match number.digits.len() {
            12 => self.whole.add(1, u64::from(contains_my_number(&number.digits))),
            9..=11 => {
                let full = format!("{:0>12}", number.digits);
                self.short.add(1, u64::from(contains_my_number(&full)));
            }
            // Several numbers in a cell, with nothing but spaces between them.
            13.. => {
                let fit = find_my_numbers(text).len();
                self.inside.add(count(fit), count(fit));
            }
            _ => {}
        }
    }

    /// Whether the numbers alone say that it is a column of 個人番号.
    fn is_column(&self) -> bool {
        self.whole.all >= 4 && self.whole.fit * 10 >= self.whole.all * 8
    }

    fn count(&self, certain: bool) -> u64 {
        if certain {
            return self.whole.fit + self.inside.fit + self.short.fit;
        }
        let short = if self.is_column() { self.short.fit } else { 0 };
        self.whole.counted() + self.inside.counted() + short
    }
}

/// Whether a text has the digits for a number of nine and more, in half or full width.
fn may_hold(text: &str) -> bool {
    if text.len() < 9 {
        return false;
    }
    let half = text.bytes().filter(u8::is_ascii_digit).count();
    half >= 9
        || (text.len() >= 27
            && half + text.chars().filter(|c| matches!(c, '０'..='９')).count() >= 9)
}

/// How many runs of exactly twelve digits a text holds.
fn runs_of_twelve(text: &str) -> usize {
    text.split(|c: char| !(c.is_ascii_digit() || matches!(c, '０'..='９')))
        .filter(|run| run.chars().count() == 12)
        .count()
}
