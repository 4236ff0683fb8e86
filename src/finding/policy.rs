//! Who may do what to a finding: the principal's officers raise, return, change and close; the
//! contractor's people answer while it is their turn.

use super::model::Finding;
use crate::actor::{Actor, Authorized};
use crate::database::Connection;
use crate::entrustment::{self, Entrustment, Hold, Manage};
use crate::error::{Error, Result};

/// The entrustment about which an officer raises a finding.
pub(super) fn raise(actor: &Actor, of: Entrustment) -> Result<Authorized<Entrustment, Manage>> {
    entrustment::open(&of)?;
    entrustment::manage(actor, of)
}

/// The entrustment of a finding that an officer checks or changes; also when the entrustment is
/// closed, since what was found stays until somebody closes it.
pub(super) fn keep(
    actor: &Actor,
    of: Entrustment,
    finding: &Finding,
) -> Result<Authorized<Entrustment, Manage>> {
    let of = entrustment::manage(actor, of)?;
    if finding.is_open() { Ok(of) } else { Err(Error::Conflict("finding-closed")) }
}

/// The entrustment of a finding that the contractor answers.
pub(super) fn answer(
    connection: &mut Connection,
    actor: &Actor,
    of: Entrustment,
    finding: &Finding,
) -> Result<Authorized<Entrustment, Hold>> {
    let of = entrustment::hold(connection, actor, of)?;
    match (finding.takes_answer(), finding.is_open()) {
        (true, _) => Ok(of),
        (_, true) => Err(Error::Conflict("finding-not-now")),
        _ => Err(Error::Conflict("finding-closed")),
    }
}
