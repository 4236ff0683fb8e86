//! Who doesn't get in: told to the administrators of whatever organisations the account belongs to.

use serde_json::json;

use super::store;
use crate::actor::{OrganisationId, PersonId};
use crate::database::Tx;
use crate::error::Result;
use crate::event::{self, EventKind, NewEvent};
use crate::web::Portal;

/// Who didn't get in, by what, and why.
#[derive(Clone, Debug)]
pub(super) struct Refused {
    /// By what: `password`, `code`, `passkey`, `invitation`.
    pub method: &'static str,
    /// The code of the account that was named ([`account`]); empty where none was.
    pub account: String,
    /// Whose account it is, if it is one.
    pub person: Option<PersonId>,
    /// Why, in a word.
    pub reason: &'static str,
}

/// What stands for a mail address in events: the same for the same address, and nothing from which
/// the address could be found without the installation's secret.
pub(super) fn account(portal: &Portal, email: &str) -> String {
    let code = portal.secret.mac("event account", email.as_bytes());
    hex::encode(code).chars().take(16).collect()
}

/// Tells of it: in each organisation of the person, or where there is none to nobody but the operator.
///
/// # Errors
/// Those of the database.
pub(super) fn tell(tx: &mut Tx<'_>, refused: &Refused) -> Result<()> {
    // An address that is no account's makes the same work: the time of the answer tells nothing.
    let person = refused.person.unwrap_or_else(|| PersonId::new(tx.now));
    let all = store::memberships(tx.connection, person)?;
    if refused.person.is_none() {
        store::known_name(tx.connection, person)?;
    }
    let mut tenants: Vec<Option<OrganisationId>> =
        all.iter().map(|of| Some(of.tenant_id)).collect();
    tenants.sort_unstable();
    tenants.dedup();
    if tenants.is_empty() {
        tenants.push(None);
    }
    let event = |tenant_id| NewEvent {
        tenant_id,
        person_id: refused.person,
        account: &refused.account,
        reason: refused.reason,
        details: vec![("method", json!(refused.method))],
        ..NewEvent::new(EventKind::SignInRefused)
    };
    let events: Vec<_> = tenants.into_iter().map(event).collect();
    event::tell_all(tx, &events)
}

/// Tells that a member who is signed in has proved anew to be who it is.
///
/// # Errors
/// Those of the database.
pub(super) fn tell_proof(tx: &mut Tx<'_>, method: &str) -> Result<()> {
    let details = vec![("method", json!(method))];
    event::tell(tx, NewEvent { details, ..NewEvent::new(EventKind::SteppedUp) })
}

/// Tells that a member who is signed in has not.
///
/// # Errors
/// Those of the database.
pub(super) fn tell_no_proof(tx: &mut Tx<'_>, method: &str, reason: &'static str) -> Result<()> {
    let details = vec![("method", json!(method))];
    event::tell(tx, NewEvent { reason, details, ..NewEvent::new(EventKind::StepUpRefused) })
}
