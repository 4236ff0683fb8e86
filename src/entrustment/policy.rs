//! Who may see and change entrustments.

use super::model::Entrustment;
use crate::actor::{Actor, Authorized, OrganisationId, Role};
use crate::error::{Error, Result};

/// Registering and changing an entrustment, and all that its division does to it.
#[derive(Debug)]
pub struct Manage;

/// Who looks after entrustments.
pub(super) const KEEPERS: &[Role] = &[Role::Administrator, Role::Officer];

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
