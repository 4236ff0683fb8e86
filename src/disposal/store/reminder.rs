//! What is held past its time, over all organisations: for the daily round.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::actor::{DivisionId, OrganisationId};
use crate::database::Connection;
use crate::database::schema::{
    contractor, disposal, division, entrustment as e, holding, organisation,
};
use crate::disposal::model::{DisposalKind, DisposalStatus};
use crate::entrustment::{EntrustmentId, EntrustmentStatus};
use crate::error::Result;
use crate::holding::{DisposalId, HoldingStatus};

/// An entrustment of which something is held, near or past its day of erasure.
#[derive(Clone, Debug, Queryable)]
pub(in crate::disposal) struct Late {
    pub tenant_id: OrganisationId,
    pub id: EntrustmentId,
    pub number: String,
    pub title: String,
    pub erase_by: NaiveDate,
    pub division_id: DivisionId,
    pub division: String,
    pub division_email: Option<String>,
    pub principal: String,
    pub contractor: String,
    pub contractor_organisation: Option<OrganisationId>,
    pub contractor_email: String,
    pub person_in_charge: String,
}

/// Those after a day and id, up to a day: by day and id.
pub(in crate::disposal) fn late_page(
    connection: &mut Connection,
    after: (NaiveDate, EntrustmentId),
    until: NaiveDate,
    limit: i64,
) -> Result<Vec<Late>> {
    let held = holding::table
        .filter(holding::status.eq(HoldingStatus::Open))
        .filter(holding::tenant_id.eq(e::tenant_id))
        .filter(holding::entrustment_id.eq(e::id));
    Ok(e::table
        .inner_join(
            contractor::table.on(e::tenant_id
                .eq(contractor::tenant_id)
                .and(e::contractor_id.eq(contractor::id))),
        )
        .inner_join(
            division::table
                .on(e::tenant_id.eq(division::tenant_id).and(e::division_id.eq(division::id))),
        )
        .inner_join(organisation::table.on(e::tenant_id.eq(organisation::id)))
        .filter(e::status.eq(EntrustmentStatus::Active))
        .filter(e::erase_by.le(until))
        .filter(e::erase_by.gt(after.0).or(e::erase_by.eq(after.0).and(e::id.gt(after.1))))
        .filter(diesel::dsl::exists(held))
        .order((e::erase_by.asc(), e::id.asc()))
        .limit(limit)
        .select((
            e::tenant_id,
            e::id,
            e::number,
            e::title,
            e::erase_by,
            division::id,
            division::name,
            division::email,
            organisation::name,
            contractor::name,
            contractor::organisation_id,
            contractor::email,
            contractor::person_in_charge,
        ))
        .load(connection)?)
}

/// Which of these still have something open and the same day of erasure.
pub(in crate::disposal) fn still_late(
    connection: &mut Connection,
    ids: Vec<EntrustmentId>,
) -> Result<Vec<(EntrustmentId, NaiveDate)>> {
    let held = holding::table
        .filter(holding::status.eq(HoldingStatus::Open))
        .filter(holding::tenant_id.eq(e::tenant_id))
        .filter(holding::entrustment_id.eq(e::id));
    Ok(e::table
        .filter(e::id.eq_any(ids))
        .filter(e::status.eq(EntrustmentStatus::Active))
        .filter(diesel::dsl::exists(held))
        .select((e::id, e::erase_by))
        .load(connection)?)
}

/// What stays by law, and its day has come.
#[expect(clippy::struct_field_names, reason = "the column's name")]
#[derive(Clone, Debug, Queryable)]
pub(in crate::disposal) struct Retained {
    pub tenant_id: OrganisationId,
    pub id: DisposalId,
    pub entrustment_id: EntrustmentId,
    pub retained_until: Option<NaiveDate>,
    pub number: String,
    pub title: String,
    pub division_id: DivisionId,
    pub division: String,
    pub division_email: Option<String>,
    pub principal: String,
    pub contractor: String,
}

/// What was retained until a day from `from` to `until`, and is retained still.
pub(in crate::disposal) fn retained_between(
    connection: &mut Connection,
    from: NaiveDate,
    until: NaiveDate,
) -> Result<Vec<Retained>> {
    let kept = holding::table
        .filter(holding::status.eq(HoldingStatus::Retained))
        .filter(holding::tenant_id.eq(disposal::tenant_id))
        .filter(holding::disposal_id.eq(disposal::id.nullable()));
    Ok(disposal::table
        .inner_join(
            e::table
                .on(disposal::tenant_id.eq(e::tenant_id).and(disposal::entrustment_id.eq(e::id))),
        )
        .inner_join(
            contractor::table.on(e::tenant_id
                .eq(contractor::tenant_id)
                .and(e::contractor_id.eq(contractor::id))),
        )
        .inner_join(
            division::table
                .on(e::tenant_id.eq(division::tenant_id).and(e::division_id.eq(division::id))),
        )
        .inner_join(organisation::table.on(disposal::tenant_id.eq(organisation::id)))
        .filter(disposal::kind.eq(DisposalKind::Retained))
        .filter(disposal::status.eq(DisposalStatus::Accepted))
        .filter(disposal::retained_until.ge(from))
        .filter(disposal::retained_until.le(until))
        .filter(diesel::dsl::exists(kept))
        .order((disposal::retained_until.asc(), disposal::id.asc()))
        .select((
            disposal::tenant_id,
            disposal::id,
            e::id,
            disposal::retained_until,
            e::number,
            e::title,
            division::id,
            division::name,
            division::email,
            organisation::name,
            contractor::name,
        ))
        .load(connection)?)
}
