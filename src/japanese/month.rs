//! A month of the calendar in Japan, by which figures are looked at.

use chrono::{Datelike as _, Months, NaiveDate, NaiveTime};

use super::time::jst_to_utc;
use crate::clock::Timestamp;

/// A month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Month(NaiveDate);

impl Month {
    /// The month of a day.
    #[must_use]
    pub fn of(day: NaiveDate) -> Self {
        Self(day.with_day(1).unwrap_or(day))
    }

    /// Reads `2026-04`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        format!("{text}-01").parse().ok().map(Self)
    }

    /// Its first day.
    #[must_use]
    pub fn first_day(self) -> NaiveDate {
        self.0
    }

    /// The first day after it.
    #[must_use]
    pub fn end(self) -> NaiveDate {
        self.0.checked_add_months(Months::new(1)).unwrap_or(NaiveDate::MAX)
    }

    /// From when until when it is, in UTC; the end isn't part of it.
    #[must_use]
    pub fn span(self) -> (Timestamp, Timestamp) {
        let start = |day: NaiveDate| jst_to_utc(day.and_time(NaiveTime::MIN));
        (start(self.0), start(self.end()))
    }

    /// So many months of which the last is that of `today`, the oldest first.
    #[must_use]
    pub fn until(today: NaiveDate, count: u32) -> Vec<Self> {
        let this = Self::of(today).0;
        let back = |count| this.checked_sub_months(Months::new(count)).map(Self);
        (0..count).rev().filter_map(back).collect()
    }
}

impl std::fmt::Display for Month {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0.format("%Y-%m"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twelve_months_end_with_this_one_and_each_with_its_last_day() {
        let months = Month::until("2026-03-31".parse().unwrap(), 12);
        let words: Vec<String> = months.iter().map(Month::to_string).collect();
        assert_eq!((words.len(), &*words[0], &*words[11]), (12, "2025-04", "2026-03"));
        let december = Month::parse("2026-12").unwrap();
        assert_eq!(december.end().to_string(), "2027-01-01");
        let (from, until) = Month::parse("2026-02").unwrap().span();
        assert_eq!(from.to_string(), "2026-01-31 15:00:00");
        assert_eq!(until.to_string(), "2026-02-28 15:00:00");
        assert_eq!(crate::japanese::era_month(december), "令和8年12月");
        for unread in ["2026-13", "", "soon"] {
            assert!(Month::parse(unread).is_none(), "{unread}");
        }
    }
}
