//! Four eyes (四つの目): nobody decides on what they asked for themselves.
//!
//! The person counts, not the role or the membership in which they acted: one who proposes as a
//! contractor's representative can't approve as the principal's approver. Who asked is read from
//! the ledger, which names the person of every act and is never changed. For what it is demanded,
//! the organisation says in its access rules ([`FourEyes`]).

use crate::actor::{Actor, OrganisationId, PersonId};
use crate::database::Connection;
use crate::error::{Error, Result};
use crate::ledger;
use crate::organisation::{self, FourEyes};

/// Why somebody who asked may not decide; also the message that says so.
pub const OWN_REQUEST: &str = "error-own-request";

/// Whether who decides is none of those who asked. The portal itself and the operator asked nothing.
///
/// # Errors
/// [`Error::Forbidden`] with [`OWN_REQUEST`] for one of them.
pub fn apart(asked: &[PersonId], decides: Option<PersonId>) -> Result<()> {
    match decides {
        Some(person) if asked.contains(&person) => Err(Error::Forbidden(OWN_REQUEST)),
        _ => Ok(()),
    }
}

/// Whether an organisation demands a second person for it.
///
/// # Errors
/// Those of the database.
pub fn demanded(
    connection: &mut Connection,
    tenant: OrganisationId,
    what: FourEyes,
) -> Result<bool> {
    Ok(organisation::access_rules(connection, tenant)?.four_eyes.contains(&what))
}

/// What was asked for: by which acts, on which subject of whose ledger.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// What it is for the access rules.
    pub what: FourEyes,
    /// The organisation that decides.
    pub tenant: OrganisationId,
    /// The subject.
    pub subject: &'a str,
    /// The acts by which it was asked for or changed.
    pub acts: &'a [&'a str],
}

/// Whether the actor may decide for all that asking is concerned: none of the acts by which it was
/// asked for or changed is the actor's own, or the organisation demands no second person for it.
///
/// # Errors
/// [`Error::Forbidden`] with [`OWN_REQUEST`] when one is; those of the database.
pub fn decided_by_another(
    connection: &mut Connection,
    actor: &Actor,
    asked: &Asked<'_>,
) -> Result<()> {
    if !demanded(connection, asked.tenant, asked.what)? {
        return Ok(());
    }
    let persons = ledger::persons_of(connection, asked.tenant, asked.subject, asked.acts)?;
    apart(&persons, actor.person_id())
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
