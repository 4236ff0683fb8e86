//! Hand-overs in the database, until they are sent.

mod list;
mod people;

use diesel::prelude::*;
use serde_json::json;

pub(super) use list::{ListQuery, Row, latest, page, waiting, whole};
pub(super) use people::{actor_addresses, approver, makers, proposer};

use super::addressee::Addressee;
use super::command::NewHandover;
use crate::actor::Authorized;
use crate::clock::Timestamp;
use crate::database::schema::{
    handover as t, handover_delivery as d, handover_file as f, handover_request as r,
};
use crate::database::types::json_text;
use crate::database::{Connection, Tx};
use crate::entrustment::{self, Entrustment};
use crate::error::{Error, Result};
use crate::handover::model::{
    Deletion, Delivery, DeliveryId, Direction, FileState, Handover, HandoverId, HandoverStatus,
    Request, RequestId, RequestStatus,
};
use crate::handover::policy::{Begin, Decide, Edit, Of, Release, TakeBack};
use crate::handover::store::deliveries;
use crate::ledger::{self, Fact, NewEntry};
use crate::rulebook::Party;
use crate::transmission::TransmissionId;

/// Takes a hand-over one step on, if it is still as it was read.
macro_rules! step {
    ($tx:expr, $of:expr, $set:expr) => {{
        let tx: &mut Tx<'_> = &mut *$tx;
        let of: &Handover = $of;
        let own = t::table.find((of.tenant_id, of.id)).filter(t::version.eq(of.version));
        let set = ($set, t::version.eq(of.version + 1));
        match diesel::update(own).set(set).execute(tx.connection)? {
            0 => Err(Error::Conflict("error-stale")),
            _ => Ok(()),
        }
    }};
}

/// The columns that the form fills.
#[derive(Insertable, AsChangeset)]
#[diesel(table_name = t)]
struct Columns<'a> {
    direction: Direction,
    purpose: &'a str,
    message: &'a str,
    items: String,
    valid_days: i32,
    downloads: i32,
}

fn columns(new: &NewHandover) -> Result<Columns<'_>> {
    Ok(Columns {
        direction: new.direction,
        purpose: &new.purpose,
        message: &new.message,
        items: json_text(&new.items)?,
        valid_days: new.valid_days,
        downloads: new.downloads,
    })
}

/// What the ledger tells of the words: counts, never the words themselves.
fn told(new: &NewHandover) -> Vec<Fact> {
    vec![
        ("direction", json!(new.direction)),
        ("recipients", json!(new.to.len())),
        ("items", json!(new.items.len())),
        ("valid_days", json!(new.valid_days)),
        ("downloads", json!(new.downloads)),
    ]
}

/// An open request to a side of an entrustment.
pub(super) fn open_request(
    connection: &mut Connection,
    entrustment: &Entrustment,
    side: Party,
    id: RequestId,
) -> Result<Request> {
    Ok(r::table
        .find((entrustment.tenant_id, id))
        .filter(r::entrustment_id.eq(entrustment.id))
        .filter(r::asked.eq(side))
        .filter(r::status.eq(RequestStatus::Open))
        .select(Request::as_select())
        .first(connection)?)
}

/// Begins a hand-over.
pub(super) fn insert(
    tx: &mut Tx<'_>,
    begun: &Authorized<(Entrustment, Party), Begin>,
    new: &NewHandover,
    request: Option<RequestId>,
) -> Result<HandoverId> {
    let (entrustment, side) = &**begun;
    // Two who begin at once get two numbers.
    entrustment::lock(tx, entrustment)?;
    let id = HandoverId::new(tx.now);
    let last: Option<i32> = t::table
        .filter(t::tenant_id.eq(entrustment.tenant_id))
        .filter(t::entrustment_id.eq(entrustment.id))
        .select(diesel::dsl::max(t::position))
        .first(tx.connection)?;
    let row = (
        (t::tenant_id.eq(entrustment.tenant_id), t::id.eq(id)),
        t::entrustment_id.eq(entrustment.id),
        t::position.eq(last.unwrap_or(0) + 1),
        columns(new)?,
        t::sender.eq(*side),
        t::status.eq(HandoverStatus::Draft),
        t::request_id.eq(request),
        (t::created_by_name.eq(tx.actor.name()), t::created_at.eq(tx.now)),
        (t::seal.eq(""), t::proposed_by_name.eq(""), t::decided_by_name.eq("")),
        (t::decision_reason.eq(""), t::recalled_by_name.eq(""), t::recall_reason.eq("")),
        t::version.eq(1),
    );
    diesel::insert_into(t::table).values(row).execute(tx.connection)?;
    for (position, to) in (1..).zip(&new.to) {
        add(tx, entrustment, id, position, to)?;
    }
    entry(tx, entrustment, id, "handover.created", told(new))?;
    Ok(id)
}

fn add(
    tx: &mut Tx<'_>,
    entrustment: &Entrustment,
    of: HandoverId,
    position: i32,
    to: &Addressee,
) -> Result<()> {
    let row = (
        (d::tenant_id.eq(entrustment.tenant_id), d::id.eq(DeliveryId::new(tx.now))),
        (d::handover_id.eq(of), d::position.eq(position)),
        (d::party.eq(to.party), d::recipient_id.eq(to.recipient_id), d::below_id.eq(to.below_id)),
        (d::name.eq(&to.name), d::address.eq(&to.address)),
        (d::code.eq(""), d::guesses.eq(0), d::received_by_name.eq("")),
        (d::deletion.eq(Deletion::NotNeeded), d::deletion_answered_by_name.eq("")),
        (d::deletion_note.eq(""), d::reminded.eq(0), d::version.eq(1)),
    );
    diesel::insert_into(d::table).values(row).execute(tx.connection)?;
    Ok(())
}

/// Changes the words and recipients of a hand-over that is still at `version`. A recipient who stays
/// keeps what was brought for it alone.
pub(super) fn update(
    tx: &mut Tx<'_>,
    edited: &Authorized<Of, Edit>,
    version: i32,
    new: &NewHandover,
) -> Result<()> {
    let (entrustment, handover) = &**edited;
    current(handover, version)?;
    step!(tx, handover, columns(new)?)?;
    let known = deliveries(tx.connection, handover)?;
    for gone in known.iter().filter(|one| !new.to.iter().any(|to| to.is_of(one))) {
        diesel::delete(d::table.find((gone.tenant_id, gone.id))).execute(tx.connection)?;
    }
    for (position, to) in (1..).zip(&new.to) {
        let Some(stays) = known.iter().find(|one| to.is_of(one)) else {
            add(tx, entrustment, handover.id, position, to)?;
            continue;
        };
        diesel::update(d::table.find((stays.tenant_id, stays.id)))
            .set((d::position.eq(position), d::name.eq(&to.name), d::address.eq(&to.address)))
            .execute(tx.connection)?;
    }
    entry(tx, entrustment, handover.id, "handover.changed", told(new))
}

fn current(handover: &Handover, version: i32) -> Result<()> {
    if handover.version == version { Ok(()) } else { Err(Error::Conflict("error-stale")) }
}

/// The recipients for whom alone a file was brought.
pub(super) fn with_own_files(
    connection: &mut Connection,
    of: &Handover,
) -> Result<Vec<DeliveryId>> {
    let found: Vec<Option<DeliveryId>> = f::table
        .filter(f::tenant_id.eq(of.tenant_id))
        .filter(f::handover_id.eq(of.id))
        .filter(f::delivery_id.is_not_null())
        .filter(f::state.ne(FileState::Destroyed))
        .select(f::delivery_id)
        .load(connection)?;
    Ok(found.into_iter().flatten().collect())
}

/// Asks for approval of what is sealed.
pub(super) fn propose(
    tx: &mut Tx<'_>,
    edited: &Authorized<Of, Edit>,
    version: i32,
    seal: &str,
) -> Result<()> {
    let (entrustment, handover) = &**edited;
    current(handover, version)?;
    let set = (
        t::status.eq(HandoverStatus::Proposed),
        t::seal.eq(seal),
        t::proposed_by_name.eq(tx.actor.name()),
        t::proposed_at.eq(Some(tx.now)),
        t::decided_by_name.eq(""),
        t::decided_at.eq(None::<Timestamp>),
        t::decision_reason.eq(""),
    );
    step!(tx, handover, set)?;
    entry(tx, entrustment, handover.id, "handover.proposed", vec![("seal", json!(seal))])
}

/// Approves: it leaves at `release_at`.
pub(super) fn approve(
    tx: &mut Tx<'_>,
    decided: &Authorized<Of, Decide>,
    version: i32,
    release_at: Timestamp,
    reason: &str,
) -> Result<()> {
    let (entrustment, handover) = &**decided;
    current(handover, version)?;
    let set = (
        t::status.eq(HandoverStatus::Approved),
        t::decided_by_name.eq(tx.actor.name()),
        t::decided_at.eq(Some(tx.now)),
        t::decision_reason.eq(reason),
        t::release_at.eq(Some(release_at)),
    );
    step!(tx, handover, set)?;
    let details = vec![("seal", json!(handover.seal))];
    entry(tx, entrustment, handover.id, "handover.approved", details)
}

/// Gives it back with a reason.
pub(super) fn give_back(
    tx: &mut Tx<'_>,
    decided: &Authorized<Of, Decide>,
    version: i32,
    reason: &str,
) -> Result<()> {
    let (entrustment, handover) = &**decided;
    current(handover, version)?;
    let name = tx.actor.name();
    back(tx, handover, (HandoverStatus::Returned, name, reason))?;
    entry(tx, entrustment, handover.id, "handover.returned", vec![])
}

/// Takes it back before it left: to go on with, or, when it was approved, as what was given back.
pub(super) fn take_back(
    tx: &mut Tx<'_>,
    taken: &Authorized<Of, TakeBack>,
    reason: &str,
) -> Result<()> {
    let (entrustment, handover) = &**taken;
    if handover.status == HandoverStatus::Proposed {
        back(tx, handover, (HandoverStatus::Draft, "", reason))?;
    } else {
        let name = tx.actor.name();
        back(tx, handover, (HandoverStatus::Returned, name, reason))?;
    }
    entry(tx, entrustment, handover.id, "handover.taken_back", vec![])
}

/// Gives it back because it is no longer what was asked for: found by whoever wanted to approve.
pub(super) fn unseal(
    tx: &mut Tx<'_>,
    decided: &Authorized<Of, Decide>,
    details: Vec<Fact>,
) -> Result<()> {
    let (entrustment, handover) = &**decided;
    back(tx, handover, (HandoverStatus::Returned, "", ""))?;
    entry(tx, entrustment, handover.id, "handover.held_back", details)
}

/// The same found by the portal at the moment of leaving.
pub(super) fn hold_back(
    tx: &mut Tx<'_>,
    leaving: &Authorized<Of, Release>,
    details: Vec<Fact>,
) -> Result<()> {
    let (entrustment, handover) = &**leaving;
    back(tx, handover, (HandoverStatus::Returned, "", ""))?;
    entry(tx, entrustment, handover.id, "handover.held_back", details)
}

/// Makes it editable again. Without a name it was the portal that gave it back.
fn back(
    tx: &mut Tx<'_>,
    handover: &Handover,
    (status, name, reason): (HandoverStatus, &str, &str),
) -> Result<()> {
    let set = (
        t::status.eq(status),
        t::seal.eq(""),
        t::decided_by_name.eq(name),
        t::decided_at.eq(Some(tx.now)),
        t::decision_reason.eq(reason),
        t::release_at.eq(None::<Timestamp>),
    );
    step!(tx, handover, set)
}

/// It leaves: from now on it can be fetched, until its time is up.
pub(super) fn leave(
    tx: &mut Tx<'_>,
    leaving: &Authorized<Of, Release>,
    valid_until: Timestamp,
) -> Result<()> {
    let (entrustment, handover) = &**leaving;
    let set = (
        t::status.eq(HandoverStatus::Sent),
        t::sent_at.eq(Some(tx.now)),
        t::valid_until.eq(Some(valid_until)),
    );
    step!(tx, handover, set)?;
    let details = vec![("seal", json!(handover.seal)), ("downloads", json!(handover.downloads))];
    entry(tx, entrustment, handover.id, "handover.sent", details)
}

/// Gives it up before it was sent.
pub(super) fn discard(tx: &mut Tx<'_>, edited: &Authorized<Of, Edit>, version: i32) -> Result<()> {
    let (entrustment, handover) = &**edited;
    current(handover, version)?;
    let set = (t::status.eq(HandoverStatus::Discarded), t::ended_at.eq(Some(tx.now)));
    step!(tx, handover, set)?;
    entry(tx, entrustment, handover.id, "handover.discarded", vec![])
}

/// Notes what stands in the register of transmissions about a delivery.
pub(super) fn entered(tx: &mut Tx<'_>, delivery: &Delivery, id: TransmissionId) -> Result<()> {
    diesel::update(d::table.find((delivery.tenant_id, delivery.id)))
        .set(d::transmission_id.eq(Some(id)))
        .execute(tx.connection)?;
    Ok(())
}

fn entry(
    tx: &mut Tx<'_>,
    entrustment: &Entrustment,
    id: HandoverId,
    act: &'static str,
    details: Vec<Fact>,
) -> Result<()> {
    ledger::append(
        tx,
        NewEntry {
            tenant_id: entrustment.tenant_id,
            act,
            subject_kind: "handover",
            subject_id: id.as_str(),
            entrustment_id: Some(entrustment.id.as_str()),
            details,
        },
    )
}
