//! Dispatches and the questionnaires that they make.

use std::collections::HashSet;

use chrono::NaiveDate;
use diesel::prelude::*;
use serde::Serialize;
use serde_json::json;

use super::template::headings;
use crate::actor::{Authorized, Member, OrganisationId};
use crate::database::schema::{
    contractor, dispatch as d, division, entrustment as e, questionnaire as t,
};
use crate::database::{Connection, Tx};
use crate::entrustment::{self, Entrustment, EntrustmentId, EntrustmentStatus};
use crate::error::{Error, Result};
use crate::ledger::{self, Fact, NewEntry};
use crate::questionnaire::dispatch::Dispatch;
use crate::questionnaire::entity::{DispatchId, QuestionnaireId, QuestionnaireStatus};
use crate::questionnaire::policy::{Dispatching, Keeping, Sent};
use crate::web::paging::ListQuery;

/// Ids bound in one statement.
const BATCH: usize = 1000;

/// The statuses in which a questionnaire is not over.
pub(in crate::questionnaire) const OPEN: &[QuestionnaireStatus] = &[
    QuestionnaireStatus::Answering,
    QuestionnaireStatus::Submitted,
    QuestionnaireStatus::Returned,
];

/// An entrustment that can be chosen for a dispatch.
#[derive(Clone, Debug, Queryable, Serialize)]
pub(in crate::questionnaire) struct Candidate {
    pub id: EntrustmentId,
    pub number: String,
    pub title: String,
    pub contractor: String,
    pub division: String,
}

/// The active entrustments that fit a filter: at most `limit`, and how many there are in all.
pub(in crate::questionnaire) fn candidates(
    connection: &mut Connection,
    member: &Member,
    query: &ListQuery,
    limit: i64,
) -> Result<(Vec<Candidate>, i64)> {
    let query = active(query);
    let total = entrustment::filtered(member, &query).count().get_result(connection)?;
    let rows = entrustment::filtered(member, &query)
        .order((e::title_key.asc(), e::id.asc()))
        .limit(limit)
        .select((e::id, e::number, e::title, contractor::name, division::name))
        .load(connection)?;
    Ok((rows, total))
}

/// The visible entrustments of these ids, as they can be chosen.
pub(in crate::questionnaire) fn candidates_by_ids(
    connection: &mut Connection,
    member: &Member,
    ids: &[EntrustmentId],
) -> Result<Vec<Candidate>> {
    let mut found = Vec::new();
    for batch in ids.chunks(BATCH) {
        let rows: Vec<Candidate> = entrustment::visible(member)
            .filter(e::id.eq_any(batch.to_vec()))
            .order((e::title_key.asc(), e::id.asc()))
            .select((e::id, e::number, e::title, contractor::name, division::name))
            .load(connection)?;
        found.extend(rows);
    }
    Ok(found)
}

/// The active entrustments that fit a filter, whole; at most `limit`.
pub(in crate::questionnaire) fn matching(
    connection: &mut Connection,
    member: &Member,
    query: &ListQuery,
    limit: i64,
) -> Result<Vec<Entrustment>> {
    Ok(entrustment::filtered(member, &active(query))
        .order((e::title_key.asc(), e::id.asc()))
        .limit(limit)
        .select(Entrustment::as_select())
        .load(connection)?)
}

fn active(query: &ListQuery) -> ListQuery {
    ListQuery { status: EntrustmentStatus::Active.to_string(), ..query.clone() }
}

/// The visible entrustments of these ids, whole.
pub(in crate::questionnaire) fn chosen(
    connection: &mut Connection,
    member: &Member,
    ids: &[EntrustmentId],
) -> Result<Vec<Entrustment>> {
    let mut found = Vec::new();
    for batch in ids.chunks(BATCH) {
        let rows: Vec<Entrustment> = entrustment::visible(member)
            .filter(e::id.eq_any(batch.to_vec()))
            .order((e::title_key.asc(), e::id.asc()))
            .select(Entrustment::as_select())
            .load(connection)?;
        found.extend(rows);
    }
    Ok(found)
}

/// Which of these entrustments have an open questionnaire of this family.
pub(in crate::questionnaire) fn with_open(
    connection: &mut Connection,
    tenant: OrganisationId,
    ids: &[EntrustmentId],
    family: &str,
) -> Result<HashSet<EntrustmentId>> {
    let mut open: Vec<(EntrustmentId, String)> = Vec::new();
    for batch in ids.chunks(BATCH) {
        let rows: Vec<_> = t::table
            .filter(t::tenant_id.eq(tenant))
            .filter(t::entrustment_id.eq_any(batch.to_vec()))
            .filter(t::status.eq_any(OPEN))
            .select((t::entrustment_id, t::frozen_hash))
            .load(connection)?;
        open.extend(rows);
    }
    let headings = headings(connection, open.iter().map(|(_, hash)| hash.clone()).collect())?;
    let same = |hash: &String| headings.get(hash).is_some_and(|h| h.family == family);
    Ok(open.into_iter().filter(|(_, hash)| same(hash)).map(|(id, _)| id).collect())
}

/// Records the act itself. Its ledger entry holds the ledger's head, so that of two dispatches at
/// the same time the later one sees what the earlier one sent.
pub(in crate::questionnaire) fn create(
    tx: &mut Tx<'_>,
    entrustments: &Authorized<Vec<Entrustment>, Dispatching>,
    new: &Dispatch<'_>,
    frozen_hash: &str,
) -> Result<DispatchId> {
    let tenant = entrustments.first().map(|e| e.tenant_id).ok_or(Error::NotFound)?;
    let id = DispatchId::new(tx.now);
    diesel::insert_into(d::table)
        .values((
            d::tenant_id.eq(tenant),
            d::id.eq(id),
            d::frozen_hash.eq(frozen_hash),
            d::deadline.eq(new.deadline),
            d::contact.eq(&new.contact),
            d::message.eq(&new.message),
            d::dispatched_by.eq(tx.actor.person_id()),
            d::dispatched_at.eq(tx.now),
        ))
        .execute(tx.connection)?;
    ledger::append(
        tx,
        NewEntry {
            tenant_id: tenant,
            act: "dispatch.created",
            subject_kind: "dispatch",
            subject_id: id.as_str(),
            entrustment_id: None,
            details: vec![
                ("template", json!(new.template.id)),
                ("template_version", json!(new.template.version)),
                ("frozen_hash", json!(frozen_hash)),
                ("deadline", json!(new.deadline)),
                ("contact", json!(new.contact)),
                ("message", json!(new.message)),
            ],
        },
    )?;
    Ok(id)
}

/// What every questionnaire of a dispatch has in common.
pub(in crate::questionnaire) struct FrozenCopy<'a> {
    pub dispatch_id: DispatchId,
    pub frozen_hash: &'a str,
    pub deadline: NaiveDate,
    pub questions: i32,
}

/// Adds the questionnaire of one of the entrustments of a dispatch.
pub(in crate::questionnaire) fn add(
    tx: &mut Tx<'_>,
    entrustments: &Authorized<Vec<Entrustment>, Dispatching>,
    entrustment: &Entrustment,
    copy: &FrozenCopy<'_>,
) -> Result<QuestionnaireId> {
    debug_assert!(entrustments.iter().any(|e| e.id == entrustment.id));
    let id = QuestionnaireId::new(tx.now);
    diesel::insert_into(t::table)
        .values((
            t::tenant_id.eq(entrustment.tenant_id),
            t::id.eq(id),
            t::entrustment_id.eq(entrustment.id),
            t::dispatch_id.eq(copy.dispatch_id),
            t::frozen_hash.eq(copy.frozen_hash),
            t::deadline.eq(copy.deadline),
            t::status.eq(QuestionnaireStatus::Answering),
            t::round.eq(1),
            t::answered.eq(0),
            t::questions.eq(copy.questions),
            t::created_at.eq(tx.now),
            t::version.eq(1),
        ))
        .execute(tx.connection)?;
    let details = vec![
        ("dispatch", json!(copy.dispatch_id)),
        ("frozen_hash", json!(copy.frozen_hash)),
        ("deadline", json!(copy.deadline)),
        ("questions", json!(copy.questions)),
    ];
    entry(tx, (id, entrustment), "questionnaire.dispatched", details)?;
    Ok(id)
}

/// Extends the deadline of a questionnaire that is still at `version`.
pub(in crate::questionnaire) fn extend(
    tx: &mut Tx<'_>,
    sent: &Authorized<Sent, Keeping>,
    version: i32,
    deadline: NaiveDate,
    reason: &str,
) -> Result<()> {
    let (questionnaire, entrustment) = &**sent;
    let changed = diesel::update(
        t::table
            .find((questionnaire.tenant_id, questionnaire.id))
            .filter(t::version.eq(version))
            .filter(t::status.eq_any(OPEN)),
    )
    .set((t::deadline.eq(deadline), t::version.eq(version + 1)))
    .execute(tx.connection)?;
    if changed == 0 {
        return Err(Error::Conflict("error-stale"));
    }
    let details = vec![
        ("from", json!(questionnaire.deadline)),
        ("to", json!(deadline)),
        ("reason", json!(reason)),
    ];
    entry(tx, (questionnaire.id, entrustment), "questionnaire.deadline_extended", details)
}

/// Takes back a questionnaire that is still at `version`.
pub(in crate::questionnaire) fn withdraw(
    tx: &mut Tx<'_>,
    sent: &Authorized<Sent, Keeping>,
    version: i32,
    reason: &str,
) -> Result<()> {
    let (questionnaire, entrustment) = &**sent;
    let changed = diesel::update(
        t::table
            .find((questionnaire.tenant_id, questionnaire.id))
            .filter(t::version.eq(version))
            .filter(t::status.eq_any(OPEN)),
    )
    .set((t::status.eq(QuestionnaireStatus::Withdrawn), t::version.eq(version + 1)))
    .execute(tx.connection)?;
    if changed == 0 {
        return Err(Error::Conflict("error-stale"));
    }
    let details = vec![
        ("from", json!(questionnaire.status)),
        ("round", json!(questionnaire.round)),
        ("reason", json!(reason)),
    ];
    entry(tx, (questionnaire.id, entrustment), "questionnaire.withdrawn", details)
}

fn entry(
    tx: &mut Tx<'_>,
    (id, entrustment): (QuestionnaireId, &Entrustment),
    act: &'static str,
    details: Vec<Fact>,
) -> Result<()> {
    ledger::append(
        tx,
        NewEntry {
            tenant_id: entrustment.tenant_id,
            act,
            subject_kind: "questionnaire",
            subject_id: id.as_str(),
            entrustment_id: Some(entrustment.id.as_str()),
            details,
        },
    )
}
