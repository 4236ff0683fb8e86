//! The contractors' table.

use diesel::prelude::*;
use serde_json::json;

use super::model::{Contractor, ContractorId, NewContractor};
use super::policy::Manage;
use crate::actor::{Authorized, OrganisationId};
use crate::database::schema::contractor as t;
use crate::database::{Backend, Connection, Tx};
use crate::error::{Error, Result};
use crate::japanese::fold_name;
use crate::ledger::{self, NewEntry};
use crate::web::paging::{ListQuery, PAGE_SIZE, Page};

/// A page of a principal's register, filtered and sorted as asked.
pub(super) fn page(
    connection: &mut Connection,
    tenant: OrganisationId,
    query: &ListQuery,
) -> Result<Page<Contractor>> {
    let total = filtered(tenant, query).count().get_result(connection)?;
    let rows = sorted(tenant, query)
        .offset(query.offset())
        .limit(PAGE_SIZE)
        .select(Contractor::as_select())
        .load(connection)?;
    Ok(Page::new(rows, total, query, "name"))
}

/// The ids of all that fit, in the order that is asked for.
pub(super) fn ids(
    connection: &mut Connection,
    tenant: OrganisationId,
    query: &ListQuery,
) -> Result<Vec<ContractorId>> {
    Ok(sorted(tenant, query).select(t::id).load(connection)?)
}

fn sorted<'a>(tenant: OrganisationId, query: &ListQuery) -> t::BoxedQuery<'a, Backend> {
    let rows = filtered(tenant, query);
    match query.sorting() {
        ("number", false) => rows.order((t::corporate_number.asc(), t::id.asc())),
        ("number", true) => rows.order((t::corporate_number.desc(), t::id.desc())),
        (_, false) => rows.order((t::name_key.asc(), t::id.asc())),
        (_, true) => rows.order((t::name_key.desc(), t::id.desc())),
    }
}

fn filtered<'a>(tenant: OrganisationId, query: &ListQuery) -> t::BoxedQuery<'a, Backend> {
    let mut rows = t::table.filter(t::tenant_id.eq(tenant)).into_boxed();
    let words = fold_name(&query.q);
    if !words.is_empty() {
        rows = rows.filter(
            t::name_key
                .like(format!("%{}%", escape_like(&words)))
                .or(t::corporate_number.eq(words)),
        );
    }
    rows
}

/// Escapes the wildcards of `LIKE`. The folded key has no backslash of its own to mind.
fn escape_like(words: &str) -> String {
    words.replace(['%', '_', '\\'], "")
}

/// One contractor.
///
/// # Errors
/// [`Error::NotFound`] when the principal has no such contractor.
pub fn find(
    connection: &mut Connection,
    tenant: OrganisationId,
    id: ContractorId,
) -> Result<Contractor> {
    Ok(t::table.find((tenant, id)).select(Contractor::as_select()).first(connection)?)
}

/// Several contractors of one principal in one query.
///
/// # Errors
/// Those of the database.
pub fn by_ids(
    connection: &mut Connection,
    tenant: OrganisationId,
    ids: &[ContractorId],
) -> Result<Vec<Contractor>> {
    Ok(t::table
        .filter(t::tenant_id.eq(tenant))
        .filter(t::id.eq_any(ids))
        .select(Contractor::as_select())
        .load(connection)?)
}

/// The register entries that were joined to `organisation`, in every principal's register.
///
/// # Errors
/// Those of the database.
pub fn find_for_organisation(
    connection: &mut Connection,
    organisation: OrganisationId,
) -> Result<Vec<Contractor>> {
    Ok(t::table
        .filter(t::organisation_id.eq(organisation))
        .order(t::id.asc())
        .select(Contractor::as_select())
        .load(connection)?)
}

/// Id and name of contractors whose name has `words`, for choosing one: at most `limit`.
///
/// # Errors
/// Those of the database.
pub fn choices(
    connection: &mut Connection,
    tenant: OrganisationId,
    words: &str,
    limit: i64,
) -> Result<Vec<(ContractorId, String)>> {
    let query = ListQuery { q: words.to_owned(), ..ListQuery::default() };
    Ok(filtered(tenant, &query)
        .order((t::name_key.asc(), t::id.asc()))
        .limit(limit)
        .select((t::id, t::name))
        .load(connection)?)
}

/// A contractor as others name it.
#[derive(Clone, Debug, Queryable)]
pub struct Named {
    /// The id.
    pub id: ContractorId,
    /// 名称 as typed.
    pub name: String,
    /// 所在地.
    pub address: String,
    /// 法人番号.
    pub corporate_number: Option<String>,
}

/// The contractors of a principal that have one of these names, exactly.
///
/// # Errors
/// Those of the database.
pub fn named(
    connection: &mut Connection,
    tenant: OrganisationId,
    names: &[&str],
) -> Result<Vec<Named>> {
    let mut all = Vec::new();
    for some in names.chunks(500) {
        // By the key, which has an index; the name itself is compared here.
        let keys: Vec<String> = some.iter().map(|name| fold_name(name)).collect();
        let found: Vec<Named> = t::table
            .filter(t::tenant_id.eq(tenant))
            .filter(t::name_key.eq_any(keys))
            .select((t::id, t::name, t::address, t::corporate_number))
            .load(connection)?;
        let some: std::collections::HashSet<&str> = some.iter().copied().collect();
        all.extend(found.into_iter().filter(|found| some.contains(found.name.as_str())));
    }
    Ok(all)
}

/// The contractors of a principal that have one of these 法人番号.
///
/// # Errors
/// Those of the database.
pub fn numbered(
    connection: &mut Connection,
    tenant: OrganisationId,
    numbers: &[&str],
) -> Result<Vec<Named>> {
    let mut all = Vec::new();
    for some in numbers.chunks(500) {
        let some: Vec<String> = some.iter().map(|&number| number.to_owned()).collect();
        let found: Vec<Named> = t::table
            .filter(t::tenant_id.eq(tenant))
            .filter(t::corporate_number.eq_any(some))
            .select((t::id, t::name, t::address, t::corporate_number))
            .load(connection)?;
        all.extend(found);
    }
    Ok(all)
}

/// Whether another contractor of the principal has this 法人番号.
pub(super) fn number_taken(
    connection: &mut Connection,
    tenant: OrganisationId,
    new: &NewContractor,
    except: Option<ContractorId>,
) -> Result<bool> {
    let Some(number) = &new.corporate_number else {
        return Ok(false);
    };
    let found: Option<ContractorId> = t::table
        .filter(t::tenant_id.eq(tenant))
        .filter(t::corporate_number.eq(number.as_str().to_owned()))
        .select(t::id)
        .first(connection)
        .optional()?;
    Ok(found.is_some() && found != except)
}

/// The contractor of the register that is the same organisation: by its 法人番号, or, where it has
/// none, by name and mail address.
///
/// # Errors
/// Those of the database.
pub fn find_same(
    connection: &mut Connection,
    tenant: OrganisationId,
    new: &NewContractor,
) -> Result<Option<Contractor>> {
    let mut rows = t::table.filter(t::tenant_id.eq(tenant)).into_boxed();
    rows = match &new.corporate_number {
        Some(number) => rows.filter(t::corporate_number.eq(number.as_str().to_owned())),
        None => rows
            .filter(t::corporate_number.is_null())
            .filter(t::name_key.eq(fold_name(&new.name)))
            .filter(t::email.eq(new.email.clone())),
    };
    Ok(rows.order(t::id.asc()).select(Contractor::as_select()).first(connection).optional()?)
}

/// Registers a contractor.
///
/// # Errors
/// Those of the database.
pub fn create(
    tx: &mut Tx<'_>,
    tenant: &Authorized<OrganisationId, Manage>,
    new: &NewContractor,
) -> Result<ContractorId> {
    let id = insert(tx, **tenant, new)?;
    entry(tx, **tenant, id, "contractor.registered", new)?;
    Ok(id)
}

/// The same for many, whose ledger entries are appended in one go.
pub(super) fn create_all(
    tx: &mut Tx<'_>,
    tenant: &Authorized<OrganisationId, Manage>,
    all: &[NewContractor],
) -> Result<()> {
    for some in all.chunks(500) {
        let ids = some.iter().map(|new| insert(tx, **tenant, new)).collect::<Result<Vec<_>>>()?;
        let entries = ids
            .iter()
            .zip(some)
            .map(|(id, new)| new_entry(**tenant, id, "contractor.registered", new))
            .collect();
        ledger::append_all(tx, **tenant, entries)?;
    }
    Ok(())
}

fn insert(tx: &mut Tx<'_>, tenant: OrganisationId, new: &NewContractor) -> Result<ContractorId> {
    let id = ContractorId::new(tx.now);
    diesel::insert_into(t::table)
        .values((
            t::tenant_id.eq(tenant),
            t::id.eq(id),
            t::created_at.eq(tx.now),
            t::version.eq(1),
            columns(new),
        ))
        .execute(tx.connection)?;
    Ok(id)
}

/// Changes a contractor that is still at `version`.
pub(super) fn update(
    tx: &mut Tx<'_>,
    tenant: &Authorized<OrganisationId, Manage>,
    id: ContractorId,
    version: i32,
    new: &NewContractor,
) -> Result<()> {
    let changed = diesel::update(t::table.find((**tenant, id)).filter(t::version.eq(version)))
        .set((t::version.eq(version + 1), columns(new)))
        .execute(tx.connection)?;
    if changed == 0 {
        find(tx.connection, **tenant, id)?;
        return Err(Error::Conflict("error-stale"));
    }
    entry(tx, **tenant, id, "contractor.changed", new)
}

/// Joins a registered contractor to the organisation of its representative.
///
/// # Errors
/// Those of the database.
pub fn join(
    tx: &mut Tx<'_>,
    tenant: OrganisationId,
    id: ContractorId,
    organisation: OrganisationId,
) -> Result<()> {
    diesel::update(t::table.find((tenant, id)))
        .set((t::organisation_id.eq(organisation), t::version.eq(t::version + 1)))
        .execute(tx.connection)?;
    ledger::append(
        tx,
        NewEntry {
            tenant_id: tenant,
            act: "contractor.joined",
            subject_kind: "contractor",
            subject_id: id.as_str(),
            entrustment_id: None,
            details: vec![("organisation", json!(organisation))],
        },
    )
}

/// The columns that the form fills.
#[derive(Insertable, AsChangeset)]
#[diesel(table_name = t, treat_none_as_null = true, treat_none_as_default_value = false)]
struct Columns<'a> {
    kind: super::super::model::OrganisationKind,
    name: &'a str,
    name_kana: &'a str,
    name_key: String,
    corporate_number: Option<String>,
    postcode: &'a str,
    address: &'a str,
    representative: &'a str,
    person_in_charge: &'a str,
    person_in_charge_title: &'a str,
    email: &'a str,
    phone: &'a str,
    after_hours_phone: &'a str,
    privacy_mark: &'a str,
    privacy_mark_until: Option<chrono::NaiveDate>,
    isms: &'a str,
    isms_until: Option<chrono::NaiveDate>,
    note: &'a str,
}

fn columns(new: &NewContractor) -> Columns<'_> {
    Columns {
        kind: new.kind,
        name: &new.name,
        name_kana: &new.name_kana,
        name_key: fold_name(&new.name),
        corporate_number: new.corporate_number.as_ref().map(|n| n.as_str().to_owned()),
        postcode: &new.postcode,
        address: &new.address,
        representative: &new.representative,
        person_in_charge: &new.person_in_charge,
        person_in_charge_title: &new.person_in_charge_title,
        email: &new.email,
        phone: &new.phone,
        after_hours_phone: &new.after_hours_phone,
        privacy_mark: &new.privacy_mark,
        privacy_mark_until: new.privacy_mark_until,
        isms: &new.isms,
        isms_until: new.isms_until,
        note: &new.note,
    }
}

fn entry(
    tx: &mut Tx<'_>,
    tenant: OrganisationId,
    id: ContractorId,
    act: &'static str,
    new: &NewContractor,
) -> Result<()> {
    ledger::append(tx, new_entry(tenant, &id, act, new))
}

fn new_entry<'a>(
    tenant: OrganisationId,
    id: &'a ContractorId,
    act: &'static str,
    new: &NewContractor,
) -> NewEntry<'a> {
    NewEntry {
        tenant_id: tenant,
        act,
        subject_kind: "contractor",
        subject_id: id.as_str(),
        entrustment_id: None,
        details: vec![
            ("name", json!(new.name)),
            ("corporate_number", json!(new.corporate_number)),
            ("person_in_charge", json!(new.person_in_charge)),
        ],
    }
}
