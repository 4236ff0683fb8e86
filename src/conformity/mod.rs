//! Conformity: what is agreed about an entrustment, gathered for the rulebook.
//!
//! The registers below (handlers, recipients, sub-entrustments) and the entrustment itself make the
//! [`Terms`]; the registers above hold their facts against them.

mod store;

pub use store::{handlers, handlers_of_many};

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::actor::OrganisationId;
use crate::database::{Connection, MOST_ROWS};
use crate::entrustment::{self, DataItem, DataItemId, Entrustment, EntrustmentId, ItemMark};
use crate::error::{Error, Result};
use crate::organisation;
use crate::organisation::contractor::{self, ContractorId};
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
    let mut found = terms_of_many(connection, &[entrustment], today)?;
    found.remove(&entrustment.id).map(|(terms, _)| terms).ok_or(Error::NotFound)
}

/// The terms of many entrustments on the day `today` (Japan), with their items as the forms know
/// them: as many queries for a thousand as for one.
///
/// # Errors
/// Those of the database.
pub fn terms_of_many(
    connection: &mut Connection,
    of: &[&Entrustment],
    today: NaiveDate,
) -> Result<HashMap<EntrustmentId, (Terms, Vec<DataItem>)>> {
    let (tenants, _) = entrustment::keys(of);
    let principals = organisation::find_many_names(connection, &tenants)?;
    let contractors = contractor_names(connection, of, &tenants)?;
    let mut items = entrustment::items_of_many(connection, of)?;
    let mut above = entrustment::contractors_above_many(connection, of)?;
    let mut handlers = handlers_of_many(connection, of)?;
    let mut recipients = recipient::facts_of_many(connection, of)?;
    let mut subs = sub_entrustment::facts_of_many(connection, of)?;
    let one = |entrustment: &&Entrustment| {
        let (id, tenant) = (entrustment.id, entrustment.tenant_id);
        let items = items.remove(&id).unwrap_or_default();
        let contractor = contractors.get(&(tenant, entrustment.contractor_id));
        let terms = Terms {
            rules: entrustment.rules.0.clone(),
            persons: entrustment.persons,
            starts_on: entrustment.starts_on,
            ends_on: entrustment.ends_on,
            erase_by: entrustment.erase_by,
            principal: principals.get(&tenant).cloned().unwrap_or_default(),
            contractor: contractor.cloned().unwrap_or_default(),
            above: above.remove(&id).unwrap_or_default(),
            items: item_facts(&items),
            handlers: handlers.remove(&id).unwrap_or_default(),
            recipients: recipients.remove(&id).unwrap_or_default(),
            subs: subs.remove(&id).unwrap_or_default(),
            today,
        };
        (id, (terms, items))
    };
    Ok(of.iter().map(one).collect())
}

/// The names of the contractors of some entrustments, one query a principal.
fn contractor_names(
    connection: &mut Connection,
    of: &[&Entrustment],
    tenants: &[OrganisationId],
) -> Result<HashMap<(OrganisationId, ContractorId), String>> {
    let mut names = HashMap::new();
    for tenant in tenants {
        let own = of.iter().filter(|e| e.tenant_id == *tenant);
        let mut ids: Vec<ContractorId> = own.map(|e| e.contractor_id).collect();
        ids.sort_unstable();
        ids.dedup();
        for ids in ids.chunks(MOST_ROWS) {
            let found = contractor::by_ids(connection, *tenant, ids)?;
            names.extend(found.into_iter().map(|c| ((*tenant, c.id), c.name)));
        }
    }
    Ok(names)
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
