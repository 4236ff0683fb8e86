//! Requests in the database.

use chrono::NaiveDate;
use diesel::prelude::*;
use serde_json::json;

use super::super::model::{Handover, Request, RequestId, RequestStatus};
use super::model::NewRequest;
use super::policy::{Ask, Asking, Withdraw};
use super::reminder::Stage;
use crate::actor::{Authorized, OrganisationId};
use crate::clock::Timestamp;
use crate::database::schema::{entrustment as e, handover as h, handover_request as t};
use crate::database::types::json_text;
use crate::database::{Backend, Connection, Tx};
use crate::entrustment::{self, Entrustment, EntrustmentId, EntrustmentStatus};
use crate::error::{Error, Result};
use crate::handover::HandoverId;
use crate::ledger::{self, Fact, NewEntry};
use crate::rulebook::Party;
use crate::web::paging::{ListQuery, PAGE_SIZE, Page};

fn of<'a>(entrustment: &Entrustment) -> t::BoxedQuery<'a, Backend> {
    t::table
        .filter(t::tenant_id.eq(entrustment.tenant_id))
        .filter(t::entrustment_id.eq(entrustment.id))
        .into_boxed()
}

fn chosen<'a>(entrustment: &Entrustment, query: &ListQuery) -> t::BoxedQuery<'a, Backend> {
    let rows = of(entrustment);
    match query.status.parse::<RequestStatus>() {
        Ok(status) => rows.filter(t::status.eq(status)),
        Err(_) => rows,
    }
}

/// A page of the requests, the newest first.
pub(super) fn page(
    connection: &mut Connection,
    entrustment: &Entrustment,
    query: &ListQuery,
) -> Result<Page<Request>> {
    let total = chosen(entrustment, query).count().get_result(connection)?;
    let rows = chosen(entrustment, query);
    let rows = match query.sorting() {
        ("due_on", false) => rows.order((t::due_on.asc(), t::id.asc())),
        ("due_on", true) => rows.order((t::due_on.desc(), t::id.desc())),
        (_, false) => rows.order((t::position.desc(), t::id.desc())),
        (_, true) => rows.order((t::position.asc(), t::id.asc())),
    };
    let found = rows
        .offset(query.offset())
        .limit(PAGE_SIZE)
        .select(Request::as_select())
        .load(connection)?;
    Ok(Page::new(found, total, query, "position"))
}

/// A request of a visible entrustment.
pub(super) fn find(
    connection: &mut Connection,
    entrustment: &Entrustment,
    id: RequestId,
) -> Result<Request> {
    Ok(of(entrustment).filter(t::id.eq(id)).select(Request::as_select()).first(connection)?)
}

/// How many requests to a side are open.
pub(super) fn open_count(
    connection: &mut Connection,
    entrustment: &Entrustment,
    asked: Party,
) -> Result<i64> {
    let open = of(entrustment).filter(t::status.eq(RequestStatus::Open));
    Ok(open.filter(t::asked.eq(asked)).count().get_result(connection)?)
}

/// The hand-overs that answered a request and have left.
pub(super) fn answers(
    connection: &mut Connection,
    request: &Request,
) -> Result<Vec<(HandoverId, i32)>> {
    Ok(h::table
        .filter(h::tenant_id.eq(request.tenant_id))
        .filter(h::entrustment_id.eq(request.entrustment_id))
        .filter(h::request_id.eq(request.id))
        .filter(h::sent_at.is_not_null())
        .order((h::position.asc(), h::id.asc()))
        .select((h::id, h::position))
        .load(connection)?)
}

/// Enters a request.
pub(super) fn insert(
    tx: &mut Tx<'_>,
    asking: &Authorized<Asking, Ask>,
    new: &NewRequest,
) -> Result<RequestId> {
    let (entrustment, asked) = &**asking;
    entrustment::lock(tx, entrustment)?;
    let id = RequestId::new(tx.now);
    let last: Option<i32> =
        of(entrustment).select(diesel::dsl::max(t::position)).first(tx.connection)?;
    diesel::insert_into(t::table)
        .values((
            t::tenant_id.eq(entrustment.tenant_id),
            t::id.eq(id),
            t::entrustment_id.eq(entrustment.id),
            t::position.eq(last.unwrap_or(0) + 1),
            t::asked.eq(*asked),
            t::purpose.eq(&new.purpose),
            t::message.eq(&new.message),
            t::items.eq(json_text(&new.items)?),
            t::due_on.eq(new.due_on),
            t::status.eq(RequestStatus::Open),
            t::asked_by_name.eq(tx.actor.name()),
            t::asked_at.eq(tx.now),
            t::settled_by_name.eq(""),
            t::reminded.eq(0),
            t::version.eq(1),
        ))
        .execute(tx.connection)?;
    let details = vec![
        ("asked", json!(asked)),
        ("items", json!(new.items.len())),
        ("due_on", json!(new.due_on)),
    ];
    entry(tx, (entrustment.tenant_id, entrustment.id, id), "handover.requested", details)?;
    Ok(id)
}

/// Takes a request back that is still at `version`.
pub(super) fn withdraw(
    tx: &mut Tx<'_>,
    known: &Authorized<(Entrustment, Request), Withdraw>,
    version: i32,
) -> Result<()> {
    let (entrustment, request) = &**known;
    let name = tx.actor.name().to_owned();
    let key = (entrustment.tenant_id, entrustment.id, request.id);
    let open = Open { id: request.id, version: Some(version) };
    if !end(tx, entrustment.tenant_id, &open, RequestStatus::Withdrawn, &name)? {
        return Err(Error::Conflict("error-stale"));
    }
    entry(tx, key, "handover.request_withdrawn", vec![])
}

/// Settles the request that a hand-over answers; one that was taken back meanwhile stays so.
pub(super) fn settle(tx: &mut Tx<'_>, handover: &Handover, id: RequestId) -> Result<()> {
    let open = Open { id, version: None };
    let by = &handover.proposed_by_name;
    if !end(tx, handover.tenant_id, &open, RequestStatus::Answered, by)? {
        return Ok(());
    }
    let key = (handover.tenant_id, handover.entrustment_id, id);
    entry(tx, key, "handover.request_answered", vec![("handover", json!(handover.id))])
}

/// A request that is believed to be open.
struct Open {
    id: RequestId,
    version: Option<i32>,
}

/// Ends a request that is open; false when it isn't (any more).
fn end(
    tx: &mut Tx<'_>,
    tenant: OrganisationId,
    open: &Open,
    status: RequestStatus,
    by: &str,
) -> Result<bool> {
    let found: Option<i32> = t::table
        .find((tenant, open.id))
        .filter(t::status.eq(RequestStatus::Open))
        .select(t::version)
        .first(tx.connection)
        .optional()?;
    let Some(version) = found.filter(|found| open.version.is_none_or(|asked| asked == *found))
    else {
        return Ok(false);
    };
    let row = t::table
        .find((tenant, open.id))
        .filter(t::status.eq(RequestStatus::Open))
        .filter(t::version.eq(version));
    let changed = diesel::update(row)
        .set((
            t::status.eq(status),
            t::settled_by_name.eq(by),
            t::settled_at.eq(tx.now),
            t::version.eq(version + 1),
        ))
        .execute(tx.connection)?;
    Ok(changed > 0)
}

/// A request that may have to be reminded of.
#[derive(Clone, Debug, Queryable)]
pub(super) struct Due {
    pub id: RequestId,
    pub entrustment_id: EntrustmentId,
    pub asked: Party,
    pub day: Option<NaiveDate>,
    pub asked_at: Timestamp,
    pub reminded: i32,
}

/// Open requests of all principals due until `until`, after a place in the order of day and id.
pub(super) fn due_page(
    connection: &mut Connection,
    after: (NaiveDate, RequestId),
    until: NaiveDate,
    limit: i64,
) -> Result<Vec<Due>> {
    let (day, id) = after;
    Ok(t::table
        .inner_join(e::table.on(e::tenant_id.eq(t::tenant_id).and(e::id.eq(t::entrustment_id))))
        .filter(t::status.eq(RequestStatus::Open))
        .filter(t::due_on.le(until))
        .filter(t::due_on.ge(day))
        .filter(t::due_on.gt(day).or(t::id.gt(id)))
        .filter(t::reminded.lt(Stage::Escalation.number()))
        .filter(e::status.eq(EntrustmentStatus::Active))
        .order((t::due_on.asc(), t::id.asc()))
        .limit(limit)
        .select((t::id, t::entrustment_id, t::asked, t::due_on, t::asked_at, t::reminded))
        .load(connection)?)
}

/// Notes that a stage was reached; false when somebody else did, or it was settled meanwhile.
pub(super) fn mark_reminded(
    tx: &mut Tx<'_>,
    own: &Entrustment,
    due: &Due,
    stage: Stage,
) -> Result<bool> {
    let row = t::table
        .find((own.tenant_id, due.id))
        .filter(t::status.eq(RequestStatus::Open))
        .filter(t::reminded.eq(due.reminded));
    let changed = diesel::update(row).set(t::reminded.eq(stage.number())).execute(tx.connection)?;
    if changed == 0 {
        return Ok(false);
    }
    let details = vec![("stage", json!(stage.word()))];
    entry(tx, (own.tenant_id, own.id, due.id), "handover.request_reminded", details)?;
    Ok(true)
}

/// Principal, entrustment and request.
type Key = (OrganisationId, EntrustmentId, RequestId);

fn entry(
    tx: &mut Tx<'_>,
    (tenant_id, entrustment, id): Key,
    act: &'static str,
    details: Vec<Fact>,
) -> Result<()> {
    ledger::append(
        tx,
        NewEntry {
            tenant_id,
            act,
            subject_kind: "handover_request",
            subject_id: id.as_str(),
            entrustment_id: Some(entrustment.as_str()),
            details,
        },
    )
}
