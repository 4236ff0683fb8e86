//! Who puts hand-overs together, decides on them and takes them back.

use super::model::{Direction, Handover, HandoverStatus};
use crate::actor::{Actor, Authorized, Role};
use crate::database::Connection;
use crate::entrustment::{self, Entrustment, WRITERS};
use crate::error::{Error, Result};
use crate::four_eyes;
use crate::ledger;
use crate::rulebook::Party;

/// Putting a hand-over together: words, recipients, files.
#[derive(Debug)]
pub(super) struct Edit;

/// Beginning one.
#[derive(Debug)]
pub(super) struct Begin;

/// Approving or giving back.
#[derive(Debug)]
pub(super) struct Decide;

/// Taking back before it left.
#[derive(Debug)]
pub(super) struct TakeBack;

/// Letting it leave.
#[derive(Debug)]
pub(super) struct Release;

/// An entrustment with one of its hand-overs.
pub(super) type Of = (Entrustment, Handover);

/// Who puts hand-overs together, on either side.
pub(super) const SENDERS: &[Role] = WRITERS;

/// Who decides on them.
pub(super) const APPROVERS: &[Role] =
    &[Role::Administrator, Role::Officer, Role::Approver, Role::Representative, Role::Handler];

/// The acts by which somebody had a hand in what is decided on: whoever did one of them decides nothing.
pub(super) const MAKING: &[&str] = &[
    "handover.created",
    "handover.changed",
    "handover.upload_begun",
    "handover.file_added",
    "handover.file_addressed",
    "handover.file_removed",
    "handover.cut",
    "handover.stop_explained",
    "handover.proposed",
];

/// With whose eyes hand-overs are looked at.
#[derive(Clone, Copy, Debug)]
pub(super) struct Eyes {
    /// The side on which the reader stands.
    pub side: Party,
    /// Whether the reader sees what the contractor proposed before it is sent: who may decide on it.
    pub early: bool,
}

/// With whose eyes the actor looks at the hand-overs of a visible entrustment.
///
/// # Errors
/// [`Error::SignIn`].
pub(super) fn eyes(actor: &Actor) -> Result<Eyes> {
    let member = actor.member().ok_or(Error::SignIn)?;
    let side = if member.role.is_principal() { Party::Principal } else { Party::Contractor };
    Ok(Eyes { side, early: side == Party::Principal && APPROVERS.contains(&member.role) })
}

/// The hand-over of a visible entrustment, if the actor sees it: the side that sends it always; the
/// principal what the contractor sent, and before that who may decide on it; the contractor what was
/// sent to it.
///
/// # Errors
/// [`Error::NotFound`] as if it weren't there.
pub(super) fn see(actor: &Actor, handover: Handover) -> Result<Handover> {
    let eyes = eyes(actor)?;
    let sent = handover.sent_at.is_some();
    let decided_on = matches!(handover.status, HandoverStatus::Proposed | HandoverStatus::Approved);
    let seen = handover.sender == eyes.side
        || match eyes.side {
            Party::Principal => sent || (eyes.early && decided_on),
            _ => sent && handover.direction == Direction::ToContractor,
        };
    if seen { Ok(handover) } else { Err(Error::NotFound) }
}

/// The entrustment and the side for which the actor begins a hand-over.
///
/// # Errors
/// Those of [`side`].
pub(super) fn begin(
    connection: &mut Connection,
    actor: &Actor,
    entrustment: Entrustment,
) -> Result<Authorized<(Entrustment, Party), Begin>> {
    Ok(Authorized::by_policy(side(connection, actor, entrustment)?))
}

/// The side for which the actor hands over, if it does so at all for this entrustment.
///
/// # Errors
/// [`Error::Forbidden`] for who may not; [`Error::Conflict`] when the entrustment is closed.
pub(super) fn side(
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

/// The hand-over, if the actor is of the side that sends it and it may still be changed.
///
/// # Errors
/// [`Error::NotFound`] for the other side, which sees nothing before it was sent; [`Error::Conflict`]
/// when it is no longer being put together.
pub(super) fn edit(
    connection: &mut Connection,
    actor: &Actor,
    entrustment: Entrustment,
    handover: Handover,
) -> Result<Authorized<Of, Edit>> {
    let (entrustment, side) = side(connection, actor, entrustment)?;
    if handover.sender != side {
        return Err(Error::NotFound);
    }
    if !handover.status.is_editable() {
        return Err(Error::Conflict("handover-not-editable"));
    }
    Ok(Authorized::by_policy((entrustment, handover)))
}

/// The hand-over, if the actor may decide on it: somebody of the side that sends it, or the
/// principal's people for what its contractor sends; never who had a hand in it.
///
/// # Errors
/// [`Error::NotFound`] for who doesn't see it; [`Error::Forbidden`] for the others;
/// [`Error::Conflict`] when it doesn't wait for a decision.
pub(super) fn decide(
    connection: &mut Connection,
    actor: &Actor,
    entrustment: Entrustment,
    handover: Handover,
) -> Result<Authorized<Of, Decide>> {
    let handover = see(actor, handover)?;
    approver(actor, &entrustment, &handover)?;
    entrustment::open(&entrustment)?;
    if handover.status != HandoverStatus::Proposed {
        return Err(Error::Conflict("handover-not-proposed"));
    }
    let (tenant, subject) = (handover.tenant_id, handover.id.as_str());
    let persons = ledger::persons_of(connection, tenant, subject, MAKING)?;
    four_eyes::apart(&persons, actor.person_id())?;
    Ok(Authorized::by_policy((entrustment, handover)))
}

/// Whether the actor's role and organisation decide on such a hand-over.
fn approver(actor: &Actor, entrustment: &Entrustment, handover: &Handover) -> Result<()> {
    let member = actor.member().ok_or(Error::SignIn)?;
    let own = if member.role.is_principal() {
        member.organisation_id == entrustment.tenant_id
    } else {
        handover.sender == Party::Contractor
    };
    if own && APPROVERS.contains(&member.role) { Ok(()) } else { Err(Error::Forbidden("role")) }
}

/// The hand-over, if the actor may take it back before it leaves: who sends it as long as it waits
/// for a decision; then also who decides.
///
/// # Errors
/// [`Error::NotFound`] for who doesn't see it; [`Error::Forbidden`] for the others;
/// [`Error::Conflict`] when it left, or never was on its way.
pub(super) fn take_back(
    connection: &mut Connection,
    actor: &Actor,
    entrustment: Entrustment,
    handover: Handover,
) -> Result<Authorized<Of, TakeBack>> {
    let handover = see(actor, handover)?;
    let sends = side(connection, actor, entrustment.clone());
    let sends = sends.is_ok_and(|(_, side)| side == handover.sender);
    match handover.status {
        HandoverStatus::Proposed | HandoverStatus::Approved if sends => {}
        HandoverStatus::Proposed => return Err(Error::Forbidden("role")),
        HandoverStatus::Approved => approver(actor, &entrustment, &handover)?,
        _ => return Err(Error::Conflict("handover-left")),
    }
    Ok(Authorized::by_policy((entrustment, handover)))
}

/// The hand-over, if it is the portal itself that lets it leave.
///
/// # Errors
/// [`Error::Forbidden`] for people.
pub(super) fn release(
    actor: &Actor,
    entrustment: Entrustment,
    handover: Handover,
) -> Result<Authorized<Of, Release>> {
    match actor {
        Actor::System => Ok(Authorized::by_policy((entrustment, handover))),
        _ => Err(Error::Forbidden("system")),
    }
}
