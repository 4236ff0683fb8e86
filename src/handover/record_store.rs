//! What the audit record reads of hand-overs: those that were sent, each with what belongs to it.

use std::collections::HashMap;

use diesel::prelude::*;

use super::model::{Delivery, File, Handover, HandoverId, Stopped};
use crate::database::schema::{
    handover as t, handover_delivery as d, handover_file as f, handover_stop as s,
};
use crate::database::{Connection, MOST_ROWS};
use crate::entrustment::Entrustment;
use crate::error::Result;

/// A hand-over that was sent, with its recipients, files and what was explained.
#[derive(Clone, Debug)]
pub(super) struct Sent {
    pub handover: Handover,
    pub deliveries: Vec<Delivery>,
    pub files: Vec<File>,
    pub explained: Vec<Stopped>,
}

/// All hand-overs of an entrustment that were sent, by their number.
pub(super) fn sent(connection: &mut Connection, of: &Entrustment) -> Result<Vec<Sent>> {
    let tenant = of.tenant_id;
    let handovers: Vec<Handover> = t::table
        .filter(t::tenant_id.eq(tenant))
        .filter(t::entrustment_id.eq(of.id))
        .filter(t::sent_at.is_not_null())
        .order((t::position.asc(), t::id.asc()))
        .select(Handover::as_select())
        .load(connection)?;
    let mut deliveries: HashMap<HandoverId, Vec<Delivery>> = HashMap::new();
    let mut files: HashMap<HandoverId, Vec<File>> = HashMap::new();
    let mut explained: HashMap<HandoverId, Vec<Stopped>> = HashMap::new();
    for some in handovers.chunks(MOST_ROWS) {
        let ids: Vec<HandoverId> = some.iter().map(|handover| handover.id).collect();
        let rows: Vec<Delivery> = d::table
            .filter(d::tenant_id.eq(tenant))
            .filter(d::handover_id.eq_any(ids.clone()))
            .order((d::handover_id.asc(), d::position.asc(), d::id.asc()))
            .select(Delivery::as_select())
            .load(connection)?;
        for row in rows {
            deliveries.entry(row.handover_id).or_default().push(row);
        }
        let rows: Vec<File> = f::table
            .filter(f::tenant_id.eq(tenant))
            .filter(f::handover_id.eq_any(ids.clone()))
            .order((f::handover_id.asc(), f::position.asc(), f::id.asc()))
            .select(File::as_select())
            .load(connection)?;
        for row in rows {
            files.entry(row.handover_id).or_default().push(row);
        }
        let rows: Vec<Stopped> = s::table
            .filter(s::tenant_id.eq(tenant))
            .filter(s::handover_id.eq_any(ids))
            .filter(s::reason.ne(""))
            .filter(s::mended_at.is_null())
            .order((s::handover_id.asc(), s::found_at.asc(), s::id.asc()))
            .select(Stopped::as_select())
            .load(connection)?;
        for row in rows {
            explained.entry(row.handover_id).or_default().push(row);
        }
    }
    let one = |handover: Handover| Sent {
        deliveries: deliveries.remove(&handover.id).unwrap_or_default(),
        files: files.remove(&handover.id).unwrap_or_default(),
        explained: explained.remove(&handover.id).unwrap_or_default(),
        handover,
    };
    Ok(handovers.into_iter().map(one).collect())
}
