//! 法人番号, the number of corporations and public bodies.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use super::text::is_hyphen;

#[cfg(test)]
mod tests;

/// A 法人番号: 13 digits whose first one checks the others (番号法39条; 法人番号の指定等に関する
/// 省令2条). Sole proprietors and branches have none.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CorporateNumber(String);

/// Why a text isn't a 法人番号; the caller maps the kind to a message of the locale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CorporateNumberError {
    /// Nothing was typed.
    #[error("the corporate number is empty")]
    Empty,
    /// An invoice registration number (T + 13 digits, 消費税法57条の2): sole proprietors have one
    /// too, so it isn't taken for a 法人番号.
    #[error("this is an invoice registration number")]
    InvoiceNumber,
    /// A character that is neither digit, hyphen nor space.
    #[error("a character of the corporate number is no digit")]
    NotDigits,
    /// Not 13 digits.
    #[error("a corporate number has 13 digits, not {digits}")]
    Length {
        /// How many digits were typed.
        digits: usize,
    },
    /// The first digit doesn't fit the others.
    #[error("the check digit is wrong")]
    CheckDigit,
}

impl CorporateNumber {
    /// The 13 digits (番号法39条).
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for CorporateNumber {
    type Err = CorporateNumberError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let typed: String = text.nfkc().filter(|c| !c.is_whitespace() && !is_hyphen(*c)).collect();
        if typed.is_empty() {
            return Err(CorporateNumberError::Empty);
        }
        if typed.starts_with(['T', 't']) {
            return Err(CorporateNumberError::InvoiceNumber);
        }
        let digits: Option<Vec<u32>> = typed.chars().map(|c| c.to_digit(10)).collect();
        let digits = digits.ok_or(CorporateNumberError::NotDigits)?;
        match digits.split_first() {
            Some((check, base)) if base.len() == 12 => (*check == check_digit(base))
                .then_some(Self(typed))
                .ok_or(CorporateNumberError::CheckDigit),
            _ => Err(CorporateNumberError::Length { digits: digits.len() }),
        }
    }
}

/// Check digit of the 12-digit base: weights 1 and 2 in turn from the right, then 9 less the
/// remainder by 9 (法人番号の指定等に関する省令2条; law.md §5).
fn check_digit(base: &[u32]) -> u32 {
    let weights = [1, 2].into_iter().cycle();
    let sum: u32 = base.iter().rev().zip(weights).map(|(d, w)| d * w).sum();
    9 - sum % 9
}

impl TryFrom<String> for CorporateNumber {
    type Error = CorporateNumberError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<CorporateNumber> for String {
    fn from(number: CorporateNumber) -> Self {
        number.0
    }
}

impl fmt::Display for CorporateNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
