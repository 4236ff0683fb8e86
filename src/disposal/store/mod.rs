//! Disposals in the database.

pub(super) mod closing;
mod reminder;

use chrono::NaiveDate;
use diesel::prelude::*;
use serde_json::{Value, json};

pub(super) use reminder::{Late, Retained, late_page, retained_between, still_late};

use super::model::{
    Decision, Disposal, DisposalKind, DisposalMethod, DisposalStatus, NewAttestation, NewDisposal,
    Verdict,
};
use crate::actor::Authorized;
use crate::database::schema::{disposal as t, entrustment_ancestor as a, holding};
use crate::database::types::{Json, json_text};
use crate::database::{Backend, Connection, Tx};
use crate::entrustment::{Entrustment, Hold, Manage, Represent};
use crate::error::{Error, Result};
use crate::holding::{DisposalId, HoldingId, HoldingStatus};
use crate::ledger::{self, NewEntry};
use crate::web::paging::{ListQuery, PAGE_SIZE, Page};

/// The columns that the form fills.
#[derive(Insertable, AsChangeset)]
#[diesel(table_name = t, treat_none_as_default_value = false, treat_none_as_null = true)]
struct Columns<'a> {
    holdings: String,
    kind: DisposalKind,
    method: DisposalMethod,
    method_note: &'a str,
    quantity: &'a str,
    device_number: &'a str,
    done_on: NaiveDate,
    responsible: &'a str,
    performed_by: &'a str,
    witness: &'a str,
    backups: &'a str,
    subs: &'a str,
    outside_certificate: &'a str,
    retained_reason: &'a str,
    retained_until: Option<NaiveDate>,
}

fn columns(new: &NewDisposal) -> Result<Columns<'_>> {
    Ok(Columns {
        holdings: json_text(&new.holdings)?,
        kind: new.kind,
        method: new.method,
        method_note: &new.method_note,
        quantity: &new.quantity,
        device_number: &new.device_number,
        done_on: new.done_on,
        responsible: &new.responsible,
        performed_by: &new.performed_by,
        witness: &new.witness,
        backups: &new.backups,
        subs: &new.subs,
        outside_certificate: &new.outside_certificate,
        retained_reason: &new.retained_reason,
        retained_until: new.retained_until,
    })
}

/// The row as it was read: nobody was faster.
macro_rules! at {
    ($disposal:ident) => {
        t::table
            .find(($disposal.tenant_id, $disposal.id))
            .filter(t::status.eq($disposal.status))
            .filter(t::version.eq($disposal.version))
    };
}

/// Begins a disposal.
pub(super) fn create(
    tx: &mut Tx<'_>,
    entrustment: &Authorized<Entrustment, Hold>,
    new: &NewDisposal,
) -> Result<DisposalId> {
    let id = DisposalId::new(tx.now);
    let last: Option<i32> = t::table
        .filter(t::tenant_id.eq(entrustment.tenant_id))
        .filter(t::entrustment_id.eq(entrustment.id))
        .select(diesel::dsl::max(t::position))
        .first(tx.connection)?;
    diesel::insert_into(t::table)
        .values((
            (
                t::tenant_id.eq(entrustment.tenant_id),
                t::id.eq(id),
                t::entrustment_id.eq(entrustment.id),
                t::position.eq(last.unwrap_or(0) + 1),
                t::status.eq(DisposalStatus::Draft),
                t::attested_name.eq(""),
                t::attested_title.eq(""),
                t::attested_hash.eq(""),
                t::decided_by_name.eq(""),
                t::comment.eq(""),
                t::drafted_by_name.eq(tx.actor.name()),
                t::created_at.eq(tx.now),
                t::version.eq(1),
            ),
            columns(new)?,
        ))
        .execute(tx.connection)?;
    entry(tx, entrustment, id, "disposal.drafted", told(new))?;
    Ok(id)
}

/// Changes a disposal that is still written and at `version`.
pub(super) fn update(
    tx: &mut Tx<'_>,
    entrustment: &Authorized<Entrustment, Hold>,
    (disposal, version): (&Disposal, i32),
    new: &NewDisposal,
) -> Result<()> {
    let changed = diesel::update(
        t::table
            .find((entrustment.tenant_id, disposal.id))
            .filter(t::status.eq(disposal.status))
            .filter(t::version.eq(version)),
    )
    .set((t::version.eq(version + 1), columns(new)?))
    .execute(tx.connection)?;
    one(changed)?;
    entry(tx, entrustment, disposal.id, "disposal.changed", told(new))
}

/// Takes a disposal back that was not attested.
pub(super) fn withdraw(
    tx: &mut Tx<'_>,
    entrustment: &Authorized<Entrustment, Hold>,
    disposal: &Disposal,
) -> Result<()> {
    let changed = diesel::update(at!(disposal))
        .set((t::status.eq(DisposalStatus::Withdrawn), t::version.eq(disposal.version + 1)))
        .execute(tx.connection)?;
    one(changed)?;
    entry(tx, entrustment, disposal.id, "disposal.withdrawn", vec![])
}

/// Counts a change of what belongs to a disposal, such as its files, as one of the disposal.
pub(super) fn touch(
    tx: &mut Tx<'_>,
    _: &Authorized<Entrustment, Hold>,
    disposal: &Disposal,
) -> Result<()> {
    let changed = diesel::update(at!(disposal))
        .set(t::version.eq(disposal.version + 1))
        .execute(tx.connection)?;
    one(changed)
}

/// Attests a disposal: what is bound is named by `hash`.
pub(super) fn attest(
    tx: &mut Tx<'_>,
    entrustment: &Authorized<Entrustment, Represent>,
    disposal: &Disposal,
    new: &NewAttestation,
    hash: &str,
) -> Result<()> {
    let changed = diesel::update(at!(disposal))
        .set((
            t::status.eq(DisposalStatus::Attested),
            t::attested_name.eq(&new.name),
            t::attested_title.eq(&new.title),
            t::attested_at.eq(tx.now),
            t::attested_hash.eq(hash),
            t::version.eq(disposal.version + 1),
        ))
        .execute(tx.connection)?;
    one(changed)?;
    let details = vec![
        ("name", json!(new.name)),
        ("title", json!(new.title)),
        ("hash", json!(hash)),
        ("holdings", json!(disposal.holdings)),
    ];
    entry(tx, entrustment, disposal.id, "disposal.attested", details)
}

/// Enters the officer's decision.
pub(super) fn decide(
    tx: &mut Tx<'_>,
    entrustment: &Authorized<Entrustment, Manage>,
    disposal: &Disposal,
    decision: &Decision,
) -> Result<()> {
    let (status, act) = match decision.verdict {
        Verdict::Accept => (DisposalStatus::Accepted, "disposal.accepted"),
        Verdict::Return => (DisposalStatus::Returned, "disposal.returned"),
    };
    let changed = diesel::update(at!(disposal))
        .set((
            t::status.eq(status),
            t::decided_by_name.eq(tx.actor.name()),
            t::decided_at.eq(tx.now),
            t::comment.eq(&decision.comment),
            t::version.eq(disposal.version + 1),
        ))
        .execute(tx.connection)?;
    one(changed)?;
    let details =
        vec![("hash", json!(disposal.attested_hash)), ("holdings", json!(disposal.holdings))];
    entry(tx, entrustment, disposal.id, act, details)
}

fn one(changed: usize) -> Result<()> {
    if changed == 1 { Ok(()) } else { Err(Error::Conflict("error-stale")) }
}

/// What the ledger tells of a disposal: ids, words and days.
fn told(new: &NewDisposal) -> Vec<(&'static str, Value)> {
    vec![
        ("holdings", json!(new.holdings)),
        ("kind", json!(new.kind)),
        ("method", json!(new.method)),
        ("done_on", json!(new.done_on)),
        ("retained_until", json!(new.retained_until)),
    ]
}

fn entry(
    tx: &mut Tx<'_>,
    entrustment: &Entrustment,
    id: DisposalId,
    act: &'static str,
    details: Vec<(&'static str, Value)>,
) -> Result<()> {
    ledger::append(
        tx,
        NewEntry {
            tenant_id: entrustment.tenant_id,
            act,
            subject_kind: "disposal",
            subject_id: id.as_str(),
            entrustment_id: Some(entrustment.id.as_str()),
            details,
        },
    )
}

/// A disposal of an entrustment.
pub(super) fn find(
    connection: &mut Connection,
    entrustment: &Entrustment,
    id: DisposalId,
) -> Result<Disposal> {
    Ok(t::table
        .find((entrustment.tenant_id, id))
        .filter(t::entrustment_id.eq(entrustment.id))
        .select(Disposal::as_select())
        .first(connection)?)
}

/// All disposals of an entrustment, by their number.
pub(super) fn of_entrustment(
    connection: &mut Connection,
    entrustment: &Entrustment,
) -> Result<Vec<Disposal>> {
    Ok(t::table
        .filter(t::tenant_id.eq(entrustment.tenant_id))
        .filter(t::entrustment_id.eq(entrustment.id))
        .order(t::position.asc())
        .select(Disposal::as_select())
        .load(connection)?)
}

/// A page of them, the newest first unless asked otherwise.
pub(super) fn page(
    connection: &mut Connection,
    entrustment: &Entrustment,
    query: &ListQuery,
) -> Result<Page<Disposal>> {
    let total = kept(entrustment, query).count().get_result(connection)?;
    let rows = sorted(entrustment, query)
        .offset(query.offset())
        .limit(PAGE_SIZE)
        .select(Disposal::as_select())
        .load(connection)?;
    Ok(Page::new(rows, total, query, "-position"))
}

/// All disposals that fit the filter of the page, in its order.
pub(super) fn whole(
    connection: &mut Connection,
    entrustment: &Entrustment,
    query: &ListQuery,
) -> Result<Vec<Disposal>> {
    Ok(sorted(entrustment, query).select(Disposal::as_select()).load(connection)?)
}

fn kept<'a>(entrustment: &Entrustment, query: &ListQuery) -> t::BoxedQuery<'a, Backend> {
    let rows = t::table
        .filter(t::tenant_id.eq(entrustment.tenant_id))
        .filter(t::entrustment_id.eq(entrustment.id))
        .into_boxed();
    match query.status.parse::<DisposalStatus>() {
        Ok(status) => rows.filter(t::status.eq(status)),
        Err(_) => rows,
    }
}

fn sorted<'a>(entrustment: &Entrustment, query: &ListQuery) -> t::BoxedQuery<'a, Backend> {
    let rows = kept(entrustment, query);
    match query.sorting() {
        ("position", false) => rows.order(t::position.asc()),
        ("done_on", false) => rows.order((t::done_on.asc(), t::position.asc())),
        ("done_on", true) => rows.order((t::done_on.desc(), t::position.desc())),
        _ => rows.order(t::position.desc()),
    }
}

/// How many disposals of an entrustment there are in each status.
pub(super) fn counts(
    connection: &mut Connection,
    entrustment: &Entrustment,
) -> Result<Vec<(DisposalStatus, i64)>> {
    Ok(t::table
        .filter(t::tenant_id.eq(entrustment.tenant_id))
        .filter(t::entrustment_id.eq(entrustment.id))
        .group_by(t::status)
        .select((t::status, diesel::dsl::count_star()))
        .load(connection)?)
}

/// The holdings that other disposals of the entrustment, still waiting, cover already.
pub(super) fn taken(
    connection: &mut Connection,
    entrustment: &Entrustment,
    except: Option<DisposalId>,
) -> Result<Vec<HoldingId>> {
    let rows: Vec<(DisposalId, DisposalStatus, Json<Vec<HoldingId>>)> = t::table
        .filter(t::tenant_id.eq(entrustment.tenant_id))
        .filter(t::entrustment_id.eq(entrustment.id))
        .select((t::id, t::status, t::holdings))
        .load(connection)?;
    let others = rows.into_iter().filter(|(id, status, _)| status.waits() && Some(*id) != except);
    Ok(others.flat_map(|(_, _, holdings)| holdings.0).collect())
}

/// How many holdings are open: of the entrustment itself, and of all below it.
pub(super) fn open_holdings(
    connection: &mut Connection,
    entrustment: &Entrustment,
) -> Result<(i64, i64)> {
    let rows: Vec<(i32, i64)> = a::table
        .inner_join(holding::table.on(
            holding::tenant_id.eq(a::tenant_id).and(holding::entrustment_id.eq(a::entrustment_id)),
        ))
        .filter(a::tenant_id.eq(entrustment.tenant_id))
        .filter(a::ancestor_id.eq(entrustment.id))
        .filter(holding::status.eq(HoldingStatus::Open))
        .group_by(a::distance)
        .select((a::distance, diesel::dsl::count_star()))
        .load(connection)?;
    let sum = |own: bool| {
        rows.iter().filter(|(distance, _)| (*distance == 0) == own).map(|(_, count)| count).sum()
    };
    Ok((sum(true), sum(false)))
}
