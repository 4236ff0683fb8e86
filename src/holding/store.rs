//! Holdings in the database.

use chrono::NaiveDate;
use diesel::prelude::*;
use serde_json::json;

use super::model::{DisposalId, Holding, HoldingId, HoldingKind, HoldingStatus, NewHolding};
use crate::actor::{Authorized, OrganisationId};
use crate::database::schema::{disposal, entrustment_ancestor, holding as t};
use crate::database::types::json_text;
use crate::database::{Connection, Tx};
use crate::entrustment::rules::{Medium, Place};
use crate::entrustment::{Entrustment, EntrustmentId};
use crate::error::{Error, Result};
use crate::finding::{self, Subject};
use crate::ledger::{self, NewEntry};
use crate::rulebook::{Broken, Encrypted, Exceptions, HoldingFact};
use crate::storage;

/// The columns that the form fills.
#[derive(Insertable, AsChangeset)]
#[diesel(table_name = t, treat_none_as_default_value = false, treat_none_as_null = true)]
pub(super) struct Columns<'a> {
    kind: HoldingKind,
    source_id: Option<HoldingId>,
    holder: &'a str,
    items: String,
    persons: i64,
    place: Place,
    place_detail: &'a str,
    provider: &'a str,
    plan: &'a str,
    country: &'a str,
    access_countries: String,
    medium: Medium,
    system: &'a str,
    encryption: Encrypted,
    handlers: String,
    backups: &'a str,
    starts_on: NaiveDate,
    until_on: Option<NaiveDate>,
    exceptions: String,
}

pub(super) fn columns<'a>(new: &'a NewHolding, exceptions: &Exceptions) -> Result<Columns<'a>> {
    Ok(Columns {
        kind: new.kind,
        source_id: new.source_id,
        holder: &new.holder,
        items: json_text(&new.items)?,
        persons: new.persons,
        place: new.place,
        place_detail: &new.place_detail,
        provider: &new.provider,
        plan: &new.plan,
        country: &new.country,
        access_countries: json_text(&new.access_countries)?,
        medium: new.medium,
        system: &new.system,
        encryption: new.encryption,
        handlers: json_text(&new.handlers)?,
        backups: &new.backups,
        starts_on: new.starts_on,
        until_on: new.until_on,
        exceptions: json_text(exceptions)?,
    })
}

/// Enters a holding, with the findings of what it breaks.
///
/// # Errors
/// [`Error::Conflict`] when the entrustment was closed meanwhile; those of the database.
pub fn enter<Action>(
    tx: &mut Tx<'_>,
    entrustment: &Authorized<Entrustment, Action>,
    new: &NewHolding,
    broken: &[Broken],
    exceptions: &Exceptions,
) -> Result<HoldingId> {
    let ids = super::many_store::enter_all(tx, entrustment, &[(new, broken, exceptions)])?;
    ids.into_iter().next().ok_or_else(|| Error::internal("no holding was entered"))
}

/// Changes a holding that is still held and at `version`.
pub(super) fn change<Action>(
    tx: &mut Tx<'_>,
    entrustment: &Authorized<Entrustment, Action>,
    (id, version): (HoldingId, i32),
    new: &NewHolding,
    broken: &[Broken],
    exceptions: &Exceptions,
) -> Result<()> {
    let changed = diesel::update(
        t::table
            .find((entrustment.tenant_id, id))
            .filter(t::entrustment_id.eq(entrustment.id))
            .filter(t::status.eq(HoldingStatus::Open))
            .filter(t::version.eq(version)),
    )
    .set((t::version.eq(version + 1), columns(new, exceptions)?))
    .execute(tx.connection)?;
    if changed == 0 {
        return Err(Error::Conflict("error-stale"));
    }
    let of = (entrustment.tenant_id, &entrustment.id);
    ledger::append(tx, entry(of, &id, "holding.changed", told(new, exceptions)?))?;
    compared(tx, entrustment, id, broken, exceptions)
}

fn compared(
    tx: &mut Tx<'_>,
    entrustment: &Entrustment,
    id: HoldingId,
    broken: &[Broken],
    exceptions: &Exceptions,
) -> Result<()> {
    let subject = Subject { kind: "holding", id: id.as_str() };
    finding::hold_against(tx, entrustment, subject, broken, exceptions)
}

/// What the ledger tells of a holding: ids, counts and words; the free text by its hash.
pub(super) fn told(
    new: &NewHolding,
    exceptions: &Exceptions,
) -> Result<Vec<(&'static str, serde_json::Value)>> {
    Ok(vec![
        ("kind", json!(new.kind)),
        ("items", json!(new.items)),
        ("persons", json!(new.persons)),
        ("place", json!(new.place)),
        ("country", json!(new.country)),
        ("access_countries", json!(new.access_countries)),
        ("medium", json!(new.medium)),
        ("encryption", json!(new.encryption)),
        ("handlers", json!(new.handlers)),
        ("starts_on", json!(new.starts_on)),
        ("until_on", json!(new.until_on)),
        ("exceptions", json!(exceptions.keys().collect::<Vec<_>>())),
        ("sha256", json!(storage::sha256(json_text(new)?.as_bytes()))),
    ])
}

/// The number of the last holding of an entrustment; 0 where there is none.
pub(super) fn last(connection: &mut Connection, entrustment: &Entrustment) -> Result<i32> {
    let last: Option<i32> = t::table
        .filter(t::tenant_id.eq(entrustment.tenant_id))
        .filter(t::entrustment_id.eq(entrustment.id))
        .select(diesel::dsl::max(t::position))
        .first(connection)?;
    Ok(last.unwrap_or(0))
}

/// An entry about a holding of an entrustment of a principal.
pub(super) fn entry<'a>(
    (tenant_id, entrustment): (OrganisationId, &'a EntrustmentId),
    id: &'a HoldingId,
    act: &'static str,
    details: Vec<(&'static str, serde_json::Value)>,
) -> NewEntry<'a> {
    NewEntry {
        tenant_id,
        act,
        subject_kind: "holding",
        subject_id: id.as_str(),
        entrustment_id: Some(entrustment.as_str()),
        details,
    }
}

/// Ends holdings of an entrustment, or of those below it, in a disposal: `disposed` or `retained`.
/// One that was retained may be disposed of later. The disposal's own policy authorised it.
///
/// # Errors
/// [`Error::Conflict`] when one of them isn't there or has ended already.
pub fn end<Action>(
    tx: &mut Tx<'_>,
    entrustment: &Authorized<Entrustment, Action>,
    ids: &[HoldingId],
    status: HoldingStatus,
    ended_on: NaiveDate,
    disposal: Option<DisposalId>,
) -> Result<()> {
    let held = by_ids(tx.connection, entrustment, ids)?;
    for id in ids {
        let found = held.iter().find(|h| h.id == *id);
        let holding = found.ok_or(Error::Conflict("holding-error-ended"))?;
        ended(tx, holding, status, ended_on, (disposal, None))?;
        let details = vec![
            ("status", json!(status)),
            ("ended_on", json!(ended_on)),
            ("disposal", json!(disposal)),
        ];
        let of = (holding.tenant_id, &holding.entrustment_id);
        ledger::append(tx, entry(of, id, "holding.ended", details))?;
    }
    Ok(())
}

/// Ends a holding whose data another one took over.
pub(super) fn transfer<Action>(
    tx: &mut Tx<'_>,
    entrustment: &Authorized<Entrustment, Action>,
    holding: &Holding,
    successor: &Holding,
    ended_on: NaiveDate,
) -> Result<()> {
    ended(tx, holding, HoldingStatus::Transferred, ended_on, (None, Some(successor.id)))?;
    let details = vec![
        ("to", json!(successor.id)),
        ("to_entrustment", json!(successor.entrustment_id)),
        ("ended_on", json!(ended_on)),
    ];
    let of = (entrustment.tenant_id, &entrustment.id);
    ledger::append(tx, entry(of, &holding.id, "holding.transferred", details))
}

fn ended(
    tx: &mut Tx<'_>,
    holding: &Holding,
    status: HoldingStatus,
    ended_on: NaiveDate,
    (disposal, successor): (Option<DisposalId>, Option<HoldingId>),
) -> Result<()> {
    let changed = diesel::update(
        t::table
            .find((holding.tenant_id, holding.id))
            .filter(t::status.eq_any([HoldingStatus::Open, HoldingStatus::Retained]))
            .filter(t::version.eq(holding.version)),
    )
    .set((
        t::status.eq(status),
        t::ended_on.eq(ended_on),
        t::disposal_id.eq(disposal),
        t::successor_id.eq(successor),
        t::version.eq(holding.version + 1),
    ))
    .execute(tx.connection)?;
    if changed == 0 {
        return Err(Error::Conflict("holding-error-ended"));
    }
    Ok(())
}

/// All holdings of an entrustment as the rules look at them, those that ended among them.
///
/// # Errors
/// Those of the database.
pub fn facts(
    connection: &mut Connection,
    entrustment: &Entrustment,
) -> Result<Vec<(HoldingId, HoldingFact, Exceptions)>> {
    let rows: Vec<(Holding, Option<NaiveDate>)> = t::table
        .left_join(disposal::table.on(
            disposal::tenant_id.eq(t::tenant_id).and(disposal::id.nullable().eq(t::disposal_id)),
        ))
        .filter(t::tenant_id.eq(entrustment.tenant_id))
        .filter(t::entrustment_id.eq(entrustment.id))
        .order(t::position.asc())
        .select((Holding::as_select(), disposal::retained_until.nullable()))
        .load(connection)?;
    Ok(rows
        .into_iter()
        .map(|(holding, until)| {
            let fact = holding.fact(until);
            (holding.id, fact, holding.exceptions.0)
        })
        .collect())
}

/// All holdings of an entrustment, by their number.
///
/// # Errors
/// Those of the database.
pub fn of_entrustment(
    connection: &mut Connection,
    entrustment: &Entrustment,
) -> Result<Vec<Holding>> {
    Ok(t::table
        .filter(t::tenant_id.eq(entrustment.tenant_id))
        .filter(t::entrustment_id.eq(entrustment.id))
        .order(t::position.asc())
        .select(Holding::as_select())
        .load(connection)?)
}

/// The holdings of an entrustment that are held and not retained by law, by their number.
///
/// # Errors
/// Those of the database.
pub fn open(connection: &mut Connection, entrustment: &Entrustment) -> Result<Vec<Holding>> {
    Ok(t::table
        .filter(t::tenant_id.eq(entrustment.tenant_id))
        .filter(t::entrustment_id.eq(entrustment.id))
        .filter(t::status.eq(HoldingStatus::Open))
        .order(t::position.asc())
        .select(Holding::as_select())
        .load(connection)?)
}

/// Those of `ids` that belong to an entrustment or to one below it.
///
/// # Errors
/// Those of the database.
pub fn by_ids(
    connection: &mut Connection,
    entrustment: &Entrustment,
    ids: &[HoldingId],
) -> Result<Vec<Holding>> {
    let below = entrustment_ancestor::table
        .filter(entrustment_ancestor::tenant_id.eq(entrustment.tenant_id))
        .filter(entrustment_ancestor::ancestor_id.eq(entrustment.id))
        .select(entrustment_ancestor::entrustment_id);
    Ok(t::table
        .filter(t::tenant_id.eq(entrustment.tenant_id))
        .filter(t::id.eq_any(ids.to_vec()))
        .filter(t::entrustment_id.eq_any(below))
        .order((t::entrustment_id.asc(), t::position.asc()))
        .select(Holding::as_select())
        .load(connection)?)
}
