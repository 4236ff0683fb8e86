//! Who enters transmissions, and who confirms them: the other side.

use super::model::{Confirmation, Transmission};
use crate::actor::{Actor, Authorized, Role};
use crate::database::Connection;
use crate::entrustment::{self, Entrustment};
use crate::error::{Error, Result};
use crate::rulebook::Party;

/// Entering or correcting a transmission.
#[derive(Debug)]
pub(super) struct Enter;

/// Confirming or disputing what the other side entered.
#[derive(Debug)]
pub(super) struct Confirm;

/// Who enters and confirms, on either side.
pub const WRITERS: &[Role] =
    &[Role::Administrator, Role::Officer, Role::Representative, Role::Handler];

/// An entrustment, the side that enters, and the transmission that it corrects.
#[derive(Clone, Debug)]
pub(super) struct Entering {
    pub entrustment: Entrustment,
    pub side: Party,
    pub known: Option<Transmission>,
}

/// What the actor may enter: a new transmission, or a correction of what its own side entered and
/// the other side hasn't confirmed.
pub(super) fn enter(
    connection: &mut Connection,
    actor: &Actor,
    entrustment: Entrustment,
    known: Option<Transmission>,
) -> Result<Authorized<Entering, Enter>> {
    let (entrustment, side) = side(connection, actor, entrustment)?;
    if let Some(known) = &known {
        if known.entered_by != side {
            return Err(Error::Forbidden("side"));
        }
        if known.confirmation == Confirmation::Confirmed {
            return Err(Error::Conflict("transmission-confirmed"));
        }
    }
    Ok(Authorized::by_policy(Entering { entrustment, side, known }))
}

/// What the hand-over desk enters by itself for the side that sent, when a recipient fetched it: the
/// desk let it go, whoever acts now.
pub(super) fn handed_over(entrustment: &Entrustment, side: Party) -> Authorized<Entering, Enter> {
    let entrustment = entrustment.clone();
    Authorized::by_policy(Entering { entrustment, side, known: None })
}

/// The transmission, if the actor is of the side that is to confirm it.
pub(super) fn confirm(
    connection: &mut Connection,
    actor: &Actor,
    entrustment: Entrustment,
    transmission: Transmission,
) -> Result<Authorized<(Entrustment, Transmission), Confirm>> {
    let (entrustment, side) = side(connection, actor, entrustment)?;
    if transmission.entered_by == side {
        return Err(Error::Forbidden("side"));
    }
    if transmission.confirmation != Confirmation::Waiting {
        return Err(Error::Conflict("transmission-settled"));
    }
    Ok(Authorized::by_policy((entrustment, transmission)))
}

/// The side for which the actor writes.
fn side(
    connection: &mut Connection,
    actor: &Actor,
    entrustment: Entrustment,
) -> Result<(Entrustment, Party)> {
    let member = actor.member().ok_or(Error::SignIn)?;
    if member.role.is_principal() {
        let own = entrustment::manage(actor, entrustment)?.into_inner();
        entrustment::open(&own)?;
        return Ok((own, Party::Principal));
    }
    let held = entrustment::hold(connection, actor, entrustment)?.into_inner();
    Ok((held, Party::Contractor))
}
