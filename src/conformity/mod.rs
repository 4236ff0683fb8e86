//! Conformity: what is agreed about an entrustment, gathered for the rulebook.
//!
//! The registers below (handlers, recipients, sub-entrustments) and the entrustment itself make the
//! [`Terms`]; the registers above hold their facts against them.

mod store;

pub use store::handlers;

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::database::Connection;
use crate::entrustment::{self, DataItem, DataItemId, Entrustment, ItemMark};
use crate::error::Result;
use crate::organisation::{self, contractor};
use crate::rulebook::{ItemFact, Terms};
use crate::{recipient, sub_entrustment};

/// The terms of an entrustment on the day `today` (Japan).
///
/// # Errors
/// Those of the database.
pub fn terms(
    connection: &mut Connection,
    entrustment: &Entrustment,
    today: NaiveDate,
) -> Result<Terms> {
    let tenant = entrustment.tenant_id;
    let items = entrustment::items_ever(connection, entrustment)?;
    Ok(Terms {
        rules: entrustment.rules.0.clone(),
        persons: entrustment.persons,
        starts_on: entrustment.starts_on,
        ends_on: entrustment.ends_on,
        erase_by: entrustment.erase_by,
        principal: organisation::find(connection, tenant)?.name,
        contractor: contractor::find(connection, tenant, entrustment.contractor_id)?.name,
        above: entrustment::contractors_above(connection, entrustment)?,
        items: item_facts(&items),
        handlers: handlers(connection, entrustment)?,
        recipients: recipient::facts(connection, entrustment)?,
        subs: sub_entrustment::facts(connection, entrustment)?,
        today,
    })
}

/// The items with their effective marks: an item is as special as any above it.
#[must_use]
pub fn item_facts(items: &[DataItem]) -> Vec<ItemFact> {
    let by_id: HashMap<DataItemId, &DataItem> = items.iter().map(|item| (item.id, item)).collect();
    let mark = |item: &DataItem| -> ItemMark {
        let mut mark = item.mark;
        let mut above = item.parent_id;
        // A hierarchy has no more levels than items: a circle can't hold us.
        for _ in 0..items.len() {
            let Some(upper) = above.and_then(|id| by_id.get(&id)) else {
                break;
            };
            mark = mark.max(upper.mark);
            above = upper.parent_id;
        }
        mark
    };
    items
        .iter()
        .map(|item| ItemFact {
            id: item.id,
            name: item.name.clone(),
            mark: mark(item),
            parent: item.parent_id,
            entrusted: item.removed_at.is_none(),
        })
        .collect()
}
