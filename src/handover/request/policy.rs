//! Who asks, who takes a request back, and who answers.

use super::super::model::{Request, RequestStatus};
use super::super::policy::side;
use crate::actor::{Actor, Authorized};
use crate::database::Connection;
use crate::entrustment::Entrustment;
use crate::error::{Error, Result};
use crate::rulebook::Party;

/// Asking the other side to hand something over.
#[derive(Debug)]
pub(super) struct Ask;

/// Taking a request back.
#[derive(Debug)]
pub(super) struct Withdraw;

/// An entrustment with the side that is asked.
pub(super) type Asking = (Entrustment, Party);

/// The entrustment with the side that the actor may ask: the other one.
///
/// # Errors
/// [`Error::Forbidden`] for who hands nothing over; [`Error::Conflict`] when it is closed.
pub(super) fn ask(
    connection: &mut Connection,
    actor: &Actor,
    entrustment: Entrustment,
) -> Result<Authorized<Asking, Ask>> {
    let (entrustment, own) = side(connection, actor, entrustment)?;
    Ok(Authorized::by_policy((entrustment, other(own))))
}

/// The request, if the actor is of the side that asked and it is still open.
///
/// # Errors
/// [`Error::Forbidden`] for the other side; [`Error::Conflict`] when it was settled.
pub(super) fn withdraw(
    connection: &mut Connection,
    actor: &Actor,
    entrustment: Entrustment,
    request: Request,
) -> Result<Authorized<(Entrustment, Request), Withdraw>> {
    let (entrustment, own) = side(connection, actor, entrustment)?;
    if request.asked == own {
        return Err(Error::Forbidden("role"));
    }
    if request.status != RequestStatus::Open {
        return Err(Error::Conflict("handover-request-settled"));
    }
    Ok(Authorized::by_policy((entrustment, request)))
}

/// Whether the actor may answer the request by a hand-over.
pub(super) fn may_answer(
    connection: &mut Connection,
    actor: &Actor,
    entrustment: Entrustment,
    request: &Request,
) -> bool {
    request.status == RequestStatus::Open
        && side(connection, actor, entrustment).is_ok_and(|(_, own)| own == request.asked)
}

/// The other side.
pub(super) fn other(own: Party) -> Party {
    match own {
        Party::Principal => Party::Contractor,
        _ => Party::Principal,
    }
}
