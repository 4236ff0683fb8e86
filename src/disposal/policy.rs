//! Who writes, attests, decides and closes.

use super::model::{Disposal, DisposalStatus};
use crate::actor::{Actor, Authorized, Role};
use crate::entrustment::{self, Entrustment, EntrustmentStatus};
use crate::error::{Error, Result};

/// Opening again what was closed.
#[derive(Debug)]
pub struct Reopen;

/// Who opens again what was closed.
pub const REOPENERS: &[Role] = &[Role::Administrator];

/// The entrustment, if the actor accepts or returns disposals of it, and closes it.
///
/// # Errors
/// [`Error::Forbidden`] for everybody but officers and administrators; [`Error::Conflict`] when it is closed.
pub fn look_after(
    actor: &Actor,
    entrustment: Entrustment,
) -> Result<Authorized<Entrustment, entrustment::Manage>> {
    let entrustment = entrustment::manage(actor, entrustment)?;
    entrustment::open(&entrustment)?;
    Ok(entrustment)
}

/// The closed entrustment, if the actor may open it again.
///
/// # Errors
/// [`Error::Forbidden`] for everybody but an administrator; [`Error::Conflict`] when it isn't closed.
pub fn reopen(actor: &Actor, entrustment: Entrustment) -> Result<Authorized<Entrustment, Reopen>> {
    let member = actor.member().ok_or(Error::SignIn)?;
    if !REOPENERS.contains(&member.role) || member.organisation_id != entrustment.tenant_id {
        return Err(Error::Forbidden("role"));
    }
    match entrustment.status {
        EntrustmentStatus::Closed => Ok(Authorized::by_policy(entrustment)),
        EntrustmentStatus::Active => Err(Error::Conflict("closing-error-not-closed")),
    }
}

/// Only what is a draft or was returned is written in.
///
/// # Errors
/// [`Error::Conflict`].
pub fn written(disposal: &Disposal) -> Result<()> {
    if disposal.status.is_written() {
        Ok(())
    } else {
        Err(Error::Conflict("disposal-error-not-written"))
    }
}

/// Only what was attested is decided.
///
/// # Errors
/// [`Error::Conflict`].
pub fn decidable(disposal: &Disposal) -> Result<()> {
    if disposal.status == DisposalStatus::Attested {
        Ok(())
    } else {
        Err(Error::Conflict("disposal-error-not-attested"))
    }
}
