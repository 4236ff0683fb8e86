//! What is asked about many entrustments at once, in queries that don't grow with them.

use std::collections::HashMap;

use diesel::prelude::*;

use super::visible;
use crate::actor::{Actor, OrganisationId};
use crate::database::schema::{contractor, data_item, entrustment as t, entrustment_ancestor as a};
use crate::database::{Connection, MOST_ROWS};
use crate::entrustment::items::DataItem;
use crate::entrustment::model::{Entrustment, EntrustmentId};
use crate::error::{Error, Result};

/// The principals of some entrustments, each once, and the entrustments' ids: by both together the
/// registers' indexes find what belongs to them.
#[must_use]
pub fn keys(of: &[&Entrustment]) -> (Vec<OrganisationId>, Vec<EntrustmentId>) {
    let (mut tenants, ids): (Vec<_>, Vec<_>) = of.iter().map(|e| (e.tenant_id, e.id)).unzip();
    tenants.sort_unstable();
    tenants.dedup();
    (tenants, ids)
}

/// The entrustments with these contract numbers that are visible to the actor.
///
/// # Errors
/// Those of the database.
pub fn numbered(
    connection: &mut Connection,
    actor: &Actor,
    numbers: &[String],
) -> Result<Vec<Entrustment>> {
    let member = actor.member().ok_or(Error::SignIn)?;
    let mut found = Vec::new();
    for numbers in numbers.chunks(MOST_ROWS) {
        let rows: Vec<Entrustment> = visible(member)
            .filter(t::number.eq_any(numbers.to_vec()))
            .select(Entrustment::as_select())
            .load(connection)?;
        found.extend(rows);
    }
    Ok(found)
}

/// The items of entrustments in their order, with those that were taken off.
///
/// # Errors
/// Those of the database.
pub fn items_of_many(
    connection: &mut Connection,
    of: &[&Entrustment],
) -> Result<HashMap<EntrustmentId, Vec<DataItem>>> {
    let (tenants, ids) = keys(of);
    let mut found: HashMap<EntrustmentId, Vec<DataItem>> = HashMap::new();
    for ids in ids.chunks(MOST_ROWS) {
        let rows: Vec<(EntrustmentId, DataItem)> = data_item::table
            .filter(data_item::tenant_id.eq_any(tenants.clone()))
            .filter(data_item::entrustment_id.eq_any(ids.to_vec()))
            .order((data_item::position.asc(), data_item::id.asc()))
            .select((data_item::entrustment_id, DataItem::as_select()))
            .load(connection)?;
        for (id, item) in rows {
            found.entry(id).or_default().push(item);
        }
    }
    Ok(found)
}

/// The names of the contractors above each entrustment, the nearest first.
///
/// # Errors
/// Those of the database.
pub fn contractors_above_many(
    connection: &mut Connection,
    of: &[&Entrustment],
) -> Result<HashMap<EntrustmentId, Vec<String>>> {
    let (tenants, ids) = keys(of);
    let mut found: HashMap<EntrustmentId, Vec<String>> = HashMap::new();
    for ids in ids.chunks(MOST_ROWS) {
        let mut rows: Vec<(EntrustmentId, i32, String)> = a::table
            .inner_join(contractor::table.on(
                a::tenant_id.eq(contractor::tenant_id).and(a::contractor_id.eq(contractor::id)),
            ))
            .filter(a::tenant_id.eq_any(tenants.clone()))
            .filter(a::entrustment_id.eq_any(ids.to_vec()))
            .filter(a::distance.gt(0))
            .select((a::entrustment_id, a::distance, contractor::name))
            .load(connection)?;
        rows.sort_by_key(|(_, distance, _)| *distance);
        for (id, _, name) in rows {
            found.entry(id).or_default().push(name);
        }
    }
    Ok(found)
}
