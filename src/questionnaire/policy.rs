//! Who may dispatch questionnaires, keep those dispatched, and design templates.

use super::entity::Questionnaire;
use crate::actor::{Actor, Authorized, Member, OrganisationId, Role};
use crate::entrustment::Entrustment;
use crate::error::{Error, Result};

/// Sending questionnaires to entrustments.
#[derive(Debug)]
pub struct Dispatching;

/// Extending and withdrawing what was sent.
#[derive(Debug)]
pub struct Keeping;

/// Writing and publishing templates.
#[derive(Debug)]
pub struct Designing;

/// Who dispatches and looks after what was dispatched.
pub(super) const KEEPERS: &[Role] = &[Role::Administrator, Role::Officer];

/// Who designs templates.
pub(super) const DESIGNERS: &[Role] = &[Role::Administrator];

/// A questionnaire with its entrustment.
pub type Sent = (Questionnaire, Entrustment);

/// Whether the member looks after the entrustment: as administrator, or as officer of its division.
fn keeps(member: &Member, entrustment: &Entrustment) -> bool {
    let own_division = member.role == Role::Administrator
        || member.division_id.is_none_or(|own| own == entrustment.division_id);
    KEEPERS.contains(&member.role)
        && member.organisation_id == entrustment.tenant_id
        && own_division
}

/// The entrustments to which the actor may dispatch, if it may to all of them; the operator sets
/// the demonstration up.
///
/// # Errors
/// [`Error::Forbidden`] when one of them is not the actor's, or they are of several principals.
pub(super) fn dispatch(
    actor: &Actor,
    entrustments: Vec<Entrustment>,
) -> Result<Authorized<Vec<Entrustment>, Dispatching>> {
    let mut tenants = entrustments.iter().map(|e| e.tenant_id);
    let first = tenants.next();
    let one_principal = tenants.all(|tenant| Some(tenant) == first);
    let allowed = match actor {
        Actor::Operator => true,
        Actor::Member(member) => entrustments.iter().all(|e| keeps(member, e)),
        _ => return Err(Error::SignIn),
    };
    if allowed && one_principal {
        Ok(Authorized::by_policy(entrustments))
    } else {
        Err(Error::Forbidden("role"))
    }
}

/// The questionnaire, if the actor may extend or withdraw it. It was loaded from what is visible.
///
/// # Errors
/// [`Error::Forbidden`] for a contractor's members, approvers and auditors.
pub(super) fn keep(actor: &Actor, sent: Sent) -> Result<Authorized<Sent, Keeping>> {
    let member = actor.member().ok_or(Error::SignIn)?;
    if keeps(member, &sent.1) {
        Ok(Authorized::by_policy(sent))
    } else {
        Err(Error::Forbidden("role"))
    }
}

/// The principal whose templates the actor may write.
///
/// # Errors
/// [`Error::Forbidden`] for all but administrators.
pub(super) fn design(actor: &Actor) -> Result<Authorized<OrganisationId, Designing>> {
    let member = actor.member().ok_or(Error::SignIn)?;
    if DESIGNERS.contains(&member.role) {
        Ok(Authorized::by_policy(member.organisation_id))
    } else {
        Err(Error::Forbidden("role"))
    }
}
