//! The transmissions that wait for confirmation, of all principals.

use diesel::prelude::*;
use serde_json::json;

use super::entry;
use crate::clock::Timestamp;
use crate::database::schema::{entrustment, transmission as t};
use crate::database::{Connection, Tx};
use crate::entrustment::{Entrustment, EntrustmentId, EntrustmentStatus};
use crate::error::Result;
use crate::rulebook::Party;
use crate::transmission::model::{Confirmation, TransmissionId};
use crate::transmission::reminder::Stage;

/// A transmission that nobody confirmed.
#[derive(Clone, Debug, Queryable)]
pub(in crate::transmission) struct Waiting {
    pub id: TransmissionId,
    pub entrustment_id: EntrustmentId,
    pub entered_by: Party,
    pub created_at: Timestamp,
    pub reminded: i32,
}

/// Those entered after `after` (a place in the order of time and id) and not after `until`, for
/// which something is still to be sent: at most `limit`, in that order.
pub(in crate::transmission) fn waiting_page(
    connection: &mut Connection,
    after: (Timestamp, TransmissionId),
    until: Timestamp,
    limit: i64,
) -> Result<Vec<Waiting>> {
    let (at, id) = after;
    Ok(t::table
        .inner_join(
            entrustment::table.on(entrustment::tenant_id
                .eq(t::tenant_id)
                .and(entrustment::id.eq(t::entrustment_id))),
        )
        .filter(t::confirmation.eq(Confirmation::Waiting))
        .filter(t::created_at.ge(at))
        .filter(t::created_at.gt(at).or(t::id.gt(id)))
        .filter(t::created_at.le(until))
        .filter(t::reminded.lt(Stage::Escalation.number()))
        .filter(entrustment::status.eq(EntrustmentStatus::Active))
        .order((t::created_at.asc(), t::id.asc()))
        .limit(limit)
        .select((t::id, t::entrustment_id, t::entered_by, t::created_at, t::reminded))
        .load(connection)?)
}

/// Notes that a stage was reached; false when somebody else did, or it was confirmed meanwhile.
pub(in crate::transmission) fn mark_reminded(
    tx: &mut Tx<'_>,
    own: &Entrustment,
    waiting: &Waiting,
    stage: Stage,
) -> Result<bool> {
    let changed = diesel::update(
        t::table
            .filter(t::tenant_id.eq(own.tenant_id))
            .filter(t::id.eq(waiting.id))
            .filter(t::confirmation.eq(Confirmation::Waiting))
            .filter(t::reminded.eq(waiting.reminded)),
    )
    .set(t::reminded.eq(stage.number()))
    .execute(tx.connection)?;
    if changed == 0 {
        return Ok(false);
    }
    let details = vec![("stage", json!(stage.word()))];
    entry(tx, own, waiting.id, "transmission.reminded", details)?;
    Ok(true)
}
