//! Who has what, as the sender sees it.

use serde::Serialize;

use super::rules::{self, Standing};
use super::{policy, store};
use crate::clock::Timestamp;
use crate::database::Connection;
use crate::error::Result;
use crate::handover::model::{Deletion, Delivery, DeliveryId, Handover, HandoverStatus};
use crate::handover::{ReceivingParty, store as shared};
use crate::web::Ctx;

/// Downloads that the sender's page tells one by one.
const MOST_SHOWN: i64 = 100;

/// A recipient, as the sender sees it.
#[derive(Debug, Serialize)]
pub(in crate::handover) struct DeliveryRow {
    id: DeliveryId,
    name: String,
    party: ReceivingParty,
    address: String,
    standing: Standing,
    tone: &'static str,
    opened_at: Option<Timestamp>,
    received_at: Option<Timestamp>,
    received_by_name: String,
    refused_at: Option<Timestamp>,
    taken: i64,
    left: i64,
    /// Whether it has a code that can be told, and whether too many wrong ones were tried.
    has_code: bool,
    locked: bool,
    deletion: Deletion,
    deletion_asked_at: Option<Timestamp>,
    deletion_answered_at: Option<Timestamp>,
    deletion_answered_by_name: String,
    deletion_note: String,
    reminded: i32,
}

impl DeliveryRow {
    fn of(
        handover: &Handover,
        delivery: Delivery,
        (taken, left): (i64, i64),
        now: Timestamp,
    ) -> Self {
        let standing = rules::standing(handover, &delivery, now);
        let outside = delivery.party == ReceivingParty::Outside && !delivery.code.is_empty();
        Self {
            standing,
            tone: standing.tone(),
            taken,
            left,
            has_code: outside && rules::is_open(handover, &delivery, now),
            locked: delivery.guesses >= rules::MOST_GUESSES,
            id: delivery.id,
            name: delivery.name,
            party: delivery.party,
            address: delivery.address,
            opened_at: delivery.opened_at,
            received_at: delivery.received_at,
            received_by_name: delivery.received_by_name,
            refused_at: delivery.refused_at,
            deletion: delivery.deletion,
            deletion_asked_at: delivery.deletion_asked_at,
            deletion_answered_at: delivery.deletion_answered_at,
            deletion_answered_by_name: delivery.deletion_answered_by_name,
            deletion_note: delivery.deletion_note,
            reminded: delivery.reminded,
        }
    }
}

/// A download, as the sender sees it.
#[derive(Debug, Serialize)]
struct DownloadRow {
    recipient: String,
    file: String,
    by_name: String,
    started_at: Timestamp,
    completed_at: Option<Timestamp>,
}

/// Who has what, for the page of a hand-over (component `handover_deliveries`).
#[derive(Debug, Serialize)]
pub(in crate::handover) struct DeliveriesView {
    home: String,
    rows: Vec<DeliveryRow>,
    downloads: Vec<DownloadRow>,
    /// Whether the reader tells codes and takes back.
    sends: bool,
    may_recall: bool,
    /// Whether somebody had what wasn't for it, or was to be taken back: then a duty may follow.
    incident: bool,
}

/// Who has what of a hand-over that has left.
///
/// # Errors
/// Those of the database.
pub(in crate::handover) fn deliveries_view(
    c: &mut Connection,
    ctx: &Ctx,
    of: &Handover,
) -> Result<DeliveriesView> {
    let entrustment = store::entrustment_by_id(c, of.tenant_id, of.entrustment_id)?;
    let sends = policy::is_sender(c, &ctx.actor, &entrustment, of);
    let counts = store::counts(c, of)?;
    let deliveries = shared::deliveries(c, of)?;
    let taken = store::downloads(c, of, MOST_SHOWN)?;
    let downloads = taken.into_iter().map(|(download, file)| DownloadRow {
        recipient: deliveries
            .iter()
            .find(|delivery| delivery.id == download.delivery_id)
            .map(|delivery| delivery.name.clone())
            .unwrap_or_default(),
        file,
        by_name: download.by_name,
        started_at: download.started_at,
        completed_at: download.completed_at,
    });
    let downloads = downloads.collect();
    let row = |delivery: Delivery| {
        let count = counts.iter().find(|(id, ..)| *id == delivery.id);
        let count = count.map_or((0, 0), |(_, taken, left)| (*taken, *left));
        DeliveryRow::of(of, delivery, count, ctx.now)
    };
    let rows: Vec<DeliveryRow> = deliveries.iter().cloned().map(row).collect();
    let incident =
        |row: &DeliveryRow| row.refused_at.is_some() || row.deletion != Deletion::NotNeeded;
    Ok(DeliveriesView {
        home: format!("/entrustments/{}/hand-overs/{}", of.entrustment_id, of.id),
        incident: rows.iter().any(incident),
        rows,
        downloads,
        sends,
        may_recall: sends && of.status == HandoverStatus::Sent,
    })
}
