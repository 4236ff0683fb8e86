//! Japan Standard Time: nine hours ahead of UTC all year round (明治19年勅令51号).

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};

#[cfg(test)]
mod tests;

/// What Japan Standard Time is ahead of UTC (明治19年勅令51号: 135° E; no summer time since 1952).
const AHEAD: TimeDelta = TimeDelta::hours(9);

/// The wall clock in Japan at a moment of UTC (明治19年勅令51号).
#[must_use]
pub fn to_jst(utc: NaiveDateTime) -> NaiveDateTime {
    utc.checked_add_signed(AHEAD).unwrap_or(NaiveDateTime::MAX)
}

/// The date in Japan at a moment of UTC, by which terms are counted (law.md §1).
#[must_use]
pub fn jst_date(utc: NaiveDateTime) -> NaiveDate {
    to_jst(utc).date()
}

/// The moment of UTC at which the wall clock in Japan shows `jst` (明治19年勅令51号).
#[must_use]
pub fn jst_to_utc(jst: NaiveDateTime) -> NaiveDateTime {
    jst.checked_sub_signed(AHEAD).unwrap_or(NaiveDateTime::MIN)
}
