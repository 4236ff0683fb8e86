//! The questionnaires that may want a reminder.

use std::collections::HashSet;

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::actor::{DivisionId, OrganisationId};
use crate::clock::Timestamp;
use crate::database::Connection;
use crate::database::schema::{
    contractor, division, entrustment, organisation, questionnaire as t,
};
use crate::entrustment::{EntrustmentId, EntrustmentStatus};
use crate::error::Result;
use crate::questionnaire::entity::{QuestionnaireId, QuestionnaireStatus};

/// What a contractor still answers.
const OPEN: [QuestionnaireStatus; 2] =
    [QuestionnaireStatus::Answering, QuestionnaireStatus::Returned];

/// A questionnaire that isn't handed in, with all that a reminder about it says.
#[derive(Clone, Debug, Queryable)]
pub(in crate::questionnaire) struct Open {
    pub tenant_id: OrganisationId,
    pub id: QuestionnaireId,
    pub entrustment_id: EntrustmentId,
    pub deadline: NaiveDate,
    pub status: QuestionnaireStatus,
    pub dispatched_at: Timestamp,
    pub number: String,
    pub title: String,
    pub division_id: DivisionId,
    pub division: String,
    pub division_email: Option<String>,
    pub organisation: String,
    pub contractor_organisation: Option<OrganisationId>,
    pub person_in_charge: String,
    pub contractor_email: String,
}

/// Those with a deadline after `after` (a place in the order of deadline and id) and not after
/// `until`, of all principals: at most `limit`, in that order.
pub(in crate::questionnaire) fn open_page(
    connection: &mut Connection,
    after: (NaiveDate, QuestionnaireId),
    until: NaiveDate,
    limit: i64,
) -> Result<Vec<Open>> {
    let (deadline, id) = after;
    Ok(t::table
        .inner_join(
            entrustment::table.on(entrustment::tenant_id
                .eq(t::tenant_id)
                .and(entrustment::id.eq(t::entrustment_id))),
        )
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
        .inner_join(organisation::table.on(organisation::id.eq(t::tenant_id)))
        .filter(t::deadline.ge(deadline))
        .filter(t::deadline.le(until))
        .filter(t::deadline.gt(deadline).or(t::id.gt(id)))
        .filter(t::status.eq_any(OPEN.to_vec()))
        .filter(entrustment::status.eq(EntrustmentStatus::Active))
        .order((t::deadline.asc(), t::id.asc()))
        .limit(limit)
        .select((
            t::tenant_id,
            t::id,
            t::entrustment_id,
            t::deadline,
            t::status,
            t::created_at,
            entrustment::number,
            entrustment::title,
            division::id,
            division::name,
            division::email,
            organisation::name,
            contractor::organisation_id,
            contractor::person_in_charge,
            contractor::email,
        ))
        .load(connection)?)
}

/// Which of `ids` are still open, with the deadline that they have now.
pub(in crate::questionnaire) fn still_open(
    connection: &mut Connection,
    ids: Vec<QuestionnaireId>,
) -> Result<HashSet<(QuestionnaireId, NaiveDate)>> {
    let rows: Vec<(QuestionnaireId, NaiveDate)> = t::table
        .filter(t::id.eq_any(ids))
        .filter(t::status.eq_any(OPEN.to_vec()))
        .select((t::id, t::deadline))
        .load(connection)?;
    Ok(rows.into_iter().collect())
}
