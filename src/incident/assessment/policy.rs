//! Who decides about a duty: each side about its own. The principal's officers decide, whoever decides
//! for the principal confirms; the contractor's representative decides for the contractor.

use super::model::Decision;
use super::rules::{self, Standing};
use crate::actor::{Actor, Authorized, Role};
use crate::database::Connection;
use crate::entrustment::{self, DECIDERS, Entrustment, KEEPERS, REPRESENTATIVES, Side};
use crate::error::{Error, Result};
use crate::four_eyes;
use crate::incident::duty::duties;
use crate::incident::model::Incident;
use crate::incident::policy::{self, Case};
use crate::ledger;
use crate::rulebook::Party;

/// Deciding about a side's duty.
#[derive(Debug)]
pub(super) struct Decide;

/// Confirming, or returning, what was proposed.
#[derive(Debug)]
pub(super) struct Confirm;

/// An incident and about whose duty is decided.
pub(super) type Deciding = (Entrustment, Incident, Party);

/// An incident and what waits.
pub(super) type Waiting = (Entrustment, Incident, Decision);

/// Who decides, each for the own side.
pub(super) const DECIDING: &[Role] = &[Role::Administrator, Role::Officer, Role::Representative];

/// By what somebody proposes not to report.
pub(super) const PROPOSED: &str = "incident.duty_proposed";

/// The incident about which the actor decides, for the own side. A contractor above decides nothing
/// for the one below: each has its own duty by law.
///
/// # Errors
/// [`Error::Forbidden`] for the others; [`Error::Conflict`] when it is closed, or when the side isn't
/// concerned.
pub(super) fn decide(
    connection: &mut Connection,
    actor: &Actor,
    case: Case,
) -> Result<Authorized<Deciding, Decide>> {
    let role = actor.member().ok_or(Error::SignIn)?.role;
    let side = match entrustment::side(connection, actor, &case.0)? {
        Side::Principal if KEEPERS.contains(&role) => Party::Principal,
        Side::Contractor if REPRESENTATIVES.contains(&role) => Party::Contractor,
        _ => return Err(Error::Forbidden("role")),
    };
    let (of, incident) = policy::respond(connection, actor, case.0, case.1)?.into_inner();
    if rules::of_side(&duties(&incident.facts.0), side).is_none() {
        return Err(Error::Conflict("incident-assessment-no-duty"));
    }
    Ok(Authorized::by_policy((of, incident, side)))
}

/// The proposal that the actor confirms or returns: somebody who decides for the principal and has
/// proposed nothing of it, in whatever role.
///
/// # Errors
/// [`Error::Forbidden`] for the others; [`Error::Conflict`] when it is closed, or when nothing waits.
pub(super) fn confirm(
    connection: &mut Connection,
    actor: &Actor,
    (of, incident): Case,
    last: Option<Decision>,
) -> Result<Authorized<Waiting, Confirm>> {
    let member = actor.member().ok_or(Error::SignIn)?;
    if !DECIDERS.contains(&member.role) || member.organisation_id != of.tenant_id {
        return Err(Error::Forbidden("role"));
    }
    if !incident.is_open() {
        return Err(Error::Conflict("incident-closed"));
    }
    let answer = duties(&incident.facts.0).principal.answer;
    let waits = |last: &Decision| rules::standing(Some(last), answer) == Standing::Waiting;
    let proposal = last.filter(waits).ok_or(Error::Conflict("incident-assessment-none-waiting"))?;
    let subject = incident.id.as_str();
    let asked = ledger::persons_of(connection, incident.tenant_id, subject, &[PROPOSED])?;
    four_eyes::apart(&asked, actor.person_id())?;
    Ok(Authorized::by_policy((of, incident, proposal)))
}
