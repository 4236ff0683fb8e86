//! Who may end a membership.

use crate::actor::{Actor, Authorized, OrganisationId, PersonId, Role};
use crate::error::{Error, Result};

/// Ending somebody's membership in an organisation.
#[derive(Debug)]
pub struct Part;

/// A person in an organisation, if the actor may end the membership: the organisation's own
/// representative, and nobody the own one.
///
/// # Errors
/// [`Error::Forbidden`] for the others.
pub fn part(
    actor: &Actor,
    organisation: OrganisationId,
    person: PersonId,
) -> Result<Authorized<(OrganisationId, PersonId), Part>> {
    let member = actor.member().ok_or(Error::SignIn)?;
    let speaks = member.role == Role::Representative && member.organisation_id == organisation;
    if speaks && member.person_id != person {
        Ok(Authorized::by_policy((organisation, person)))
    } else {
        Err(Error::Forbidden("role"))
    }
}
