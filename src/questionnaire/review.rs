//! The review: each answer accepted or returned, and what a finished round comes to.

use serde::Serialize;
use serde_json::json;

use super::answering::{entry, recount};
use super::entity::{QuestionnaireId, QuestionnaireStatus};
use super::model::QuestionId;
use super::response::{AnswerRow, Response, Verdict};
use super::response_policy::{self, Review};
use super::rules::{self, Outcome};
use super::{response_mail, store};
use crate::actor::Authorized;
use crate::clock::Timestamp;
use crate::database::{Connection, Tx};
use crate::error::{Error, Result};
use crate::finding;
use crate::web::Settings;

/// Most characters of a comment.
pub const MAX_COMMENT: usize = 1000;

/// How the latest attestation of a response stands to what is there now.
#[derive(Clone, Debug, Serialize)]
pub struct Seal {
    /// The name typed.
    pub name: String,
    /// The title typed.
    pub title: String,
    /// When.
    pub attested_at: Timestamp,
    /// Which round was attested.
    pub round: i32,
    /// The hash of the binding.
    pub hash: String,
    /// The parts that no longer bear it out; nothing, when all of it stands.
    pub broken: Vec<&'static str>,
    /// The exceptions claimed: clause, reason, measure.
    pub exceptions: Vec<(String, String, String)>,
}

/// How a slice that knows attestations says how the latest one stands.
pub type SealOf = fn(&mut Connection, &Response, &str) -> Result<Option<Seal>>;

/// Where the pages of questionnaires ask for it. The server hands this out as application data.
#[derive(Clone, Copy, Debug)]
pub struct Seals(pub SealOf);

/// A decision as it is typed: the words are kept also while nothing is decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided {
    /// On which question.
    pub question: QuestionId,
    /// What, if anything.
    pub verdict: Option<Verdict>,
    /// What was written; a returned answer has a comment.
    pub comment: String,
}

/// The response for reviewing it: nobody else's until the transaction ends.
fn open(tx: &mut Tx<'_>, id: QuestionnaireId) -> Result<Authorized<Response, Review>> {
    let (questionnaire, _) = store::find(tx.connection, tx.actor, id)?;
    store::response::lock(tx, &questionnaire)?;
    let response = Response::load(tx.connection, tx.actor, id)?;
    let response = response_policy::review(tx.actor, response)?;
    if response.questionnaire.status != QuestionnaireStatus::Submitted {
        return Err(Error::Conflict("review-closed"));
    }
    Ok(response)
}

/// Whether an answer was settled in an earlier round: then it stays as it is.
#[must_use]
pub fn is_settled(response: &Response, row: &AnswerRow) -> bool {
    row.decision == Some(Verdict::Accepted) && row.round < response.questionnaire.round
}

/// Keeps decisions. With a version, only when the questionnaire is still at it.
///
/// # Errors
/// [`Error::Conflict`] when it isn't in review, or stale; [`Error::BadRequest`] for a return without
/// a comment.
pub fn decide(
    tx: &mut Tx<'_>,
    id: QuestionnaireId,
    version: Option<i32>,
    decisions: &[Decided],
) -> Result<()> {
    let response = open(tx, id)?;
    if version.is_some_and(|version| version != response.questionnaire.version) {
        return Err(Error::Conflict("error-stale"));
    }
    let changed = keep(tx, &response, decisions)?;
    if changed.is_empty() {
        return Ok(());
    }
    store::response::touch(tx, &response)?;
    entry(tx, &response, "review.decided", vec![("decisions", json!(changed))])
}

/// Accepts every shown answer on which nothing is decided yet.
///
/// # Errors
/// Those of [`decide`].
pub fn accept_rest(tx: &mut Tx<'_>, id: QuestionnaireId) -> Result<()> {
    let response = Response::load(tx.connection, tx.actor, id)?;
    let decided = response.decisions();
    let rest: Vec<Decided> = response
        .shown_answers()
        .into_keys()
        .filter(|question| !decided.contains_key(question))
        .map(|question| {
            let comment = response.latest(&question).map(|r| r.comment.clone());
            let comment = comment.unwrap_or_default();
            Decided { question, verdict: Some(Verdict::Accepted), comment }
        })
        .collect();
    decide(tx, id, None, &rest)
}

fn keep(
    tx: &mut Tx<'_>,
    response: &Authorized<Response, Review>,
    decisions: &[Decided],
) -> Result<Vec<serde_json::Value>> {
    let shown = response.visible();
    let mut changed = Vec::new();
    for decided in decisions.iter().filter(|d| shown.contains(&d.question)) {
        if decided.verdict == Some(Verdict::Returned) && decided.comment.is_empty() {
            return Err(Error::BadRequest("comment"));
        }
        let row = response.latest(&decided.question);
        let before = row.map_or((None, ""), |row| (row.decision, row.comment.as_str()));
        if before == (decided.verdict, decided.comment.as_str())
            || row.is_some_and(|row| is_settled(response, row))
        {
            continue;
        }
        let row = match row {
            Some(row) => row.id,
            None => store::response::insert_blank(tx, response, &decided.question)?,
        };
        store::response::decide(tx, response, row, decided.verdict, &decided.comment)?;
        if before.0 == decided.verdict {
            changed.push(json!({ "question": decided.question, "comment": true }));
        } else {
            changed.push(json!({ "question": decided.question, "decision": decided.verdict }));
        }
    }
    Ok(changed)
}

/// Makes the findings of the answers that were approved the contractor's to mend, each once.
fn raise_findings(tx: &mut Tx<'_>, response: &Response) -> Result<()> {
    let id = response.questionnaire.id;
    let answers = response.answers();
    for found in rules::findings(&response.template, &answers, response.facts()) {
        let asked = response.question(&found.question)?;
        let new = finding::NewFinding {
            source: finding::Source::Questionnaire,
            subject: finding::Subject { kind: "questionnaire", id: id.as_str() },
            rule: found.question.as_str(),
            title: &found.text.ja,
            detail: &asked.text.ja,
            english: finding::English {
                title: found.text.en.clone(),
                detail: asked.text.en.clone(),
            },
            reason: "",
            severity: found.severity,
            due_on: None,
        };
        finding::raise_once(tx, &response.entrustment, &new)?;
    }
    Ok(())
}

/// Ends the round: approved, or returned to the contractor; or says on what nothing is decided.
///
/// # Errors
/// [`Error::Conflict`] when it isn't in review, or when it would be approved although the
/// attestation no longer holds.
pub fn finish(
    tx: &mut Tx<'_>,
    settings: &Settings,
    seals: Seals,
    id: QuestionnaireId,
) -> Result<Outcome> {
    let response = open(tx, id)?;
    let outcome = rules::round_outcome(&response.visible(), &response.decisions());
    match &outcome {
        Outcome::Incomplete(_) => {}
        Outcome::Approved => {
            let seal = (seals.0)(tx.connection, &response, tx.language.as_str())?;
            if seal.is_none_or(|seal| !seal.broken.is_empty()) {
                return Err(Error::Conflict("review-seal-broken"));
            }
            store::response::approve(tx, &response)?;
            entry(tx, &response, "questionnaire.approved", vec![])?;
            raise_findings(tx, &response)?;
            response_mail::approved(tx, settings, &response)?;
        }
        Outcome::Returned(questions) => {
            store::response::give_back(tx, &response)?;
            recount(tx, &response)?;
            let details = vec![("questions", json!(questions))];
            entry(tx, &response, "questionnaire.returned", details)?;
            response_mail::returned(tx, settings, &response, questions)?;
        }
    }
    Ok(outcome)
}
