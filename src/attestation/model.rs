//! An attestation and its form.

use diesel::prelude::*;
use serde::Serialize;

use super::binding::Binding;
use super::clauses::{ClauseSet, Exception, ExceptionFault};
use crate::clock::Timestamp;
use crate::database::schema::attestation;
use crate::database::types::Json;
use crate::id_type;
use crate::questionnaire::QuestionnaireId;
use crate::web::{Fields, Form, Invalid, Message, Rule};

id_type! {
    /// The id of an attestation.
    AttestationId
}

/// An attestation: it never changes.
#[derive(Clone, Debug, Queryable, Selectable, Serialize)]
#[diesel(table_name = attestation)]
pub struct Attestation {
    /// The id.
    pub id: AttestationId,
    /// The questionnaire that was attested.
    pub questionnaire_id: QuestionnaireId,
    /// The round that was attested.
    pub round: i32,
    /// The set of clauses.
    pub clauses: String,
    /// Its version.
    pub clauses_version: i32,
    /// The exceptions claimed.
    pub exceptions: Json<Vec<Exception>>,
    /// The hash of the questions.
    pub questions_hash: String,
    /// The hash of the answers.
    pub answers_hash: String,
    /// The hash of the evidence.
    pub evidence_hash: String,
    /// The hash of the clauses and exceptions.
    pub clauses_hash: String,
    /// The hash of the four.
    pub binding_hash: String,
    /// The name typed.
    pub name: String,
    /// The title typed.
    pub title: String,
    /// When.
    pub attested_at: Timestamp,
}

impl Attestation {
    /// The binding as it was attested.
    #[must_use]
    pub fn binding(&self) -> Binding {
        Binding {
            questions: self.questions_hash.clone(),
            answers: self.answers_hash.clone(),
            evidence: self.evidence_hash.clone(),
            clauses: self.clauses_hash.clone(),
            hash: self.binding_hash.clone(),
        }
    }

    /// The number by which people name it: the last twelve characters of the id, in threes of four.
    #[must_use]
    pub fn reference(&self) -> String {
        let characters: Vec<char> = self.id.as_str().to_uppercase().chars().collect();
        let last = characters.get(characters.len().saturating_sub(12)..).unwrap_or_default();
        last.chunks(4).map(String::from_iter).collect::<Vec<_>>().join("-")
    }
}

/// An attestation as it is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAttestation {
    /// The name typed.
    pub name: String,
    /// The title typed.
    pub title: String,
    /// The exceptions claimed.
    pub exceptions: Vec<Exception>,
    /// The hash of what the page showed, without exceptions; unknown outside a page.
    pub shown: Option<String>,
}

impl NewAttestation {
    /// Reads the form: name, title, consent, and `reason_…` and `measure_…` of clauses that allow
    /// an exception.
    ///
    /// # Errors
    /// What is wrong, by field.
    pub fn parse(form: &Form, set: &ClauseSet, my_number: bool) -> Result<Self, Invalid> {
        let mut f = Fields::of(form);
        let exceptions = exceptions(&mut f, set, my_number);
        for fault in set.exception_faults(my_number, &exceptions) {
            f.error(&fault_field(&fault), Message::new(fault.key));
        }
        let name = f.text("name", Rule::line(100));
        let title = f.text("title", Rule::line(100));
        let agreed = f.ticked("consent");
        f.check(agreed, "consent", "attestation-error-consent");
        let shown = Some(form.value("shown").to_owned());
        f.finish(|| Some(Self { name: name?, title: title?, exceptions, shown }))
    }
}

fn exceptions(f: &mut Fields<'_>, set: &ClauseSet, my_number: bool) -> Vec<Exception> {
    let mut claimed = Vec::new();
    for clause in set.applicable(my_number).filter(|c| c.exception_allowed) {
        let reason = f.optional(&format!("reason_{}", clause.id), Rule::text(1000));
        let measure = f.optional(&format!("measure_{}", clause.id), Rule::text(1000));
        if let (Some(reason), Some(measure)) = (reason, measure)
            && !(reason.is_empty() && measure.is_empty())
        {
            claimed.push(Exception { clause: clause.id.clone(), reason, measure });
        }
    }
    claimed
}

fn fault_field(fault: &ExceptionFault) -> String {
    let part = if fault.key == "exception-fault-measure" { "measure" } else { "reason" };
    format!("{part}_{}", fault.clause)
}
