//! Tests of the holidays against the days the Cabinet Office published (国民の祝日について).

use super::*;

/// Every day off of the year, as "month/day".
fn days_of(year: i32) -> Vec<String> {
    let first = NaiveDate::from_ymd_opt(year, 1, 1).unwrap();
    first
        .iter_days()
        .take_while(|date| date.year() == year)
        .filter(|date| holiday(*date).is_some())
        .map(|date| format!("{}/{}", date.month(), date.day()))
        .collect()
}

fn on(year: i32, month: u32, day: u32) -> Option<Holiday> {
    holiday(NaiveDate::from_ymd_opt(year, month, day).unwrap())
}

#[test]
fn whole_years_agree_with_the_published_days() {
    for (year, days) in [
        (2006, "1/1 1/2 1/9 2/11 3/21 4/29 5/3 5/4 5/5 7/17 9/18 9/23 10/9 11/3 11/23 12/23"),
        (
            2015,
            "1/1 1/12 2/11 3/21 4/29 5/3 5/4 5/5 5/6 7/20 9/21 9/22 9/23 10/12 11/3 11/23 12/23",
        ),
        (
            2019,
            "1/1 1/14 2/11 3/21 4/29 4/30 5/1 5/2 5/3 5/4 5/5 5/6 7/15 8/11 8/12 9/16 9/23 \
             10/14 10/22 11/3 11/4 11/23",
        ),
        (
            2020,
            "1/1 1/13 2/11 2/23 2/24 3/20 4/29 5/3 5/4 5/5 5/6 7/23 7/24 8/10 9/21 9/22 11/3 \
             11/23",
        ),
        (2021, "1/1 1/11 2/11 2/23 3/20 4/29 5/3 5/4 5/5 7/22 7/23 8/8 8/9 9/20 9/23 11/3 11/23"),
        (
            2024,
            "1/1 1/8 2/11 2/12 2/23 3/20 4/29 5/3 5/4 5/5 5/6 7/15 8/11 8/12 9/16 9/22 9/23 \
             10/14 11/3 11/4 11/23",
        ),
        (
            2025,
            "1/1 1/13 2/11 2/23 2/24 3/20 4/29 5/3 5/4 5/5 5/6 7/21 8/11 9/15 9/23 10/13 11/3 \
             11/23 11/24",
        ),
        (
            2026,
            "1/1 1/12 2/11 2/23 3/20 4/29 5/3 5/4 5/5 5/6 7/20 8/11 9/21 9/22 9/23 10/12 11/3 \
             11/23",
        ),
        (
            2027,
            "1/1 1/11 2/11 2/23 3/21 3/22 4/29 5/3 5/4 5/5 7/19 8/11 9/20 9/23 10/11 11/3 11/23",
        ),
    ] {
        let expected: Vec<&str> = days.split_whitespace().collect();
        assert_eq!(days_of(year), expected, "{year}");
    }
}

#[test]
fn holidays_bear_the_name_of_their_time() {
    assert_eq!(on(2006, 4, 29), Some(Holiday::Greenery));
    assert_eq!(on(2007, 4, 29), Some(Holiday::Showa));
    assert_eq!(on(2006, 5, 4), Some(Holiday::Between));
    assert_eq!(on(2007, 5, 4), Some(Holiday::Greenery));
    assert_eq!(on(2019, 10, 14), Some(Holiday::HealthAndSports));
    assert_eq!(on(2020, 7, 24), Some(Holiday::Sports));
    assert_eq!(on(2019, 5, 1), Some(Holiday::Accession));
    assert_eq!(on(2019, 10, 22), Some(Holiday::Enthronement));
    assert_eq!(on(2026, 9, 22), Some(Holiday::Between));
    assert_eq!(on(2026, 5, 6), Some(Holiday::Substitute));
    assert_eq!(Holiday::Substitute.name(), "振替休日");
}

#[test]
fn the_emperors_birthday_was_skipped_in_2019() {
    assert_eq!(on(2018, 12, 23), Some(Holiday::EmperorsBirthday));
    assert_eq!(on(2018, 12, 24), Some(Holiday::Substitute));
    assert_eq!(on(2019, 2, 23), None);
    assert_eq!(on(2019, 12, 23), None);
    assert_eq!(on(2020, 2, 23), Some(Holiday::EmperorsBirthday));
}

#[test]
fn before_2007_a_sunday_between_two_holidays_was_only_a_sunday() {
    assert_eq!(on(2003, 5, 4), None);
    assert_eq!(on(2003, 5, 6), None);
}

#[test]
fn outside_the_covered_years_there_is_none() {
    assert_eq!(on(1999, 1, 1), None);
    assert_eq!(on(2100, 1, 1), None);
    assert_eq!(on(2000, 1, 1), Some(Holiday::NewYear));
    assert_eq!(on(2099, 11, 23), Some(Holiday::LabourThanksgiving));
}
