//! An entrustment registered and changed: what its form fills, and what the ledger tells of it.

use chrono::NaiveDate;
use diesel::prelude::*;
use serde_json::json;

use super::item::{first_items, replace_items};
use super::tier;
use crate::actor::{Authorized, DivisionId, OrganisationId, Role};
use crate::database::schema::{contractor, division, entrustment as t};
use crate::database::types::json_text;
use crate::database::{Connection, MOST_ROWS, Tx};
use crate::entrustment::comparison;
use crate::entrustment::items::ItemMark;
use crate::entrustment::model::{Entrustment, EntrustmentId, EntrustmentStatus, NewEntrustment};
use crate::entrustment::policy::Manage;
use crate::error::{Error, Result};
use crate::japanese::fold_name;
use crate::ledger::{self, NewEntry};
use crate::organisation::contractor::ContractorId;

/// Whether contractor and division are the principal's own.
pub(in crate::entrustment) fn belongs(
    connection: &mut Connection,
    tenant: OrganisationId,
    new: &NewEntrustment,
) -> Result<(bool, bool)> {
    let contractors: i64 =
        contractor::table.find((tenant, new.contractor_id)).count().get_result(connection)?;
    let divisions: i64 =
        division::table.find((tenant, new.division_id)).count().get_result(connection)?;
    Ok((contractors == 1, divisions == 1))
}

/// Whether another entrustment of the principal has this number.
pub(in crate::entrustment) fn number_taken(
    connection: &mut Connection,
    tenant: OrganisationId,
    number: &str,
    except: Option<EntrustmentId>,
) -> Result<bool> {
    let found: Option<EntrustmentId> = t::table
        .filter(t::tenant_id.eq(tenant))
        .filter(t::number.eq(number))
        .select(t::id)
        .first(connection)
        .optional()?;
    Ok(found.is_some() && found != except)
}

/// The columns that the form fills.
#[derive(Insertable, AsChangeset)]
#[diesel(table_name = t, treat_none_as_default_value = false)]
pub(super) struct Columns<'a> {
    contractor_id: ContractorId,
    division_id: DivisionId,
    number: &'a str,
    title: &'a str,
    title_key: String,
    purpose: &'a str,
    fiscal_year: i32,
    starts_on: NaiveDate,
    ends_on: NaiveDate,
    erase_by: NaiveDate,
    persons: i64,
    sensitive: bool,
    my_number: bool,
    handover_way: &'a str,
    note: &'a str,
    rules: String,
}

pub(super) fn columns(new: &NewEntrustment) -> Result<Columns<'_>> {
    let has = |marks: &[ItemMark]| new.items.iter().any(|item| marks.contains(&item.mark));
    Ok(Columns {
        contractor_id: new.contractor_id,
        division_id: new.division_id,
        number: &new.number,
        title: &new.title,
        title_key: fold_name(&new.title),
        purpose: &new.purpose,
        fiscal_year: new.fiscal_year().0,
        starts_on: new.starts_on,
        ends_on: new.ends_on,
        erase_by: new.erase_by,
        persons: new.persons,
        sensitive: has(&[ItemMark::Sensitive, ItemMark::OrdinanceSensitive]),
        my_number: has(&[ItemMark::MyNumber]),
        handover_way: &new.handover_way,
        note: &new.note,
        rules: json_text(&new.rules)?,
    })
}

/// Which of these contract numbers the principal has.
///
/// # Errors
/// Those of the database.
pub fn numbers_taken(
    connection: &mut Connection,
    tenant: OrganisationId,
    numbers: &[String],
) -> Result<Vec<String>> {
    let mut taken = Vec::new();
    for numbers in numbers.chunks(MOST_ROWS) {
        let found: Vec<String> = t::table
            .filter(t::tenant_id.eq(tenant))
            .filter(t::number.eq_any(numbers.to_vec()))
            .select(t::number)
            .load(connection)?;
        taken.extend(found);
    }
    Ok(taken)
}

/// Registers an entrustment with its items, under the standard clauses.
///
/// # Errors
/// Those of the database.
pub fn create(
    tx: &mut Tx<'_>,
    tenant: &Authorized<OrganisationId, Manage>,
    new: &NewEntrustment,
) -> Result<EntrustmentId> {
    let id = insert(tx, **tenant, new)?;
    entry(tx, **tenant, id, "entrustment.registered", new)?;
    Ok(id)
}

/// The same for many, whose ledger entries are appended in one go.
pub(in crate::entrustment) fn create_all(
    tx: &mut Tx<'_>,
    tenant: &Authorized<OrganisationId, Manage>,
    all: &[NewEntrustment],
) -> Result<()> {
    for (round, some) in all.chunks(MOST_ROWS).enumerate() {
        if round == 1 {
            tx.connection.gather_figures("entrustment")?;
        }
        let ids = some.iter().map(|new| insert(tx, **tenant, new)).collect::<Result<Vec<_>>>()?;
        let entries = ids
            .iter()
            .zip(some)
            .map(|(id, new)| new_entry(**tenant, id, "entrustment.registered", new))
            .collect();
        ledger::append_all(tx, **tenant, entries)?;
    }
    Ok(())
}

fn insert(tx: &mut Tx<'_>, tenant: OrganisationId, new: &NewEntrustment) -> Result<EntrustmentId> {
    let id = EntrustmentId::new(tx.now);
    let officer = tx.actor.member().filter(|m| m.role == Role::Officer).map(|m| m.person_id);
    diesel::insert_into(t::table)
        .values((
            t::tenant_id.eq(tenant),
            t::id.eq(id),
            t::officer_id.eq(officer),
            t::status.eq(EntrustmentStatus::Active),
            t::clauses.eq("standard"),
            t::clauses_version.eq(1),
            t::created_at.eq(tx.now),
            t::version.eq(1),
            columns(new)?,
        ))
        .execute(tx.connection)?;
    tier::place(tx, tenant, id, new.contractor_id, None)?;
    first_items(tx, tenant, id, &new.items)?;
    Ok(id)
}

/// Changes an entrustment that is still at `version`.
pub(in crate::entrustment) fn update(
    tx: &mut Tx<'_>,
    entrustment: &Authorized<Entrustment, Manage>,
    version: i32,
    new: &NewEntrustment,
) -> Result<()> {
    let changed = diesel::update(
        t::table.find((entrustment.tenant_id, entrustment.id)).filter(t::version.eq(version)),
    )
    .set((t::version.eq(version + 1), columns(new)?))
    .execute(tx.connection)?;
    if changed == 0 {
        return Err(Error::Conflict("error-stale"));
    }
    tier::moved(tx, entrustment.tenant_id, entrustment.id, new.contractor_id)?;
    replace_items(tx, entrustment.tenant_id, entrustment.id, new)?;
    comparison::ask(tx, entrustment.tenant_id, entrustment.id)?;
    entry(tx, entrustment.tenant_id, entrustment.id, "entrustment.changed", new)
}

pub(super) fn entry(
    tx: &mut Tx<'_>,
    tenant: OrganisationId,
    id: EntrustmentId,
    act: &'static str,
    new: &NewEntrustment,
) -> Result<()> {
    ledger::append(tx, new_entry(tenant, &id, act, new))
}

fn new_entry<'a>(
    tenant: OrganisationId,
    id: &'a EntrustmentId,
    act: &'static str,
    new: &NewEntrustment,
) -> NewEntry<'a> {
    NewEntry {
        tenant_id: tenant,
        act,
        subject_kind: "entrustment",
        subject_id: id.as_str(),
        entrustment_id: Some(id.as_str()),
        details: vec![
            ("number", json!(new.number)),
            ("title", json!(new.title)),
            ("purpose", json!(new.purpose)),
            ("contractor", json!(new.contractor_id)),
            ("division", json!(new.division_id)),
            ("starts_on", json!(new.starts_on)),
            ("ends_on", json!(new.ends_on)),
            ("erase_by", json!(new.erase_by)),
            ("persons", json!(new.persons)),
            ("items", json!(new.items)),
            ("rules", json!(new.rules)),
        ],
    }
}
