//! Lists of questionnaires: of all that a member may see, and of one entrustment.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::dispatch::OPEN;
use crate::actor::{DivisionId, Member, OrganisationId};
use crate::database::Connection;
use crate::database::schema::{contractor, division, entrustment as e, questionnaire as t};
use crate::entrustment::{self, Entrustment, EntrustmentId};
use crate::error::Result;
use crate::japanese::fold_name;
use crate::questionnaire::entity::{Questionnaire, QuestionnaireId, QuestionnaireStatus};
use crate::web::paging::{ListQuery, PAGE_SIZE, Page};

/// Questionnaires of one entrustment that its page shows.
const MOST_OF_ONE: i64 = 30;

/// The word of the filter for what the contractor should have answered by now.
pub(in crate::questionnaire) const OVERDUE: &str = "overdue";

/// The statuses in which the contractor has something to do.
pub(in crate::questionnaire) const WAITING: &[QuestionnaireStatus] =
    &[QuestionnaireStatus::Answering, QuestionnaireStatus::Returned];

/// A line of the list.
#[derive(Clone, Debug, Queryable)]
pub(in crate::questionnaire) struct Line {
    pub tenant_id: OrganisationId,
    pub id: QuestionnaireId,
    pub entrustment_id: EntrustmentId,
    pub number: String,
    pub title: String,
    pub contractor: String,
    pub division: String,
    pub frozen_hash: String,
    pub deadline: NaiveDate,
    pub status: QuestionnaireStatus,
    pub answered: i32,
    pub questions: i32,
}

/// A page of the questionnaires of all entrustments that the member may see.
///
/// Unless another order is asked for: what waits for the contractor by its deadline, so that the
/// overdue comes first; then what waits for the review; then what is over.
pub(in crate::questionnaire) fn page(
    connection: &mut Connection,
    member: &Member,
    query: &ListQuery,
    today: NaiveDate,
) -> Result<Page<Line>> {
    let window = (query.offset(), PAGE_SIZE);
    let (total, rows) = lines(connection, member, query, today, window)?;
    Ok(Page::new(rows, total, query, ""))
}

/// All that [`page`] has on its pages.
pub(in crate::questionnaire) fn all(
    connection: &mut Connection,
    member: &Member,
    query: &ListQuery,
    today: NaiveDate,
) -> Result<Vec<Line>> {
    Ok(lines(connection, member, query, today, (0, i64::MAX))?.1)
}

/// How many there are in all, and some of them after skipping others.
fn lines(
    connection: &mut Connection,
    member: &Member,
    query: &ListQuery,
    today: NaiveDate,
    (offset, limit): (i64, i64),
) -> Result<(i64, Vec<Line>)> {
    let filtered = || {
        let mut rows = entrustment::visible(member).inner_join(
            t::table.on(t::tenant_id.eq(e::tenant_id).and(t::entrustment_id.eq(e::id))),
        );
        let words = fold_name(&query.q).replace(['%', '_', '\\'], "");
        if !words.is_empty() {
            let pattern = format!("%{words}%");
            rows = rows.filter(
                e::title_key
                    .like(pattern.clone())
                    .or(contractor::name_key.like(pattern))
                    .or(e::number.eq(query.q.trim().to_owned())),
            );
        }
        if let Ok(status) = query.status.parse::<QuestionnaireStatus>() {
            rows = rows.filter(t::status.eq(status));
        } else if query.status == OVERDUE {
            rows = rows.filter(t::status.eq_any(WAITING)).filter(t::deadline.lt(today));
        }
        if let Ok(division) = query.division.parse::<DivisionId>() {
            rows = rows.filter(e::division_id.eq(division));
        }
        rows
    };
    let total = filtered().count().get_result(connection)?;
    let rows = filtered();
    let rows = match query.sorting() {
        ("deadline", false) => rows.order((t::deadline.asc(), t::id.asc())),
        ("deadline", true) => rows.order((t::deadline.desc(), t::id.desc())),
        ("status", false) => rows.order((t::status.asc(), t::deadline.asc(), t::id.asc())),
        ("status", true) => rows.order((t::status.desc(), t::deadline.asc(), t::id.asc())),
        ("contractor", false) => rows.order((contractor::name_key.asc(), t::id.asc())),
        ("contractor", true) => rows.order((contractor::name_key.desc(), t::id.desc())),
        _ => rows.order((
            t::status.eq_any(WAITING).desc(),
            t::status.eq_any(OPEN).desc(),
            t::deadline.asc(),
            t::id.asc(),
        )),
    };
    let rows = rows
        .offset(offset)
        .limit(limit)
        .select((
            t::tenant_id,
            t::id,
            t::entrustment_id,
            e::number,
            e::title,
            contractor::name,
            division::name,
            t::frozen_hash,
            t::deadline,
            t::status,
            t::answered,
            t::questions,
        ))
        .load(connection)?;
    Ok((total, rows))
}

/// The questionnaires of an entrustment, newest first.
///
/// # Errors
/// Those of the database.
pub fn of_entrustment(
    connection: &mut Connection,
    entrustment: &Entrustment,
) -> Result<Vec<Questionnaire>> {
    Ok(t::table
        .filter(t::tenant_id.eq(entrustment.tenant_id))
        .filter(t::entrustment_id.eq(entrustment.id))
        .order((t::created_at.desc(), t::id.desc()))
        .limit(MOST_OF_ONE)
        .select(Questionnaire::as_select())
        .load(connection)?)
}
