//! Who does what about near misses: everybody but auditors reports; the principal's officers teach.

use super::lesson::Lesson;
use super::model::NearMiss;
use crate::actor::{Actor, Authorized, Member, OrganisationId, Role};
use crate::entrustment::{Entrustment, KEEPERS};
use crate::error::{Error, Result};
use crate::rulebook::Party;

/// Reporting a near miss.
#[derive(Debug)]
pub(super) struct Report;

/// Publishing a lesson, and withdrawing it.
#[derive(Debug)]
pub(super) struct Teach;

/// Who reports: everybody but auditors.
pub(super) const REPORTERS: &[Role] =
    &[Role::Administrator, Role::Officer, Role::Approver, Role::Representative, Role::Handler];

/// About what somebody reports, on which side, for which organisation.
#[derive(Debug)]
pub(super) struct Reporting {
    /// The entrustment, when it is about one.
    pub of: Option<Entrustment>,
    /// The side on which the reporter stands.
    pub side: Party,
    /// The reporter's organisation.
    pub organisation: OrganisationId,
}

/// What a principal teaches from.
#[derive(Debug)]
pub(super) struct Teaching {
    /// The principal.
    pub tenant: OrganisationId,
    /// The near misses.
    pub sources: Vec<NearMiss>,
}

fn role<'a>(actor: &'a Actor, roles: &[Role]) -> Result<&'a Member> {
    let member = actor.member().ok_or(Error::SignIn)?;
    if roles.contains(&member.role) { Ok(member) } else { Err(Error::Forbidden("role")) }
}

/// A report by the actor, about an entrustment that the actor sees, or about none.
///
/// # Errors
/// [`Error::Forbidden`] for auditors.
pub(super) fn report(
    actor: &Actor,
    of: Option<Entrustment>,
) -> Result<Authorized<Reporting, Report>> {
    let member = role(actor, REPORTERS)?;
    let side = if member.role.is_principal() { Party::Principal } else { Party::Contractor };
    Ok(Authorized::by_policy(Reporting { of, side, organisation: member.organisation_id }))
}

/// A lesson from near misses that the actor sees.
///
/// # Errors
/// [`Error::Forbidden`] for all but the principal's officers.
pub(super) fn teach(actor: &Actor, sources: Vec<NearMiss>) -> Result<Authorized<Teaching, Teach>> {
    let tenant = role(actor, KEEPERS)?.organisation_id;
    if sources.iter().any(|source| source.tenant_id != tenant) {
        return Err(Error::NotFound);
    }
    Ok(Authorized::by_policy(Teaching { tenant, sources }))
}

/// The lesson that an officer withdraws.
///
/// # Errors
/// [`Error::Forbidden`] for all but officers; [`Error::Conflict`] when it is withdrawn already.
pub(super) fn withdraw(actor: &Actor, lesson: Lesson) -> Result<Authorized<Lesson, Teach>> {
    let member = role(actor, KEEPERS)?;
    if lesson.tenant_id != member.organisation_id {
        return Err(Error::NotFound);
    }
    if lesson.withdrawn_at.is_some() {
        return Err(Error::Conflict("near-miss-lesson-withdrawn-already"));
    }
    Ok(Authorized::by_policy(lesson))
}
