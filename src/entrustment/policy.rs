//! Who may see and change entrustments.

use super::model::{Entrustment, EntrustmentStatus};
use super::store::{Side, side};
use crate::actor::{Actor, Authorized, OrganisationId, Role};
use crate::database::Connection;
use crate::error::{Error, Result};

/// Registering and changing an entrustment, and all that its division does to it.
#[derive(Debug)]
pub struct Manage;

/// Who looks after entrustments.
pub const KEEPERS: &[Role] = &[Role::Administrator, Role::Officer];

/// The entrustment, if the actor may change it. It was loaded from what is visible to the actor,
/// so the officer's division is the entrustment's already.
///
/// # Errors
/// [`Error::Forbidden`] for a contractor's members, approvers and auditors.
pub fn manage(actor: &Actor, entrustment: Entrustment) -> Result<Authorized<Entrustment, Manage>> {
    let member = actor.member().ok_or(Error::SignIn)?;
    if KEEPERS.contains(&member.role) && member.organisation_id == entrustment.tenant_id {
        Ok(Authorized::by_policy(entrustment))
    } else {
        Err(Error::Forbidden("role"))
    }
}

/// The principal for which the actor may register entrustments.
///
/// # Errors
/// [`Error::Forbidden`] for the other roles.
pub(super) fn register(actor: &Actor) -> Result<Authorized<OrganisationId, Manage>> {
    let member = actor.member().ok_or(Error::SignIn)?;
    if KEEPERS.contains(&member.role) {
        Ok(Authorized::by_policy(member.organisation_id))
    } else {
        Err(Error::Forbidden("role"))
    }
}

/// The same for the operator, who sets an organisation up.
///
/// # Errors
/// [`Error::Forbidden`] for a member.
pub fn set_up(
    actor: &Actor,
    organisation: OrganisationId,
) -> Result<Authorized<OrganisationId, Manage>> {
    match actor {
        Actor::Operator => Ok(Authorized::by_policy(organisation)),
        _ => Err(Error::Forbidden("operator")),
    }
}

/// What a contractor's people enter into the registers of an entrustment.
#[derive(Debug)]
pub struct Hold;

/// What only the contractor's representative does: applying, attesting.
#[derive(Debug)]
pub struct Represent;

/// What a principal's approver decides.
#[derive(Debug)]
pub struct Decide;

/// Who enters on the contractor's side.
pub const HOLDERS: &[Role] = &[Role::Representative, Role::Handler];
/// Who writes on either side.
pub const WRITERS: &[Role] =
    &[Role::Administrator, Role::Officer, Role::Representative, Role::Handler];
/// Who speaks for the contractor.
pub const REPRESENTATIVES: &[Role] = &[Role::Representative];
/// Who decides for the principal.
pub const DECIDERS: &[Role] = &[Role::Administrator, Role::Approver];

/// The entrustment, if the actor may enter into its registers: the contractor's people, and those
/// of a contractor above, who answers for what was re-entrusted.
///
/// # Errors
/// [`Error::Forbidden`] for the others; [`Error::Conflict`] when it is closed.
pub fn hold(
    connection: &mut Connection,
    actor: &Actor,
    entrustment: Entrustment,
) -> Result<Authorized<Entrustment, Hold>> {
    on_contractors_side(connection, actor, &entrustment, HOLDERS)?;
    Ok(Authorized::by_policy(entrustment))
}

/// The same for what only the representative does.
///
/// # Errors
/// [`Error::Forbidden`] for the others; [`Error::Conflict`] when it is closed.
pub fn represent(
    connection: &mut Connection,
    actor: &Actor,
    entrustment: Entrustment,
) -> Result<Authorized<Entrustment, Represent>> {
    on_contractors_side(connection, actor, &entrustment, REPRESENTATIVES)?;
    Ok(Authorized::by_policy(entrustment))
}

/// The entrustment, if the actor decides for its principal.
///
/// # Errors
/// [`Error::Forbidden`] for the others; [`Error::Conflict`] when it is closed.
pub fn decide(actor: &Actor, entrustment: Entrustment) -> Result<Authorized<Entrustment, Decide>> {
    let member = actor.member().ok_or(Error::SignIn)?;
    if !DECIDERS.contains(&member.role) || member.organisation_id != entrustment.tenant_id {
        return Err(Error::Forbidden("role"));
    }
    open(&entrustment)?;
    Ok(Authorized::by_policy(entrustment))
}

fn on_contractors_side(
    connection: &mut Connection,
    actor: &Actor,
    entrustment: &Entrustment,
    roles: &[Role],
) -> Result<()> {
    let member = actor.member().ok_or(Error::SignIn)?;
    if !roles.contains(&member.role) || side(connection, actor, entrustment)? == Side::Principal {
        return Err(Error::Forbidden("role"));
    }
    open(entrustment)
}

/// Nothing is entered once it is closed.
///
/// # Errors
/// [`Error::Conflict`].
pub fn open(entrustment: &Entrustment) -> Result<()> {
    match entrustment.status {
        EntrustmentStatus::Active => Ok(()),
        EntrustmentStatus::Closed => Err(Error::Conflict("entrustment-closed")),
    }
}
