//! Who writes, attests, decides and closes.

use super::model::{Disposal, DisposalStatus};
use super::store::closing::Proposal;
use crate::actor::{Actor, Authorized, Role};
use crate::database::Connection;
use crate::entrustment::{self, Entrustment, EntrustmentStatus};
use crate::error::{Error, Result};
use crate::four_eyes::{self, Asked};
use crate::organisation::FourEyes;

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

/// Whether an entrustment is closed by somebody else than who proposes it.
///
/// # Errors
/// Those of the database.
pub(super) fn by_another(connection: &mut Connection, of: &Entrustment) -> Result<bool> {
    four_eyes::demanded(connection, of.tenant_id, FourEyes::Closing)
}

/// By what a closing is proposed.
const PROPOSED: &[&str] = &["entrustment.closing_proposed"];

/// The entrustment, if the actor closes it for its principal: not who proposed it, in whatever role.
///
/// # Errors
/// [`Error::Forbidden`] for the others; [`Error::Conflict`] when nothing is proposed or it is closed.
pub(super) fn approve_closing(
    connection: &mut Connection,
    actor: &Actor,
    of: Entrustment,
    proposal: Option<&Proposal>,
) -> Result<Authorized<Entrustment, entrustment::Decide>> {
    let of = entrustment::decide(actor, of)?;
    let proposal = proposal.ok_or(Error::Conflict("closing-not-proposed"))?;
    let asked = Asked {
        what: FourEyes::Closing,
        tenant: of.tenant_id,
        subject: proposal.id.as_str(),
        acts: PROPOSED,
    };
    four_eyes::decided_by_another(connection, actor, &asked)?;
    Ok(of)
}

/// Refusing to close, or taking a proposal back.
#[derive(Debug)]
pub(super) struct RefuseClosing;

/// Who refuses to close: who decides, and who looks after the entrustment and proposed it.
pub(super) const REFUSERS: &[Role] = &[Role::Administrator, Role::Officer, Role::Approver];

/// The entrustment, if the actor may refuse to close it or take the proposal back.
///
/// # Errors
/// [`Error::Forbidden`] for the others; [`Error::Conflict`] when it is closed.
pub(super) fn refuse_closing(
    actor: &Actor,
    of: Entrustment,
) -> Result<Authorized<Entrustment, RefuseClosing>> {
    let member = actor.member().ok_or(Error::SignIn)?;
    if !REFUSERS.contains(&member.role) || member.organisation_id != of.tenant_id {
        return Err(Error::Forbidden("role"));
    }
    entrustment::open(&of)?;
    Ok(Authorized::by_policy(of))
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
