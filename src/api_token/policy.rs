//! Who makes and takes back an organisation's tokens.

use crate::actor::{Actor, Authorized, OrganisationId, Role};
use crate::error::{Error, Result};

/// Making and taking back tokens.
#[derive(Debug)]
pub(super) struct Keep;

/// The roles that do: of a principal and of a contractor.
pub(super) const KEEPERS: &[Role] = &[Role::Administrator, Role::Representative];

/// The actor's organisation, if the actor keeps its tokens. A program never does.
///
/// # Errors
/// [`Error::Forbidden`] for other roles.
pub(super) fn keep(actor: &Actor) -> Result<Authorized<OrganisationId, Keep>> {
    let member = actor.member().ok_or(Error::SignIn)?;
    if KEEPERS.contains(&member.role) {
        Ok(Authorized::by_policy(member.organisation_id))
    } else {
        Err(Error::Forbidden("role"))
    }
}
