//! Who may register divisions: the administrator of the principal.

use crate::actor::{Actor, Authorized, OrganisationId, Role};
use crate::error::{Error, Result};

/// Registering or changing a division.
#[derive(Debug)]
pub struct Manage;

/// The organisation whose divisions the actor may manage.
pub(super) fn manage(actor: &Actor) -> Result<Authorized<OrganisationId, Manage>> {
    match actor.member() {
        Some(member) if member.role == Role::Administrator => {
            Ok(Authorized::by_policy(member.organisation_id))
        }
        Some(_) => Err(Error::Forbidden("role")),
        None => Err(Error::SignIn),
    }
}

/// The same for the command line and the demonstration, which set an organisation up.
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
