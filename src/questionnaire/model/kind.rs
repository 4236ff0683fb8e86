//! How a question is answered, and which answer is how grave a finding.

use serde::{Deserialize, Serialize};

use super::Text;
pub use crate::rulebook::Severity;

/// How a question is answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum Kind {
    /// はい, いいえ and, where allowed, 該当なし.
    YesNoNa {
        /// Whether 該当なし may be answered.
        na_allowed: bool,
    },
    /// One of the options.
    Choice {
        /// What can be chosen.
        options: Vec<ChoiceOption>,
    },
    /// Any number of the options.
    Choices {
        /// What can be chosen.
        options: Vec<ChoiceOption>,
    },
    /// A whole number.
    Number {
        /// The least.
        min: i64,
        /// The greatest.
        max: i64,
        /// What is counted; may be empty.
        unit: Text,
    },
    /// A day.
    Date,
    /// Words.
    Text {
        /// The most characters.
        max: u16,
    },
    /// A file, handed in as evidence.
    File,
}

/// What can be chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChoiceOption {
    /// Unique in the question: `[a-z0-9_-]{1,40}`.
    pub id: String,
    /// What is shown.
    pub label: Text,
    /// How grave it is to choose it; nothing, when it is no finding.
    pub finding: Option<Severity>,
}

/// An answer that is a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trigger {
    /// Which answer.
    pub when: When,
    /// How grave.
    pub severity: Severity,
}

/// Which answer is a finding: `{"answer": "no"}`, `{"greater_than": 24}`, `{"less_than": 1}` or
/// `{"blank": true}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "WhenShape", into = "WhenShape")]
pub enum When {
    /// This word.
    Answer(YesNo),
    /// A number above this one.
    GreaterThan(i64),
    /// A number below this one.
    LessThan(i64),
    /// Nothing. A question with this trigger may be left blank: blank is its answer.
    Blank,
}

/// [`When`] as it is written: `blank` takes `true`.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum WhenShape {
    Answer(YesNo),
    GreaterThan(i64),
    LessThan(i64),
    Blank(bool),
}

/// The answer to a yes-or-no question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum YesNo {
    /// はい.
    Yes,
    /// いいえ.
    No,
    /// 該当なし.
    NotApplicable,
}

impl Kind {
    /// The options; none for a kind without.
    #[must_use]
    pub fn options(&self) -> &[ChoiceOption] {
        match self {
            Self::Choice { options } | Self::Choices { options } => options,
            _ => &[],
        }
    }

    /// The option of this id.
    #[must_use]
    pub fn option(&self, id: &str) -> Option<&ChoiceOption> {
        self.options().iter().find(|o| o.id == id)
    }
}

impl YesNo {
    /// As it is stored and sent by forms: `yes`, `no`, `not_applicable`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::NotApplicable => "not_applicable",
        }
    }

    /// The word of that name.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Yes, Self::No, Self::NotApplicable].into_iter().find(|w| w.as_str() == word)
    }
}

impl TryFrom<WhenShape> for When {
    type Error = &'static str;

    fn try_from(shape: WhenShape) -> Result<Self, &'static str> {
        match shape {
            WhenShape::Answer(word) => Ok(Self::Answer(word)),
            WhenShape::GreaterThan(n) => Ok(Self::GreaterThan(n)),
            WhenShape::LessThan(n) => Ok(Self::LessThan(n)),
            WhenShape::Blank(true) => Ok(Self::Blank),
            WhenShape::Blank(false) => Err("\"blank\" takes true"),
        }
    }
}

impl From<When> for WhenShape {
    fn from(when: When) -> Self {
        match when {
            When::Answer(word) => Self::Answer(word),
            When::GreaterThan(n) => Self::GreaterThan(n),
            When::LessThan(n) => Self::LessThan(n),
            When::Blank => Self::Blank(true),
        }
    }
}
