use super::model::{Filter, StopQuery, counted};
use crate::handover::Stop;

fn day(text: &str) -> chrono::NaiveDate {
    text.parse().unwrap()
}

#[test]
fn an_unreadable_filter_asks_for_nothing_and_an_old_month_for_no_more_than_is_shown() {
    let today = day("2026-11-26");
    let asked = |month: &str| StopQuery {
        month: month.to_owned(),
        stop: "none".to_owned(),
        end: "x".to_owned(),
        entrustment: "1".to_owned(),
        page: "z".to_owned(),
    };
    let filter = asked("x").filter(today);
    assert!(filter.stop.is_none() && filter.end.is_none() && filter.entrustment.is_none());
    assert_eq!(filter.span(), Filter::of(today).span());
    let (from, until) = asked("2020-01").filter(today).span();
    assert!(from > until, "nothing lies in it");
}

#[test]
fn what_is_only_unfinished_is_no_mistake() {
    let counted = counted();
    assert_eq!(counted.len(), Stop::ALL.len() - 3);
    assert!(!counted.contains(&Stop::NotChecked) && counted.contains(&Stop::OthersRows));
}
