//! The yearly duty: which entrustments were inspected in a fiscal year, and which were not.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::dsl::{exists, not};
use diesel::prelude::*;

use crate::actor::{DivisionId, Member, OrganisationId};
use crate::clock::Timestamp;
use crate::database::Connection;
use crate::database::schema::{contractor, division, entrustment, inspection as t};
use crate::entrustment::{self as entrustments, EntrustmentId, EntrustmentStatus};
use crate::error::Result;
use crate::inspection::model::{InspectionId, InspectionStatus, Overall};
use crate::japanese::FiscalYear;
use crate::web::paging::{ListQuery, PAGE_SIZE, Page};
use crate::word_type;

word_type! {
    /// How the duty of a year stands.
    Standing {
        /// Held.
        Held = "held",
        /// Planned, not held.
        Planned = "planned",
        /// Neither.
        Missing = "missing",
        /// Not held, whether planned or not: a filter.
        Undone = "undone",
    }
}

/// An entrustment with its inspection of the year.
#[derive(Clone, Debug)]
pub(in crate::inspection) struct DutyRow {
    pub id: EntrustmentId,
    pub number: String,
    pub title: String,
    pub contractor: String,
    pub division: String,
    pub ends_on: NaiveDate,
    pub inspection: Option<Brief>,
}

/// An inspection in a list.
#[derive(Clone, Debug, Queryable)]
pub(in crate::inspection) struct Brief {
    pub entrustment_id: EntrustmentId,
    pub id: InspectionId,
    pub planned_on: NaiveDate,
    pub held_at: Option<Timestamp>,
    pub result: Overall,
    pub status: InspectionStatus,
}

impl DutyRow {
    pub(in crate::inspection) fn standing(&self) -> Standing {
        match &self.inspection {
            None => Standing::Missing,
            Some(brief) if brief.status == InspectionStatus::Planned => Standing::Planned,
            Some(_) => Standing::Held,
        }
    }
}

/// The inspections of the entrustment of the outer query in a year.
macro_rules! of_year {
    ($year:expr) => {
        t::table
            .filter(t::tenant_id.eq(entrustment::tenant_id))
            .filter(t::entrustment_id.eq(entrustment::id))
            .filter(t::fiscal_year.eq($year))
    };
}

/// The entrustments of `rows` that are in force in a year, with a standing.
macro_rules! in_force {
    ($rows:expr, $year:expr, $standing:expr) => {{
        let mut rows = $rows
            .filter(entrustment::status.eq(EntrustmentStatus::Active))
            .filter(entrustment::ends_on.ge($year.start()))
            .filter(entrustment::starts_on.le($year.end()));
        let held = || of_year!($year.0).filter(t::status.ne(InspectionStatus::Planned));
        match $standing {
            Some(Standing::Held) => rows = rows.filter(exists(held())),
            Some(Standing::Undone) => rows = rows.filter(not(exists(held()))),
            Some(Standing::Missing) => rows = rows.filter(not(exists(of_year!($year.0)))),
            Some(Standing::Planned) => {
                rows = rows.filter(not(exists(held()))).filter(exists(of_year!($year.0)));
            }
            None => {}
        }
        rows
    }};
}

/// The part of a query that is about entrustments.
fn about(query: &ListQuery) -> ListQuery {
    ListQuery {
        q: query.q.clone(),
        division: query.division.clone(),
        contractor: query.contractor.clone(),
        ..ListQuery::default()
    }
}

/// The entrustments that a query asks for, in its order.
macro_rules! sorted {
    ($member:expr, $query:expr, $year:expr) => {{
        let standing = $query.status.parse::<Standing>().ok();
        let rows = in_force!(entrustments::alone($member, &about($query)), $year, standing);
        let rows = match $query.sorting() {
            ("number", false) => rows.order((entrustment::number.asc(), entrustment::id.asc())),
            ("number", true) => rows.order((entrustment::number.desc(), entrustment::id.desc())),
            ("title", false) => rows.order((entrustment::title_key.asc(), entrustment::id.asc())),
            ("title", true) => rows.order((entrustment::title_key.desc(), entrustment::id.desc())),
            (_, false) => rows.order((entrustment::ends_on.asc(), entrustment::id.asc())),
            (_, true) => rows.order((entrustment::ends_on.desc(), entrustment::id.desc())),
        };
        rows.select((entrustment::tenant_id, entrustment::id))
    }};
}

/// An entrustment's key.
pub(in crate::inspection) type Key = (OrganisationId, EntrustmentId);

/// A page of the entrustments that a member may see, with their inspections of a year.
pub(in crate::inspection) fn page(
    connection: &mut Connection,
    member: &Member,
    query: &ListQuery,
    year: FiscalYear,
) -> Result<Page<DutyRow>> {
    let standing = query.status.parse::<Standing>().ok();
    let all = entrustments::alone(member, &about(query));
    let total = in_force!(all, year, standing).count().get_result(connection)?;
    let keys: Vec<Key> =
        sorted!(member, query, year).offset(query.offset()).limit(PAGE_SIZE).load(connection)?;
    let rows = by_keys(connection, &keys, year)?;
    Ok(Page::new(rows, total, query, "ends_on"))
}

/// The keys of all of them.
pub(in crate::inspection) fn all_keys(
    connection: &mut Connection,
    member: &Member,
    query: &ListQuery,
    year: FiscalYear,
) -> Result<Vec<Key>> {
    Ok(sorted!(member, query, year).load(connection)?)
}

/// The rows of these keys, in their order.
pub(in crate::inspection) fn by_keys(
    connection: &mut Connection,
    keys: &[Key],
    year: FiscalYear,
) -> Result<Vec<DutyRow>> {
    type Row = (EntrustmentId, String, String, String, String, NaiveDate);
    let (mut tenants, ids): (Vec<_>, Vec<_>) = keys.iter().copied().unzip();
    tenants.sort_unstable();
    tenants.dedup();
    let rows: Vec<Row> = entrustment::table
        .inner_join(
            contractor::table.on(contractor::tenant_id
                .eq(entrustment::tenant_id)
                .and(contractor::id.eq(entrustment::contractor_id))),
        )
        .inner_join(
            division::table.on(division::tenant_id
                .eq(entrustment::tenant_id)
                .and(division::id.eq(entrustment::division_id))),
        )
        .filter(entrustment::tenant_id.eq_any(tenants.clone()))
        .filter(entrustment::id.eq_any(ids.clone()))
        .select((
            entrustment::id,
            entrustment::number,
            entrustment::title,
            contractor::name,
            division::name,
            entrustment::ends_on,
        ))
        .load(connection)?;
    let mut inspections: HashMap<EntrustmentId, Brief> = HashMap::new();
    for brief in briefs(connection, tenants, ids.clone(), year)? {
        // What was held counts before what is only planned.
        let kept = inspections.get(&brief.entrustment_id);
        if kept.is_none_or(|kept| kept.status == InspectionStatus::Planned) {
            inspections.insert(brief.entrustment_id, brief);
        }
    }
    let mut rows: Vec<DutyRow> = rows
        .into_iter()
        .map(|(id, number, title, contractor, division, ends_on)| DutyRow {
            id,
            number,
            title,
            contractor,
            division,
            ends_on,
            inspection: inspections.remove(&id),
        })
        .collect();
    rows.sort_by_key(|row| ids.iter().position(|id| *id == row.id));
    Ok(rows)
}

fn briefs(
    connection: &mut Connection,
    tenants: Vec<OrganisationId>,
    ids: Vec<EntrustmentId>,
    year: FiscalYear,
) -> Result<Vec<Brief>> {
    Ok(t::table
        .filter(t::tenant_id.eq_any(tenants))
        .filter(t::entrustment_id.eq_any(ids))
        .filter(t::fiscal_year.eq(year.0))
        .select((t::entrustment_id, t::id, t::planned_on, t::held_at, t::result, t::status))
        .load(connection)?)
}

/// How many entrustments each division has in force that were not inspected in a year.
pub(in crate::inspection) fn undone(
    connection: &mut Connection,
    year: FiscalYear,
) -> Result<Vec<(OrganisationId, DivisionId, i64)>> {
    let held = of_year!(year.0).filter(t::status.ne(InspectionStatus::Planned));
    Ok(entrustment::table
        .filter(entrustment::status.eq(EntrustmentStatus::Active))
        .filter(entrustment::ends_on.ge(year.start()))
        .filter(entrustment::starts_on.le(year.end()))
        .filter(not(exists(held)))
        .group_by((entrustment::tenant_id, entrustment::division_id))
        .order((entrustment::tenant_id.asc(), entrustment::division_id.asc()))
        .select((entrustment::tenant_id, entrustment::division_id, diesel::dsl::count_star()))
        .load(connection)?)
}
