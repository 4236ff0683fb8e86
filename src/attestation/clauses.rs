//! The clauses that a contractor pledges to keep, in versioned sets.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::questionnaire::Text;

#[cfg(test)]
mod tests;

const BUILT_IN: [&str; 1] =
    [include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/clauses/standard.json"))];

/// A version of a set of clauses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClauseSet {
    /// The set: the same over all versions.
    pub id: String,
    /// The version, from 1.
    pub version: u16,
    /// What it is called.
    pub title: Text,
    /// What stands before the clauses.
    pub preamble: Text,
    /// The words of the pledge.
    pub closing: Text,
    /// The clauses, in order.
    pub clauses: Vec<Clause>,
}

/// One clause.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clause {
    /// The number shown, from 1.
    pub number: u16,
    /// Unique in the set, and the same clause in every version.
    pub id: String,
    /// What it is called.
    pub title: Text,
    /// What it says.
    pub text: Text,
    /// The law it rests on.
    pub source: String,
    /// Whether a contractor may claim an exception.
    pub exception_allowed: bool,
    /// When it applies; always, when there is no condition.
    pub only_if: Option<OnlyIf>,
}

/// When a clause applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnlyIf {
    /// My Numbers are entrusted.
    MyNumber,
}

/// A clause that the contractor can't keep, with what it does instead.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exception {
    /// The clause's id.
    pub clause: String,
    /// Why it can't be kept.
    pub reason: String,
    /// What is done instead.
    pub measure: String,
}

/// Why an exception can't be claimed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ExceptionFault {
    /// Of which clause.
    pub clause: String,
    /// The message.
    pub key: &'static str,
}

impl ClauseSet {
    /// The sets that ship with the portal.
    ///
    /// # Errors
    /// When an asset is not of this shape.
    pub fn built_in() -> Result<Vec<Self>, serde_json::Error> {
        BUILT_IN.iter().map(|json| Self::parse(json)).collect()
    }

    /// The set of that id and version among those that ship with the portal.
    ///
    /// # Errors
    /// As [`ClauseSet::built_in`].
    pub fn find(id: &str, version: u16) -> Result<Option<Self>, serde_json::Error> {
        let mut sets = Self::built_in()?.into_iter();
        Ok(sets.find(|s| s.id == id && s.version == version))
    }

    /// Reads a set.
    ///
    /// # Errors
    /// When the JSON is not of this shape.
    pub fn parse(json: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(json)
    }

    /// The clauses that apply to an entrustment with or without My Numbers.
    pub fn applicable(&self, my_number: bool) -> impl Iterator<Item = &Clause> {
        let applies = move |clause: &&Clause| match clause.only_if {
            None => true,
            Some(OnlyIf::MyNumber) => my_number,
        };
        self.clauses.iter().filter(applies)
    }

    /// Why these exceptions can't be claimed; nothing, when they can.
    #[must_use]
    pub fn exception_faults(&self, my_number: bool, claimed: &[Exception]) -> Vec<ExceptionFault> {
        let mut faults = Vec::new();
        for (place, exception) in claimed.iter().enumerate() {
            let id = &exception.clause;
            let clause = self.applicable(my_number).find(|c| c.id == *id);
            let repeated = claimed.iter().take(place).any(|e| e.clause == *id);
            let key = match clause {
                None => "exception-fault-clause",
                Some(clause) if !clause.exception_allowed => "exception-fault-not-allowed",
                Some(_) if repeated => "exception-fault-repeated",
                Some(_) if exception.reason.trim().is_empty() => "exception-fault-reason",
                Some(_) if exception.measure.trim().is_empty() => "exception-fault-measure",
                Some(_) => continue,
            };
            let clause = id.clone();
            faults.push(ExceptionFault { clause, key });
        }
        faults
    }

    /// The SHA-256, hexadecimal, of the set: of its JSON without white space, the fields in the
    /// order of these types.
    ///
    /// # Errors
    /// Never for a set; the serialiser's signature has it.
    pub fn hash(&self) -> Result<String, serde_json::Error> {
        hash_of(self)
    }
}

impl Clause {
    /// The SHA-256, hexadecimal, of this clause's text: of its JSON `{"ja":…,"en":…}`.
    ///
    /// # Errors
    /// Never for a clause; the serialiser's signature has it.
    pub fn text_hash(&self) -> Result<String, serde_json::Error> {
        hash_of(&self.text)
    }
}

fn hash_of(value: &impl Serialize) -> Result<String, serde_json::Error> {
    Ok(hex::encode(Sha256::digest(serde_json::to_vec(value)?)))
}
