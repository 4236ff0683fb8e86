//! Taking back, refusing, ending, and what is asked for afterwards.

use chrono::NaiveDate;
use diesel::prelude::*;
use serde_json::json;

use super::{entry, stale, was_taken};
use crate::actor::{Authorized, OrganisationId};
use crate::clock::Timestamp;
use crate::database::schema::{
    handover as h, handover_delivery as d, handover_download as dl, handover_share as s,
};
use crate::database::{Connection, Tx};
use crate::error::{Error, Result};
use crate::handover::delivery::model::{Answer as Answered, Parcel, Recalling};
use crate::handover::delivery::policy::{Answer, Recall, Run};
use crate::handover::policy::Of;
use crate::handover::{Deletion, Delivery, DeliveryId, Handover, HandoverId, HandoverStatus};
use crate::japanese::jst_date;

/// Takes a hand-over back: from now on nothing is fetched, and whoever fetched something is asked to
/// delete it. Says of each recipient whether it is.
pub(in crate::handover::delivery) fn recall(
    tx: &mut Tx<'_>,
    of: &Authorized<Of, Recall>,
    recalling: &Recalling,
) -> Result<Vec<(DeliveryId, bool)>> {
    let (_, handover) = &**of;
    let row = h::table
        .find((handover.tenant_id, handover.id))
        .filter(h::status.eq(HandoverStatus::Sent))
        .filter(h::version.eq(recalling.version));
    let changed = diesel::update(row)
        .set((
            h::status.eq(HandoverStatus::Recalled),
            h::recalled_by_name.eq(tx.actor.name()),
            h::recalled_at.eq(Some(tx.now)),
            h::recall_reason.eq(&recalling.reason),
            h::ended_at.eq(Some(tx.now)),
            h::version.eq(handover.version + 1),
        ))
        .execute(tx.connection)?;
    stale(changed)?;
    close(tx, handover, None)?;
    let deliveries = crate::handover::store::deliveries(tx.connection, handover)?;
    let mut asked = Vec::with_capacity(deliveries.len());
    for delivery in &deliveries {
        asked.push((delivery.id, ask_deletion(tx, delivery)?));
    }
    let count = asked.iter().filter(|(_, asked)| *asked).count();
    let details = vec![("reason", json!(recalling.reason)), ("deletions", json!(count))];
    entry(tx, handover, None, "handover.recalled", details)?;
    Ok(asked)
}

/// Takes away what is left to be fetched by one recipient, or by all.
fn close(tx: &mut Tx<'_>, of: &Handover, only: Option<DeliveryId>) -> Result<()> {
    let ids = d::table
        .filter(d::tenant_id.eq(of.tenant_id))
        .filter(d::handover_id.eq(of.id))
        .select(d::id);
    let shares = s::table.filter(s::tenant_id.eq(of.tenant_id));
    match only {
        Some(id) => diesel::update(shares.filter(s::delivery_id.eq(id)))
            .set(s::downloads_left.eq(0))
            .execute(tx.connection)?,
        None => diesel::update(shares.filter(s::delivery_id.eq_any(ids)))
            .set(s::downloads_left.eq(0))
            .execute(tx.connection)?,
    };
    Ok(())
}

/// Asks a recipient to delete what it fetched; false where that is nothing, or is asked already.
fn ask_deletion(tx: &mut Tx<'_>, of: &Delivery) -> Result<bool> {
    if of.deletion != Deletion::NotNeeded || !was_taken(tx.connection, of)? {
        return Ok(false);
    }
    diesel::update(d::table.find((of.tenant_id, of.id)))
        .set((
            d::deletion.eq(Deletion::Asked),
            d::deletion_asked_at.eq(Some(tx.now)),
            d::reminded.eq(0),
        ))
        .execute(tx.connection)?;
    Ok(true)
}

/// Stops one recipient's part at once, as it isn't the right one; says whether it is asked to delete
/// something.
pub(in crate::handover::delivery) fn refuse(
    tx: &mut Tx<'_>,
    of: &Authorized<Parcel, Answer>,
) -> Result<bool> {
    let (delivery, handover) = (&of.delivery, &of.handover);
    let row = d::table.find((delivery.tenant_id, delivery.id)).filter(d::refused_at.is_null());
    let changed = diesel::update(row)
        .set((d::refused_at.eq(Some(tx.now)), d::version.eq(d::version + 1)))
        .execute(tx.connection)?;
    if changed == 0 {
        return Err(Error::Conflict("handover-delivery-refused"));
    }
    close(tx, handover, Some(delivery.id))?;
    let asked = ask_deletion(tx, delivery)?;
    let details = vec![("deletion", json!(asked))];
    entry(tx, handover, Some(delivery.id), "handover.refused", details)?;
    Ok(asked)
}

/// Notes what a recipient says about what was taken back.
pub(in crate::handover::delivery) fn answer(
    tx: &mut Tx<'_>,
    of: &Authorized<Parcel, Answer>,
    answered: &Answered,
    by_name: &str,
) -> Result<()> {
    let delivery = &of.delivery;
    let row = d::table
        .find((delivery.tenant_id, delivery.id))
        .filter(d::deletion.eq(Deletion::Asked).or(d::deletion.eq(Deletion::NotDeleted)));
    let changed = diesel::update(row)
        .set((
            d::deletion.eq(answered.deletion),
            d::deletion_answered_at.eq(Some(tx.now)),
            d::deletion_answered_by_name.eq(by_name),
            d::deletion_note.eq(&answered.note),
            d::version.eq(d::version + 1),
        ))
        .execute(tx.connection)?;
    if changed == 0 {
        return Err(Error::Conflict("handover-delivery-answered"));
    }
    let details = vec![("answer", json!(answered.deletion)), ("note", json!(answered.note))];
    entry(tx, &of.handover, Some(delivery.id), "handover.deletion_answered", details)
}

/// Ends a hand-over whose time is up or of which everything was fetched; false when it ended already.
pub(in crate::handover::delivery) fn end(
    tx: &mut Tx<'_>,
    of: &Authorized<Handover, Run>,
) -> Result<bool> {
    let row = h::table.find((of.tenant_id, of.id)).filter(h::status.eq(HandoverStatus::Sent));
    let changed = diesel::update(row)
        .set((
            h::status.eq(HandoverStatus::Ended),
            h::ended_at.eq(Some(tx.now)),
            h::version.eq(h::version + 1),
        ))
        .execute(tx.connection)?;
    if changed == 0 {
        return Ok(false);
    }
    close(tx, of, None)?;
    let taken: i64 = dl::table
        .inner_join(d::table.on(d::tenant_id.eq(dl::tenant_id).and(d::id.eq(dl::delivery_id))))
        .filter(d::tenant_id.eq(of.tenant_id))
        .filter(d::handover_id.eq(of.id))
        .count()
        .get_result(tx.connection)?;
    entry(tx, of, None, "handover.ended", vec![("downloads", json!(taken))])?;
    Ok(true)
}

/// Hand-overs that should have ended by `now`, oldest first.
pub(in crate::handover::delivery) fn unended(
    c: &mut Connection,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<(OrganisationId, HandoverId)>> {
    Ok(h::table
        .filter(h::status.eq(HandoverStatus::Sent))
        .filter(h::valid_until.le(now))
        .order((h::valid_until.asc(), h::id.asc()))
        .limit(limit)
        .select((h::tenant_id, h::id))
        .load(c)?)
}

/// A recipient who hasn't said yet that something is deleted.
#[derive(Clone, Debug, Queryable)]
pub(in crate::handover::delivery) struct Waiting {
    /// The principal.
    pub tenant_id: OrganisationId,
    /// Whose it is.
    pub id: DeliveryId,
    /// When it was asked.
    pub asked_at: Option<Timestamp>,
    /// How often it was reminded.
    pub reminded: i32,
}

impl Waiting {
    /// The day in Japan on which it was asked.
    pub fn asked_on(&self) -> Option<NaiveDate> {
        self.asked_at.map(jst_date)
    }
}

/// The next of those who were asked, in the order of their ids.
pub(in crate::handover::delivery) fn waiting_page(
    c: &mut Connection,
    after: Option<DeliveryId>,
    limit: i64,
) -> Result<Vec<Waiting>> {
    let mut rows = d::table.filter(d::deletion.eq(Deletion::Asked)).into_boxed();
    if let Some(after) = after {
        rows = rows.filter(d::id.gt(after));
    }
    Ok(rows
        .order(d::id.asc())
        .limit(limit)
        .select((d::tenant_id, d::id, d::deletion_asked_at, d::reminded))
        .load(c)?)
}

/// Notes how many reminders have gone; false when somebody else did, or it is answered.
pub(in crate::handover::delivery) fn mark_reminded(
    tx: &mut Tx<'_>,
    of: &Authorized<Parcel, Run>,
    count: i32,
) -> Result<bool> {
    let delivery = &of.delivery;
    let row = d::table
        .find((delivery.tenant_id, delivery.id))
        .filter(d::deletion.eq(Deletion::Asked))
        .filter(d::reminded.lt(count));
    let changed = diesel::update(row).set(d::reminded.eq(count)).execute(tx.connection)?;
    if changed == 0 {
        return Ok(false);
    }
    let details = vec![("reminder", json!(count))];
    entry(tx, &of.handover, Some(delivery.id), "handover.deletion_reminded", details)?;
    Ok(true)
}
