//! Who fetches files, answers for them, and takes them back.

use super::model::{Download, Parcel};
use super::rules;
use crate::actor::{Actor, Authorized, Role};
use crate::clock::Timestamp;
use crate::database::Connection;
use crate::entrustment::{self, Entrustment, HOLDERS, KEEPERS, Side, WRITERS};
use crate::error::{Error, Result};
use crate::handover::model::{Deletion, Delivery, Handover, HandoverStatus, ReceivingParty};
use crate::handover::policy::Of;
use crate::rulebook::Party;

/// Fetching files.
#[derive(Debug)]
pub(super) struct Fetch;

/// Speaking for a recipient: that it is the wrong one, that what it had is deleted.
#[derive(Debug)]
pub(super) struct Answer;

/// Proving by a code to be the recipient.
#[derive(Debug)]
pub(super) struct Prove;

/// Taking a hand-over back.
#[derive(Debug)]
pub(super) struct Recall;

/// Telling a recipient its code.
#[derive(Debug)]
pub(super) struct Tell;

/// What the portal does by itself: making ready, ending, reminding.
#[derive(Debug)]
pub(super) struct Run;

/// Who receives, on either side.
pub(super) const RECEIVERS: &[Role] = WRITERS;

/// Why nothing more can be fetched.
pub(super) const OVER: &str = "error-handover-over";

/// The part, if the member fetches for its side and there still is something to fetch. It was looked
/// up among what came to the member's organisation.
///
/// # Errors
/// [`Error::Forbidden`] for who only sees it; [`Error::Gone`] once it is over.
pub(super) fn fetch(
    actor: &Actor,
    parcel: Parcel,
    now: Timestamp,
) -> Result<Authorized<Parcel, Fetch>> {
    receives(actor, &parcel.delivery)?;
    fetched_now(parcel, now)
}

/// The same for an outside recipient, whom a signed link names and who typed the code.
///
/// # Errors
/// [`Error::Forbidden`] before the code; [`Error::Gone`] once it is over.
pub(super) fn fetch_outside(
    parcel: Parcel,
    proved: bool,
    now: Timestamp,
) -> Result<Authorized<Parcel, Fetch>> {
    if parcel.delivery.party != ReceivingParty::Outside || !proved {
        return Err(Error::Forbidden("code"));
    }
    fetched_now(parcel, now)
}

fn fetched_now(parcel: Parcel, now: Timestamp) -> Result<Authorized<Parcel, Fetch>> {
    if !rules::is_open(&parcel.handover, &parcel.delivery, now) {
        return Err(Error::Gone(OVER));
    }
    Ok(Authorized::by_policy(parcel))
}

/// The part and a download of it, if the session or visitor took that and it may still go on.
///
/// # Errors
/// [`Error::NotFound`] for everybody else's; [`Error::Gone`] once it is over.
pub(super) fn resume(
    parcel: Parcel,
    download: Download,
    bound: &[String],
    now: Timestamp,
) -> Result<Authorized<(Parcel, Download), Fetch>> {
    if download.delivery_id != parcel.delivery.id || !bound.contains(&download.bound_to) {
        return Err(Error::NotFound);
    }
    if !rules::is_open(&parcel.handover, &parcel.delivery, now) {
        return Err(Error::Gone(OVER));
    }
    if !rules::goes_on(&download, now) {
        return Err(Error::Gone("error-handover-ticket"));
    }
    Ok(Authorized::by_policy((parcel, download)))
}

/// The same for what the portal notes when an answer has ended, whatever has happened meanwhile.
pub(super) fn note(parcel: Parcel, download: Download) -> Authorized<(Parcel, Download), Fetch> {
    Authorized::by_policy((parcel, download))
}

/// The part, if the member speaks for its side.
///
/// # Errors
/// [`Error::Forbidden`] for who only sees it.
pub(super) fn answer(actor: &Actor, parcel: Parcel) -> Result<Authorized<Parcel, Answer>> {
    receives(actor, &parcel.delivery)?;
    Ok(Authorized::by_policy(parcel))
}

/// The same for whoever follows the link that went to an outside recipient's address: it may say
/// that it is the wrong one before it has a code, and answers for what it fetched.
///
/// # Errors
/// [`Error::NotFound`] for a member's part.
pub(super) fn answer_outside(parcel: Parcel) -> Result<Authorized<Parcel, Answer>> {
    match parcel.delivery.party {
        ReceivingParty::Outside => Ok(Authorized::by_policy(parcel)),
        _ => Err(Error::NotFound),
    }
}

/// The part of an outside recipient who types a code.
///
/// # Errors
/// [`Error::Gone`] once it is over.
pub(super) fn prove(parcel: Parcel, now: Timestamp) -> Result<Authorized<Parcel, Prove>> {
    let outside = parcel.delivery.party == ReceivingParty::Outside;
    if !outside || !rules::is_open(&parcel.handover, &parcel.delivery, now) {
        return Err(Error::Gone(OVER));
    }
    Ok(Authorized::by_policy(parcel))
}

/// The hand-over, if the actor is of the side that sent it and it isn't over.
///
/// # Errors
/// [`Error::NotFound`] for the other side; [`Error::Conflict`] before it was sent and once it is over.
pub(super) fn recall(
    connection: &mut Connection,
    actor: &Actor,
    entrustment: Entrustment,
    handover: Handover,
) -> Result<Authorized<Of, Recall>> {
    let of = sends(connection, actor, entrustment, handover)?;
    if of.1.status != HandoverStatus::Sent {
        return Err(Error::Conflict("handover-delivery-not-sent"));
    }
    Ok(Authorized::by_policy(of))
}

/// A hand-over, its entrustment and one of its recipients.
pub(super) type OfOne = (Entrustment, Handover, Delivery);

/// An outside recipient's part, if the actor is of the side that sent it and tells the code.
///
/// # Errors
/// As [`recall`]; [`Error::NotFound`] for a recipient without a code.
pub(super) fn tell(
    connection: &mut Connection,
    actor: &Actor,
    (entrustment, handover, delivery): OfOne,
    now: Timestamp,
) -> Result<Authorized<OfOne, Tell>> {
    let (entrustment, handover) = sends(connection, actor, entrustment, handover)?;
    if delivery.party != ReceivingParty::Outside || delivery.code.is_empty() {
        return Err(Error::NotFound);
    }
    if !rules::is_open(&handover, &delivery, now) {
        return Err(Error::Conflict("handover-delivery-not-sent"));
    }
    Ok(Authorized::by_policy((entrustment, handover, delivery)))
}

/// A hand-over for what the portal does by itself.
///
/// # Errors
/// [`Error::Forbidden`] for a person.
pub(super) fn run<T>(actor: &Actor, of: T) -> Result<Authorized<T, Run>> {
    match actor {
        Actor::System | Actor::Operator => Ok(Authorized::by_policy(of)),
        _ => Err(Error::Forbidden("system")),
    }
}

/// Whether the actor is of the side that sent a hand-over: for what a page offers.
pub(super) fn is_sender(
    connection: &mut Connection,
    actor: &Actor,
    entrustment: &Entrustment,
    of: &Handover,
) -> bool {
    sends(connection, actor, entrustment.clone(), of.clone()).is_ok()
}

/// The hand-over, if the actor is of the side that sent it. What was sent is looked after when its
/// entrustment is closed, too.
fn sends(
    connection: &mut Connection,
    actor: &Actor,
    entrustment: Entrustment,
    handover: Handover,
) -> Result<Of> {
    let member = actor.member().ok_or(Error::SignIn)?;
    let own = match entrustment::side(connection, actor, &entrustment)? {
        Side::Principal => (Party::Principal, KEEPERS),
        Side::Contractor | Side::Above => (Party::Contractor, HOLDERS),
    };
    if handover.sender != own.0 {
        return Err(Error::NotFound);
    }
    if !own.1.contains(&member.role) {
        return Err(Error::Forbidden("role"));
    }
    Ok((entrustment, handover))
}

/// Whether a member acts for the side to which a part went.
fn receives(actor: &Actor, delivery: &Delivery) -> Result<()> {
    let member = actor.member().ok_or(Error::SignIn)?;
    let roles = match delivery.party {
        ReceivingParty::Principal => KEEPERS,
        ReceivingParty::Contractor | ReceivingParty::SubContractor => HOLDERS,
        ReceivingParty::Outside => return Err(Error::NotFound),
    };
    if roles.contains(&member.role) { Ok(()) } else { Err(Error::Forbidden("role")) }
}

/// Whether a member acts for the side to which a part went: for what a page offers.
pub(super) fn is_receiver(actor: &Actor, delivery: &Delivery) -> bool {
    receives(actor, delivery).is_ok()
}

/// Whether something is still to be said about what was taken back.
pub(super) fn may_answer(delivery: &Delivery) -> bool {
    matches!(delivery.deletion, Deletion::Asked | Deletion::NotDeleted)
}
