//! The words of the pages and mails, from `assets/locales/<language>/<slice>.ftl`.
//!
//! Keys are kebab-case with the slice in front (`entrustment-title`); a variable is written in the
//! message as the argument is called (`{ $count }`). Numbers are grouped (`1,234`): give a year or
//! an identifier as text.

use std::{borrow::Cow, collections::HashMap};

use chrono::NaiveDate;
use fluent_templates::{LanguageIdentifier, fluent_bundle::FluentValue, langid};

use super::language::Language;
use crate::japanese::{Month, era_date, era_month};

fluent_templates::static_loader! {
    static LOCALES = {
        locales: "./assets/locales",
        fallback_language: "ja",
        customise: |bundle| {
            bundle.set_use_isolating(false);
            bundle.set_formatter(Some(|value, _| match value {
                FluentValue::Number(number) => Some(group_digits(&number.as_string())),
                _ => None,
            }));
        },
    };
}

const JAPANESE: LanguageIdentifier = langid!("ja");
const ENGLISH: LanguageIdentifier = langid!("en");

/// An argument of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ArgValue {
    /// A text, inserted as it is.
    Text(String),
    /// A whole number, grouped by thousands; it may choose a plural form.
    Number(i64),
}

impl From<&str> for ArgValue {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for ArgValue {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for ArgValue {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<i32> for ArgValue {
    fn from(number: i32) -> Self {
        Self::Number(number.into())
    }
}

impl From<u32> for ArgValue {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl From<usize> for ArgValue {
    fn from(number: usize) -> Self {
        Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

/// The message of a key; `⟦key⟧` when there is none or it wants an argument.
#[must_use]
pub fn text(lang: Language, key: &str) -> String {
    text_with(lang, key, &[])
}

/// A day as a language writes it: 令和8年4月1日, or 1 April 2026.
#[must_use]
pub fn day(lang: Language, day: NaiveDate) -> String {
    match lang {
        Language::Ja => era_date(day),
        Language::En => day.format("%-d %B %Y").to_string(),
    }
}

/// A month as a language writes it: 令和8年4月, or April 2026.
#[must_use]
pub fn month(lang: Language, month: Month) -> String {
    match lang {
        Language::Ja => era_month(month),
        Language::En => month.first_day().format("%B %Y").to_string(),
    }
}

/// The message of a key with its arguments; `⟦key⟧` when there is none or an argument is missing.
#[must_use]
pub fn text_with(lang: Language, key: &str, args: &[(&str, ArgValue)]) -> String {
    let args: HashMap<Cow<'static, str>, FluentValue<'_>> = args
        .iter()
        .map(|(name, value)| {
            let value = match value {
                ArgValue::Text(text) => FluentValue::from(text.as_str()),
                ArgValue::Number(number) => FluentValue::from(*number),
            };
            (Cow::from((*name).to_owned()), value)
        })
        .collect();
    let identifier = match lang {
        Language::Ja => JAPANESE,
        Language::En => ENGLISH,
    };
    LOCALES
        .lookup_single_language(&identifier, key, Some(&args))
        .unwrap_or_else(|_| format!("⟦{key}⟧"))
}

/// Whether a language has a message of this key.
#[must_use]
pub fn has(lang: Language, key: &str) -> bool {
    text(lang, key) != format!("⟦{key}⟧")
}

/// Puts a comma before every third digit of the whole part.
#[must_use]
pub(crate) fn group_digits(number: &str) -> String {
    let (sign, number) = number.strip_prefix('-').map_or(("", number), |rest| ("-", rest));
    let (whole, fraction) = number.split_once('.').map_or((number, None), |(w, f)| (w, Some(f)));
    let digits = whole.chars().count();
    let mut grouped = String::from(sign);
    for (position, digit) in whole.chars().enumerate() {
        if position > 0 && (digits - position).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if let Some(fraction) = fraction {
        grouped.push('.');
        grouped.push_str(fraction);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, fs, path::Path};

    use super::{group_digits, text, text_with};
    use crate::web::language::Language;

    fn keys(lang: Language) -> BTreeSet<String> {
        let folder =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/locales").join(lang.as_str());
        fs::read_dir(folder)
            .unwrap()
            .map(|file| fs::read_to_string(file.unwrap().path()).unwrap())
            .flat_map(|messages| {
                messages
                    .lines()
                    .filter(|line| line.starts_with(|first: char| first.is_ascii_alphabetic()))
                    .filter_map(|line| Some(line.split_once('=')?.0.trim().to_owned()))
                    .collect::<Vec<_>>()
            })
            .collect()
    }

    #[test]
    fn both_languages_have_the_same_keys() {
        let (ja, en) = (keys(Language::Ja), keys(Language::En));
        assert_eq!(ja.symmetric_difference(&en).collect::<Vec<_>>(), Vec::<&String>::new());
    }

    #[test]
    fn a_missing_key_and_a_missing_argument_can_be_seen() {
        assert_eq!(text(Language::Ja, "no-such-key"), "⟦no-such-key⟧");
        assert_eq!(text(Language::Ja, "common-pages-total"), "⟦common-pages-total⟧");
    }

    #[test]
    fn numbers_are_grouped_in_messages() {
        let args = [("total", 12_345_i64.into()), ("first", 1.into()), ("last", 50.into())];
        assert_eq!(
            text_with(Language::Ja, "common-pages-total", &args),
            "全12,345件中 1～50件目を表示"
        );
        assert_eq!(group_digits("-1234567.5"), "-1,234,567.5");
        assert_eq!(group_digits("123"), "123");
    }
}
