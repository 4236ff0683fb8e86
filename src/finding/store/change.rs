//! What happens to a finding after it was raised: answered, returned, closed, changed.

use diesel::prelude::*;
use serde_json::{Value, json};

use crate::actor::Authorized;
use crate::database::Tx;
use crate::database::schema::finding as t;
use crate::database::types::json_text;
use crate::entrustment::{Entrustment, Hold, Manage};
use crate::error::{Error, Result};
use crate::finding::command::{Answer, Terms};
use crate::finding::model::{Finding, FindingStatus, Outcome, Round, grade};
use crate::finding::policy::Check;
use crate::ledger::{self, NewEntry};

/// Keeps the contractor's answer.
pub(in crate::finding) fn answer(
    tx: &mut Tx<'_>,
    entrustment: &Authorized<Entrustment, Hold>,
    finding: &Finding,
    version: i32,
    answer: &Answer,
) -> Result<()> {
    let changed = diesel::update(t::table.find((entrustment.tenant_id, finding.id)))
        .filter(t::version.eq(version))
        .set((
            t::status.eq(FindingStatus::Answered),
            t::root_cause.eq(&answer.root_cause),
            t::action.eq(&answer.action),
            t::action_on.eq(Some(answer.action_on)),
            t::owner_name.eq(&answer.owner_name),
            t::answered_by_name.eq(tx.actor.name()),
            t::answered_at.eq(Some(tx.now)),
            t::version.eq(version + 1),
        ))
        .execute(tx.connection)?;
    current(changed)?;
    let details =
        vec![("round", json!(finding.rounds.0.len() + 1)), ("action_on", json!(answer.action_on))];
    entry(tx, finding, "finding.answered", details)
}

/// Returns the answer with a comment.
pub(in crate::finding) fn give_back(
    tx: &mut Tx<'_>,
    entrustment: &Authorized<Entrustment, Check>,
    finding: &Finding,
    version: i32,
    comment: &str,
) -> Result<()> {
    let mut rounds = finding.rounds.0.clone();
    rounds.push(Round {
        root_cause: finding.root_cause.clone(),
        action: finding.action.clone(),
        action_on: finding.action_on,
        answered_by: finding.answered_by_name.clone(),
        answered_at: finding.answered_at,
        comment: comment.to_owned(),
        returned_by: tx.actor.name().to_owned(),
        returned_at: tx.now,
    });
    let changed = diesel::update(t::table.find((entrustment.tenant_id, finding.id)))
        .filter(t::version.eq(version))
        .set((
            t::status.eq(FindingStatus::Returned),
            t::rounds.eq(json_text(&rounds)?),
            t::version.eq(version + 1),
        ))
        .execute(tx.connection)?;
    current(changed)?;
    entry(tx, finding, "finding.returned", vec![("round", json!(rounds.len()))])
}

/// Closes a finding: its action has its effect, or the exception is accepted.
pub(in crate::finding) fn close(
    tx: &mut Tx<'_>,
    entrustment: &Authorized<Entrustment, Check>,
    finding: &Finding,
    version: i32,
    (outcome, effect): (Outcome, &str),
) -> Result<()> {
    let changed = diesel::update(t::table.find((entrustment.tenant_id, finding.id)))
        .filter(t::version.eq(version))
        .set((
            t::status.eq(FindingStatus::Closed),
            t::outcome.eq(outcome),
            t::effect.eq(effect),
            t::closed_by_name.eq(tx.actor.name()),
            t::closed_at.eq(Some(tx.now)),
            t::version.eq(version + 1),
        ))
        .execute(tx.connection)?;
    current(changed)?;
    let act = match outcome {
        Outcome::Exception => "finding.exception_accepted",
        _ => "finding.closed",
    };
    entry(tx, finding, act, vec![("outcome", json!(outcome))])
}

/// Changes severity, due date and owner, with the reason.
pub(in crate::finding) fn terms(
    tx: &mut Tx<'_>,
    entrustment: &Authorized<Entrustment, Manage>,
    finding: &Finding,
    version: i32,
    terms: &Terms,
) -> Result<()> {
    let changed = diesel::update(t::table.find((entrustment.tenant_id, finding.id)))
        .filter(t::version.eq(version))
        .set((
            t::severity.eq(terms.severity),
            t::grade.eq(grade(terms.severity)),
            t::due_on.eq(terms.due_on),
            t::owner_name.eq(&terms.owner_name),
            t::version.eq(version + 1),
        ))
        .execute(tx.connection)?;
    current(changed)?;
    let details = vec![
        ("severity", json!(terms.severity)),
        ("due_on", json!(terms.due_on)),
        ("due_on_before", json!(finding.due_on)),
        ("severity_before", json!(finding.severity)),
        ("reason", json!(terms.reason)),
    ];
    entry(tx, finding, "finding.changed", details)
}

fn current(changed: usize) -> Result<()> {
    if changed == 0 { Err(Error::Conflict("error-stale")) } else { Ok(()) }
}

fn entry(
    tx: &mut Tx<'_>,
    finding: &Finding,
    act: &'static str,
    details: Vec<(&'static str, Value)>,
) -> Result<()> {
    ledger::append(
        tx,
        NewEntry {
            tenant_id: finding.tenant_id,
            act,
            subject_kind: "finding",
            subject_id: finding.id.as_str(),
            entrustment_id: Some(finding.entrustment_id.as_str()),
            details,
        },
    )
}
