//! Tests of Japan Standard Time.

use proptest::prelude::*;

use super::*;

fn at(text: &str) -> NaiveDateTime {
    text.parse().unwrap()
}

#[test]
fn the_day_in_japan_begins_at_15_hours_utc() {
    let last = jst_date(at("2026-03-31T14:59:59"));
    let first = jst_date(at("2026-03-31T15:00:00"));
    assert_eq!(last.to_string(), "2026-03-31");
    assert_eq!(first.to_string(), "2026-04-01");
    assert_eq!(to_jst(at("2026-03-31T15:00:00")), at("2026-04-01T00:00:00"));
}

#[test]
fn the_ends_of_the_calendar_are_no_panic() {
    assert_eq!(to_jst(NaiveDateTime::MAX), NaiveDateTime::MAX);
    assert_eq!(jst_to_utc(NaiveDateTime::MIN), NaiveDateTime::MIN);
}

proptest! {
    #[test]
    fn there_and_back_is_the_same_moment(seconds in 0_i64..4_102_444_800) {
        let utc = at("1970-01-01T00:00:00") + TimeDelta::seconds(seconds);
        prop_assert_eq!(jst_to_utc(to_jst(utc)), utc);
    }
}
