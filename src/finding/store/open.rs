//! The findings that the contractor is to answer, for the daily round.

use std::collections::HashSet;

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::actor::OrganisationId;
use crate::clock::Timestamp;
use crate::database::schema::{finding as t, organisation};
use crate::database::{Connection, Tx};
use crate::entrustment::EntrustmentId;
use crate::error::Result;
use crate::finding::model::{FindingId, FindingStatus, Source};

/// The contractor's turn.
const THEIRS: [FindingStatus; 2] = [FindingStatus::Open, FindingStatus::Returned];

/// A finding that waits for the contractor.
#[derive(Clone, Debug, Queryable)]
pub(in crate::finding) struct Open {
    pub id: FindingId,
    pub entrustment_id: EntrustmentId,
    pub source: Source,
    pub status: FindingStatus,
    pub due_on: NaiveDate,
    pub raised_at: Timestamp,
}

/// The organisations that have findings.
pub(in crate::finding) fn tenants(connection: &mut Connection) -> Result<Vec<OrganisationId>> {
    let has = t::table.filter(t::tenant_id.eq(organisation::id)).filter(t::closed_at.is_null());
    Ok(organisation::table
        .filter(diesel::dsl::exists(has))
        .order(organisation::id.asc())
        .select(organisation::id)
        .load(connection)?)
}

/// Those of a principal after a place in the order of due date and id: at most `limit`.
pub(in crate::finding) fn page(
    connection: &mut Connection,
    tenant: OrganisationId,
    (due_on, id): (NaiveDate, FindingId),
    limit: i64,
) -> Result<Vec<Open>> {
    Ok(t::table
        .filter(t::tenant_id.eq(tenant))
        .filter(t::closed_at.is_null())
        .filter(t::due_on.ge(due_on))
        .filter(t::due_on.gt(due_on).or(t::id.gt(id)))
        .filter(t::status.eq_any(THEIRS.to_vec()))
        .order((t::due_on.asc(), t::id.asc()))
        .limit(limit)
        .select((t::id, t::entrustment_id, t::source, t::status, t::due_on, t::raised_at))
        .load(connection)?)
}

/// Which of `ids` still wait for the contractor.
pub(in crate::finding) fn still(
    connection: &mut Connection,
    tenant: OrganisationId,
    ids: Vec<FindingId>,
) -> Result<HashSet<FindingId>> {
    let found: Vec<FindingId> = t::table
        .filter(t::tenant_id.eq(tenant))
        .filter(t::id.eq_any(ids))
        .filter(t::status.eq_any(THEIRS.to_vec()))
        .select(t::id)
        .load(connection)?;
    Ok(found.into_iter().collect())
}

/// Counts a reminder.
pub(in crate::finding) fn reminded(
    tx: &mut Tx<'_>,
    tenant: OrganisationId,
    ids: Vec<FindingId>,
) -> Result<()> {
    diesel::update(t::table.filter(t::tenant_id.eq(tenant)).filter(t::id.eq_any(ids)))
        .set(t::reminded.eq(t::reminded + 1))
        .execute(tx.connection)?;
    Ok(())
}
