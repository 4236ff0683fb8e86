//! The rows of an entrustment's items: each keeps its id by its name, and stands under another.

use diesel::prelude::*;

use crate::actor::OrganisationId;
use crate::database::Tx;
use crate::database::schema::data_item;
use crate::entrustment::items::{DataItemId, NewItem};
use crate::entrustment::model::{EntrustmentId, NewEntrustment};
use crate::error::Result;

/// Enters the items of an entrustment that is new.
pub(super) fn first_items(
    tx: &mut Tx<'_>,
    tenant: OrganisationId,
    id: EntrustmentId,
    items: &[NewItem],
) -> Result<()> {
    let mut placed: Vec<(&str, DataItemId)> = Vec::new();
    for (position, item) in (0_i32..).zip(items) {
        placed.push((&item.name, add_item(tx, tenant, id, position, item)?));
    }
    place_under(tx, tenant, &placed, items)
}

/// Puts the items in the order of the form. An item of the same name stays the same item: registers
/// name it by its id. One that is taken off is kept for what named it before.
pub(super) fn replace_items(
    tx: &mut Tx<'_>,
    tenant: OrganisationId,
    id: EntrustmentId,
    new: &NewEntrustment,
) -> Result<()> {
    let known: Vec<(DataItemId, String)> = data_item::table
        .filter(data_item::tenant_id.eq(tenant))
        .filter(data_item::entrustment_id.eq(id))
        .select((data_item::id, data_item::name))
        .load(tx.connection)?;
    diesel::update(
        data_item::table
            .filter(data_item::tenant_id.eq(tenant))
            .filter(data_item::entrustment_id.eq(id))
            .filter(data_item::removed_at.is_null()),
    )
    .set(data_item::removed_at.eq(tx.now))
    .execute(tx.connection)?;
    let mut placed: Vec<(&str, DataItemId)> = Vec::new();
    for (position, item) in (0_i32..).zip(&new.items) {
        let id = match known.iter().find(|(_, name)| *name == item.name) {
            Some((known, _)) => {
                diesel::update(data_item::table.find((tenant, *known)))
                    .set((
                        data_item::position.eq(position),
                        data_item::mark.eq(item.mark),
                        data_item::parent_id.eq(None::<DataItemId>),
                        data_item::removed_at.eq(None::<crate::clock::Timestamp>),
                    ))
                    .execute(tx.connection)?;
                *known
            }
            None => add_item(tx, tenant, id, position, item)?,
        };
        placed.push((&item.name, id));
    }
    place_under(tx, tenant, &placed, &new.items)
}

/// Puts each item under the one that it names.
fn place_under(
    tx: &mut Tx<'_>,
    tenant: OrganisationId,
    placed: &[(&str, DataItemId)],
    items: &[NewItem],
) -> Result<()> {
    for item in items.iter().filter(|item| !item.under.is_empty()) {
        let id = |name: &str| placed.iter().find(|(other, _)| *other == name).map(|(_, id)| *id);
        if let (Some(id), Some(above)) = (id(&item.name), id(&item.under)) {
            diesel::update(data_item::table.find((tenant, id)))
                .set(data_item::parent_id.eq(above))
                .execute(tx.connection)?;
        }
    }
    Ok(())
}

fn add_item(
    tx: &mut Tx<'_>,
    tenant: OrganisationId,
    entrustment: EntrustmentId,
    position: i32,
    item: &NewItem,
) -> Result<DataItemId> {
    let id = DataItemId::new(tx.now);
    diesel::insert_into(data_item::table)
        .values((
            data_item::tenant_id.eq(tenant),
            data_item::id.eq(id),
            data_item::entrustment_id.eq(entrustment),
            data_item::position.eq(position),
            data_item::name.eq(&item.name),
            data_item::mark.eq(item.mark),
        ))
        .execute(tx.connection)?;
    Ok(id)
}
