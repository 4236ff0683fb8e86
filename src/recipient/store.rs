//! Recipients in the database.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use serde_json::json;

use super::model::{Decision, NewRecipient, Recipient, RecipientKind, RecipientStatus};
use super::policy::{Decide, End, Entering, Register};
use crate::actor::Authorized;
use crate::database::schema::recipient as t;
use crate::database::types::{Json, json_text};
use crate::database::{Backend, Connection, MOST_ROWS, Tx};
use crate::entrustment::{self, DataItemId, Entrustment, EntrustmentId};
use crate::error::{Error, Result};
use crate::japanese::fold_name;
use crate::ledger::{self, Fact, NewEntry};
use crate::rulebook::{RecipientFact, RecipientId};
use crate::web::paging::{ListQuery, PAGE_SIZE, Page};

/// What the rules ask about a recipient, with the entrustment.
type Row = (
    EntrustmentId,
    RecipientId,
    String,
    String,
    Json<Vec<DataItemId>>,
    Option<i64>,
    RecipientKind,
    RecipientStatus,
    Option<NaiveDate>,
);

/// The columns of [`Row`].
macro_rules! columns {
    () => {
        (
            t::entrustment_id,
            t::id,
            t::name,
            t::address,
            t::items,
            t::persons_limit,
            t::kind,
            t::status,
            t::until_on,
        )
    };
}

fn fact(
    (of, id, name, address, items, limit, kind, status, until_on): Row,
) -> (EntrustmentId, RecipientFact) {
    let fact = RecipientFact {
        id,
        name,
        address,
        items: items.0,
        persons_limit: limit,
        oversees: kind.oversees(),
        approved: status == RecipientStatus::Approved,
        until_on,
    };
    (of, fact)
}

/// The recipients of entrustments as the rules look at them.
///
/// # Errors
/// Those of the database.
pub fn facts_of_many(
    connection: &mut Connection,
    of: &[&Entrustment],
) -> Result<HashMap<EntrustmentId, Vec<RecipientFact>>> {
    let (tenants, ids) = entrustment::keys(of);
    let mut found: HashMap<EntrustmentId, Vec<RecipientFact>> = HashMap::new();
    for ids in ids.chunks(MOST_ROWS) {
        let rows: Vec<Row> = t::table
            .filter(t::tenant_id.eq_any(tenants.clone()))
            .filter(t::entrustment_id.eq_any(ids.to_vec()))
            .order((t::name_key.asc(), t::id.asc()))
            .select(columns!())
            .load(connection)?;
        for (id, fact) in rows.into_iter().map(fact) {
            found.entry(id).or_default().push(fact);
        }
    }
    Ok(found)
}

/// All recipients of an entrustment by name: for the audit record.
///
/// # Errors
/// Those of the database.
pub fn of_entrustment(
    connection: &mut Connection,
    entrustment: &Entrustment,
) -> Result<Vec<Recipient>> {
    Ok(of(entrustment)
        .order((t::name_key.asc(), t::id.asc()))
        .select(Recipient::as_select())
        .load(connection)?)
}

fn of<'a>(entrustment: &Entrustment) -> t::BoxedQuery<'a, Backend> {
    t::table
        .filter(t::tenant_id.eq(entrustment.tenant_id))
        .filter(t::entrustment_id.eq(entrustment.id))
        .into_boxed()
}

/// A page of the recipients.
pub(super) fn page(
    connection: &mut Connection,
    entrustment: &Entrustment,
    query: &ListQuery,
) -> Result<Page<Recipient>> {
    let total = chosen(entrustment, query).count().get_result(connection)?;
    let found = sorted(entrustment, query)
        .offset(query.offset())
        .limit(PAGE_SIZE)
        .select(Recipient::as_select())
        .load(connection)?;
    Ok(Page::new(found, total, query, "name"))
}

/// All recipients that fit the filter of the page, in its order.
pub(super) fn whole(
    connection: &mut Connection,
    entrustment: &Entrustment,
    query: &ListQuery,
) -> Result<Vec<Recipient>> {
    Ok(sorted(entrustment, query).select(Recipient::as_select()).load(connection)?)
}

fn chosen<'a>(entrustment: &Entrustment, query: &ListQuery) -> t::BoxedQuery<'a, Backend> {
    let rows = of(entrustment);
    match query.status.parse::<RecipientStatus>() {
        Ok(status) => rows.filter(t::status.eq(status)),
        Err(_) => rows,
    }
}

fn sorted<'a>(entrustment: &Entrustment, query: &ListQuery) -> t::BoxedQuery<'a, Backend> {
    match query.sorting() {
        (_, false) => chosen(entrustment, query).order((t::name_key.asc(), t::id.asc())),
        (_, true) => chosen(entrustment, query).order((t::name_key.desc(), t::id.desc())),
    }
}

/// How many recipients an entrustment has, by status.
pub(super) fn counts(
    connection: &mut Connection,
    entrustment: &Entrustment,
) -> Result<Vec<(RecipientStatus, i64)>> {
    Ok(t::table
        .filter(t::tenant_id.eq(entrustment.tenant_id))
        .filter(t::entrustment_id.eq(entrustment.id))
        .group_by(t::status)
        .select((t::status, diesel::dsl::count_star()))
        .load(connection)?)
}

/// A recipient of a visible entrustment.
pub(super) fn find(
    connection: &mut Connection,
    entrustment: &Entrustment,
    id: RecipientId,
) -> Result<Recipient> {
    Ok(of(entrustment).filter(t::id.eq(id)).select(Recipient::as_select()).first(connection)?)
}

/// Enters a recipient.
pub(super) fn insert(
    tx: &mut Tx<'_>,
    entering: &Authorized<Entering, Register>,
    new: &NewRecipient,
) -> Result<RecipientId> {
    let (entrustment, status) = &**entering;
    let id = RecipientId::new(tx.now);
    let approved = *status == RecipientStatus::Approved;
    let decided_by = if approved { tx.actor.name() } else { "" };
    diesel::insert_into(t::table)
        .values((
            t::tenant_id.eq(entrustment.tenant_id),
            t::id.eq(id),
            t::entrustment_id.eq(entrustment.id),
            t::kind.eq(new.kind),
            t::name.eq(&new.name),
            t::name_key.eq(fold_name(&new.name)),
            t::address.eq(&new.address),
            t::purpose.eq(&new.purpose),
            t::items.eq(json_text(&new.items)?),
            t::persons_limit.eq(new.persons_limit),
            t::until_on.eq(new.until_on),
            t::status.eq(*status),
            t::reason.eq(""),
            t::proposed_by_name.eq(tx.actor.name()),
            t::decided_by_name.eq(decided_by),
            t::decided_at.eq(approved.then_some(tx.now)),
            t::created_at.eq(tx.now),
            t::version.eq(1),
        ))
        .execute(tx.connection)?;
    let act = if approved { "recipient.registered" } else { "recipient.proposed" };
    let details = vec![
        ("kind", json!(new.kind)),
        ("items", json!(new.items.len())),
        ("persons_limit", json!(new.persons_limit)),
        ("until_on", json!(new.until_on)),
    ];
    entry(tx, entrustment, id, act, details)?;
    entrustment::recompare(tx, entrustment)?;
    Ok(id)
}

/// Keeps the principal's decision.
pub(super) fn decide(
    tx: &mut Tx<'_>,
    asked: &Authorized<(Entrustment, Recipient), Decide>,
    decision: &Decision,
) -> Result<()> {
    let (entrustment, recipient) = &**asked;
    let changed = diesel::update(
        t::table
            .filter(t::tenant_id.eq(recipient.tenant_id))
            .filter(t::id.eq(recipient.id))
            .filter(t::version.eq(decision.version)),
    )
    .set((
        t::status.eq(decision.status),
        t::reason.eq(&decision.reason),
        t::decided_by_name.eq(tx.actor.name()),
        t::decided_at.eq(Some(tx.now)),
        t::version.eq(decision.version + 1),
    ))
    .execute(tx.connection)?;
    if changed == 0 {
        return Err(Error::Conflict("error-stale"));
    }
    let act = match decision.status {
        RecipientStatus::Approved => "recipient.approved",
        _ => "recipient.refused",
    };
    entry(tx, entrustment, recipient.id, act, vec![("reason", json!(decision.reason))])?;
    entrustment::recompare(tx, entrustment)
}

/// Takes a recipient off the list; it stays known.
pub(super) fn end(
    tx: &mut Tx<'_>,
    known: &Authorized<(Entrustment, Recipient), End>,
) -> Result<()> {
    let (entrustment, recipient) = &**known;
    diesel::update(t::table.find((recipient.tenant_id, recipient.id)))
        .set((t::status.eq(RecipientStatus::Ended), t::version.eq(recipient.version + 1)))
        .execute(tx.connection)?;
    entry(tx, entrustment, recipient.id, "recipient.ended", vec![])?;
    entrustment::recompare(tx, entrustment)
}

fn entry(
    tx: &mut Tx<'_>,
    entrustment: &Entrustment,
    id: RecipientId,
    act: &'static str,
    details: Vec<Fact>,
) -> Result<()> {
    ledger::append(
        tx,
        NewEntry {
            tenant_id: entrustment.tenant_id,
            act,
            subject_kind: "recipient",
            subject_id: id.as_str(),
            entrustment_id: Some(entrustment.id.as_str()),
            details,
        },
    )
}
