//! Attesting: what is bound, by whom, and whether it still holds.

use serde_json::json;

use super::binding::{Attested, Binding, EvidenceHash, Part};
use super::clauses::{ClauseSet, Exception, ExceptionFault};
use super::model::{Attestation, AttestationId, NewAttestation};
use super::{policy, store};
use crate::database::{Connection, Tx};
use crate::entrustment::Entrustment;
use crate::error::{Error, Result};
use crate::ledger::{self, NewEntry};
use crate::questionnaire::answering;
use crate::questionnaire::{QuestionId, QuestionnaireId, QuestionnaireStatus, Response, Seal};
use crate::web::Settings;

/// What became of an attestation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is given, and the response is handed in.
    Done(AttestationId),
    /// These questions have no answer yet.
    Incomplete(Vec<QuestionId>),
    /// What the page showed has changed since.
    Changed,
    /// These exceptions can't be claimed.
    Exceptions(Vec<ExceptionFault>),
}

/// The set of clauses under which an entrustment stands.
pub(super) fn clause_set(entrustment: &Entrustment) -> Result<ClauseSet> {
    let version = u16::try_from(entrustment.clauses_version).map_err(Error::internal)?;
    ClauseSet::find(&entrustment.clauses, version)?
        .ok_or_else(|| Error::internal("the set of clauses isn't there"))
}

/// The binding of what is there now.
pub(super) fn binding(response: &Response, exceptions: &[Exception]) -> Result<Binding> {
    let evidence: Vec<EvidenceHash> = response
        .shown_evidence()
        .into_iter()
        .map(|row| EvidenceHash {
            question: row.question_id.clone(),
            file_name: row.file_name.clone(),
            sha256: row.sha256.clone(),
        })
        .collect();
    let attested = Attested {
        template: &response.template,
        answers: &response.shown_answers(),
        evidence: &evidence,
        clauses: &clause_set(&response.entrustment)?,
        my_number: response.entrustment.my_number,
        exceptions,
    };
    Ok(Binding::of(&attested)?)
}

/// The parts of an attestation that what is there now no longer bears out.
///
/// # Errors
/// [`Error::Internal`] when the set of clauses isn't there.
pub fn check(response: &Response, attestation: &Attestation) -> Result<Vec<Part>> {
    let now = binding(response, &attestation.exceptions.0)?;
    Ok(attestation.binding().check(&now)?)
}

/// How the latest attestation of a response stands; nothing, when there is none.
///
/// # Errors
/// Those of the database and of [`check`].
pub fn seal(connection: &mut Connection, response: &Response, lang: &str) -> Result<Option<Seal>> {
    let all = store::of_questionnaire(connection, &response.questionnaire)?;
    let Some(latest) = all.into_iter().next() else {
        return Ok(None);
    };
    let set = clause_set(&response.entrustment)?;
    let broken = check(response, &latest)?.into_iter().map(|part| match part {
        Part::Questions => "questions",
        Part::Answers => "answers",
        Part::Evidence => "evidence",
        Part::Clauses => "clauses",
        Part::Whole => "whole",
    });
    let broken: Vec<&'static str> = broken.collect();
    let title = |id: &str| {
        let clause = set.clauses.iter().find(|c| c.id == *id);
        clause.map_or_else(|| id.to_owned(), |c| c.title.get(lang).to_owned())
    };
    let exceptions = latest.exceptions.0.iter();
    Ok(Some(Seal {
        exceptions: exceptions
            .map(|e| (title(&e.clause), e.reason.clone(), e.measure.clone()))
            .collect(),
        round: latest.round,
        hash: latest.binding_hash,
        attested_at: latest.attested_at,
        name: latest.name,
        title: latest.title,
        // The whole breaks with each part: it is told only when nothing else is.
        broken: match broken.as_slice() {
            ["whole"] => broken,
            _ => broken.into_iter().filter(|part| *part != "whole").collect(),
        },
    }))
}

/// The round that an attestation would attest now: the open one; after handing in a further one,
/// when what was attested no longer holds.
///
/// # Errors
/// [`Error::Conflict`] when there is nothing to attest.
pub(super) fn round_to_attest(connection: &mut Connection, response: &Response) -> Result<i32> {
    let round = response.questionnaire.round;
    if response.status().is_open() {
        return Ok(round);
    }
    let withdrawn = response.questionnaire.status == QuestionnaireStatus::Withdrawn;
    let latest = store::of_questionnaire(connection, &response.questionnaire)?.into_iter().next();
    match latest {
        Some(latest) if !withdrawn && !check(response, &latest)?.is_empty() => Ok(round + 1),
        _ => Err(Error::Conflict("attestation-error-closed")),
    }
}

/// Attests a complete response and hands it in.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Forbidden`] for everybody but the representative,
/// [`Error::Conflict`] when it is handed in already.
pub fn attest(
    tx: &mut Tx<'_>,
    settings: &Settings,
    id: QuestionnaireId,
    new: &NewAttestation,
) -> Result<Outcome> {
    let response = answering::open(tx, id)?;
    let person = policy::attest(tx.actor)?;
    let round = round_to_attest(tx.connection, &response)?;
    let unanswered = response.progress().unanswered;
    if !unanswered.is_empty() {
        return Ok(Outcome::Incomplete(unanswered));
    }
    let shown = binding(&response, &[])?.hash;
    if new.shown.as_ref().is_some_and(|hash| *hash != shown) {
        return Ok(Outcome::Changed);
    }
    let my_number = response.entrustment.my_number;
    let faults = clause_set(&response.entrustment)?.exception_faults(my_number, &new.exceptions);
    if !faults.is_empty() {
        return Ok(Outcome::Exceptions(faults));
    }
    let binding = binding(&response, &new.exceptions)?;
    let given = store::insert(tx, &person, &response, round, new, &binding)?;
    entry(tx, &response, given, round, new, &binding)?;
    answering::hand_in(tx, settings, &response, round)?;
    Ok(Outcome::Done(given))
}

fn entry(
    tx: &mut Tx<'_>,
    response: &Response,
    id: AttestationId,
    round: i32,
    new: &NewAttestation,
    binding: &Binding,
) -> Result<()> {
    let exceptions: Vec<&str> = new.exceptions.iter().map(|e| e.clause.as_str()).collect();
    let own = &response.entrustment;
    ledger::append(
        tx,
        NewEntry {
            tenant_id: own.tenant_id,
            act: "attestation.given",
            subject_kind: "attestation",
            subject_id: id.as_str(),
            entrustment_id: Some(own.id.as_str()),
            details: vec![
                ("questionnaire", json!(response.questionnaire.id)),
                ("round", json!(round)),
                ("name", json!(new.name)),
                ("title", json!(new.title)),
                ("clauses", json!(own.clauses)),
                ("clauses_version", json!(own.clauses_version)),
                ("exceptions", json!(exceptions)),
                ("binding", json!(binding)),
            ],
        },
    )
}
