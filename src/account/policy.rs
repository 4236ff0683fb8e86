//! Who may manage an organisation's people and end a membership.

use super::member::{Kept, Leaver};
use super::model::Person;
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

/// Managing the people of an organisation: inviting, changing, ending, letting in again.
#[derive(Debug)]
pub(super) struct Manage;

/// Who manages people: a principal's administrator, a contractor's representative.
pub(super) const MANAGERS: &[Role] = &[Role::Administrator, Role::Representative];

/// The organisation whose people the actor manages: the own one and no other.
///
/// # Errors
/// [`Error::Forbidden`] for the other roles.
pub(super) fn manage(actor: &Actor) -> Result<Authorized<OrganisationId, Manage>> {
    let member = actor.member().ok_or(Error::SignIn)?;
    if MANAGERS.contains(&member.role) {
        Ok(Authorized::by_policy(member.organisation_id))
    } else {
        Err(Error::Forbidden("role"))
    }
}

/// A membership of the actor's own organisation, if the actor may change it: nobody the own one.
///
/// # Errors
/// [`Error::NotFound`] for another organisation's; [`Error::Forbidden`] for the own one.
pub(super) fn change(actor: &Actor, kept: Kept) -> Result<Authorized<Kept, Manage>> {
    let organisation = manage(actor)?.into_inner();
    if kept.tenant_id != organisation {
        return Err(Error::NotFound);
    }
    if actor.person_id() == Some(kept.person_id) {
        return Err(Error::Forbidden("error-own-membership"));
    }
    Ok(Authorized::by_policy(kept))
}

/// Letting somebody go, with what the person has in hand.
#[derive(Debug)]
pub struct Leave;

/// Somebody who leaves, when the actor may end the membership.
pub(super) fn leave(kept: &Authorized<Kept, Manage>, namesake: bool) -> Authorized<Leaver, Leave> {
    Authorized::by_policy(kept.leaver(namesake))
}

/// Taking all second factors of a person away.
#[derive(Debug)]
pub(super) struct Reset;

/// A person whose second factors the actor may take away. An organisation's manager may it for
/// whoever is a member of this organisation alone (`everywhere` names all of the person's
/// organisations): who belongs to others too could otherwise be entered there by this one's word.
/// The operator may it for everybody.
///
/// # Errors
/// [`Error::Forbidden`] for the own person and for a member of other organisations.
pub(super) fn reset(
    actor: &Actor,
    person: Person,
    everywhere: &[OrganisationId],
) -> Result<Authorized<Person, Reset>> {
    if matches!(actor, Actor::Operator) {
        return Ok(Authorized::by_policy(person));
    }
    let organisation = manage(actor)?.into_inner();
    if actor.person_id() == Some(person.id) {
        return Err(Error::Forbidden("error-own-membership"));
    }
    if !everywhere.contains(&organisation) {
        return Err(Error::NotFound);
    }
    if everywhere.iter().any(|other| *other != organisation) {
        return Err(Error::Forbidden("error-reset-elsewhere"));
    }
    Ok(Authorized::by_policy(person))
}
