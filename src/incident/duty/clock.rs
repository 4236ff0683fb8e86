//! The law's clocks: days, with the day of knowledge as day 1.

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::japanese::next_open_day;

/// From which day to which.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
}

/// Day `number` of a clock, the day of knowledge being day 1. The calendar ends in year 262143:
/// there it stands still.
fn day(known_on: NaiveDate, number: u64) -> NaiveDate {
    known_on.checked_add_days(Days::new(number.saturating_sub(1))).unwrap_or(known_on)
}

/// The preliminary report (速報): as a guide day 3 to day 5 (施行規則8条1項, 44条1項; guideline 3-5-3-3).
/// Closed days don't move it.
#[must_use]
pub fn preliminary_report(known_on: NaiveDate) -> Window {
    Window { from: day(known_on, 3), to: day(known_on, 5) }
}

/// The final report (確報): day 30, or day 60 for an unlawful purpose (施行規則8条2項, 44条2項). Weekends
/// count; a last day on a closed day moves to the next open one.
#[must_use]
pub fn final_report(known_on: NaiveDate, unlawful: bool) -> NaiveDate {
    next_open_day(day(known_on, if unlawful { 60 } else { 30 }))
}
