//! The languages of the pages: Japanese first, English second.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// A language in which the whole product can be read.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Japanese.
    #[default]
    Ja,
    /// English.
    En,
}

/// The text names no language of the product.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the language is neither ja nor en")]
pub struct UnknownLanguage;

impl Language {
    /// Both languages, in the order in which they are offered.
    pub const ALL: [Self; 2] = [Self::Ja, Self::En];

    /// The code kept in cookies and the database; also the value of `<html lang>`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ja => "ja",
            Self::En => "en",
        }
    }

    /// The language's own name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ja => "日本語",
            Self::En => "English",
        }
    }

    /// Chooses by an `Accept-Language` header; Japanese when it names neither language.
    #[must_use]
    pub fn negotiate(accept_language: Option<&str>) -> Self {
        let mut best: Option<(u16, Self)> = None;
        for range in accept_language.unwrap_or_default().split(',') {
            let mut parts = range.split(';').map(str::trim);
            let tag = parts.next().unwrap_or_default();
            let Ok(language) = tag.split('-').next().unwrap_or_default().parse::<Self>() else {
                continue;
            };
            let weight = parts.find_map(|part| part.strip_prefix("q=")).map_or(1000, thousandths);
            if weight > 0 && best.is_none_or(|(highest, _)| weight > highest) {
                best = Some((weight, language));
            }
        }
        best.map_or_else(Self::default, |(_, language)| language)
    }
}

/// Reads a quality value such as `0.85` as 850; what can't be read counts nothing.
fn thousandths(quality: &str) -> u16 {
    let (whole, fraction) = quality.split_once('.').unwrap_or((quality, ""));
    let fraction: String = fraction.chars().chain("000".chars()).take(3).collect();
    match (whole.parse::<u16>(), fraction.parse::<u16>()) {
        (Ok(0), Ok(thousandths)) => thousandths,
        (Ok(1), Ok(0)) => 1000,
        _ => 0,
    }
}

impl FromStr for Language {
    type Err = UnknownLanguage;

    fn from_str(code: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|language| code.eq_ignore_ascii_case(language.as_str()))
            .ok_or(UnknownLanguage)
    }
}

impl fmt::Display for Language {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::Language;

    #[test]
    fn the_best_weighted_language_of_the_two_is_chosen() {
        for (header, expected) in [
            (None, Language::Ja),
            (Some(""), Language::Ja),
            (Some("fr, de;q=0.5"), Language::Ja),
            (Some("en-GB,en;q=0.9,ja;q=0.8"), Language::En),
            (Some("fr, ja;q=0.7, en;q=0.75"), Language::En),
            (Some("en;q=0, ja;q=0.1"), Language::Ja),
            (Some("en;q=rubbish"), Language::Ja),
            (Some("JA-jp"), Language::Ja),
        ] {
            assert_eq!(Language::negotiate(header), expected, "{header:?}");
        }
    }

    #[test]
    fn a_language_is_written_as_its_code() {
        assert_eq!(serde_json::to_string(&Language::En).unwrap(), r#""en""#);
        assert_eq!("ja".parse(), Ok(Language::Ja));
        assert!("japanese".parse::<Language>().is_err());
    }
}
