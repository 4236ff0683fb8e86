//! What recipients get, by whom it is looked up, and how it is counted.

mod ending;
mod fetching;
mod list;
mod making;
pub(super) mod sealing;

use diesel::prelude::*;
use serde_json::Value;

use super::model::{About, Download, DownloadId, Parcel};
use crate::actor::OrganisationId;
use crate::database::schema::{
    contractor, entrustment as e, handover as h, handover_delivery as d, handover_download as dl,
    handover_file as f, handover_share as s, organisation,
};
use crate::database::{Connection, Tx};
use crate::entrustment::{Entrustment, EntrustmentId};
use crate::error::{Error, Result};
use crate::handover::{Delivery, DeliveryId, File, Handover, HandoverStatus};
use crate::ledger::{self, Fact, NewEntry};
use crate::organisation::{self as organisations, contractor as contractors};

pub(super) use ending::{
    Waiting, answer, end, mark_reminded, recall, refuse, unended, waiting_page,
};
pub(super) use fetching::{Guess, guess, open_downloads, reserve, settle, take};
pub(super) use list::{ReceivedRow, find_received, page};
pub(super) use making::{make_ready, renew_code, tell_code};

/// The parts of a parcel as they are read.
type Row = (Handover, Delivery, Entrustment, String, String);

/// A hand-over's parts with what is around them. The word of a macro, as the type has no short name.
macro_rules! parcels {
    () => {
        d::table
            .inner_join(h::table.on(h::tenant_id.eq(d::tenant_id).and(h::id.eq(d::handover_id))))
            .inner_join(e::table.on(e::tenant_id.eq(h::tenant_id).and(e::id.eq(h::entrustment_id))))
            .inner_join(contractor::table.on(
                contractor::tenant_id.eq(e::tenant_id).and(contractor::id.eq(e::contractor_id)),
            ))
            .inner_join(organisation::table.on(organisation::id.eq(d::tenant_id)))
    };
}
use parcels;

/// The columns of a parcel.
macro_rules! columns {
    () => {
        (
            Handover::as_select(),
            Delivery::as_select(),
            Entrustment::as_select(),
            organisation::name,
            contractor::name,
        )
    };
}
use columns;

/// What was left of a hand-over: nothing is seen of it before.
const LEFT: [&str; 3] = [
    HandoverStatus::Sent.as_str(),
    HandoverStatus::Recalled.as_str(),
    HandoverStatus::Ended.as_str(),
];

/// A parcel out of its parts. A sub-contractor knows it by its own entrustment.
fn parcel(c: &mut Connection, row: Row) -> Result<Parcel> {
    let (handover, delivery, entrustment, principal, contractor) = row;
    let about = match delivery.below_id {
        Some(below) => About::of(&entrustment_by_id(c, delivery.tenant_id, below)?),
        None => About::of(&entrustment),
    };
    Ok(Parcel { entrustment, about, handover, delivery, principal, contractor })
}

/// A part of a hand-over that has left, by its key: for whoever a signed link names, and for jobs.
pub(super) fn by_key(c: &mut Connection, tenant: OrganisationId, id: DeliveryId) -> Result<Parcel> {
    let row: Row = parcels!()
        .filter(d::tenant_id.eq(tenant))
        .filter(d::id.eq(id))
        .filter(h::sent_at.is_not_null())
        .filter(h::status.eq_any(LEFT))
        .select(columns!())
        .first(c)?;
    parcel(c, row)
}

/// A hand-over's part with what is around it, out of what is at hand already.
pub(super) fn around(
    c: &mut Connection,
    entrustment: &Entrustment,
    handover: &Handover,
    delivery: &Delivery,
) -> Result<Parcel> {
    let tenant = entrustment.tenant_id;
    let principal = organisations::find(c, tenant)?.name;
    let contractor = contractors::find(c, tenant, entrustment.contractor_id)?.name;
    let row = (handover.clone(), delivery.clone(), entrustment.clone(), principal, contractor);
    parcel(c, row)
}

/// An entrustment by its key.
pub(super) fn entrustment_by_id(
    c: &mut Connection,
    tenant: OrganisationId,
    id: EntrustmentId,
) -> Result<Entrustment> {
    let row = e::table.filter(e::tenant_id.eq(tenant)).filter(e::id.eq(id));
    Ok(row.select(Entrustment::as_select()).first(c)?)
}

/// A file for a recipient, and how often it may still fetch it.
pub(super) type Share = (File, i32);

/// What a recipient gets, in the files' order.
pub(super) fn shares(c: &mut Connection, of: &Delivery) -> Result<Vec<Share>> {
    Ok(s::table
        .inner_join(f::table.on(f::tenant_id.eq(s::tenant_id).and(f::id.eq(s::file_id))))
        .filter(s::tenant_id.eq(of.tenant_id))
        .filter(s::delivery_id.eq(of.id))
        .order((f::position.asc(), f::id.asc()))
        .select((File::as_select(), s::downloads_left))
        .load(c)?)
}

/// A download of a recipient, with its file.
pub(super) fn download(
    c: &mut Connection,
    of: &Delivery,
    id: DownloadId,
) -> Result<(Download, File)> {
    Ok(dl::table
        .inner_join(f::table.on(f::tenant_id.eq(dl::tenant_id).and(f::id.eq(dl::file_id))))
        .filter(dl::tenant_id.eq(of.tenant_id))
        .filter(dl::delivery_id.eq(of.id))
        .filter(dl::id.eq(id))
        .select((Download::as_select(), File::as_select()))
        .first(c)?)
}

/// The downloads of a hand-over with the names of their files, newest first.
pub(super) fn downloads(
    c: &mut Connection,
    of: &Handover,
    limit: i64,
) -> Result<Vec<(Download, String)>> {
    Ok(dl::table
        .inner_join(f::table.on(f::tenant_id.eq(dl::tenant_id).and(f::id.eq(dl::file_id))))
        .filter(dl::tenant_id.eq(of.tenant_id))
        .filter(f::handover_id.eq(of.id))
        .order((dl::started_at.desc(), dl::id.desc()))
        .limit(limit)
        .select((Download::as_select(), f::name))
        .load(c)?)
}

/// How many downloads each recipient of a hand-over took, and how many it has left.
pub(super) fn counts(c: &mut Connection, of: &Handover) -> Result<Vec<(DeliveryId, i64, i64)>> {
    let left: Vec<(DeliveryId, Option<i64>)> = s::table
        .inner_join(d::table.on(d::tenant_id.eq(s::tenant_id).and(d::id.eq(s::delivery_id))))
        .filter(d::tenant_id.eq(of.tenant_id))
        .filter(d::handover_id.eq(of.id))
        .group_by(s::delivery_id)
        .select((s::delivery_id, diesel::dsl::sum(s::downloads_left)))
        .load(c)?;
    let taken: Vec<(DeliveryId, i64)> = dl::table
        .inner_join(d::table.on(d::tenant_id.eq(dl::tenant_id).and(d::id.eq(dl::delivery_id))))
        .filter(d::tenant_id.eq(of.tenant_id))
        .filter(d::handover_id.eq(of.id))
        .group_by(dl::delivery_id)
        .select((dl::delivery_id, diesel::dsl::count_star()))
        .load(c)?;
    let of = |id| taken.iter().find(|(other, _)| *other == id).map_or(0, |(_, count)| *count);
    Ok(left.into_iter().map(|(id, left)| (id, of(id), left.unwrap_or(0))).collect())
}

/// Whether anything of a part was taken.
pub(super) fn was_taken(c: &mut Connection, of: &Delivery) -> Result<bool> {
    let found: Option<DownloadId> = dl::table
        .filter(dl::tenant_id.eq(of.tenant_id))
        .filter(dl::delivery_id.eq(of.id))
        .select(dl::id)
        .first(c)
        .optional()?;
    Ok(found.is_some())
}

/// An entry about one recipient's part.
fn entry(
    tx: &mut Tx<'_>,
    of: &Handover,
    delivery: Option<DeliveryId>,
    act: &'static str,
    details: Vec<Fact>,
) -> Result<()> {
    let mut told = Vec::with_capacity(details.len() + 1);
    if let Some(delivery) = delivery {
        told.push(("delivery", Value::from(delivery.as_str())));
    }
    told.extend(details);
    ledger::append(
        tx,
        NewEntry {
            tenant_id: of.tenant_id,
            act,
            subject_kind: "handover",
            subject_id: of.id.as_str(),
            entrustment_id: Some(of.entrustment_id.as_str()),
            details: told,
        },
    )
}

/// What a statement that should change one row changed none of.
fn stale(changed: usize) -> Result<()> {
    if changed == 1 { Ok(()) } else { Err(Error::Conflict("error-stale")) }
}
