//! What is read of applications and of what came of them.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::actor::OrganisationId;
use crate::clock::Timestamp;
use crate::database::schema::{
    entrustment, finding, handler, holding, sub_application as t, transmission,
};
use crate::database::{Connection, MOST_ROWS};
use crate::entrustment::{self as entrustments, Entrustment, EntrustmentId, EntrustmentStatus};
use crate::error::Result;
use crate::finding::FindingStatus;
use crate::organisation::contractor::{self, Contractor, ContractorId};
use crate::rulebook::SubFact;
use crate::sub_entrustment::model::{Application, ApplicationId, ApplicationStatus};
use crate::web::paging::{ListQuery, PAGE_SIZE, Page};

/// What the rules ask about an approved application, with the entrustment.
type Row = (
    EntrustmentId,
    ApplicationId,
    Option<EntrustmentId>,
    String,
    NaiveDate,
    NaiveDate,
    Option<NaiveDate>,
    Option<EntrustmentStatus>,
    Option<Timestamp>,
);

/// The approved applications with the entrustments below that came of them.
macro_rules! approved {
    () => {
        t::table
            .left_join(
                entrustment::table.on(t::tenant_id
                    .eq(entrustment::tenant_id)
                    .and(t::child_id.eq(entrustment::id.nullable()))),
            )
            .filter(t::status.eq(ApplicationStatus::Approved))
            .order(t::position.asc())
            .select((
                t::entrustment_id,
                t::id,
                t::child_id,
                t::name,
                t::starts_on,
                t::ends_on,
                t::permitted_until,
                entrustment::status.nullable(),
                t::decided_at,
            ))
    };
}

/// What was re-entrusted from entrustments with approval, as the rules look at it: one for each
/// entrustment below, permitted until the day of its last approval.
///
/// # Errors
/// Those of the database.
pub fn facts_of_many(
    connection: &mut Connection,
    of: &[&Entrustment],
) -> Result<HashMap<EntrustmentId, Vec<SubFact>>> {
    let (tenants, ids) = entrustments::keys(of);
    let mut found: HashMap<EntrustmentId, Vec<SubFact>> = HashMap::new();
    for ids in ids.chunks(MOST_ROWS) {
        let rows: Vec<Row> = approved!()
            .filter(t::tenant_id.eq_any(tenants.clone()))
            .filter(t::entrustment_id.eq_any(ids.to_vec()))
            .load(connection)?;
        for (id, fact) in of_approved(rows) {
            found.entry(id).or_default().push(fact);
        }
    }
    Ok(found)
}

fn of_approved(mut rows: Vec<Row>) -> Vec<(EntrustmentId, SubFact)> {
    rows.sort_by_key(|row| row.8);
    let mut facts: Vec<(Option<EntrustmentId>, (EntrustmentId, SubFact))> = Vec::new();
    for (of, id, child, name, starts_on, ends_on, permitted_until, status, _) in rows {
        let permitted_until = permitted_until.unwrap_or(ends_on);
        let known = facts.iter_mut().find(|(known, _)| child.is_some() && *known == child);
        if let Some((_, (_, fact))) = known {
            fact.starts_on = fact.starts_on.min(starts_on);
            fact.permitted_until = permitted_until;
        } else {
            let open = status != Some(EntrustmentStatus::Closed);
            facts.push((child, (of, SubFact { id, name, starts_on, permitted_until, open })));
        }
    }
    facts.into_iter().map(|(_, fact)| fact).collect()
}

/// A page of an entrustment's applications, the newest first.
pub(in crate::sub_entrustment) fn page(
    connection: &mut Connection,
    of: &Entrustment,
    query: &ListQuery,
) -> Result<Page<Application>> {
    let own = || t::table.filter(t::tenant_id.eq(of.tenant_id)).filter(t::entrustment_id.eq(of.id));
    let total = own().count().get_result(connection)?;
    let rows = own()
        .order(t::position.desc())
        .offset(query.offset())
        .limit(PAGE_SIZE)
        .select(Application::as_select())
        .load(connection)?;
    Ok(Page::new(rows, total, query, ""))
}

/// The applications of an entrustment whose approval a later one for the same entrustment below
/// replaced: their last day no longer counts.
pub(in crate::sub_entrustment) fn replaced(
    connection: &mut Connection,
    of: &Entrustment,
) -> Result<HashSet<ApplicationId>> {
    type Row = (ApplicationId, Option<EntrustmentId>, Option<Timestamp>, i32);
    let mut rows: Vec<Row> = t::table
        .filter(t::tenant_id.eq(of.tenant_id))
        .filter(t::entrustment_id.eq(of.id))
        .filter(t::status.eq(ApplicationStatus::Approved))
        .select((t::id, t::child_id, t::decided_at, t::position))
        .load(connection)?;
    rows.sort_by_key(|(.., decided_at, position)| Reverse((*decided_at, *position)));
    let mut latest = HashSet::new();
    let earlier =
        rows.into_iter().filter(|(_, child, ..)| child.is_some_and(|c| !latest.insert(c)));
    Ok(earlier.map(|(id, ..)| id).collect())
}

/// All applications of an entrustment in the order in which they came.
pub(in crate::sub_entrustment) fn all(
    connection: &mut Connection,
    of: &Entrustment,
) -> Result<Vec<Application>> {
    Ok(t::table
        .filter(t::tenant_id.eq(of.tenant_id))
        .filter(t::entrustment_id.eq(of.id))
        .order(t::position.asc())
        .select(Application::as_select())
        .load(connection)?)
}

/// One application of an entrustment.
///
/// # Errors
/// [`crate::error::Error::NotFound`].
pub(in crate::sub_entrustment) fn find(
    connection: &mut Connection,
    of: &Entrustment,
    id: ApplicationId,
) -> Result<Application> {
    Ok(t::table
        .find((of.tenant_id, id))
        .filter(t::entrustment_id.eq(of.id))
        .select(Application::as_select())
        .first(connection)?)
}

/// How many applications there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::sub_entrustment) struct Counts {
    /// Those that wait for a decision.
    pub applied: i64,
    /// Those that were made at all.
    pub all: i64,
}

/// How many applications an entrustment has.
pub(in crate::sub_entrustment) fn counts(
    connection: &mut Connection,
    of: &Entrustment,
) -> Result<Counts> {
    let by_status: Vec<(ApplicationStatus, i64)> = t::table
        .filter(t::tenant_id.eq(of.tenant_id))
        .filter(t::entrustment_id.eq(of.id))
        .group_by(t::status)
        .select((t::status, diesel::dsl::count_star()))
        .load(connection)?;
    let applied = by_status.iter().filter(|(status, _)| *status == ApplicationStatus::Applied);
    Ok(Counts {
        applied: applied.map(|(_, count)| count).sum(),
        all: by_status.iter().map(|(_, count)| count).sum(),
    })
}

/// The open entrustment that `of`'s contractor re-entrusted to `contractor` before.
pub(in crate::sub_entrustment) fn open_below(
    connection: &mut Connection,
    of: &Entrustment,
    contractor: ContractorId,
) -> Result<Option<Entrustment>> {
    Ok(t::table
        .inner_join(entrustment::table.on(
            t::tenant_id.eq(entrustment::tenant_id).and(t::child_id.eq(entrustment::id.nullable())),
        ))
        .filter(t::tenant_id.eq(of.tenant_id))
        .filter(t::entrustment_id.eq(of.id))
        .filter(t::status.eq(ApplicationStatus::Approved))
        .filter(entrustment::contractor_id.eq(contractor))
        .filter(entrustment::status.eq(EntrustmentStatus::Active))
        .order(t::position.desc())
        .select(Entrustment::as_select())
        .first(connection)
        .optional()?)
}

/// From where an entrustment was re-entrusted: the entrustment above and its contractor.
pub(in crate::sub_entrustment) fn origin(
    connection: &mut Connection,
    of: &Entrustment,
) -> Result<Option<(Entrustment, Contractor)>> {
    let Some(parent) = entrustments::parent(connection, of)? else {
        return Ok(None);
    };
    let parent: Entrustment = entrustment::table
        .find((of.tenant_id, parent))
        .select(Entrustment::as_select())
        .first(connection)?;
    let contractor = contractor::find(connection, of.tenant_id, parent.contractor_id)?;
    Ok(Some((parent, contractor)))
}

/// What was re-entrusted from an entrustment, all tiers, each under the one above it, with the tier
/// and the contractor's name.
pub(in crate::sub_entrustment) fn below(
    connection: &mut Connection,
    of: &Entrustment,
) -> Result<Vec<(i32, Entrustment, String)>> {
    let rows = entrustments::below(connection, of)?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<ContractorId> = rows.iter().map(|row| row.entrustment.contractor_id).collect();
    let names: HashMap<ContractorId, String> = contractor::by_ids(connection, of.tenant_id, &ids)?
        .into_iter()
        .map(|contractor| (contractor.id, contractor.name))
        .collect();
    Ok(entrustments::in_tree_order(of.id, rows)
        .into_iter()
        .map(|row| {
            let name = names.get(&row.entrustment.contractor_id).cloned().unwrap_or_default();
            (row.tier, row.entrustment, name)
        })
        .collect())
}

/// What the registers of an entrustment below hold, in numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::sub_entrustment) struct Tally {
    /// Handlers on the roster.
    pub handlers: i64,
    /// Holdings.
    pub holdings: i64,
    /// Holdings that are still held.
    pub held: i64,
    /// Transmissions.
    pub transmissions: i64,
    /// Findings that are not closed.
    pub findings: i64,
}

/// The numbers of several entrustments of one principal: one query a register.
pub(in crate::sub_entrustment) fn tallies(
    connection: &mut Connection,
    tenant: OrganisationId,
    of: &[EntrustmentId],
) -> Result<HashMap<EntrustmentId, Tally>> {
    macro_rules! counted {
        ($table:ident $(, $filter:expr)?) => {
            $table::table
                .filter($table::tenant_id.eq(tenant))
                .filter($table::entrustment_id.eq_any(of.to_vec()))
                $(.filter($filter))?
                .group_by($table::entrustment_id)
                .select(($table::entrustment_id, diesel::dsl::count_star()))
                .load::<(EntrustmentId, i64)>(connection)?
        };
    }
    let mut tallies: HashMap<EntrustmentId, Tally> = HashMap::new();
    for (id, count) in counted!(handler, handler::ends_on.is_null()) {
        tallies.entry(id).or_default().handlers = count;
    }
    for (id, count) in counted!(holding) {
        tallies.entry(id).or_default().holdings = count;
    }
    for (id, count) in counted!(holding, holding::status.eq("open")) {
        tallies.entry(id).or_default().held = count;
    }
    for (id, count) in counted!(transmission) {
        tallies.entry(id).or_default().transmissions = count;
    }
    for (id, count) in counted!(finding, finding::status.ne(FindingStatus::Closed)) {
        tallies.entry(id).or_default().findings = count;
    }
    Ok(tallies)
}
