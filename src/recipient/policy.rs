//! Who proposes, registers and decides on recipients.

use super::model::{Recipient, RecipientStatus};
use crate::actor::{Actor, Authorized, Role};
use crate::database::Connection;
use crate::entrustment::{self, Entrustment};
use crate::error::{Error, Result};
use crate::four_eyes::{self, Asked};
use crate::organisation::FourEyes;

/// Entering a recipient.
#[derive(Debug)]
pub(super) struct Register;

/// Approving or refusing.
#[derive(Debug)]
pub(super) struct Decide;

/// Taking a recipient off the list.
#[derive(Debug)]
pub(super) struct End;

/// Who decides for the principal.
pub(super) const DECIDERS: &[Role] = &[Role::Administrator, Role::Officer, Role::Approver];

/// An entrustment with the status that a recipient gets when the actor enters it.
pub(super) type Entering = (Entrustment, RecipientStatus);

/// The entrustment, if the actor may enter a recipient: the contractor proposes; so does the
/// principal's officer where a second person approves, and registers at once where not.
pub(super) fn register(
    connection: &mut Connection,
    actor: &Actor,
    entrustment: Entrustment,
) -> Result<Authorized<Entering, Register>> {
    let member = actor.member().ok_or(Error::SignIn)?;
    if member.role.is_principal() {
        let own = entrustment::manage(actor, entrustment)?.into_inner();
        entrustment::open(&own)?;
        let waits = four_eyes::demanded(connection, own.tenant_id, FourEyes::Recipients)?;
        let status = if waits { RecipientStatus::Proposed } else { RecipientStatus::Approved };
        return Ok(Authorized::by_policy((own, status)));
    }
    let held = entrustment::hold(connection, actor, entrustment)?.into_inner();
    Ok(Authorized::by_policy((held, RecipientStatus::Proposed)))
}

/// By what a recipient is asked for.
const ASKED: &[&str] = &["recipient.proposed"];

/// The recipient, if the actor may decide on it: not who proposed it, in whatever role.
pub(super) fn decide(
    connection: &mut Connection,
    actor: &Actor,
    entrustment: Entrustment,
    recipient: Recipient,
) -> Result<Authorized<(Entrustment, Recipient), Decide>> {
    let member = actor.member().ok_or(Error::SignIn)?;
    if !DECIDERS.contains(&member.role) || member.organisation_id != entrustment.tenant_id {
        return Err(Error::Forbidden("role"));
    }
    entrustment::open(&entrustment)?;
    if recipient.status != RecipientStatus::Proposed {
        return Err(Error::Conflict("recipient-decided"));
    }
    let asked = Asked {
        what: FourEyes::Recipients,
        tenant: recipient.tenant_id,
        subject: recipient.id.as_str(),
        acts: ASKED,
    };
    four_eyes::decided_by_another(connection, actor, &asked)?;
    Ok(Authorized::by_policy((entrustment, recipient)))
}

/// The recipient, if the actor may take it off the list: whoever may enter one.
pub(super) fn end(
    connection: &mut Connection,
    actor: &Actor,
    entrustment: Entrustment,
    recipient: Recipient,
) -> Result<Authorized<(Entrustment, Recipient), End>> {
    let (entrustment, _) = register(connection, actor, entrustment)?.into_inner();
    if !matches!(recipient.status, RecipientStatus::Approved | RecipientStatus::Proposed) {
        return Err(Error::Conflict("recipient-decided"));
    }
    Ok(Authorized::by_policy((entrustment, recipient)))
}
