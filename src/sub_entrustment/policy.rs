//! Who may apply for a sub-entrustment, and when.
//!
//! Who decides is the entrustment's own policy ([`crate::entrustment::decide`]).

use super::model::{Application, ApplicationStatus};
use crate::actor::{Actor, Authorized};
use crate::database::Connection;
use crate::entrustment::rules::SubEntrustment;
use crate::entrustment::{self, Entrustment, Represent, Side};
use crate::error::{Error, Result};

/// The entrustment, if the actor speaks for its own contractor: who stands above reads, but applies
/// for nothing in the name of who stands below.
///
/// # Errors
/// [`Error::Forbidden`] for the others; [`Error::Conflict`] when it is closed.
pub(super) fn represent(
    connection: &mut Connection,
    actor: &Actor,
    entrustment: Entrustment,
) -> Result<Authorized<Entrustment, Represent>> {
    let entrustment = entrustment::represent(connection, actor, entrustment)?;
    match entrustment::side(connection, actor, &entrustment)? {
        Side::Contractor => Ok(entrustment),
        _ => Err(Error::Forbidden("side")),
    }
}

/// Whether the handling rules allow to apply at all.
///
/// # Errors
/// [`Error::Conflict`] when they forbid it.
pub(super) fn allowed(entrustment: &Entrustment) -> Result<()> {
    match entrustment.rules.0.sub_entrustment {
        SubEntrustment::WithApproval => Ok(()),
        SubEntrustment::Forbidden => Err(Error::Conflict("sub-entrustment-forbidden-by-rules")),
    }
}

/// Whether an application still waits for its decision.
///
/// # Errors
/// [`Error::Conflict`] when it was decided or withdrawn.
pub(super) fn waiting(application: &Application) -> Result<()> {
    match application.status {
        ApplicationStatus::Applied => Ok(()),
        _ => Err(Error::Conflict("sub-entrustment-over")),
    }
}
