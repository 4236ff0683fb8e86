//! National holidays of Japan by rule (国民の祝日に関する法律), 2000 to 2099.

use std::ops::RangeInclusive;

use chrono::{Datelike, NaiveDate, Weekday};

#[cfg(test)]
mod tests;

/// The years the rules cover; outside of them [`holiday`] finds none. The equinox formula holds
/// up to 2099, the Happy Mondays from 2000 on.
pub const HOLIDAY_YEARS: RangeInclusive<i32> = 2000..=2099;

/// The years the Olympic act moved three holidays in (平成三十二年東京オリンピック特措法).
const OLYMPIC_YEARS: RangeInclusive<i32> = 2020..=2021;

/// A day off under 国民の祝日に関する法律: a holiday of article 2, a day of article 3(2) or 3(3),
/// or one of the single days of 2019.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Holiday {
    /// 元日
    NewYear,
    /// 成人の日
    ComingOfAge,
    /// 建国記念の日
    Foundation,
    /// 天皇誕生日
    EmperorsBirthday,
    /// 春分の日
    VernalEquinox,
    /// 昭和の日
    Showa,
    /// 憲法記念日
    Constitution,
    /// みどりの日
    Greenery,
    /// こどもの日
    Children,
    /// 海の日
    Marine,
    /// 山の日
    Mountain,
    /// 敬老の日
    Aged,
    /// 秋分の日
    AutumnalEquinox,
    /// 体育の日, up to 2019
    HealthAndSports,
    /// スポーツの日, from 2020
    Sports,
    /// 文化の日
    Culture,
    /// 勤労感謝の日
    LabourThanksgiving,
    /// 天皇の即位の日, 2019-05-01
    Accession,
    /// 即位礼正殿の儀の行われる日, 2019-10-22
    Enthronement,
    /// 振替休日, article 3(2)
    Substitute,
    /// 国民の休日, article 3(3): the day between two holidays
    Between,
}

impl Holiday {
    /// The official name (国民の祝日に関する法律2条); for the days of article 3 the usual one.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::NewYear => "元日",
            Self::ComingOfAge => "成人の日",
            Self::Foundation => "建国記念の日",
            Self::EmperorsBirthday => "天皇誕生日",
            Self::VernalEquinox => "春分の日",
            Self::Showa => "昭和の日",
            Self::Constitution => "憲法記念日",
            Self::Greenery => "みどりの日",
            Self::Children => "こどもの日",
            Self::Marine => "海の日",
            Self::Mountain => "山の日",
            Self::Aged => "敬老の日",
            Self::AutumnalEquinox => "秋分の日",
            Self::HealthAndSports => "体育の日",
            Self::Sports => "スポーツの日",
            Self::Culture => "文化の日",
            Self::LabourThanksgiving => "勤労感謝の日",
            Self::Accession => "天皇の即位の日",
            Self::Enthronement => "即位礼正殿の儀の行われる日",
            Self::Substitute => "振替休日",
            Self::Between => "国民の休日",
        }
    }
}

/// The holiday a day is, by the law as in force in 2026 (国民の祝日に関する法律2条, 3条). The
/// equinoxes are announced each February for the next year; later ones are computed.
#[must_use]
pub fn holiday(date: NaiveDate) -> Option<Holiday> {
    if !HOLIDAY_YEARS.contains(&date.year()) {
        return None;
    }
    national(date)
        .or_else(|| is_substitute(date).then_some(Holiday::Substitute))
        .or_else(|| is_between(date).then_some(Holiday::Between))
}

/// A holiday of article 2 or of an act of its own, before the rules of article 3.
fn national(date: NaiveDate) -> Option<Holiday> {
    let (year, month, day) = (date.year(), date.month(), date.day());
    spring(year, month, day)
        .or_else(|| autumn(year, month, day))
        .or_else(|| moved(year, month, day))
        .or_else(|| monday(date))
        .or_else(|| equinox(year, month, day))
}

/// Fixed days of January to May.
fn spring(year: i32, month: u32, day: u32) -> Option<Holiday> {
    Some(match (month, day) {
        (1, 1) => Holiday::NewYear,
        (2, 11) => Holiday::Foundation,
        (2, 23) if year >= 2020 => Holiday::EmperorsBirthday,
        (4, 29) if year >= 2007 => Holiday::Showa,
        (4, 29) => Holiday::Greenery,
        (5, 1) if year == 2019 => Holiday::Accession,
        (5, 3) => Holiday::Constitution,
        (5, 4) if year >= 2007 => Holiday::Greenery,
        (5, 5) => Holiday::Children,
        _ => return None,
    })
}

/// Fixed days of July to December.
fn autumn(year: i32, month: u32, day: u32) -> Option<Holiday> {
    Some(match (month, day) {
        (7, 20) if year <= 2002 => Holiday::Marine,
        (8, 11) if year >= 2016 && !OLYMPIC_YEARS.contains(&year) => Holiday::Mountain,
        (9, 15) if year <= 2002 => Holiday::Aged,
        (10, 22) if year == 2019 => Holiday::Enthronement,
        (11, 3) => Holiday::Culture,
        (11, 23) => Holiday::LabourThanksgiving,
        (12, 23) if year <= 2018 => Holiday::EmperorsBirthday,
        _ => return None,
    })
}

/// The three holidays moved to the Olympic Games.
fn moved(year: i32, month: u32, day: u32) -> Option<Holiday> {
    Some(match (year, month, day) {
        (2020, 7, 23) | (2021, 7, 22) => Holiday::Marine,
        (2020, 7, 24) | (2021, 7, 23) => Holiday::Sports,
        (2020, 8, 10) | (2021, 8, 8) => Holiday::Mountain,
        _ => return None,
    })
}

/// The holidays that lie on a Monday (ハッピーマンデー制度).
fn monday(date: NaiveDate) -> Option<Holiday> {
    if date.weekday() != Weekday::Mon {
        return None;
    }
    let year = date.year();
    let olympic = OLYMPIC_YEARS.contains(&year);
    Some(match (date.month(), date.day0() / 7 + 1) {
        (1, 2) => Holiday::ComingOfAge,
        (7, 3) if year >= 2003 && !olympic => Holiday::Marine,
        (9, 3) if year >= 2003 => Holiday::Aged,
        (10, 2) if year <= 2019 => Holiday::HealthAndSports,
        (10, 2) if !olympic => Holiday::Sports,
        _ => return None,
    })
}

/// The equinoxes by the usual approximation for 1980 to 2099 (海上保安庁水路部, 新こよみ便利帳),
/// in millionths of a day.
fn equinox(year: i32, month: u32, day: u32) -> Option<Holiday> {
    let (first, which) = match month {
        3 => (20_843_100, Holiday::VernalEquinox),
        9 => (23_248_800, Holiday::AutumnalEquinox),
        _ => return None,
    };
    let years = year - 1980;
    let equinox = (first + 242_194 * years) / 1_000_000 - years / 4;
    (i32::try_from(day) == Ok(equinox)).then_some(which)
}

/// Article 3(2): a holiday fell on a Sunday, and the days since were holidays themselves. Up to
/// 2006 only the Monday after could be one, which the same walk gives: 5-4 wasn't a holiday.
fn is_substitute(date: NaiveDate) -> bool {
    let mut day = date;
    while let Some(before) = day.pred_opt() {
        if national(before).is_none() {
            return false;
        }
        if before.weekday() == Weekday::Sun {
            return true;
        }
        day = before;
    }
    false
}

/// Article 3(3): the day before and the day after are holidays. Up to 2006 not a Sunday.
fn is_between(date: NaiveDate) -> bool {
    let named = |day: Option<NaiveDate>| day.and_then(national).is_some();
    let sunday_before_2007 = date.year() < 2007 && date.weekday() == Weekday::Sun;
    !sunday_before_2007 && named(date.pred_opt()) && named(date.succ_opt())
}
