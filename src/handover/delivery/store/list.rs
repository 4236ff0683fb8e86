//! What came to an organisation.

use diesel::prelude::*;
use serde::Serialize;

use super::{LEFT, Row, columns, parcel, parcels};
use crate::actor::{Member, OrganisationId};
use crate::clock::Timestamp;
use crate::database::Connection;
use crate::database::schema::{
    contractor, entrustment as e, entrustment_ancestor as a, handover as h, handover_delivery as d,
    organisation,
};
use crate::entrustment::{self, Entrustment, EntrustmentId};
use crate::error::Result;
use crate::handover::delivery::model::{About, Parcel};
use crate::handover::delivery::rules::{Standing, standing};
use crate::handover::{Delivery, DeliveryId, Handover, HandoverStatus, ReceivingParty};
use crate::rulebook::Party;
use crate::web::paging::{ListQuery, PAGE_SIZE, Page};

/// What came to the member's organisation and is for its eyes: to a principal by division and role,
/// to a contractor what is entrusted to it itself, not what it re-entrusted.
macro_rules! mine {
    ($member:expr) => {{
        let member: &Member = $member;
        let own = member.organisation_id;
        let left = parcels!().filter(h::sent_at.is_not_null()).filter(h::status.eq_any(LEFT));
        if member.role.is_principal() {
            entrustment::seen!(left, member).filter(d::party.eq(ReceivingParty::Principal))
        } else {
            let holder = diesel::alias!(contractor as receiving_contractor);
            let registered = || holder.filter(holder.field(contractor::organisation_id).eq(own));
            let held = a::table
                .filter(a::distance.eq(0))
                .filter(
                    a::tenant_id.eq_any(registered().select(holder.field(contractor::tenant_id))),
                )
                .filter(a::contractor_id.eq_any(registered().select(holder.field(contractor::id))))
                .select(a::entrustment_id.nullable());
            let to_it =
                d::party.eq(ReceivingParty::Contractor).and(contractor::organisation_id.eq(own));
            let below = d::party.eq(ReceivingParty::SubContractor).and(d::below_id.eq_any(held));
            left.into_boxed().filter(to_it.or(below))
        }
    }};
}

/// Keeps to a status.
macro_rules! kept {
    ($rows:expr, $status:expr, $now:expr) => {{
        let rows = $rows;
        let now: Timestamp = $now;
        let not_recalled = h::status.ne(HandoverStatus::Recalled);
        match $status {
            None => rows,
            Some(Standing::Refused) => rows.filter(d::refused_at.is_not_null()),
            Some(Standing::Recalled) => {
                rows.filter(d::refused_at.is_null()).filter(h::status.eq(HandoverStatus::Recalled))
            }
            Some(Standing::Received) => rows
                .filter(d::refused_at.is_null())
                .filter(d::received_at.is_not_null())
                .filter(not_recalled),
            Some(Standing::Waiting) => rows
                .filter(d::refused_at.is_null())
                .filter(d::received_at.is_null())
                .filter(h::status.eq(HandoverStatus::Sent))
                .filter(h::valid_until.gt(now)),
            Some(Standing::Over) => rows
                .filter(d::refused_at.is_null())
                .filter(d::received_at.is_null())
                .filter(not_recalled)
                .filter(h::status.eq(HandoverStatus::Ended).or(h::valid_until.le(now))),
        }
    }};
}

/// A line of the list.
#[derive(Clone, Debug, Serialize)]
pub(in crate::handover::delivery) struct ReceivedRow {
    /// The part.
    pub id: DeliveryId,
    /// When it left.
    pub sent_at: Option<Timestamp>,
    /// Until when it can be fetched.
    pub valid_until: Option<Timestamp>,
    /// For what.
    pub purpose: String,
    /// Who sends.
    pub sender: String,
    /// The entrustment as the reader knows it.
    pub about: About,
    /// How it stands.
    pub standing: Standing,
    /// In which tone that is shown.
    pub tone: &'static str,
}

/// A page of what came to the member's organisation, newest first.
pub(in crate::handover::delivery) fn page(
    c: &mut Connection,
    member: &Member,
    query: &ListQuery,
    now: Timestamp,
) -> Result<Page<ReceivedRow>> {
    let status = query.status.parse::<Standing>().ok();
    let total: i64 = kept!(mine!(member), status, now).count().get_result(c)?;
    let rows: Vec<Row> = kept!(mine!(member), status, now)
        .order((h::sent_at.desc(), d::id.desc()))
        .offset(query.offset())
        .limit(PAGE_SIZE)
        .select(columns!())
        .load(c)?;
    let below = below(c, &rows)?;
    let rows = rows.into_iter().map(|row| line(row, &below, now)).collect();
    Ok(Page::new(rows, total, query, "sent_at"))
}

/// The entrustments by which sub-contractors know their parts, in one query.
fn below(c: &mut Connection, rows: &[Row]) -> Result<Vec<Entrustment>> {
    let ids: Vec<EntrustmentId> = rows.iter().filter_map(|row| row.1.below_id).collect();
    let tenants: Vec<OrganisationId> = rows.iter().map(|row| row.1.tenant_id).collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    Ok(e::table
        .filter(e::tenant_id.eq_any(tenants))
        .filter(e::id.eq_any(ids))
        .select(Entrustment::as_select())
        .load(c)?)
}

fn line(row: Row, below: &[Entrustment], now: Timestamp) -> ReceivedRow {
    let (handover, delivery, entrustment, principal, contractor) = row;
    let known = below.iter().find(|one| Some(one.id) == delivery.below_id);
    let standing = standing(&handover, &delivery, now);
    ReceivedRow {
        id: delivery.id,
        sent_at: handover.sent_at,
        valid_until: handover.valid_until,
        purpose: handover.purpose,
        sender: if handover.sender == Party::Contractor { contractor } else { principal },
        about: About::of(known.unwrap_or(&entrustment)),
        standing,
        tone: standing.tone(),
    }
}

/// One part, when it came to the member's organisation and is for its eyes.
///
/// # Errors
/// [`crate::error::Error::NotFound`] alike when it isn't there and when it is somebody else's.
pub(in crate::handover::delivery) fn find_received(
    c: &mut Connection,
    member: &Member,
    id: DeliveryId,
) -> Result<Parcel> {
    let row: Row = mine!(member).filter(d::id.eq(id)).select(columns!()).first(c)?;
    parcel(c, row)
}
