//! Four eyes (四つの目): nobody decides on what they asked for themselves.
//!
//! The person counts, not the role or the membership in which they acted: one who proposes as a
//! contractor's representative can't approve as the principal's approver. Who asked is read from
//! the ledger, which names the person of every act and is never changed.

use crate::actor::{Actor, OrganisationId, PersonId};
use crate::database::Connection;
use crate::error::{Error, Result};
use crate::ledger;

/// Why somebody who asked may not decide; also the message that says so.
pub const OWN_REQUEST: &str = "error-own-request";

/// Whether who decides is none of those who asked. The portal itself and the operator asked nothing.
///
/// # Errors
/// [`Error::Forbidden`] with [`OWN_REQUEST`] for one of them.
fn apart(asked: &[PersonId], decides: Option<PersonId>) -> Result<()> {
    match decides {
        Some(person) if asked.contains(&person) => Err(Error::Forbidden(OWN_REQUEST)),
        _ => Ok(()),
    }
}

/// Whether the actor may decide about `subject` for all that asking is concerned: none of `acts`,
/// by which it was asked for or changed, is the actor's own.
///
/// # Errors
/// [`Error::Forbidden`] with [`OWN_REQUEST`] when one is; those of the database.
pub fn decided_by_another(
    connection: &mut Connection,
    actor: &Actor,
    tenant: OrganisationId,
    subject: &str,
    acts: &[&str],
) -> Result<()> {
    let asked = ledger::persons_of(connection, tenant, subject, acts)?;
    apart(&asked, actor.person_id())
}

/// Whether a policy refused because the actor asked.
#[must_use]
pub fn is_own<T>(outcome: &Result<T>) -> bool {
    matches!(outcome, Err(Error::Forbidden(why)) if *why == OWN_REQUEST)
}

#[cfg(test)]
mod tests {
    use super::{apart, is_own};
    use crate::actor::PersonId;
    use crate::testing::jst;

    fn person() -> PersonId {
        PersonId::new(jst("2026-04-01T09:00:00"))
    }

    #[test]
    fn who_asked_does_not_decide_and_anybody_else_may() {
        let (first, second, other) = (person(), person(), person());
        for asked in [first, second] {
            assert!(is_own(&apart(&[first, second], Some(asked))));
        }
        assert!(apart(&[first, second], Some(other)).is_ok());
        assert!(apart(&[], Some(first)).is_ok());
        assert!(apart(&[first], None).is_ok(), "the portal itself asked nothing");
    }
}
