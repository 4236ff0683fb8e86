//! The list of entrustments.
//!
//! What is only counted or skipped is read from an index of entrustments alone; the names of
//! contractor and division are joined to the rows of the page.

use chrono::NaiveDate;
use diesel::prelude::*;
use serde::Serialize;

use super::{Joined, seen, visible};
use crate::actor::{DivisionId, Member, OrganisationId};
use crate::database::schema::{contractor, data_item, division, entrustment as t};
use crate::database::{Backend, Connection};
use crate::entrustment::{Entrustment, EntrustmentId, EntrustmentStatus, ItemMark};
use crate::error::Result;
use crate::japanese::fold_name;
use crate::organisation::contractor::ContractorId;
use crate::web::paging::{ListQuery, MOST_COUNTED, PAGE_SIZE, Page, UNCOUNTED};

/// A line of a list.
#[derive(Clone, Debug, Queryable, Serialize)]
pub struct Summary {
    /// The principal.
    pub tenant_id: OrganisationId,
    /// The id.
    pub id: EntrustmentId,
    /// 契約番号.
    pub number: String,
    /// 件名.
    pub title: String,
    /// The contractor's name.
    pub contractor: String,
    /// The division's name.
    pub division: String,
    /// 年度.
    pub fiscal_year: i32,
    /// Last day of the contract.
    pub ends_on: NaiveDate,
    /// 件数.
    pub persons: i64,
    /// Whether it is closed.
    pub status: EntrustmentStatus,
}

/// How many rows fit, counted up to [`MOST_COUNTED`].
fn total(connection: &mut Connection, member: &Member, query: &ListQuery) -> Result<i64> {
    let beyond: Option<EntrustmentId> = alone(member, query)
        .select(t::id)
        .offset(MOST_COUNTED)
        .limit(1)
        .first(connection)
        .optional()?;
    match beyond {
        Some(_) => Ok(UNCOUNTED),
        None => Ok(alone(member, query).count().get_result(connection)?),
    }
}

/// A page of what is visible, filtered and sorted as asked.
///
/// # Errors
/// Those of the database.
pub fn page(
    connection: &mut Connection,
    member: &Member,
    query: &ListQuery,
) -> Result<Page<Summary>> {
    let total = total(connection, member, query)?;
    let ids = ids(connection, member, query, (query.offset(), PAGE_SIZE))?;
    let mut rows: Vec<Summary> = visible(member)
        .filter(t::id.eq_any(ids.clone()))
        .select((
            t::tenant_id,
            t::id,
            t::number,
            t::title,
            contractor::name,
            division::name,
            t::fiscal_year,
            t::ends_on,
            t::persons,
            t::status,
        ))
        .load(connection)?;
    rows.sort_by_key(|row| ids.iter().position(|id| *id == row.id));
    Ok(Page::new(rows, total, query, "ends_on"))
}

/// The ids in the order that is asked for: as many after skipping some.
fn ids(
    connection: &mut Connection,
    member: &Member,
    query: &ListQuery,
    window: (i64, i64),
) -> Result<Vec<EntrustmentId>> {
    let (offset, limit) = window;
    let rows = alone(member, query);
    let rows = match query.sorting() {
        ("contractor", descending) => return by_contractor(connection, rows, window, descending),
        ("number", false) => rows.order((t::number.asc(), t::id.asc())),
        ("number", true) => rows.order((t::number.desc(), t::id.desc())),
        ("title", false) => rows.order((t::title_key.asc(), t::id.asc())),
        ("title", true) => rows.order((t::title_key.desc(), t::id.desc())),
        ("persons", false) => rows.order((t::persons.asc(), t::id.asc())),
        ("persons", true) => rows.order((t::persons.desc(), t::id.desc())),
        (_, false) => rows.order((t::ends_on.asc(), t::id.asc())),
        (_, true) => rows.order((t::ends_on.desc(), t::id.desc())),
    };
    Ok(rows.offset(offset).limit(limit).select(t::id).load(connection)?)
}

/// The ids of all that is visible and fits, in the order that is asked for.
pub(in crate::entrustment) fn all_ids(
    connection: &mut Connection,
    member: &Member,
    query: &ListQuery,
) -> Result<Vec<EntrustmentId>> {
    ids(connection, member, query, (0, i64::MAX))
}

/// Some of what is visible, with the names of contractor and division, in no order.
pub(in crate::entrustment) fn with_names(
    connection: &mut Connection,
    member: &Member,
    ids: &[EntrustmentId],
) -> Result<Vec<(Entrustment, String, String)>> {
    Ok(visible(member)
        .filter(t::id.eq_any(ids.to_vec()))
        .select((Entrustment::as_select(), contractor::name, division::name))
        .load(connection)?)
}

/// The items of some entrustments, each in its order.
pub(in crate::entrustment) fn items_of(
    connection: &mut Connection,
    ids: &[EntrustmentId],
) -> Result<Vec<(EntrustmentId, String, ItemMark)>> {
    Ok(data_item::table
        .filter(data_item::entrustment_id.eq_any(ids.to_vec()))
        .filter(data_item::removed_at.is_null())
        .order((data_item::entrustment_id.asc(), data_item::position.asc()))
        .select((data_item::entrustment_id, data_item::name, data_item::mark))
        .load(connection)?)
}

/// The same by the contractors' names: one contractor after the other, as two indexes have them.
fn by_contractor(
    connection: &mut Connection,
    rows: t::BoxedQuery<'_, Backend>,
    (offset, limit): (i64, i64),
    descending: bool,
) -> Result<Vec<EntrustmentId>> {
    let rows = rows.inner_join(
        contractor::table
            .on(t::tenant_id.eq(contractor::tenant_id).and(t::contractor_id.eq(contractor::id))),
    );
    let rows = if descending {
        rows.order((contractor::name_key.desc(), contractor::id.desc(), t::id.desc()))
    } else {
        rows.order((contractor::name_key.asc(), contractor::id.asc(), t::id.asc()))
    };
    Ok(rows.offset(offset).limit(limit).select(t::id).load(connection)?)
}

/// Keeps to what the filter's lists chose.
macro_rules! choose {
    ($rows:ident, $query:ident) => {
        if let Ok(status) = $query.status.parse::<EntrustmentStatus>() {
            $rows = $rows.filter(t::status.eq(status));
        }
        if let Ok(year) = $query.year.parse::<i32>() {
            $rows = $rows.filter(t::fiscal_year.eq(year));
        }
        if let Ok(division) = $query.division.parse::<DivisionId>() {
            $rows = $rows.filter(t::division_id.eq(division));
        }
        if let Ok(contractor) = $query.contractor.parse::<ContractorId>() {
            $rows = $rows.filter(t::contractor_id.eq(contractor));
        }
    };
}

/// The pattern of the words that are looked for, when there are any.
fn pattern(query: &ListQuery) -> Option<String> {
    let words = fold_name(&query.q).replace(['%', '_', '\\'], "");
    (!words.is_empty()).then(|| format!("%{words}%"))
}

/// What is visible to a member and fits a list's filter.
#[must_use]
pub fn filtered<'a>(
    member: &Member,
    query: &ListQuery,
) -> diesel::dsl::IntoBoxed<'a, Joined, Backend> {
    let mut rows = visible(member);
    if let Some(pattern) = pattern(query) {
        rows = rows.filter(
            t::title_key
                .like(pattern.clone())
                .or(contractor::name_key.like(pattern))
                .or(t::number.eq(query.q.trim().to_owned())),
        );
    }
    choose!(rows, query);
    rows
}

/// The same rows as [`filtered`], of entrustments alone.
#[must_use]
pub fn alone<'a>(member: &Member, query: &ListQuery) -> t::BoxedQuery<'a, Backend> {
    let own = member.organisation_id;
    let mut rows = seen!(t::table, member);
    if let Some(pattern) = pattern(query) {
        let named = contractor::table
            .filter(contractor::tenant_id.eq(own).or(contractor::organisation_id.eq(own)))
            .filter(contractor::name_key.like(pattern.clone()));
        rows = rows.filter(
            t::title_key
                .like(pattern)
                .or(t::contractor_id.eq_any(named.select(contractor::id)))
                .or(t::number.eq(query.q.trim().to_owned())),
        );
    }
    choose!(rows, query);
    rows
}
