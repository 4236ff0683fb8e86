//! Many transmissions entered at once.

use diesel::prelude::*;

use super::{columns, last, new_entry, told};
use crate::actor::Authorized;
use crate::clock::Timestamp;
use crate::database::schema::transmission as t;
use crate::database::types::Json;
use crate::database::{Connection, MOST_ROWS, Tx};
use crate::entrustment::rules::Way;
use crate::entrustment::{self, DataItemId, Entrustment, EntrustmentId};
use crate::error::Result;
use crate::insert_many;
use crate::ledger;
use crate::rulebook::{Exceptions, Party, Receiver};
use crate::transmission::command::NewTransmission;
use crate::transmission::model::TransmissionId;
use crate::transmission::policy::{Enter, Entering};

/// Enters transmissions of an entrustment: their ids in the same order.
pub(in crate::transmission) fn enter_all(
    tx: &mut Tx<'_>,
    entering: &Authorized<Entering, Enter>,
    all: &[(&NewTransmission, &Exceptions)],
) -> Result<Vec<TransmissionId>> {
    let entrustment = &entering.entrustment;
    let ids: Vec<TransmissionId> = all.iter().map(|_| TransmissionId::new(tx.now)).collect();
    let mut position = last(tx.connection, entrustment)?;
    for (ids, some) in ids.chunks(MOST_ROWS).zip(all.chunks(MOST_ROWS)) {
        let mut rows = Vec::with_capacity(some.len());
        let mut entries = Vec::with_capacity(some.len());
        for (id, (new, exceptions)) in ids.iter().zip(some) {
            position += 1;
            rows.push((
                t::tenant_id.eq(entrustment.tenant_id),
                t::id.eq(*id),
                t::entrustment_id.eq(entrustment.id),
                t::position.eq(position),
                columns(new, entering.side, exceptions)?,
                t::entered_by.eq(entering.side),
                t::entered_by_name.eq(tx.actor.name()),
                t::confirmed_by_name.eq(""),
                t::confirmation_note.eq(""),
                t::reminded.eq(0),
                t::created_at.eq(tx.now),
                t::version.eq(1),
            ));
            let details = told(new, exceptions);
            entries.push(new_entry(entrustment, id, "transmission.entered", details));
        }
        insert_many!(tx.connection, t::table, rows)?;
        ledger::append_all(tx, entrustment.tenant_id, entries)?;
    }
    Ok(ids)
}

/// What tells one transmission from another.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Same {
    entrustment_id: EntrustmentId,
    sent_at: Timestamp,
    sender: Party,
    way: Way,
    receivers: Vec<(String, String)>,
    items: Vec<DataItemId>,
    description: String,
}

impl Same {
    /// What tells a new transmission of an entrustment from others.
    #[must_use]
    pub fn of(entrustment_id: EntrustmentId, new: &NewTransmission) -> Self {
        let (receivers, items) = (sorted(&new.receivers), new.items.clone());
        let same = Self {
            entrustment_id,
            sent_at: new.sent_at,
            sender: new.sender,
            way: new.way,
            receivers,
            items,
            description: new.description.clone(),
        };
        same.in_order()
    }

    /// When it was sent.
    #[must_use]
    pub fn sent_at(&self) -> Timestamp {
        self.sent_at
    }

    fn in_order(mut self) -> Self {
        self.items.sort_unstable();
        self
    }
}

fn sorted(receivers: &[Receiver]) -> Vec<(String, String)> {
    let key = |receiver: &Receiver| {
        let name = match receiver.party {
            Party::Other => receiver.name.clone(),
            party => party.to_string(),
        };
        (name, receiver.address.clone())
    };
    let mut keys: Vec<_> = receivers.iter().map(key).collect();
    keys.sort_unstable();
    keys
}

/// What was sent in these entrustments between two moments, as it is told from what is new.
///
/// # Errors
/// Those of the database.
pub fn sent_between(
    connection: &mut Connection,
    of: &[&Entrustment],
    (first, last): (Timestamp, Timestamp),
) -> Result<Vec<Same>> {
    type Row =
        (EntrustmentId, Timestamp, Party, Way, Json<Vec<Receiver>>, Json<Vec<DataItemId>>, String);
    let (tenants, ids) = entrustment::keys(of);
    let mut found = Vec::new();
    for ids in ids.chunks(MOST_ROWS) {
        let rows: Vec<Row> = t::table
            .filter(t::tenant_id.eq_any(tenants.clone()))
            .filter(t::entrustment_id.eq_any(ids.to_vec()))
            .filter(t::sent_at.between(first, last))
            .select((
                t::entrustment_id,
                t::sent_at,
                t::sender,
                t::way,
                t::receivers,
                t::items,
                t::description,
            ))
            .load(connection)?;
        found.extend(rows.into_iter().map(
            |(entrustment_id, sent_at, sender, way, receivers, items, description)| {
                let (receivers, items) = (sorted(&receivers.0), items.0);
                Same { entrustment_id, sent_at, sender, way, receivers, items, description }
                    .in_order()
            },
        ));
    }
    Ok(found)
}
