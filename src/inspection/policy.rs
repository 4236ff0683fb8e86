//! Who may do what to an inspection: the principal's officers plan, hold and close; the
//! contractor's people answer.

use super::model::{Inspection, InspectionStatus as Status};
use crate::actor::{Actor, Authorized};
use crate::database::Connection;
use crate::entrustment::{self, Entrustment, Hold, Manage};
use crate::error::{Error, Result};

/// The entrustment for which an officer plans an inspection.
pub(super) fn plan(actor: &Actor, of: Entrustment) -> Result<Authorized<Entrustment, Manage>> {
    let of = entrustment::manage(actor, of)?;
    entrustment::open(&of)?;
    Ok(of)
}

/// The same of an inspection that isn't held yet.
pub(super) fn hold(
    actor: &Actor,
    of: Entrustment,
    inspection: &Inspection,
) -> Result<Authorized<Entrustment, Manage>> {
    let of = plan(actor, of)?;
    expect(inspection, &[Status::Planned])?;
    Ok(of)
}

/// The same of one that is held and not closed.
pub(super) fn close(
    actor: &Actor,
    of: Entrustment,
    inspection: &Inspection,
) -> Result<Authorized<Entrustment, Manage>> {
    let of = entrustment::manage(actor, of)?;
    expect(inspection, &[Status::Held, Status::Answered])?;
    Ok(of)
}

/// The entrustment of an inspection to which the contractor answers.
pub(super) fn answer(
    connection: &mut Connection,
    actor: &Actor,
    of: Entrustment,
    inspection: &Inspection,
) -> Result<Authorized<Entrustment, Hold>> {
    let of = entrustment::hold(connection, actor, of)?;
    expect(inspection, &[Status::Held])?;
    Ok(of)
}

/// Who adds photographs and documents.
pub(super) enum Attaching {
    /// An officer.
    Keeper(Authorized<Entrustment, Manage>),
    /// The contractor's people: what was asked for, or what belongs to the answer.
    Holder(Authorized<Entrustment, Hold>),
}

/// Either side adds files until the inspection is closed.
pub(super) fn attach(
    connection: &mut Connection,
    actor: &Actor,
    of: Entrustment,
    inspection: &Inspection,
) -> Result<Attaching> {
    let member = actor.member().ok_or(Error::SignIn)?;
    let attaching = if member.role.is_principal() {
        Attaching::Keeper(plan(actor, of)?)
    } else {
        Attaching::Holder(entrustment::hold(connection, actor, of)?)
    };
    expect(inspection, &[Status::Planned, Status::Held, Status::Answered])?;
    Ok(attaching)
}

fn expect(inspection: &Inspection, statuses: &[Status]) -> Result<()> {
    match inspection.status {
        status if statuses.contains(&status) => Ok(()),
        Status::Closed => Err(Error::Conflict("inspection-closed")),
        _ => Err(Error::Conflict("inspection-not-now")),
    }
}
