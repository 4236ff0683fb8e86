//! Who says what an organisation demands of its members.

use crate::actor::{Actor, Authorized, OrganisationId, Role};
use crate::error::{Error, Result};

/// Changing the access rules.
#[derive(Debug)]
pub(super) struct Change;

/// Who changes them, on either side.
pub(super) const KEEPERS: &[Role] = &[Role::Administrator, Role::Representative];

/// The actor's organisation, if the actor may change its rules.
///
/// # Errors
/// [`Error::Forbidden`] for other roles.
pub(super) fn change(actor: &Actor) -> Result<Authorized<OrganisationId, Change>> {
    let member = actor.member().ok_or(Error::SignIn)?;
    if KEEPERS.contains(&member.role) {
        Ok(Authorized::by_policy(member.organisation_id))
    } else {
        Err(Error::Forbidden("role"))
    }
}
