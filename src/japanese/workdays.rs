//! Days and hours on which public bodies are open.

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, Weekday};

use super::holidays::holiday;

#[cfg(test)]
mod tests;

/// Whether public bodies are closed: Saturday, Sunday, a national holiday, 12-29 to 01-03
/// (行政機関の休日に関する法律1条, 地方自治法4条の2).
#[must_use]
pub fn is_closed_day(date: NaiveDate) -> bool {
    let weekend = matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
    let turn_of_year = matches!((date.month(), date.day()), (12, 29..=31) | (1, 1..=3));
    weekend || turn_of_year || holiday(date).is_some()
}

/// The day itself if it is open, otherwise the first open day after it: where a term of days
/// ends (行政機関の休日に関する法律2条; law.md §1).
#[must_use]
pub fn next_open_day(date: NaiveDate) -> NaiveDate {
    date.iter_days().find(|day| !is_closed_day(*day)).unwrap_or(NaiveDate::MAX)
}

/// The open days after a day, which isn't among them (行政機関の休日に関する法律1条).
fn open_days_after(date: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    date.iter_days().skip(1).filter(|day| !is_closed_day(*day))
}

/// The `count`-th open day after `date`, which isn't counted (民法140条); with 0 the day itself
/// or, if it is closed, the next open one.
#[must_use]
pub fn add_working_days(date: NaiveDate, count: u32) -> NaiveDate {
    let Some(index) = count.checked_sub(1) else {
        return next_open_day(date);
    };
    let index = usize::try_from(index).unwrap_or(usize::MAX);
    open_days_after(date).nth(index).unwrap_or(NaiveDate::MAX)
}

/// The first `count` open days after `date`, in order (民法140条: the day itself isn't counted).
#[must_use]
pub fn working_days_after(date: NaiveDate, count: u32) -> Vec<NaiveDate> {
    let count = usize::try_from(count).unwrap_or(usize::MAX);
    open_days_after(date).take(count).collect()
}

/// The hours a body is open on its open days, in Japan Standard Time: a setting of each body,
/// usually 8:30 to 17:15 (law.md §5).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OfficeHours {
    opens: NaiveTime,
    closes: NaiveTime,
}

impl OfficeHours {
    /// The usual hours of public bodies (law.md §5).
    const USUAL: Self = Self { opens: time_of_day(8, 30), closes: time_of_day(17, 15) };

    /// Hours on the same day; none if the office would close before it opens (law.md §5).
    #[must_use]
    pub fn new(opens: NaiveTime, closes: NaiveTime) -> Option<Self> {
        (opens < closes).then_some(Self { opens, closes })
    }

    /// When the office opens (a setting of the body, law.md §5).
    #[must_use]
    pub const fn opens(self) -> NaiveTime {
        self.opens
    }

    /// When the office closes (a setting of the body, law.md §5).
    #[must_use]
    pub const fn closes(self) -> NaiveTime {
        self.closes
    }

    /// Whether the office is open at a moment of Japan Standard Time; at the closing time it no
    /// longer is (law.md §5).
    #[must_use]
    pub fn is_open(self, jst: NaiveDateTime) -> bool {
        let in_hours = (self.opens..self.closes).contains(&jst.time());
        in_hours && !is_closed_day(jst.date())
    }
}

impl Default for OfficeHours {
    fn default() -> Self {
        Self::USUAL
    }
}

/// A time of day for constants: a wrong one doesn't compile.
const fn time_of_day(hour: u32, minute: u32) -> NaiveTime {
    match NaiveTime::from_hms_opt(hour, minute, 0) {
        Some(time) => time,
        None => panic!("not a time of day"),
    }
}
