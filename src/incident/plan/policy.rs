//! Who works on the plan and who writes the manual: both sides respond, the contractor's people by
//! their own side's steps, the principal's by all of them. The principal's officers draft its manual;
//! an administrator or approver publishes it.

use super::manual::Manual;
use super::model::Step;
use crate::actor::{Actor, Authorized, OrganisationId, Role};
use crate::database::Connection;
use crate::entrustment::{DECIDERS, Entrustment, KEEPERS};
use crate::error::{Error, Result};
use crate::incident::model::Incident;
use crate::incident::policy::{self, Case};
use crate::rulebook::Party;

/// Working on a step.
#[derive(Debug)]
pub(super) struct Work;

/// Drafting a version of the manual.
#[derive(Debug)]
pub(super) struct Draft;

/// Publishing one.
#[derive(Debug)]
pub(super) struct Publish;

/// A step with its incident and entrustment.
pub(super) type Task = (Entrustment, Incident, Step);

/// Who reads the manual.
pub(super) const MANUAL_READERS: &[Role] = &[Role::Administrator, Role::Officer, Role::Approver];

/// The step on which the actor works.
///
/// # Errors
/// [`Error::Forbidden`] for auditors, and for the contractor's people where it is the principal's step;
/// [`Error::Conflict`] when the incident is closed.
pub(super) fn work(
    connection: &mut Connection,
    actor: &Actor,
    case: Case,
    step: Step,
) -> Result<Authorized<Task, Work>> {
    let side = policy::side_of(connection, actor, &case.0)?;
    let (of, incident) = policy::respond(connection, actor, case.0, case.1)?.into_inner();
    if side != Party::Principal && step.side != side {
        return Err(Error::Forbidden("role"));
    }
    Ok(Authorized::by_policy((of, incident, step)))
}

/// The entrustment under which whoever works on a step adds evidence of it.
///
/// # Errors
/// As [`work`].
pub(super) fn attach(
    connection: &mut Connection,
    actor: &Actor,
    case: Case,
    step: Step,
) -> Result<Authorized<Entrustment, Work>> {
    let (of, _, _) = work(connection, actor, case, step)?.into_inner();
    Ok(Authorized::by_policy(of))
}

/// The organisation whose manual the actor reads.
///
/// # Errors
/// [`Error::Forbidden`] for contractors and auditors.
pub(super) fn reads(actor: &Actor) -> Result<OrganisationId> {
    let member = actor.member().ok_or(Error::SignIn)?;
    role(member.role, MANUAL_READERS)?;
    Ok(member.organisation_id)
}

/// The organisation of whose manual the actor begins a new version.
///
/// # Errors
/// [`Error::Forbidden`] for all but administrators and officers.
pub(super) fn drafts(actor: &Actor) -> Result<Authorized<OrganisationId, Draft>> {
    let member = actor.member().ok_or(Error::SignIn)?;
    role(member.role, KEEPERS)?;
    Ok(Authorized::by_policy(member.organisation_id))
}

/// The draft that the actor writes.
///
/// # Errors
/// [`Error::Forbidden`] for all but its organisation's administrators and officers; [`Error::Conflict`] when it is published.
pub(super) fn writes(actor: &Actor, manual: Manual) -> Result<Authorized<Manual, Draft>> {
    draft_of(actor, &manual, KEEPERS)?;
    Ok(Authorized::by_policy(manual))
}

/// The draft that the actor publishes.
///
/// # Errors
/// [`Error::Forbidden`] for all but its organisation's administrators and approvers; [`Error::Conflict`] when it is published.
pub(super) fn publishes(actor: &Actor, manual: Manual) -> Result<Authorized<Manual, Publish>> {
    draft_of(actor, &manual, DECIDERS)?;
    Ok(Authorized::by_policy(manual))
}

fn draft_of(actor: &Actor, manual: &Manual, roles: &[Role]) -> Result<()> {
    let member = actor.member().ok_or(Error::SignIn)?;
    role(member.role, roles)?;
    if member.organisation_id != manual.tenant_id {
        return Err(Error::Forbidden("role"));
    }
    if manual.published_at.is_some() {
        return Err(Error::Conflict("incident-manual-is-published"));
    }
    Ok(())
}

fn role(own: Role, roles: &[Role]) -> Result<()> {
    if roles.contains(&own) { Ok(()) } else { Err(Error::Forbidden("role")) }
}
