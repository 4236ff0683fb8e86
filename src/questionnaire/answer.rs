//! An answer: how it comes from a form, what a question accepts, how it is shown.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::model::{Kind, QuestionId, YesNo};

mod parse;
#[cfg(test)]
pub(crate) mod tests;

pub use parse::ParseDate;

/// All answers of a response, by question.
pub type Answers = BTreeMap<QuestionId, Answered>;

/// One answer as it stands in a response.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    /// What was answered.
    pub value: AnswerValue,
    /// What was added in words; may be empty.
    pub remark: String,
    /// The round in which it was last answered, from 1.
    pub round: u16,
}

/// What was answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum AnswerValue {
    /// はい, いいえ or 該当なし.
    YesNo {
        /// Which.
        value: YesNo,
    },
    /// One option.
    Choice {
        /// Its id.
        option: String,
    },
    /// Options, in the order of the template, each once, at least one.
    Choices {
        /// Their ids.
        options: Vec<String>,
    },
    /// A whole number.
    Number {
        /// Which.
        value: i64,
    },
    /// A day.
    Date {
        /// Which.
        value: NaiveDate,
    },
    /// Words.
    Text {
        /// As typed, lines ended by `\n`.
        value: String,
    },
    /// Answered by its evidence. The caller sets it, as only it knows whether there is some.
    File,
    /// Nothing.
    Blank,
}

/// Why a form's values are no answer to a question.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum AnswerFault {
    /// The question has no such answer.
    #[error("no such answer")]
    NotOffered,
    /// 該当なし can't be answered here.
    #[error("not applicable isn't offered")]
    NotApplicable,
    /// More than one value for one answer.
    #[error("more than one answer")]
    Several,
    /// No whole number.
    #[error("not a whole number")]
    Number,
    /// A number out of the range.
    #[error("not within {min} to {max}")]
    NumberRange {
        /// The least.
        min: i64,
        /// The greatest.
        max: i64,
    },
    /// No day.
    #[error("not a date")]
    Date,
    /// Too many characters.
    #[error("{length} characters, more than {max}")]
    TextLength {
        /// The most.
        max: u16,
        /// How many there are.
        length: usize,
    },
    /// Characters that can't be shown.
    #[error("control characters")]
    TextCharacters,
}

/// A word of an answer that the template doesn't have; the caller has it in its language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// はい, いいえ or 該当なし.
    YesNo(YesNo),
    /// A day, in the caller's way of writing it.
    Date(NaiveDate),
    /// Answered by evidence.
    File,
    /// Not answered.
    Blank,
    /// What stands between two options.
    Between,
}

impl AnswerFault {
    /// The message.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self {
            Self::NotOffered => "answer-fault-option",
            Self::NotApplicable => "answer-fault-not-applicable",
            Self::Several => "answer-fault-several",
            Self::Number => "answer-fault-number",
            Self::NumberRange { .. } => "answer-fault-number-range",
            Self::Date => "answer-fault-date",
            Self::TextLength { .. } => "answer-fault-text-length",
            Self::TextCharacters => "answer-fault-text-characters",
        }
    }

    /// What the message names.
    #[must_use]
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::NumberRange { min, max } => {
                vec![("min", min.to_string()), ("max", max.to_string())]
            }
            Self::TextLength { max, length } => {
                vec![("max", max.to_string()), ("length", length.to_string())]
            }
            _ => Vec::new(),
        }
    }
}

impl AnswerValue {
    /// The values that a form sends for this answer, to fill it with.
    #[must_use]
    pub fn form_values(&self) -> Vec<String> {
        match self {
            Self::YesNo { value } => vec![value.as_str().to_owned()],
            Self::Choice { option } => vec![option.clone()],
            Self::Choices { options } => options.clone(),
            Self::Number { value } => vec![value.to_string()],
            Self::Date { value } => vec![value.to_string()],
            Self::Text { value } => vec![value.clone()],
            Self::File | Self::Blank => Vec::new(),
        }
    }

    /// Whether a question of this kind can have this answer.
    #[must_use]
    pub fn fits(&self, kind: &Kind) -> bool {
        match (self, kind) {
            (Self::YesNo { value }, Kind::YesNoNa { na_allowed }) => {
                *na_allowed || *value != YesNo::NotApplicable
            }
            (Self::Choice { option }, Kind::Choice { .. }) => kind.option(option).is_some(),
            (Self::Choices { options }, Kind::Choices { .. }) => {
                !options.is_empty() && options.iter().all(|o| kind.option(o).is_some())
            }
            (Self::Number { value }, Kind::Number { min, max, .. }) => (min..=max).contains(&value),
            (Self::Text { value }, Kind::Text { max }) => {
                value.chars().count() <= usize::from(*max)
            }
            (Self::Date { .. }, Kind::Date) | (Self::File, Kind::File) | (Self::Blank, _) => true,
            _ => false,
        }
    }

    /// Whether this is nothing.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        *self == Self::Blank
    }

    /// Whether this is one of a condition's answers: an option's id or a word's name.
    #[must_use]
    pub fn is_any_of(&self, answers: &[String]) -> bool {
        match self {
            Self::YesNo { value } => answers.iter().any(|a| a == value.as_str()),
            Self::Choice { option } => answers.contains(option),
            Self::Choices { options } => options.iter().any(|o| answers.contains(o)),
            _ => false,
        }
    }
}

/// An answer in words: labels and units from the template, the other words from the caller. An
/// option that the template doesn't have is shown by its id.
pub fn display(
    kind: &Kind,
    value: &AnswerValue,
    lang: &str,
    word: &dyn Fn(Word) -> String,
) -> String {
    let label = |id: &String| match kind.option(id) {
        Some(option) => option.label.get(lang).to_owned(),
        None => id.clone(),
    };
    match value {
        AnswerValue::YesNo { value } => word(Word::YesNo(*value)),
        AnswerValue::Choice { option } => label(option),
        AnswerValue::Choices { options } => {
            let labels: Vec<String> = options.iter().map(label).collect();
            labels.join(&word(Word::Between))
        }
        AnswerValue::Number { value } => with_unit(*value, kind, lang),
        AnswerValue::Date { value } => word(Word::Date(*value)),
        AnswerValue::Text { value } => value.clone(),
        AnswerValue::File => word(Word::File),
        AnswerValue::Blank => word(Word::Blank),
    }
}

/// 24時間, but 24 hours.
fn with_unit(value: i64, kind: &Kind, lang: &str) -> String {
    let unit = match kind {
        Kind::Number { unit, .. } => unit.get(lang).trim(),
        _ => "",
    };
    let apart = unit.starts_with(|c: char| c.is_ascii_alphabetic());
    format!("{value}{}{unit}", if apart { " " } else { "" })
}
