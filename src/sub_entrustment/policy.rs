//! Who may apply for a sub-entrustment and decide on it, and when.

use super::model::{Application, ApplicationStatus};
use crate::actor::{Actor, Authorized};
use crate::database::Connection;
use crate::entrustment::rules::SubEntrustment;
use crate::entrustment::{self, Decide, Entrustment, Represent, Side};
use crate::error::{Error, Result};
use crate::four_eyes::{self, Asked};
use crate::organisation::FourEyes;

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

/// By what a sub-entrustment is asked for; a renewal is an application of its own.
const ASKED: &[&str] = &["sub_entrustment.applied", "sub_entrustment.changed"];

/// The entrustment, if the actor may decide on the application: not who applied or changed it, in
/// whatever role.
///
/// # Errors
/// [`Error::Forbidden`] for the others; [`Error::Conflict`] when it is closed or decided.
pub(super) fn decide(
    connection: &mut Connection,
    actor: &Actor,
    entrustment: Entrustment,
    application: &Application,
) -> Result<Authorized<Entrustment, Decide>> {
    let entrustment = entrustment::decide(actor, entrustment)?;
    waiting(application)?;
    let asked = Asked {
        what: FourEyes::SubEntrustments,
        tenant: application.tenant_id,
        subject: application.id.as_str(),
        acts: ASKED,
    };
    four_eyes::decided_by_another(connection, actor, &asked)?;
    Ok(entrustment)
}
