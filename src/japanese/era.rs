//! Dates as they are typed and printed in Japan: 令和8年4月1日, R8.4.1, 2026/4/1, 令和8年度.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use super::month::Month;
use super::text::is_hyphen;

#[cfg(test)]
mod tests;

/// An era that dates are read and written in (元号法; 昭和 and later, law.md §5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Era {
    /// 昭和, 1926-12-25 to 1989-01-07.
    Showa,
    /// 平成, 1989-01-08 to 2019-04-30.
    Heisei,
    /// 令和, from 2019-05-01.
    Reiwa,
}

impl Era {
    /// The eras, the newest first.
    const ALL: [Self; 3] = [Self::Reiwa, Self::Heisei, Self::Showa];

    /// The official name of the era (元号を改める政令).
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Showa => "昭和",
            Self::Heisei => "平成",
            Self::Reiwa => "令和",
        }
    }

    /// The letter that stands for the era in forms (S, H, R).
    #[must_use]
    pub const fn letter(self) -> char {
        match self {
            Self::Showa => 'S',
            Self::Heisei => 'H',
            Self::Reiwa => 'R',
        }
    }

    /// Year, month and day on which the era began; they compare like dates.
    const fn first_day(self) -> (i32, u32, u32) {
        match self {
            Self::Showa => (1926, 12, 25),
            Self::Heisei => (1989, 1, 8),
            Self::Reiwa => (2019, 5, 1),
        }
    }

    /// The era a date lies in, if it is one of those known here (law.md §5).
    #[must_use]
    pub fn of(date: NaiveDate) -> Option<Self> {
        let day = (date.year(), date.month(), date.day());
        Self::ALL.into_iter().find(|era| day >= era.first_day())
    }

    /// The Gregorian year before the era's first year (2018 for 令和).
    const fn year_zero(self) -> i32 {
        self.first_day().0 - 1
    }
}

/// Why a text isn't a date; the caller maps the kind to a message of the locale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DateError {
    /// Nothing was typed.
    #[error("the date is empty")]
    Empty,
    /// The text follows none of the accepted notations (law.md §5).
    #[error("the text is not a date")]
    Unreadable,
    /// The notation is right, the day isn't in the calendar (February 30).
    #[error("there is no such day")]
    NoSuchDay,
    /// The day isn't in the era it is written in (令和1年4月30日, 平成31年5月1日).
    #[error("the day lies outside the era {era:?}")]
    OutsideEra {
        /// The era as typed.
        era: Era,
    },
}

/// Reads a date in any notation of law.md §5: ISO, slashes, 年月日 and the eras, in full or half
/// width. A Gregorian year has four digits, so that 8/4/1 is never guessed at.
///
/// # Errors
/// The kind of [`DateError`].
pub fn parse_date(text: &str) -> Result<NaiveDate, DateError> {
    let normal: String = text.nfkc().collect();
    let normal = normal.trim();
    if normal.is_empty() {
        return Err(DateError::Empty);
    }
    let [year, month, day] = split(normal).ok_or(DateError::Unreadable)?;
    let month = number(month, 2).ok_or(DateError::Unreadable)?;
    let day = number(day, 2).ok_or(DateError::Unreadable)?;
    let (era, year) = read_year(year).ok_or(DateError::Unreadable)?;
    let date = NaiveDate::from_ymd_opt(year, month, day).ok_or(DateError::NoSuchDay)?;
    match era {
        Some(era) if Era::of(date) != Some(era) => Err(DateError::OutsideEra { era }),
        _ => Ok(date),
    }
}

/// Year, month and day, separated by 年月日 or twice by the same mark.
fn split(text: &str) -> Option<[&str; 3]> {
    if let Some(text) = text.strip_suffix('日') {
        let (year, rest) = text.split_once('年')?;
        let (month, day) = rest.split_once('月')?;
        return Some([year.trim(), month.trim(), day.trim()]);
    }
    let marks: [fn(char) -> bool; 3] = [|c| c == '/', |c| c == '.', is_hyphen];
    marks.into_iter().find_map(|mark| {
        let mut parts = text.split(mark).map(str::trim);
        let found = [parts.next()?, parts.next()?, parts.next()?];
        parts.next().is_none().then_some(found)
    })
}

/// The year as a Gregorian one, with the era it was typed in.
fn read_year(text: &str) -> Option<(Option<Era>, i32)> {
    for era in Era::ALL {
        let letter = [era.letter(), era.letter().to_ascii_lowercase()];
        let rest = text.strip_prefix(era.name());
        let Some(rest) = rest.or_else(|| text.strip_prefix(letter)) else {
            continue;
        };
        let year = match rest.trim() {
            "元" => 1,
            digits => i32::try_from(number(digits, 3)?).ok()?,
        };
        return Some((Some(era), era.year_zero() + year));
    }
    let four_digits = text.len() == 4;
    let year = number(text, 4).filter(|_| four_digits)?;
    Some((None, i32::try_from(year).ok()?))
}

/// A number of one to `most` ASCII digits; `str::parse` alone would take a plus sign.
fn number(text: &str, most: usize) -> Option<u32> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit());
    (plain && text.len() <= most).then(|| text.parse().ok()).flatten()
}

/// The year of an era as it is written, the first one as 元 (公用文の慣行).
fn year_name(year: i32) -> String {
    if year == 1 { "元".to_owned() } else { year.to_string() }
}

/// The date as official documents write it: 令和8年4月1日, 令和元年5月1日; before 昭和 the
/// Gregorian 1925年4月1日 (law.md §5).
#[must_use]
pub fn era_date(date: NaiveDate) -> String {
    let (month, day) = (date.month(), date.day());
    match Era::of(date) {
        Some(era) => {
            let year = year_name(date.year() - era.year_zero());
            format!("{}{year}年{month}月{day}日", era.name())
        }
        None => format!("{:04}年{month}月{day}日", date.year()),
    }
}

/// The month as official documents write it, in the era of its first day: 令和8年4月.
#[must_use]
pub fn era_month(month: Month) -> String {
    let first = era_date(month.first_day());
    first.strip_suffix("1日").map_or(first.clone(), str::to_owned)
}

/// The date as narrow columns write it: R8.4.1; before 昭和 1925.4.1 (law.md §5).
#[must_use]
pub fn era_date_short(date: NaiveDate) -> String {
    let (month, day) = (date.month(), date.day());
    match Era::of(date) {
        Some(era) => {
            let year = date.year() - era.year_zero();
            format!("{}{year}.{month}.{day}", era.letter())
        }
        None => format!("{:04}.{month}.{day}", date.year()),
    }
}

/// A fiscal year of public bodies, April to March, named by the year it begins in
/// (地方自治法208条, 財政法11条).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FiscalYear(pub i32);

impl FiscalYear {
    /// The fiscal year a day belongs to (地方自治法208条).
    #[must_use]
    pub fn of(date: NaiveDate) -> Self {
        Self(date.year() - i32::from(date.month() < 4))
    }

    /// April 1; a year beyond chrono's calendar gives its first day.
    #[must_use]
    pub fn start(self) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.0, 4, 1).unwrap_or(NaiveDate::MIN)
    }

    /// March 31 of the next year; a year beyond chrono's calendar gives its last day.
    #[must_use]
    pub fn end(self) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.0.saturating_add(1), 3, 31).unwrap_or(NaiveDate::MAX)
    }

    /// Its name, 令和8年度. A year in which the era changes bears the era of its last December:
    /// 2019 is 令和元年度 (改元に伴う元号による年表示の取扱いについて, 2019-04-01), 1988 stays
    /// 昭和63年度.
    #[must_use]
    pub fn era_label(self) -> String {
        let december = NaiveDate::from_ymd_opt(self.0, 12, 31);
        match december.and_then(Era::of) {
            Some(era) => {
                let year = year_name(self.0 - era.year_zero());
                format!("{}{year}年度", era.name())
            }
            None => format!("{}年度", self.0),
        }
    }
}
