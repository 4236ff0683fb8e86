//! Japan's calendar, numbers and characters.
//!
//! Dates in the era notation and fiscal years, national holidays and working days, Japan
//! Standard Time, the two check-digit numbers (法人番号, 個人番号), and what names need: a folded
//! search key, katakana, refused control characters. Pure functions: no clock, no I/O, and no
//! text for the reader beyond the official Japanese names. An error is a kind; the caller finds
//! its message in the locale.

mod corporate_number;
mod era;
mod fold;
mod holidays;
mod itaiji;
mod kana;
mod month;
mod my_number;
mod text;
mod time;
mod workdays;

pub use corporate_number::{CorporateNumber, CorporateNumberError};
pub use era::{DateError, Era, FiscalYear, era_date, era_date_short, era_month, parse_date};
pub use fold::fold_name;
pub use holidays::{HOLIDAY_YEARS, Holiday, holiday};
pub use kana::{is_katakana_name, to_katakana};
pub use month::Month;
pub use my_number::{contains_my_number, find_my_numbers};
pub use text::{fold_width, has_control, is_control};
pub use time::{jst_date, jst_to_utc, to_jst};
pub use workdays::{
    OfficeHours, add_working_days, is_closed_day, next_open_day, working_days_after,
};
