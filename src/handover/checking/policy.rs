//! Who sees the first rows of a file.

use crate::actor::{Actor, Authorized, Role};
use crate::database::Connection;
use crate::entrustment::{self, Entrustment};
use crate::error::{Error, Result};
use crate::handover::model::{Handover, HandoverStatus};
use crate::handover::policy::Of;
use crate::rulebook::Party;

/// Looking at the first rows of a file.
#[derive(Debug)]
pub(super) struct Preview;

/// Who does: an auditor reads what happened, not the data.
pub(super) const READERS: &[Role] =
    &[Role::Administrator, Role::Officer, Role::Approver, Role::Representative, Role::Handler];

/// The hand-over, if the actor may look into its files before they leave: the side that hands over,
/// and the principal's people who decide on what a contractor proposes.
///
/// # Errors
/// [`Error::NotFound`] for who doesn't see the hand-over; [`Error::Forbidden`] for auditors;
/// [`Error::Conflict`] once it has left: then it is for its recipients.
pub(super) fn preview(
    connection: &mut Connection,
    actor: &Actor,
    entrustment: Entrustment,
    handover: Handover,
) -> Result<Authorized<Of, Preview>> {
    let member = actor.member().ok_or(Error::SignIn)?;
    if !READERS.contains(&member.role) {
        return Err(Error::Forbidden("role"));
    }
    let proposed = matches!(handover.status, HandoverStatus::Proposed | HandoverStatus::Approved);
    let sees = if member.role.is_principal() {
        handover.sender == Party::Principal || proposed
    } else {
        handover.sender == Party::Contractor
            && entrustment::side(connection, actor, &entrustment)? != entrustment::Side::Principal
    };
    if !sees {
        return Err(Error::NotFound);
    }
    if !handover.status.is_editable() && !proposed {
        return Err(Error::Conflict("handover-preview-left"));
    }
    Ok(Authorized::by_policy((entrustment, handover)))
}
