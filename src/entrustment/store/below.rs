//! An entrustment below another: what is re-entrusted with the first principal's approval.

use chrono::{Days, NaiveDate};
use diesel::prelude::*;

use super::item::replace_items;
use super::registering::{columns, entry};
use super::{items, number_taken, tier};
use crate::actor::Authorized;
use crate::database::schema::{entrustment as t, entrustment_ancestor as a};
use crate::database::{Connection, Tx};
use crate::entrustment::comparison;
use crate::entrustment::items::{DataItem, DataItemId, ItemMark, NewItem};
use crate::entrustment::model::{Entrustment, EntrustmentId, EntrustmentStatus, NewEntrustment};
use crate::entrustment::policy::Decide;
use crate::entrustment::rules::{HandlingRules, SubEntrustment};
use crate::error::Result;
use crate::organisation::contractor::ContractorId;
use crate::web::{Language, locale};

/// What is re-entrusted; all else is as it is agreed above.
#[derive(Clone, Debug)]
pub struct NewBelow {
    /// The contractor below, in the first principal's register.
    pub contractor_id: ContractorId,
    /// The scope of its work.
    pub purpose: String,
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day.
    pub ends_on: NaiveDate,
    /// 件数.
    pub persons: i64,
    /// The items of the entrustment above.
    pub items: Vec<DataItemId>,
    /// Whether it may be re-entrusted once more.
    pub sub_entrustment: SubEntrustment,
}

/// Registers an entrustment below `parent`: the same division, rules and clauses, a number derived
/// from the one above.
///
/// # Errors
/// Those of the database.
pub fn create_below(
    tx: &mut Tx<'_>,
    parent: &Authorized<Entrustment, Decide>,
    new: &NewBelow,
) -> Result<EntrustmentId> {
    let id = EntrustmentId::new(tx.now);
    let chosen = chosen(tx.connection, parent, &new.items)?;
    let whole = NewEntrustment {
        number: free_number(tx.connection, parent)?,
        title: title(parent),
        ..terms(parent, new, &chosen)
    };
    diesel::insert_into(t::table)
        .values((
            t::tenant_id.eq(parent.tenant_id),
            t::id.eq(id),
            t::officer_id.eq(parent.officer_id),
            t::status.eq(EntrustmentStatus::Active),
            t::clauses.eq(&parent.clauses),
            t::clauses_version.eq(parent.clauses_version),
            t::created_at.eq(tx.now),
            t::version.eq(1),
            columns(&whole)?,
        ))
        .execute(tx.connection)?;
    tier::place(tx, parent.tenant_id, id, new.contractor_id, Some(parent.id))?;
    replace_items(tx, parent.tenant_id, id, &whole)?;
    entry(tx, parent.tenant_id, id, "entrustment.re_entrusted", &whole)?;
    Ok(id)
}

/// Goes on with an entrustment below `parent` as it was approved anew.
///
/// # Errors
/// Those of the database.
pub fn renew_below(
    tx: &mut Tx<'_>,
    parent: &Authorized<Entrustment, Decide>,
    child: &Entrustment,
    new: &NewBelow,
) -> Result<()> {
    let chosen = chosen(tx.connection, parent, &new.items)?;
    let sub_entrustment = new.sub_entrustment;
    let whole = NewEntrustment {
        division_id: child.division_id,
        number: child.number.clone(),
        title: child.title.clone(),
        starts_on: child.starts_on.min(new.starts_on),
        handover_way: child.handover_way.clone(),
        note: child.note.clone(),
        rules: HandlingRules { sub_entrustment, ..child.rules.0.clone() },
        ..terms(parent, new, &chosen)
    };
    diesel::update(t::table.find((child.tenant_id, child.id)))
        .set((t::version.eq(child.version + 1), columns(&whole)?))
        .execute(tx.connection)?;
    replace_items(tx, child.tenant_id, child.id, &whole)?;
    comparison::ask(tx, child.tenant_id, child.id)?;
    entry(tx, child.tenant_id, child.id, "entrustment.changed", &whole)
}

/// What follows from the terms above and from what was approved.
fn terms(parent: &Entrustment, new: &NewBelow, items: &[DataItem]) -> NewEntrustment {
    let after = u64::try_from(parent.rules.0.retention_days).unwrap_or_default();
    let erase_by = new.ends_on.checked_add_days(Days::new(after)).unwrap_or(parent.erase_by);
    let sub_entrustment = new.sub_entrustment;
    NewEntrustment {
        contractor_id: new.contractor_id,
        division_id: parent.division_id,
        number: String::new(),
        title: String::new(),
        purpose: new.purpose.clone(),
        starts_on: new.starts_on,
        ends_on: new.ends_on,
        erase_by: erase_by.min(parent.erase_by).max(new.ends_on),
        persons: new.persons,
        handover_way: parent.handover_way.clone(),
        note: String::new(),
        items: items.iter().map(|item| copied(item, items)).collect(),
        rules: HandlingRules { sub_entrustment, ..parent.rules.0.clone() },
    }
}

/// An item as it is copied: under the one above it, where that is re-entrusted too.
fn copied(item: &DataItem, all: &[DataItem]) -> NewItem {
    let upper = all.iter().find(|upper| Some(upper.id) == item.parent_id);
    let under = upper.map(|upper| upper.name.clone()).unwrap_or_default();
    NewItem { name: item.name.clone(), mark: item.mark, under }
}

/// The items that are re-entrusted, as special as any item above them.
fn chosen(
    connection: &mut Connection,
    parent: &Entrustment,
    ids: &[DataItemId],
) -> Result<Vec<DataItem>> {
    let all = items(connection, parent)?;
    let mark = |item: &DataItem| -> ItemMark {
        let (mut mark, mut above) = (item.mark, item.parent_id);
        // A hierarchy has no more levels than items: a circle can't hold us.
        for _ in 0..all.len() {
            let Some(upper) = above.and_then(|id| all.iter().find(|i| i.id == id)) else {
                break;
            };
            mark = mark.max(upper.mark);
            above = upper.parent_id;
        }
        mark
    };
    let own = all.iter().filter(|item| ids.contains(&item.id));
    Ok(own.map(|item| DataItem { mark: mark(item), ..item.clone() }).collect())
}

/// The number above with a count behind it that no other entrustment has.
fn free_number(connection: &mut Connection, parent: &Entrustment) -> Result<String> {
    let siblings: i64 = a::table
        .filter(a::tenant_id.eq(parent.tenant_id))
        .filter(a::ancestor_id.eq(parent.id))
        .filter(a::distance.eq(1))
        .count()
        .get_result(connection)?;
    let mut count = siblings + 1;
    loop {
        let args = [("number", parent.number.as_str().into()), ("count", count.to_string().into())];
        let number = locale::text_with(Language::Ja, "sub-entrustment-derived-number", &args);
        if !number_taken(connection, parent.tenant_id, &number, None)? {
            return Ok(number);
        }
        count += 1;
    }
}

/// The title above, marked once as re-entrusted.
fn title(parent: &Entrustment) -> String {
    let mark = locale::text(Language::Ja, "sub-entrustment-derived-mark");
    if parent.title.ends_with(&mark) {
        return parent.title.clone();
    }
    format!("{}{mark}", parent.title)
}
