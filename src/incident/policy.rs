//! Who does what about an incident: anybody who works on an entrustment reports; both sides respond;
//! the principal's officers keep.

use super::model::Incident;
use crate::actor::{Actor, Authorized, Role};
use crate::database::Connection;
use crate::entrustment::{self, Entrustment, KEEPERS, Side};
use crate::error::{Error, Result};
use crate::rulebook::Party;

/// Reporting an incident.
#[derive(Debug)]
pub(super) struct Report;

/// Responding to it: what either side writes.
#[derive(Debug)]
pub(super) struct Respond;

/// Keeping it: what the principal's officers do.
#[derive(Debug)]
pub(super) struct Keep;

/// An incident with its entrustment.
pub(super) type Case = (Entrustment, Incident);

/// Who reports and responds: everybody but auditors.
pub(super) const RESPONDERS: &[Role] =
    &[Role::Administrator, Role::Officer, Role::Approver, Role::Representative, Role::Handler];

/// Who closes: officers and approvers.
pub(super) const CLOSERS: &[Role] = &[Role::Administrator, Role::Officer, Role::Approver];

/// The side on which the actor stands; a contractor above answers for what it re-entrusted.
///
/// # Errors
/// [`Error::NotFound`] for who has nothing to do with the entrustment.
pub(super) fn side_of(
    connection: &mut Connection,
    actor: &Actor,
    entrustment: &Entrustment,
) -> Result<Party> {
    Ok(match entrustment::side(connection, actor, entrustment)? {
        Side::Principal => Party::Principal,
        Side::Contractor | Side::Above => Party::Contractor,
    })
}

fn role(actor: &Actor, roles: &[Role]) -> Result<()> {
    let member = actor.member().ok_or(Error::SignIn)?;
    if roles.contains(&member.role) { Ok(()) } else { Err(Error::Forbidden("role")) }
}

/// The entrustment of which the actor reports an incident, and on which side. Incidents come to light
/// after the end too, so a closed entrustment takes them.
///
/// # Errors
/// [`Error::Forbidden`] for auditors.
pub(super) fn report(
    connection: &mut Connection,
    actor: &Actor,
    entrustment: Entrustment,
) -> Result<Authorized<(Entrustment, Party), Report>> {
    role(actor, RESPONDERS)?;
    let side = side_of(connection, actor, &entrustment)?;
    Ok(Authorized::by_policy((entrustment, side)))
}

/// The incident to which the actor responds, on either side.
///
/// # Errors
/// [`Error::Forbidden`] for auditors; [`Error::Conflict`] when it is closed.
pub(super) fn respond(
    connection: &mut Connection,
    actor: &Actor,
    entrustment: Entrustment,
    incident: Incident,
) -> Result<Authorized<Case, Respond>> {
    role(actor, RESPONDERS)?;
    side_of(connection, actor, &entrustment)?;
    open(&incident)?;
    Ok(Authorized::by_policy((entrustment, incident)))
}

/// The incident that the actor keeps for the principal.
///
/// # Errors
/// [`Error::Forbidden`] for the others; [`Error::Conflict`] when it is closed.
pub(super) fn keep(
    actor: &Actor,
    entrustment: Entrustment,
    incident: Incident,
) -> Result<Authorized<Case, Keep>> {
    of_principal(actor, &entrustment, KEEPERS)?;
    open(&incident)?;
    Ok(Authorized::by_policy((entrustment, incident)))
}

/// The incident that the actor closes for the principal: an officer or an approver.
///
/// # Errors
/// [`Error::Forbidden`] for the others; [`Error::Conflict`] when it is closed already.
pub(super) fn close(
    actor: &Actor,
    entrustment: Entrustment,
    incident: Incident,
) -> Result<Authorized<Case, Keep>> {
    of_principal(actor, &entrustment, CLOSERS)?;
    open(&incident)?;
    Ok(Authorized::by_policy((entrustment, incident)))
}

fn of_principal(actor: &Actor, entrustment: &Entrustment, roles: &[Role]) -> Result<()> {
    role(actor, roles)?;
    let member = actor.member().ok_or(Error::SignIn)?;
    if member.organisation_id == entrustment.tenant_id {
        Ok(())
    } else {
        Err(Error::Forbidden("role"))
    }
}

/// Nothing changes any more once it is closed.
fn open(incident: &Incident) -> Result<()> {
    if incident.is_open() { Ok(()) } else { Err(Error::Conflict("incident-closed")) }
}
