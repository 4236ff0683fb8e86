//! Second factors (二つ目の認証): authenticator apps and passkeys, with recovery codes.
//!
//! Every role needs one; a contractor's handlers as their organisation's access rules say. Who has
//! none yet comes no further than the pages on which it is set up.

pub(super) mod page;
pub(super) mod passkey;
mod recovery;
mod store;
mod totp;
pub(super) mod views;

pub(super) use totp::SEEDS;

use serde::Serialize;
use serde_json::{Value, json};

use super::arrival::Arrival;
use super::model::Person;
use super::{arrival_store, identity, mail, step_up, store as people};
use crate::actor::{PersonId, Role, SessionId};
use crate::database::{Connection, Tx};
use crate::error::{Error, Result};
use crate::ledger::{self, NewEntry};
use crate::organisation;
use crate::web::{Ctx, Settings};
use crate::word_type;

word_type! {
    /// A kind of second factor.
    Factor {
        /// A code of an authenticator app.
        Totp = "totp",
        /// A passkey.
        Passkey = "passkey",
        /// A recovery code.
        Recovery = "recovery",
    }
}

/// What a person has to prove a second factor with. The one place that knows all kinds: a new kind
/// is counted in [`ways`], offered by the pages that show this, and taken away in [`remove_all`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Ways {
    /// Authenticator apps.
    pub apps: i64,
    /// Passkeys.
    pub passkeys: i64,
    /// Recovery codes that are left. They stand in for a factor and are none.
    pub codes: i64,
}

impl Ways {
    /// Whether there is any second factor.
    pub fn any(self) -> bool {
        self.apps + self.passkeys > 0
    }

    /// Whether a code may be typed: one of an app, or a recovery code.
    pub fn typed(self) -> bool {
        self.any() && self.apps + self.codes > 0
    }
}

/// What a person has.
///
/// # Errors
/// Those of the database.
pub(super) fn ways(connection: &mut Connection, person: PersonId) -> Result<Ways> {
    Ok(Ways {
        apps: store::count_apps(connection, person)?,
        passkeys: passkey::count(connection, person)?,
        codes: store::codes_left(connection, person)?,
    })
}

/// The apps of a person that count, oldest first.
///
/// # Errors
/// Those of the database.
pub(super) fn apps(connection: &mut Connection, person: PersonId) -> Result<Vec<store::AppRow>> {
    store::apps(connection, person)
}

/// Takes everything away that a person proves a second factor with.
///
/// # Errors
/// Those of the database.
pub(super) fn remove_all(tx: &mut Tx<'_>, person: PersonId) -> Result<()> {
    passkey::remove_all(tx, person)?;
    store::remove_all(tx, person)
}

/// Refuses a session that an organisation's identity provider opened: the provider vouches for its own
/// organisation, and a person's factors open every one.
///
/// # Errors
/// [`Error::Forbidden`], with what to do in its words.
pub(super) fn own_session(tx: &mut Tx<'_>, ctx: &Ctx) -> Result<()> {
    if identity::opened(tx.connection, ctx.member()?.session_id)? {
        return Err(Error::Forbidden("error-identity-factors"));
    }
    Ok(())
}

/// After a factor was added in this session: tells of it, and puts the session under a new id as one
/// with both factors; the person's others end.
///
/// # Errors
/// Those of the database.
pub(super) fn added(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    person: &Person,
    factor: Factor,
) -> Result<Arrival> {
    tell(tx, &ctx.portal.settings, person, Change::FactorAdded, &of(factor))?;
    let (arrival, session) = step_up::renew(tx, ctx, true)?;
    end_others(tx, person.id, Some(session))?;
    Ok(arrival)
}

/// After a factor was removed in this session: not the last one of somebody who can't be without.
/// Tells of it, and puts the session under a new id; the person's others end.
///
/// # Errors
/// [`Error::Conflict`] for the last one.
pub(super) fn removed(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    person: &Person,
    factor: Factor,
) -> Result<Arrival> {
    if !ways(tx.connection, person.id)?.any() {
        if demanded(tx.connection, person.id)? {
            return Err(Error::Conflict("factor-error-last"));
        }
        store::remove_codes(tx, person.id)?;
    }
    tell(tx, &ctx.portal.settings, person, Change::FactorRemoved, &of(factor))?;
    let (arrival, session) = step_up::renew(tx, ctx, false)?;
    end_others(tx, person.id, Some(session))?;
    Ok(arrival)
}

/// Whether one of a person's memberships demands a second factor.
///
/// # Errors
/// Those of the database.
pub(super) fn demanded(connection: &mut Connection, person: PersonId) -> Result<bool> {
    for of in people::memberships(connection, person)? {
        if of.role != Role::Handler
            || organisation::access_rules(connection, of.tenant_id)?.handler_second_factor
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Holds what was typed against the factors of a person: six digits are a code of the app, anything
/// longer a recovery code. What proves is used up by it.
///
/// # Errors
/// Those of the database.
pub(super) fn prove(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    person: &Person,
    typed: &str,
) -> Result<Option<Factor>> {
    let typed = crate::japanese::fold_width(typed);
    let typed: String = typed.chars().filter(char::is_ascii_alphanumeric).collect();
    if typed.len() == totp::DIGITS {
        let right = totp::prove(tx, &ctx.portal.secret, person.id, &typed)?;
        return Ok(right.then_some(Factor::Totp));
    }
    if !store::use_recovery_code(tx, person.id, &recovery::hash(&typed))? {
        return Ok(None);
    }
    tell(tx, &ctx.portal.settings, person, Change::RecoveryUsed, &[])?;
    Ok(Some(Factor::Recovery))
}

word_type! {
    /// What changed of how a person signs in.
    Change {
        /// A second factor counts from now on.
        FactorAdded = "factor_added",
        /// One was taken away by the person.
        FactorRemoved = "factor_removed",
        /// All were taken away for the person.
        FactorsReset = "factors_reset",
        /// A recovery code was used.
        RecoveryUsed = "recovery_used",
        /// There are new recovery codes.
        RecoveryRenewed = "recovery_renewed",
        /// There is a new password.
        PasswordChanged = "password_changed",
    }
}

impl Change {
    /// What the ledger calls it.
    fn act(self) -> &'static str {
        match self {
            Self::FactorAdded => "factor.added",
            Self::FactorRemoved => "factor.removed",
            Self::FactorsReset => "factor.reset",
            Self::RecoveryUsed => "factor.recovery_used",
            Self::RecoveryRenewed => "factor.recovery_renewed",
            Self::PasswordChanged => "password.changed",
        }
    }
}

/// Tells of a change of how a person signs in: an entry in the ledger of each of its organisations,
/// and a mail to the person (ASVS 5.0, 6.3.7).
///
/// # Errors
/// Those of the database.
pub(super) fn tell(
    tx: &mut Tx<'_>,
    settings: &Settings,
    person: &Person,
    what: Change,
    details: &[(&'static str, Value)],
) -> Result<()> {
    let all = people::memberships(tx.connection, person.id)?;
    let mut tenants: Vec<_> = all.into_iter().map(|of| of.tenant_id).collect();
    tenants.sort_unstable();
    tenants.dedup();
    for tenant_id in tenants {
        tx.reach(tenant_id)?;
        ledger::append(
            tx,
            NewEntry {
                tenant_id,
                act: what.act(),
                subject_kind: "person",
                subject_id: person.id.as_str(),
                entrustment_id: None,
                details: details.to_vec(),
            },
        )?;
    }
    mail::notice(tx, settings, person, what.as_str(), &[])
}

/// The detail of a change of a factor.
pub(super) fn of(factor: Factor) -> [(&'static str, Value); 1] {
    [("factor", json!(factor))]
}

/// Ends all sessions of a person but the one that goes on.
///
/// # Errors
/// Those of the database.
pub(super) fn end_others(tx: &mut Tx<'_>, person: PersonId, but: Option<SessionId>) -> Result<()> {
    arrival_store::end_others(tx, person, but)
}
