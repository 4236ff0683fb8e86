//! Who may issue and read audit records: everybody who may see the entrustment.

use crate::actor::{Actor, Authorized};
use crate::entrustment::Entrustment;
use crate::error::{Error, Result};

/// Issuing an audit record.
#[derive(Debug)]
pub struct Issue;

/// The entrustment, if the actor may issue its record. A member of either side, auditors too: it
/// was loaded from what is visible to the member. The operator may at the command line.
///
/// # Errors
/// [`Error::SignIn`] for anybody else.
pub fn issue(actor: &Actor, entrustment: Entrustment) -> Result<Authorized<Entrustment, Issue>> {
    match actor {
        Actor::Member(_) | Actor::Operator => Ok(Authorized::by_policy(entrustment)),
        Actor::Token(_) | Actor::Visitor | Actor::System => Err(Error::SignIn),
    }
}
