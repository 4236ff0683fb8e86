//! What an attestation binds, by hash.
//!
//! An auditor recomputes a binding with nothing but SHA-256. JSON here has no white space, its
//! fields stand in the order shown, and text is UTF-8 as typed. `\n` is one line feed; hashes are
//! lower-case hexadecimal.
//!
//! - `questions` = SHA-256 of `azukari binding 1 questions\n` and the JSON
//!   `{"template":"<SHA-256 of the template's canonical JSON>"}`
//! - `answers` = SHA-256 of `azukari binding 1 answers\n` and the JSON
//!   `[{"question":"q01","value":{"type":"yes_no","value":"yes"},"remark":""},…]`, sorted by
//!   question
//! - `evidence` = SHA-256 of `azukari binding 1 evidence\n` and the JSON
//!   `[{"question":"q01","file_name":"…","sha256":"…"},…]`, sorted by these three
//! - `clauses` = SHA-256 of `azukari binding 1 clauses\n` and the JSON
//!   `{"set":"<hash of the clause set>","applicable":["basic",…],"exceptions":[{"clause":"…",
//!   "reason":"…","measure":"…"},…]}`, the clauses in their order, the exceptions sorted
//! - `hash` = SHA-256 of `azukari binding 1 whole\n` and the JSON
//!   `{"questions":"…","answers":"…","evidence":"…","clauses":"…"}`

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::clauses::{ClauseSet, Exception};
use crate::questionnaire::{AnswerValue, Answers, QuestionId, Template};

#[cfg(test)]
mod tests;

/// The hashes that an attestation keeps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Binding {
    /// Of the template as dispatched.
    pub questions: String,
    /// Of the answers and remarks.
    pub answers: String,
    /// Of the evidence.
    pub evidence: String,
    /// Of the clauses and the exceptions claimed.
    pub clauses: String,
    /// Of the four.
    pub hash: String,
}

/// What is attested.
#[derive(Clone, Copy, Debug)]
pub struct Attested<'a> {
    /// The template as dispatched.
    pub template: &'a Template,
    /// The answers to the questions that are shown.
    pub answers: &'a Answers,
    /// The evidence, in any order.
    pub evidence: &'a [EvidenceHash],
    /// The clauses.
    pub clauses: &'a ClauseSet,
    /// Whether My Numbers are entrusted, which decides the clauses that apply.
    pub my_number: bool,
    /// The exceptions claimed, in any order.
    pub exceptions: &'a [Exception],
}

/// A file handed in as evidence.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct EvidenceHash {
    /// For which question.
    pub question: QuestionId,
    /// Its name.
    pub file_name: String,
    /// The SHA-256 of its bytes, lower-case hexadecimal.
    pub sha256: String,
}

/// A part of a binding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// The template.
    Questions,
    /// The answers and remarks.
    Answers,
    /// The evidence.
    Evidence,
    /// The clauses and exceptions.
    Clauses,
    /// The hash of the four: the binding isn't whole in itself, or another one.
    Whole,
}

#[derive(Serialize)]
struct BoundTemplate {
    template: String,
}

#[derive(Serialize)]
struct BoundAnswer<'a> {
    question: &'a QuestionId,
    value: &'a AnswerValue,
    remark: &'a str,
}

#[derive(Serialize)]
struct BoundClauses<'a> {
    set: String,
    applicable: Vec<&'a str>,
    exceptions: Vec<&'a Exception>,
}

#[derive(Serialize)]
struct BoundParts<'a> {
    questions: &'a str,
    answers: &'a str,
    evidence: &'a str,
    clauses: &'a str,
}

impl Binding {
    /// Binds what is attested.
    ///
    /// # Errors
    /// Never for these types; the serialiser's signature has it.
    pub fn of(attested: &Attested) -> Result<Self, serde_json::Error> {
        let mut binding = Self {
            questions: questions(attested.template)?,
            answers: answers(attested.answers)?,
            evidence: digest("evidence", &sorted(attested.evidence))?,
            clauses: clauses(attested)?,
            hash: String::new(),
        };
        binding.hash = binding.whole()?;
        Ok(binding)
    }

    /// The parts of this attested binding that what is there now no longer bears out; nothing,
    /// when all of it does.
    ///
    /// # Errors
    /// As [`Binding::of`].
    pub fn check(&self, now: &Self) -> Result<Vec<Part>, serde_json::Error> {
        let intact = self.hash == self.whole()?;
        let parts = [
            (Part::Questions, self.questions == now.questions),
            (Part::Answers, self.answers == now.answers),
            (Part::Evidence, self.evidence == now.evidence),
            (Part::Clauses, self.clauses == now.clauses),
            (Part::Whole, intact && self.hash == now.hash),
        ];
        let broken = parts.into_iter().filter(|(_, same)| !same);
        Ok(broken.map(|(part, _)| part).collect())
    }

    fn whole(&self) -> Result<String, serde_json::Error> {
        let parts = BoundParts {
            questions: &self.questions,
            answers: &self.answers,
            evidence: &self.evidence,
            clauses: &self.clauses,
        };
        digest("whole", &parts)
    }
}

fn questions(template: &Template) -> Result<String, serde_json::Error> {
    let template = template.hash()?;
    digest("questions", &BoundTemplate { template })
}

fn answers(answers: &Answers) -> Result<String, serde_json::Error> {
    let bound: Vec<BoundAnswer> = answers
        .iter()
        .map(|(question, answered)| BoundAnswer {
            question,
            value: &answered.value,
            remark: &answered.remark,
        })
        .collect();
    digest("answers", &bound)
}

fn clauses(attested: &Attested) -> Result<String, serde_json::Error> {
    let applicable = attested.clauses.applicable(attested.my_number);
    let bound = BoundClauses {
        set: attested.clauses.hash()?,
        applicable: applicable.map(|c| c.id.as_str()).collect(),
        exceptions: sorted(attested.exceptions),
    };
    digest("clauses", &bound)
}

fn sorted<T: Ord>(items: &[T]) -> Vec<&T> {
    let mut sorted: Vec<&T> = items.iter().collect();
    sorted.sort();
    sorted
}

/// The SHA-256 of a line that names the part, and the JSON.
fn digest(part: &str, value: &impl Serialize) -> Result<String, serde_json::Error> {
    let mut hash = Sha256::new();
    hash.update(format!("azukari binding 1 {part}\n"));
    hash.update(serde_json::to_vec(value)?);
    Ok(hex::encode(hash.finalize()))
}
