//! Stops in the database, and what was found in files.

use std::collections::BTreeSet;

use diesel::prelude::*;
use serde_json::json;

use super::facts::Found;
use super::policy::Preview;
use super::{gather, judge};
use crate::actor::{Authorized, OrganisationId};
use crate::contents::Contents;
use crate::database::schema::{
    handover as h, handover_delivery as d, handover_file as f, handover_stop as t, membership,
    person,
};
use crate::database::types::json_text;
use crate::database::{Connection, MOST_ROWS, Tx};
use crate::entrustment::Entrustment;
use crate::error::{Error, Result};
use crate::handover::model::{
    Delivery, File, FileId, FileState, Handover, HandoverStatus, Stop, StopId, Stopped,
};
use crate::handover::policy::{Edit, Of};
use crate::insert_many;
use crate::japanese::jst_date;
use crate::ledger::{self, Fact, NewEntry};

/// The kind of subject in the ledger.
const SUBJECT: &str = "handover";

/// How many hand-overs back the last one of the same kind is looked for.
const BACK: i64 = 50;

/// What stops a hand-over now, also what was explained, in the order of the stops.
///
/// # Errors
/// Those of the database.
pub(super) fn stops(connection: &mut Connection, of: &Handover) -> Result<Vec<Stopped>> {
    let mut stops: Vec<Stopped> = t::table
        .filter(t::tenant_id.eq(of.tenant_id))
        .filter(t::handover_id.eq(of.id))
        .filter(t::mended_at.is_null())
        .select(Stopped::as_select())
        .load(connection)?;
    stops.sort_by_key(key);
    Ok(stops)
}

/// By what a stop is the same.
fn key(stopped: &Stopped) -> Found {
    Found {
        stop: stopped.stop,
        file: stopped.file_id,
        delivery: stopped.delivery_id,
        what: stopped.what.clone(),
    }
}

/// Judges a hand-over anew: enters what stops it now, notes what no longer does, and leaves alone
/// what was explained and still is so. Once it has left there is nothing to judge.
///
/// # Errors
/// Those of the database.
pub(in crate::handover) fn rejudge(
    tx: &mut Tx<'_>,
    of: &Handover,
    entrustment: &Entrustment,
) -> Result<Vec<Stopped>> {
    let waits = matches!(of.status, HandoverStatus::Proposed | HandoverStatus::Approved);
    if !of.status.is_editable() && !waits {
        return stops(tx.connection, of);
    }
    let facts = gather::facts(tx.connection, of, entrustment, jst_date(tx.now))?;
    let found: BTreeSet<Found> = judge::judge(&facts).into_iter().collect();
    let known = stops(tx.connection, of)?;
    let gone: Vec<StopId> =
        known.iter().filter(|one| !found.contains(&key(one))).map(|one| one.id).collect();
    mend(tx, of, &gone)?;
    let known: BTreeSet<Found> = known.iter().map(key).collect();
    let new: Vec<&Found> = found.difference(&known).collect();
    insert(tx, of, &new)?;
    stopped(tx, of, &new)?;
    stops(tx.connection, of)
}

fn mend(tx: &mut Tx<'_>, of: &Handover, gone: &[StopId]) -> Result<()> {
    for ids in gone.chunks(MOST_ROWS) {
        diesel::update(
            t::table.filter(t::tenant_id.eq(of.tenant_id)).filter(t::id.eq_any(ids.to_vec())),
        )
        .set(t::mended_at.eq(Some(tx.now)))
        .execute(tx.connection)?;
    }
    Ok(())
}

fn insert(tx: &mut Tx<'_>, of: &Handover, new: &[&Found]) -> Result<()> {
    for some in new.chunks(MOST_ROWS) {
        let row = |found: &&Found| {
            (
                t::tenant_id.eq(of.tenant_id),
                t::id.eq(StopId::new(tx.now)),
                t::handover_id.eq(of.id),
                t::entrustment_id.eq(of.entrustment_id),
                t::file_id.eq(found.file),
                t::delivery_id.eq(found.delivery),
                t::stop.eq(found.stop),
                t::what.eq(found.what.clone()),
                t::found_at.eq(tx.now),
                t::reason.eq(""),
                t::reason_by_name.eq(""),
            )
        };
        let rows: Vec<_> = some.iter().map(row).collect();
        insert_many!(tx.connection, t::table, rows)?;
    }
    Ok(())
}

/// The entry of the ledger: which stops, how many, in which files. What isn't complete yet is none.
fn stopped(tx: &mut Tx<'_>, of: &Handover, new: &[&Found]) -> Result<()> {
    let grave: Vec<&&Found> = new.iter().filter(|found| !found.stop.is_unfinished()).collect();
    if grave.is_empty() {
        return Ok(());
    }
    let stops: BTreeSet<Stop> = grave.iter().map(|found| found.stop).collect();
    let files: BTreeSet<FileId> = grave.iter().filter_map(|found| found.file).collect();
    let details =
        vec![("stops", json!(stops)), ("count", json!(grave.len())), ("files", json!(files))];
    entry(tx, of, "handover.stopped", details)
}

/// One of the stops that hold now.
///
/// # Errors
/// [`Error::NotFound`].
pub(super) fn stop(connection: &mut Connection, of: &Handover, id: StopId) -> Result<Stopped> {
    Ok(t::table
        .find((of.tenant_id, id))
        .filter(t::handover_id.eq(of.id))
        .filter(t::mended_at.is_null())
        .select(Stopped::as_select())
        .first(connection)?)
}

/// Keeps why a hand-over may go in spite of a stop.
///
/// # Errors
/// [`Error::Conflict`] when the stop no longer holds, or can't be explained.
pub(super) fn explain(
    tx: &mut Tx<'_>,
    of: &Authorized<Of, Edit>,
    stopped: &Stopped,
    reason: &str,
) -> Result<()> {
    if !stopped.may_be_explained() {
        return Err(Error::Conflict("handover-stop-not-explained"));
    }
    let changed = diesel::update(
        t::table.find((stopped.tenant_id, stopped.id)).filter(t::mended_at.is_null()),
    )
    .set((t::reason.eq(reason), t::reason_by_name.eq(tx.actor.name())))
    .execute(tx.connection)?;
    if changed == 0 {
        return Err(Error::Conflict("error-stale"));
    }
    // By what it is so, up to the name of a sheet.
    let by = stopped.what.split(':').next().unwrap_or_default();
    let details = vec![
        ("stop", json!(stopped.stop)),
        ("by", json!(by)),
        ("stop_id", json!(stopped.id)),
        ("file", json!(stopped.file_id)),
        ("reason", json!(reason)),
    ];
    entry(tx, &of.1, "handover.stop_explained", details)
}

/// Notes that the first rows of a file were opened, and why (in a detail of which the event, which goes
/// into the log, keeps nothing).
///
/// # Errors
/// Those of the database.
pub(super) fn previewed(
    tx: &mut Tx<'_>,
    of: &Authorized<Of, Preview>,
    file: &File,
    reason: &str,
) -> Result<()> {
    let details =
        vec![("file", json!(file.id)), ("sha256", json!(file.sha256)), ("why", json!(reason))];
    entry(tx, &of.1, "handover.previewed", details)
}

fn entry(tx: &mut Tx<'_>, of: &Handover, act: &'static str, details: Vec<Fact>) -> Result<()> {
    ledger::append(
        tx,
        NewEntry {
            tenant_id: of.tenant_id,
            act,
            subject_kind: SUBJECT,
            subject_id: of.id.as_str(),
            entrustment_id: Some(of.entrustment_id.as_str()),
            details,
        },
    )
}

/// A file with its hand-over, by its key: for the job. Nothing when it was removed meanwhile.
pub(super) fn file(
    connection: &mut Connection,
    tenant: OrganisationId,
    id: FileId,
) -> Result<Option<(File, Handover)>> {
    Ok(f::table
        .inner_join(h::table.on(h::tenant_id.eq(f::tenant_id).and(h::id.eq(f::handover_id))))
        .filter(f::tenant_id.eq(tenant))
        .filter(f::id.eq(id))
        .select((File::as_select(), Handover::as_select()))
        .first(connection)
        .optional()?)
}

/// Keeps what was found in a file, unless it was removed or changed since it was `read`.
pub(super) fn keep(
    tx: &mut Tx<'_>,
    read: &File,
    state: FileState,
    contents: Option<&Contents>,
) -> Result<bool> {
    let text = match contents {
        Some(contents) => json_text(contents)?,
        None => String::new(),
    };
    let changed = diesel::update(
        f::table
            .find((read.tenant_id, read.id))
            .filter(f::state.eq(read.state))
            .filter(f::sha256.eq(&read.sha256)),
    )
    .set((f::state.eq(state), f::contents.eq(text), f::checked_at.eq(Some(tx.now))))
    .execute(tx.connection)?;
    Ok(changed == 1)
}

/// The mail addresses of an organisation's members who are called by one of `names`.
pub(super) fn addresses(
    connection: &mut Connection,
    tenant: OrganisationId,
    names: &[&str],
) -> Result<Vec<String>> {
    Ok(membership::table
        .inner_join(person::table.on(person::id.eq(membership::person_id)))
        .filter(membership::tenant_id.eq(tenant))
        .filter(person::name.eq_any(names.to_vec()))
        .select(person::email)
        .distinct()
        .order(person::email.asc())
        .load(connection)?)
}

/// The hand-overs of the same entrustment and direction that left before, the newest first.
pub(super) fn left_before(connection: &mut Connection, of: &Handover) -> Result<Vec<Handover>> {
    Ok(h::table
        .filter(h::tenant_id.eq(of.tenant_id))
        .filter(h::entrustment_id.eq(of.entrustment_id))
        .filter(h::direction.eq(of.direction))
        .filter(h::position.lt(of.position))
        .filter(h::sent_at.is_not_null())
        .order((h::position.desc(), h::id.desc()))
        .limit(BACK)
        .select(Handover::as_select())
        .load(connection)?)
}

/// The recipients of several hand-overs, in one query.
pub(super) fn recipients_of(connection: &mut Connection, of: &[Handover]) -> Result<Vec<Delivery>> {
    let Some(tenant) = of.first().map(|one| one.tenant_id) else {
        return Ok(Vec::new());
    };
    let ids: Vec<_> = of.iter().map(|one| one.id).collect();
    Ok(d::table
        .filter(d::tenant_id.eq(tenant))
        .filter(d::handover_id.eq_any(ids))
        .order((d::handover_id.asc(), d::position.asc()))
        .select(Delivery::as_select())
        .load(connection)?)
}
