//! Tests of the open days: the dates of law.md §2, and what always holds.

use chrono::{NaiveDate, TimeDelta};
use proptest::prelude::*;

use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// The last day of a term counted with the day of knowledge as day 1.
fn due(known: &str, days: i64) -> NaiveDate {
    next_open_day(day(known) + TimeDelta::days(days - 1))
}

#[test]
fn the_terms_of_the_final_report_end_on_open_days() {
    for (known, days, expected) in [
        ("2024-12-09", 30, "2025-01-07"),
        ("2025-06-19", 30, "2025-07-18"),
        ("2026-04-01", 30, "2026-04-30"),
        ("2025-12-01", 30, "2026-01-05"),
        ("2026-04-01", 60, "2026-06-01"),
        ("2026-10-05", 30, "2026-11-04"),
        ("2026-12-02", 30, "2027-01-04"),
        ("2026-04-04", 30, "2026-05-07"),
    ] {
        assert_eq!(due(known, days), day(expected), "{known} + {days}");
    }
}

#[test]
fn the_turn_of_the_year_is_closed() {
    for closed in ["2025-12-29", "2025-12-31", "2026-01-02", "2026-01-03"] {
        assert!(is_closed_day(day(closed)), "{closed}");
    }
    assert!(!is_closed_day(day("2026-12-28")));
    assert!(!is_closed_day(day("2027-01-04")));
}

#[test]
fn working_days_skip_the_golden_week() {
    let start = day("2026-04-28");
    assert_eq!(add_working_days(start, 1), day("2026-04-30"));
    assert_eq!(add_working_days(start, 3), day("2026-05-07"));
    assert_eq!(add_working_days(day("2026-04-29"), 0), day("2026-04-30"));
    assert_eq!(add_working_days(start, 0), start);
    let days = ["2026-04-30", "2026-05-01", "2026-05-07"].map(day);
    assert_eq!(working_days_after(start, 3), days);
    assert_eq!(working_days_after(start, 0), []);
}

#[test]
fn the_office_is_open_from_half_past_eight_to_a_quarter_past_five() {
    let hours = OfficeHours::default();
    let at = |text: &str| text.parse::<NaiveDateTime>().unwrap();
    assert!(hours.is_open(at("2026-04-01T08:30:00")));
    assert!(hours.is_open(at("2026-04-01T17:14:59")));
    assert!(!hours.is_open(at("2026-04-01T08:29:59")));
    assert!(!hours.is_open(at("2026-04-01T17:15:00")));
    assert!(!hours.is_open(at("2026-04-04T10:00:00")), "a Saturday");
    assert!(!hours.is_open(at("2026-04-29T10:00:00")), "a holiday");
}

#[test]
fn hours_that_close_before_they_open_are_refused() {
    let hours = OfficeHours::default();
    assert_eq!(OfficeHours::new(hours.closes(), hours.opens()), None);
    assert_eq!(OfficeHours::new(hours.opens(), hours.opens()), None);
    assert_eq!(OfficeHours::new(hours.opens(), hours.closes()), Some(hours));
}

#[test]
fn the_end_of_the_calendar_is_no_panic() {
    assert_eq!(add_working_days(NaiveDate::MAX, 3), NaiveDate::MAX);
}

proptest! {
    #[test]
    fn working_days_never_end_on_a_closed_day(days in 0_i64..36_000, count in 0_u32..60) {
        let date = day("2000-01-04") + TimeDelta::days(days);
        let end = add_working_days(date, count);
        prop_assert!(!is_closed_day(end));
        prop_assert!(end >= date + TimeDelta::days(i64::from(count)));
        if count > 0 {
            prop_assert_eq!(working_days_after(date, count).pop(), Some(end));
        }
    }

    #[test]
    fn working_days_add_up(days in 0_i64..36_000, first in 0_u32..20, then in 0_u32..20) {
        let date = next_open_day(day("2000-01-04") + TimeDelta::days(days));
        let steps = add_working_days(add_working_days(date, first), then);
        prop_assert_eq!(steps, add_working_days(date, first + then));
    }

    #[test]
    fn the_next_open_day_is_reached_once(days in 0_i64..36_000) {
        let date = day("2000-01-01") + TimeDelta::days(days);
        let open = next_open_day(date);
        prop_assert!(open >= date && open - date <= TimeDelta::days(10));
        prop_assert_eq!(next_open_day(open), open);
    }
}
