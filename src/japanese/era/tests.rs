//! Tests of the eras: every notation of law.md §5, the days an era changes, the round trip.

use chrono::NaiveDate;
use proptest::prelude::*;

use super::*;

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

#[test]
fn every_accepted_notation_is_the_same_day() {
    for text in [
        "2026-04-01",
        "2026/4/1",
        "2026年4月1日",
        "２０２６年４月１日",
        "２０２６－０４－０１",
        "2026−04−01",
        "2026.4.1",
        "R8.4.1",
        "R08.04.01",
        "r8/4/1",
        "Ｒ８．４．１",
        "令和８年４月１日",
        "令和 8 年 4 月 1 日",
        "㋿8年4月1日",
        "\u{3000} R8.4.1\n",
    ] {
        assert_eq!(parse_date(text), Ok(day(2026, 4, 1)), "{text}");
    }
}

#[test]
fn the_first_year_may_be_written_either_way() {
    assert_eq!(parse_date("令和元年5月1日"), Ok(day(2019, 5, 1)));
    assert_eq!(parse_date("令和1年5月1日"), Ok(day(2019, 5, 1)));
    assert_eq!(parse_date("R元.5.1"), Ok(day(2019, 5, 1)));
    assert_eq!(parse_date("H31.4.30"), Ok(day(2019, 4, 30)));
    assert_eq!(parse_date("平成元年1月8日"), Ok(day(1989, 1, 8)));
    assert_eq!(parse_date("s64/1/7"), Ok(day(1989, 1, 7)));
    assert_eq!(parse_date("昭和元年12月25日"), Ok(day(1926, 12, 25)));
}

#[test]
fn a_day_outside_its_era_is_refused() {
    for (text, era) in [
        ("令和1年4月30日", Era::Reiwa),
        ("令和0年5月1日", Era::Reiwa),
        ("平成31年5月1日", Era::Heisei),
        ("H1.1.7", Era::Heisei),
        ("S64.1.8", Era::Showa),
        ("昭和元年12月24日", Era::Showa),
    ] {
        assert_eq!(parse_date(text), Err(DateError::OutsideEra { era }), "{text}");
    }
}

#[test]
fn an_impossible_day_is_told_from_an_unreadable_one() {
    for text in ["2026-02-29", "R8.13.1", "令和8年4月31日", "2026/4/0"] {
        assert_eq!(parse_date(text), Err(DateError::NoSuchDay), "{text}");
    }
    for text in [
        "8/4/1",
        "20260401",
        "2026-4/1",
        "2026-4-1-1",
        "大正10年1月1日",
        "R8.4",
        "+2026/4/1",
        "-2026-04-01",
        "R-8.4.1",
        "2026/+4/1",
        "2026年4月1",
        "2026//1",
        "4.01E+12",
    ] {
        assert_eq!(parse_date(text), Err(DateError::Unreadable), "{text}");
    }
    assert_eq!(parse_date(" \u{3000}"), Err(DateError::Empty));
}

#[test]
fn dates_are_written_with_the_era() {
    assert_eq!(era_date(day(2026, 4, 1)), "令和8年4月1日");
    assert_eq!(era_date(day(2019, 5, 1)), "令和元年5月1日");
    assert_eq!(era_date(day(2019, 4, 30)), "平成31年4月30日");
    assert_eq!(era_date(day(1989, 1, 7)), "昭和64年1月7日");
    assert_eq!(era_date(day(1926, 12, 24)), "1926年12月24日");
    assert_eq!(era_date_short(day(2026, 4, 1)), "R8.4.1");
    assert_eq!(era_date_short(day(2019, 5, 1)), "R1.5.1");
    assert_eq!(era_date_short(day(1926, 12, 24)), "1926.12.24");
}

#[test]
fn a_fiscal_year_runs_from_april_to_march() {
    assert_eq!(FiscalYear::of(day(2026, 3, 31)), FiscalYear(2025));
    assert_eq!(FiscalYear::of(day(2026, 4, 1)), FiscalYear(2026));
    assert_eq!(FiscalYear(2026).start(), day(2026, 4, 1));
    assert_eq!(FiscalYear(2026).end(), day(2027, 3, 31));
    assert_eq!(FiscalYear(i32::MAX).end(), NaiveDate::MAX);
    assert_eq!(FiscalYear(i32::MIN).start(), NaiveDate::MIN);
}

#[test]
fn a_fiscal_year_is_named_by_its_era() {
    for (year, label) in [
        (2026, "令和8年度"),
        (2020, "令和2年度"),
        (2019, "令和元年度"),
        (2018, "平成30年度"),
        (1989, "平成元年度"),
        (1988, "昭和63年度"),
        (1920, "1920年度"),
    ] {
        assert_eq!(FiscalYear(year).era_label(), label);
    }
}

#[test]
fn the_error_of_an_era_names_it() {
    let error = parse_date("令和1年4月30日").unwrap_err();
    assert_eq!(error.to_string(), "the day lies outside the era Reiwa");
}

proptest! {
    #[test]
    fn a_written_date_reads_as_itself(days in -36_500_i64..73_000) {
        let date = day(1970, 1, 1) + chrono::TimeDelta::days(days);
        prop_assert_eq!(parse_date(&era_date(date)), Ok(date));
        prop_assert_eq!(parse_date(&era_date_short(date)), Ok(date));
        prop_assert_eq!(parse_date(&date.to_string()), Ok(date));
    }

    #[test]
    fn a_day_lies_in_its_fiscal_year(days in -36_500_i64..73_000) {
        let date = day(1970, 1, 1) + chrono::TimeDelta::days(days);
        let year = FiscalYear::of(date);
        prop_assert!(year.start() <= date && date <= year.end());
    }

    #[test]
    fn no_text_makes_the_reader_panic(text in ".{0,20}") {
        let _ = parse_date(&text);
    }
}
