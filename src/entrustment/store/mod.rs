//! Entrustments and their items.

mod below;
mod closing;
mod item;
mod list;
mod many;
mod tier;

use chrono::NaiveDate;
use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use serde_json::json;

pub use below::{NewBelow, create_below, renew_below};
pub use closing::{close, keep_open, lock, reopen};
pub use list::{Summary, alone, filtered, page};
pub(super) use list::{all_ids, items_of, with_names};
pub use many::{contractors_above_many, items_of_many, keys, numbered};
pub use tier::{
    Below, Side, below, contractors_above, contractors_of_line, in_tree_order, parent, side,
};

use item::{first_items, replace_items};

use crate::actor::{Actor, Authorized, DivisionId, Member, OrganisationId, Role};
use crate::database::schema::{
    contractor, data_item, division, entrustment as t, entrustment_ancestor,
};
use crate::database::types::json_text;
use crate::database::{Backend, Connection, Tx};
use crate::entrustment::comparison;
use crate::entrustment::items::{DataItem, ItemMark};
use crate::entrustment::model::{Entrustment, EntrustmentId, EntrustmentStatus, NewEntrustment};
use crate::entrustment::policy::Manage;
use crate::error::{Error, Result};
use crate::japanese::fold_name;
use crate::ledger::{self, NewEntry};
use crate::organisation::contractor::ContractorId;

/// Entrustments joined with contractor and division, as lists and the visible set need them.
type Joined = diesel::dsl::InnerJoinOn<
    diesel::dsl::InnerJoinOn<
        t::table,
        contractor::table,
        diesel::dsl::And<
            diesel::dsl::Eq<t::tenant_id, contractor::tenant_id>,
            diesel::dsl::Eq<t::contractor_id, contractor::id>,
        >,
    >,
    division::table,
    diesel::dsl::And<
        diesel::dsl::Eq<t::tenant_id, division::tenant_id>,
        diesel::dsl::Eq<t::division_id, division::id>,
    >,
>;

/// What is visible to a member: every list and every look-up starts here.
///
/// Principals: administrators, approvers and auditors see all of their organisation's, officers those
/// of their division (or all, when they belong to none). Contractors: what is entrusted to the
/// organisation for which they act, by whichever principal, and what they re-entrusted.
#[must_use]
pub fn visible<'a>(member: &Member) -> diesel::dsl::IntoBoxed<'a, Joined, Backend> {
    let mut rows =
        t::table
            .inner_join(contractor::table.on(
                t::tenant_id.eq(contractor::tenant_id).and(t::contractor_id.eq(contractor::id)),
            ))
            .inner_join(
                division::table
                    .on(t::tenant_id.eq(division::tenant_id).and(t::division_id.eq(division::id))),
            )
            .into_boxed();
    if member.role.is_principal() {
        rows = rows.filter(t::tenant_id.eq(member.organisation_id));
        if let (Role::Officer, Some(own)) = (member.role, member.division_id) {
            rows = rows.filter(t::division_id.eq(own));
        }
    } else {
        let own = diesel::alias!(contractor as own_contractor);
        let registered =
            || own.filter(own.field(contractor::organisation_id).eq(member.organisation_id));
        let held = entrustment_ancestor::table
            .filter(
                entrustment_ancestor::tenant_id
                    .eq_any(registered().select(own.field(contractor::tenant_id))),
            )
            .filter(
                entrustment_ancestor::contractor_id
                    .eq_any(registered().select(own.field(contractor::id))),
            );
        rows = rows.filter(t::id.eq_any(held.select(entrustment_ancestor::entrustment_id)));
    }
    rows
}

/// Whether a member sees every entrustment of the own organisation: then [`visible`] is no more
/// than the organisation's rows.
#[must_use]
pub fn sees_all(member: &Member) -> bool {
    member.role.is_principal() && (member.role != Role::Officer || member.division_id.is_none())
}

/// Keeps a query on entrustments, or on what is joined to them, to what [`visible`] shows a member:
/// for counts and groups, which a boxed query of [`visible`] can't be made of any more.
macro_rules! seen {
    ($query:expr, $member:expr) => {{
        use $crate::database::schema::{contractor, entrustment, entrustment_ancestor};
        let member: &$crate::actor::Member = $member;
        let own = member.organisation_id;
        let mut query = $query.into_boxed();
        if member.role.is_principal() {
            query = query.filter(entrustment::tenant_id.eq(own));
            if let ($crate::actor::Role::Officer, Some(division)) =
                (member.role, member.division_id)
            {
                query = query.filter(entrustment::division_id.eq(division));
            }
        } else {
            let holder = diesel::alias!(contractor as seen_contractor);
            let line = diesel::alias!(entrustment_ancestor as seen_line);
            let registered = || holder.filter(holder.field(contractor::organisation_id).eq(own));
            let ids = line
                .filter(
                    line.field(entrustment_ancestor::tenant_id)
                        .eq_any(registered().select(holder.field(contractor::tenant_id))),
                )
                .filter(
                    line.field(entrustment_ancestor::contractor_id)
                        .eq_any(registered().select(holder.field(contractor::id))),
                )
                .select(line.field(entrustment_ancestor::entrustment_id));
            query = query.filter(entrustment::id.eq_any(ids));
        }
        query
    }};
}
pub(crate) use seen;

/// One entrustment, when it is visible to the actor.
///
/// # Errors
/// [`Error::NotFound`] alike when it isn't there and when it isn't visible.
pub fn find(connection: &mut Connection, actor: &Actor, id: EntrustmentId) -> Result<Entrustment> {
    let member = actor.member().ok_or(Error::SignIn)?;
    Ok(visible(member).filter(t::id.eq(id)).select(Entrustment::as_select()).first(connection)?)
}

/// Several visible entrustments in one query.
///
/// # Errors
/// Those of the database.
pub fn by_ids(
    connection: &mut Connection,
    actor: &Actor,
    ids: &[EntrustmentId],
) -> Result<Vec<Entrustment>> {
    let member = actor.member().ok_or(Error::SignIn)?;
    Ok(visible(member)
        .filter(t::id.eq_any(ids.to_vec()))
        .order(t::id.asc())
        .select(Entrustment::as_select())
        .load(connection)?)
}

/// One entrustment for what runs by itself and for the command line.
///
/// # Errors
/// [`Error::Forbidden`] for a member; [`Error::NotFound`].
pub fn find_for_system(
    connection: &mut Connection,
    actor: &Actor,
    id: EntrustmentId,
) -> Result<Entrustment> {
    if !matches!(actor, Actor::System | Actor::Operator) {
        return Err(Error::Forbidden("system"));
    }
    Ok(t::table.filter(t::id.eq(id)).select(Entrustment::as_select()).first(connection)?)
}

/// The next entrustments that aren't closed, of all principals, for what runs by itself.
///
/// # Errors
/// [`Error::Forbidden`] for a member; those of the database.
pub fn open_after(
    connection: &mut Connection,
    actor: &Actor,
    after: Option<(OrganisationId, EntrustmentId)>,
    limit: i64,
) -> Result<Vec<Entrustment>> {
    if !matches!(actor, Actor::System | Actor::Operator) {
        return Err(Error::Forbidden("system"));
    }
    let mut rows = t::table.filter(t::status.ne(EntrustmentStatus::Closed)).into_boxed();
    if let Some((tenant, id)) = after {
        rows =
            rows.filter(t::tenant_id.ge(tenant)).filter(t::tenant_id.gt(tenant).or(t::id.gt(id)));
    }
    Ok(rows
        .order((t::tenant_id.asc(), t::id.asc()))
        .limit(limit)
        .select(Entrustment::as_select())
        .load(connection)?)
}

/// The items of an entrustment in their order.
///
/// # Errors
/// Those of the database.
pub fn items(connection: &mut Connection, entrustment: &Entrustment) -> Result<Vec<DataItem>> {
    Ok(data_item::table
        .filter(data_item::tenant_id.eq(entrustment.tenant_id))
        .filter(data_item::entrustment_id.eq(entrustment.id))
        .filter(data_item::removed_at.is_null())
        .order(data_item::position.asc())
        .select(DataItem::as_select())
        .load(connection)?)
}

/// The same with those that were taken off: registers may name them still.
///
/// # Errors
/// Those of the database.
pub fn items_ever(connection: &mut Connection, entrustment: &Entrustment) -> Result<Vec<DataItem>> {
    Ok(data_item::table
        .filter(data_item::tenant_id.eq(entrustment.tenant_id))
        .filter(data_item::entrustment_id.eq(entrustment.id))
        .order((data_item::position.asc(), data_item::id.asc()))
        .select(DataItem::as_select())
        .load(connection)?)
}

/// Whether contractor and division are the principal's own.
pub(super) fn belongs(
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
pub(super) fn number_taken(
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
struct Columns<'a> {
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

fn columns(new: &NewEntrustment) -> Result<Columns<'_>> {
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
    for numbers in numbers.chunks(500) {
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
pub(super) fn create_all(
    tx: &mut Tx<'_>,
    tenant: &Authorized<OrganisationId, Manage>,
    all: &[NewEntrustment],
) -> Result<()> {
    for (round, some) in all.chunks(500).enumerate() {
        if round == 1 {
            gather_figures(tx.connection)?;
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

/// `PostgreSQL` plans its checks of foreign keys once, by what it knows of a table: of one that was
/// empty a moment ago it reads every row for each row that names it, which 10,000 feel (29 s, with
/// these figures 4 s).
fn gather_figures(connection: &mut Connection) -> Result<()> {
    if let Connection::Postgresql(c) = connection {
        c.batch_execute("ANALYZE entrustment")?;
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
pub(super) fn update(
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

fn entry(
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
