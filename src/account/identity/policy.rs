//! Who says where an organisation's people sign in.

use crate::actor::{Actor, Authorized, OrganisationId, Role};
use crate::error::{Error, Result};

/// Setting the organisation's identity provider, and taking back whom it vouches for.
#[derive(Debug)]
pub(super) struct SetUp;

/// The roles that set it.
pub(super) const KEEPERS: &[Role] = &[Role::Administrator, Role::Representative];

/// The actor's organisation, if the actor may set its provider.
///
/// # Errors
/// [`Error::Forbidden`] for other roles.
pub(super) fn set_up(actor: &Actor) -> Result<Authorized<OrganisationId, SetUp>> {
    let member = actor.member().ok_or(Error::SignIn)?;
    if KEEPERS.contains(&member.role) {
        Ok(Authorized::by_policy(member.organisation_id))
    } else {
        Err(Error::Forbidden("role"))
    }
}
