//! The closing of an entrustment: what hinders it, what stays by law, and what is done.

use serde_json::json;

use super::case::Case;
use super::model::{Disposal, DisposalKind, DisposalStatus};
use super::rules::Standing;
use super::store::closing as rows;
use super::{mail, policy, store};
use crate::actor::Authorized;
use crate::database::{Connection, Tx};
use crate::entrustment::{self, Entrustment, EntrustmentId, EntrustmentStatus};
use crate::error::{Error, Result};
use crate::finding;
use crate::holding::HoldingStatus;
use crate::web::Settings;

/// How an entrustment stands to its closing, with those below that are not closed.
///
/// # Errors
/// Those of the database.
pub(super) fn standing(
    connection: &mut Connection,
    entrustment: &Entrustment,
) -> Result<(Standing, Vec<Entrustment>)> {
    let counts = store::counts(connection, entrustment)?;
    let waiting = counts.iter().filter(|(status, _)| status.waits()).map(|(_, count)| count).sum();
    let (own, below) = store::open_holdings(connection, entrustment)?;
    let findings = finding::counts(connection, entrustment)?;
    let mut open: Vec<Entrustment> = entrustment::below(connection, entrustment)?
        .into_iter()
        .map(|row| row.entrustment)
        .collect();
    open.retain(|below| below.status == EntrustmentStatus::Active);
    let standing = Standing {
        open_holdings: own,
        waiting,
        open_below: open.len(),
        held_below: below,
        findings: findings.iter().map(|(_, count)| count).sum(),
    };
    Ok((standing, open))
}

/// The disposals by which something stays by law still.
///
/// # Errors
/// Those of the database.
pub(super) fn retained(
    connection: &mut Connection,
    entrustment: &Entrustment,
) -> Result<Vec<Disposal>> {
    let all = Case::all(connection, entrustment)?;
    Ok(all.into_iter().filter(stays).map(|case| case.disposal).collect())
}

/// Whether something of it stays by law still.
pub(super) fn stays(case: &Case) -> bool {
    case.disposal.kind == DisposalKind::Retained
        && case.disposal.status == DisposalStatus::Accepted
        && case.holdings.iter().any(|holding| {
            holding.status == HoldingStatus::Retained
                && holding.disposal_id == Some(case.disposal.id)
        })
}

/// What became of a closing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Closed {
    /// It is closed.
    Done,
    /// It waits for a second person.
    Proposed,
    /// Something hinders it.
    Hindered,
    /// Findings are open, and nobody confirmed to close all the same.
    Unconfirmed,
}

/// Closes an entrustment, when nothing hinders it; where the access rules demand a second person,
/// proposes it.
pub(super) fn close(
    tx: &mut Tx<'_>,
    settings: &Settings,
    id: EntrustmentId,
    confirmed: bool,
) -> Result<Closed> {
    let found = entrustment::find(tx.connection, tx.actor, id)?;
    let of = policy::look_after(tx.actor, found)?;
    entrustment::lock(tx, &of)?;
    let (standing, _) = standing(tx.connection, &of)?;
    if !standing.may_close() {
        return Ok(Closed::Hindered);
    }
    if standing.findings > 0 && !confirmed {
        return Ok(Closed::Unconfirmed);
    }
    if policy::by_another(tx.connection, &of)? {
        rows::propose(tx, &of, standing.findings)?;
        mail::closing_proposed(tx, settings, &of)?;
        return Ok(Closed::Proposed);
    }
    finish(tx, settings, &of, &standing)
}

/// Closes what somebody else proposed to close. What hinders it is looked at again: the proposal may
/// be old.
pub(super) fn approve(tx: &mut Tx<'_>, settings: &Settings, id: EntrustmentId) -> Result<Closed> {
    let found = entrustment::find(tx.connection, tx.actor, id)?;
    let proposal = rows::proposal(tx.connection, &found)?;
    let of = policy::approve_closing(tx.connection, tx.actor, found, proposal.as_ref())?;
    entrustment::lock(tx, &of)?;
    let (standing, _) = standing(tx.connection, &of)?;
    if !standing.may_close() {
        return Ok(Closed::Hindered);
    }
    if standing.findings > proposal.map_or(0, |proposal| proposal.findings) {
        return Ok(Closed::Unconfirmed);
    }
    finish(tx, settings, &of, &standing)
}

/// Refuses a proposal, or takes it back.
pub(super) fn refuse(tx: &mut Tx<'_>, id: EntrustmentId, reason: &str) -> Result<()> {
    let found = entrustment::find(tx.connection, tx.actor, id)?;
    let of = policy::refuse_closing(tx.actor, found)?;
    let proposal = rows::proposal(tx.connection, &of)?;
    let proposal = proposal.ok_or(Error::Conflict("closing-not-proposed"))?;
    rows::refuse(tx, &of, &proposal, reason)
}

fn finish<Action>(
    tx: &mut Tx<'_>,
    settings: &Settings,
    of: &Authorized<Entrustment, Action>,
    standing: &Standing,
) -> Result<Closed> {
    let retained: Vec<_> = retained(tx.connection, of)?
        .iter()
        .map(|disposal| json!({ "disposal": disposal.id, "until": disposal.retained_until }))
        .collect();
    let details = vec![("findings", json!(standing.findings)), ("retained", json!(retained))];
    rows::forget(tx, of)?;
    entrustment::close(tx, of, details)?;
    mail::closed(tx, settings, of)?;
    Ok(Closed::Done)
}

/// Opens a closed entrustment again.
pub(super) fn reopen(tx: &mut Tx<'_>, id: EntrustmentId, reason: &str) -> Result<()> {
    let found = entrustment::find(tx.connection, tx.actor, id)?;
    let entrustment = policy::reopen(tx.actor, found)?;
    entrustment::reopen(tx, &entrustment, vec![("reason", json!(reason))])
}
