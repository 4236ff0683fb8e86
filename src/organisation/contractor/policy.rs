//! Who may see and change the register of contractors.

use crate::actor::{Actor, Authorized, OrganisationId, Role};
use crate::error::{Error, Result};

/// Registering or changing a contractor.
#[derive(Debug)]
pub struct Manage;

/// Who reads the register. An auditor sees the contractor of an entrustment on the entrustment's
/// page, and nobody else's.
pub(super) const READERS: &[Role] = &[Role::Administrator, Role::Officer, Role::Approver];

/// Administrators and officers keep it.
pub(super) const KEEPERS: &[Role] = &[Role::Administrator, Role::Officer];

/// The principal in whose register the actor may write.
///
/// # Errors
/// [`Error::Forbidden`] for the other roles.
pub(super) fn manage(actor: &Actor) -> Result<Authorized<OrganisationId, Manage>> {
    match actor.member() {
        Some(member) if KEEPERS.contains(&member.role) => {
            Ok(Authorized::by_policy(member.organisation_id))
        }
        Some(_) => Err(Error::Forbidden("role")),
        None => Err(Error::SignIn),
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

/// The same for who approves a sub-entrustment: the organisation enters the register with it.
///
/// # Errors
/// [`Error::Forbidden`] for the other roles.
pub fn admit(actor: &Actor) -> Result<Authorized<OrganisationId, Manage>> {
    match actor.member() {
        Some(member) if matches!(member.role, Role::Administrator | Role::Approver) => {
            Ok(Authorized::by_policy(member.organisation_id))
        }
        Some(_) => Err(Error::Forbidden("role")),
        None => Err(Error::SignIn),
    }
}
