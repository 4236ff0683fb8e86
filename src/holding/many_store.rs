//! Many holdings entered at once.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::model::{Holding, HoldingId, HoldingKind, HoldingStatus, NewHolding};
use super::store::{columns, entry, last, told};
use crate::actor::Authorized;
use crate::database::schema::holding as t;
use crate::database::types::Json;
use crate::database::{Connection, MOST_ROWS, Tx};
use crate::entrustment::rules::{Medium, Place};
use crate::entrustment::{self, DataItemId, Entrustment, EntrustmentId};
use crate::error::Result;
use crate::finding::{self, Subject};
use crate::insert_many;
use crate::ledger;
use crate::rulebook::{Broken, Exceptions};

/// A holding to enter, what it breaks, and the exceptions that are claimed.
pub type Entering<'a> = (&'a NewHolding, &'a [Broken], &'a Exceptions);

/// Enters holdings of an entrustment with their findings: their ids in the same order.
///
/// # Errors
/// [`crate::error::Error::Conflict`] when the entrustment was closed meanwhile; those of the database.
pub fn enter_all<Action>(
    tx: &mut Tx<'_>,
    entrustment: &Authorized<Entrustment, Action>,
    all: &[Entering<'_>],
) -> Result<Vec<HoldingId>> {
    entrustment::keep_open(tx, entrustment)?;
    let ids: Vec<HoldingId> = all.iter().map(|_| HoldingId::new(tx.now)).collect();
    let mut position = last(tx.connection, entrustment)?;
    for (ids, some) in ids.chunks(MOST_ROWS).zip(all.chunks(MOST_ROWS)) {
        let mut rows = Vec::with_capacity(some.len());
        let mut entries = Vec::with_capacity(some.len());
        for (id, (new, _, exceptions)) in ids.iter().zip(some) {
            position += 1;
            rows.push((
                t::tenant_id.eq(entrustment.tenant_id),
                t::id.eq(*id),
                t::entrustment_id.eq(entrustment.id),
                t::position.eq(position),
                t::status.eq(HoldingStatus::Open),
                t::entered_by_name.eq(tx.actor.name()),
                t::created_at.eq(tx.now),
                t::version.eq(1),
                columns(new, exceptions)?,
            ));
            let of = (entrustment.tenant_id, &entrustment.id);
            entries.push(entry(of, id, "holding.entered", told(new, exceptions)?));
        }
        insert_many!(tx.connection, t::table, rows)?;
        ledger::append_all(tx, entrustment.tenant_id, entries)?;
    }
    let entered: Vec<finding::Entered<'_>> = ids
        .iter()
        .zip(all)
        .map(|(id, (_, broken, exceptions))| {
            (Subject { kind: "holding", id: id.as_str() }, *broken, *exceptions)
        })
        .collect();
    finding::raise_of_entered(tx, entrustment, &entered)?;
    Ok(ids)
}

/// What tells one holding from another.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Queryable)]
pub struct Same {
    /// The entrustment.
    pub entrustment_id: EntrustmentId,
    /// What it is to the data that were handed over.
    pub kind: HoldingKind,
    /// Another organisation that holds it.
    pub holder: String,
    /// The items, in the order of their ids.
    #[diesel(deserialize_as = Json<Vec<DataItemId>>)]
    pub items: Items,
    /// Number of persons.
    pub persons: i64,
    /// Where, by its kind.
    pub place: Place,
    /// Where, in words.
    pub place_detail: String,
    /// Country of storage.
    pub country: String,
    /// On what.
    pub medium: Medium,
    /// The terminal, server, cabinet or system.
    pub system: String,
    /// From when.
    pub starts_on: NaiveDate,
}

/// Items in the order of their ids.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Items(Vec<DataItemId>);

impl From<Json<Vec<DataItemId>>> for Items {
    fn from(mut items: Json<Vec<DataItemId>>) -> Self {
        items.0.sort_unstable();
        Self(items.0)
    }
}

impl Same {
    /// What tells a new holding of an entrustment from others.
    #[must_use]
    pub fn of(entrustment_id: EntrustmentId, new: &NewHolding) -> Self {
        Self {
            entrustment_id,
            kind: new.kind,
            holder: new.holder.clone(),
            items: Json(new.items.clone()).into(),
            persons: new.persons,
            place: new.place,
            place_detail: new.place_detail.clone(),
            country: new.country.clone(),
            medium: new.medium,
            system: new.system.clone(),
            starts_on: new.starts_on,
        }
    }
}

/// What is held in these entrustments from days between two, as it is told from what is new.
///
/// # Errors
/// Those of the database.
pub fn held_since(
    connection: &mut Connection,
    of: &[&Entrustment],
    (first, last): (NaiveDate, NaiveDate),
) -> Result<Vec<Same>> {
    let (tenants, ids) = entrustment::keys(of);
    let mut found = Vec::new();
    for ids in ids.chunks(MOST_ROWS) {
        let rows: Vec<Same> = t::table
            .filter(t::tenant_id.eq_any(tenants.clone()))
            .filter(t::entrustment_id.eq_any(ids.to_vec()))
            .filter(t::status.eq(HoldingStatus::Open))
            .filter(t::starts_on.between(first, last))
            .select((
                t::entrustment_id,
                t::kind,
                t::holder,
                t::items,
                t::persons,
                t::place,
                t::place_detail,
                t::country,
                t::medium,
                t::system,
                t::starts_on,
            ))
            .load(connection)?;
        found.extend(rows);
    }
    Ok(found)
}

/// The holdings of these entrustments, by their numbers: for what names the one from which it was
/// made.
///
/// # Errors
/// Those of the database.
pub fn of_entrustments(connection: &mut Connection, of: &[&Entrustment]) -> Result<Vec<Holding>> {
    let (tenants, ids) = entrustment::keys(of);
    let mut found = Vec::new();
    for ids in ids.chunks(MOST_ROWS) {
        let rows: Vec<Holding> = t::table
            .filter(t::tenant_id.eq_any(tenants.clone()))
            .filter(t::entrustment_id.eq_any(ids.to_vec()))
            .select(Holding::as_select())
            .load(connection)?;
        found.extend(rows);
    }
    Ok(found)
}
