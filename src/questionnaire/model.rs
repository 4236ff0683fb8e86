//! A questionnaire template: sections of questions, what is asked, when it is shown, and which
//! answer is a finding. The JSON of `assets/questionnaires` has this shape, field by field.

use std::borrow::Borrow;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use thiserror::Error;

mod check;
mod edit;
mod kind;
#[cfg(test)]
pub(crate) mod tests;

pub use check::TemplateFault;
pub use edit::{Edit, EditFault, Head, SectionHead};
pub use kind::{ChoiceOption, Kind, Severity, Trigger, When, YesNo};

/// A version of a questionnaire, as it is drafted, published or dispatched.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Template {
    /// The family: the same over all versions.
    pub id: String,
    /// The version in the family, from 1.
    pub version: u16,
    /// What it is called.
    pub title: Text,
    /// What stands on its first page.
    pub introduction: Text,
    /// About how long it takes to answer.
    pub minutes: u16,
    /// The papers to have at hand.
    pub papers: Vec<Text>,
    /// Its sections, in the order of the pages.
    pub sections: Vec<Section>,
}

/// A page of questions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// Unique in the template.
    pub id: String,
    /// What it is called.
    pub title: Text,
    /// What it is about.
    pub description: Text,
    /// Its questions, in order.
    pub questions: Vec<Question>,
}

/// One question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Unique in the template, and the same question in every version of the family.
    pub id: QuestionId,
    /// The number shown, counted through the template from 1.
    pub number: u16,
    /// The question.
    pub text: Text,
    /// What is meant, for the one who answers.
    pub support: Text,
    /// Why it is asked.
    pub guidance: Text,
    /// How it is answered.
    pub kind: Kind,
    /// The answers that are findings; those of options stand with the option.
    pub findings: Vec<Trigger>,
    /// What the finding says.
    pub finding_text: Text,
    /// When it is shown; always, when there is no condition.
    pub shown_if: Option<Condition>,
    /// Whether evidence is asked for.
    pub evidence: Evidence,
    /// What the evidence may be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence_hint: Option<Text>,
}

/// A text in Japanese, and in English where there is one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// The text that counts.
    pub ja: String,
    /// Its English wording; may be empty.
    #[serde(default)]
    pub en: String,
}

/// The short name of a question: `[a-z0-9_-]{1,40}`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct QuestionId(String);

/// A name that is no question id.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("a question id has 1 to 40 of a-z, 0-9, _ and -")]
pub struct BadQuestionId;

/// When a question is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged, deny_unknown_fields)]
pub enum Condition {
    /// An earlier question is shown and has one of these answers.
    Answer {
        /// The earlier question.
        question: QuestionId,
        /// Its options, or `yes`, `no`, `not_applicable`.
        any_of: Vec<String>,
    },
    /// Something is so in the entrustment.
    Fact {
        /// What.
        fact: Fact,
    },
}

/// What the portal knows of an entrustment and a condition may ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// There is a holding outside Japan.
    HoldingAbroad,
}

/// Whether evidence is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Evidence {
    /// No.
    None,
    /// It may be handed in.
    Optional,
    /// It should be handed in.
    Requested,
}

const BUILT_IN: &str =
    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/questionnaires/handling-rules.json"));

impl Template {
    /// The template that ships with the portal.
    ///
    /// # Errors
    /// When the asset is not of this shape.
    pub fn built_in() -> Result<Self, serde_json::Error> {
        Self::parse(BUILT_IN)
    }

    /// Reads a template; [`Template::check`] says whether it can be published.
    ///
    /// # Errors
    /// When the JSON is not of this shape.
    pub fn parse(json: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(json)
    }

    /// The canonical form: JSON without white space, the fields in the order of these types.
    ///
    /// # Errors
    /// Never for a template; the serialiser's signature has it.
    pub fn canonical(&self) -> Result<Vec<u8>, serde_json::Error> {
        serde_json::to_vec(self)
    }

    /// The SHA-256 of the canonical form, hexadecimal.
    ///
    /// # Errors
    /// As [`Template::canonical`].
    pub fn hash(&self) -> Result<String, serde_json::Error> {
        Ok(hex::encode(Sha256::digest(self.canonical()?)))
    }

    /// All questions, in order.
    pub fn questions(&self) -> impl Iterator<Item = &Question> {
        self.sections.iter().flat_map(|s| &s.questions)
    }

    /// The question of this id.
    #[must_use]
    pub fn question(&self, id: &QuestionId) -> Option<&Question> {
        self.questions().find(|q| q.id == *id)
    }

    /// The section of this id.
    #[must_use]
    pub fn section(&self, id: &str) -> Option<&Section> {
        self.sections.iter().find(|s| s.id == id)
    }
}

impl Question {
    /// The gravest finding this question can make; nothing, when no answer is a finding.
    #[must_use]
    pub fn gravest(&self) -> Option<Severity> {
        let triggers = self.findings.iter().map(|t| t.severity);
        let options = self.kind.options().iter().filter_map(|o| o.finding);
        triggers.chain(options).max()
    }

    /// Whether blank is an answer: there is a finding on it.
    #[must_use]
    pub fn blank_is_an_answer(&self) -> bool {
        self.findings.iter().any(|t| t.when == When::Blank)
    }
}

impl Text {
    /// A text in both languages.
    pub fn new(ja: impl Into<String>, en: impl Into<String>) -> Self {
        Self { ja: ja.into(), en: en.into() }
    }

    /// The text in a language (`ja`, `en`, `en-GB`); the Japanese where there is no English.
    #[must_use]
    pub fn get(&self, lang: &str) -> &str {
        if lang.starts_with("en") && !self.en.trim().is_empty() { &self.en } else { &self.ja }
    }

    /// Whether the text that counts is missing.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.ja.trim().is_empty()
    }
}

impl QuestionId {
    /// The id as a string.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for QuestionId {
    type Error = BadQuestionId;

    fn try_from(id: String) -> Result<Self, BadQuestionId> {
        if check::is_short_name(&id) { Ok(Self(id)) } else { Err(BadQuestionId) }
    }
}

impl FromStr for QuestionId {
    type Err = BadQuestionId;

    fn from_str(id: &str) -> Result<Self, BadQuestionId> {
        Self::try_from(id.to_owned())
    }
}

impl From<QuestionId> for String {
    fn from(id: QuestionId) -> Self {
        id.0
    }
}

impl Borrow<str> for QuestionId {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for QuestionId {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for QuestionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
