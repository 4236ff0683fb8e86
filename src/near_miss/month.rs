//! A month of Japan's calendar, by which near misses are looked at.

use chrono::{Datelike, Months, NaiveDate};

use crate::japanese::era_date;
use crate::web::Language;
use crate::web::locale::text_with;

/// How many months are shown, this one among them.
const MONTHS: u32 = 12;

/// A month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Month(NaiveDate);

impl Month {
    /// The month of a day.
    pub fn of(day: NaiveDate) -> Self {
        Self(day.with_day(1).unwrap_or(day))
    }

    /// Reads `2026-04`.
    pub fn parse(text: &str) -> Option<Self> {
        format!("{text}-01").parse().ok().map(Self)
    }

    /// Its first day.
    pub fn first_day(self) -> NaiveDate {
        self.0
    }

    /// The first day after it.
    pub fn end(self) -> NaiveDate {
        self.0.checked_add_months(Months::new(1)).unwrap_or(NaiveDate::MAX)
    }

    /// The twelve months of which the last is that of `today`, the oldest first.
    pub fn year_until(today: NaiveDate) -> Vec<Self> {
        let this = Self::of(today).0;
        let back = |count| this.checked_sub_months(Months::new(count)).map(Self);
        (0..MONTHS).rev().filter_map(back).collect()
    }

    /// The month in words.
    pub fn words(self, language: Language) -> String {
        let era = era_date(self.0);
        let year = era.split_once('年').map_or(era.as_str(), |(year, _)| year).to_owned();
        let args = [
            ("era", year.into()),
            ("year", self.0.year().to_string().into()),
            ("month", i64::from(self.0.month()).into()),
        ];
        text_with(language, "near-miss-month-words", &args)
    }
}

impl std::fmt::Display for Month {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}", self.0.year(), self.0.month())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twelve_months_end_with_this_one_and_each_with_its_last_day() {
        let months = Month::year_until("2026-03-31".parse().unwrap());
        let words: Vec<String> = months.iter().map(Month::to_string).collect();
        assert_eq!((words.len(), &*words[0], &*words[11]), (12, "2025-04", "2026-03"));
        let december = Month::parse("2026-12").unwrap();
        assert_eq!(december.end().to_string(), "2027-01-01");
        assert!(Month::parse("2026-13").is_none() && Month::parse("").is_none());
    }
}
