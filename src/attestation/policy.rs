//! Who may attest: the contractor's representative alone.

use crate::actor::{Actor, Authorized, PersonId, Role};
use crate::error::{Error, Result};

/// Attesting.
#[derive(Debug)]
pub struct Attest;

/// Who attests.
pub(super) const ATTESTERS: &[Role] = &[Role::Representative];

/// The person who attests. That the response is the person's to answer, its opening has shown.
///
/// # Errors
/// [`Error::Forbidden`] for everybody else.
pub(super) fn attest(actor: &Actor) -> Result<Authorized<PersonId, Attest>> {
    let member = actor.member().ok_or(Error::SignIn)?;
    if ATTESTERS.contains(&member.role) {
        Ok(Authorized::by_policy(member.person_id))
    } else {
        Err(Error::Forbidden("role"))
    }
}
