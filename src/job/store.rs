//! The jobs' table.

use std::collections::HashSet;

use chrono::Duration;
use diesel::prelude::*;
use serde_json::Value;

use super::model::{Job, NewJob};
use crate::actor::OrganisationId;
use crate::clock::Timestamp;
use crate::database::schema::job;
use crate::database::types::{id_text, json_text, uuid_at};
use crate::database::{Connection, Tx};
use crate::error::Result;

/// Runs the same statement on whichever database it is: `ON CONFLICT` knows one at a time.
macro_rules! on_either {
    ($connection:expr, $c:ident => $body:expr) => {
        match &mut *$connection {
            Connection::Sqlite($c) => $body,
            Connection::Postgresql($c) => $body,
        }
    };
}

/// Enqueues a job; it is run only if the transaction is kept. False when there was one of its key.
///
/// # Errors
/// Those of the database.
pub fn enqueue(tx: &mut Tx<'_>, new: &NewJob<'_>) -> Result<bool> {
    insert(tx, new, None)
}

/// Claims `key` for what this transaction does: true once, false ever after.
///
/// # Errors
/// Those of the database.
pub fn claim(tx: &mut Tx<'_>, tenant: OrganisationId, kind: &str, key: &str) -> Result<bool> {
    let done = tx.now;
    let new = NewJob {
        tenant_id: Some(tenant),
        kind,
        unique_key: key,
        payload: Value::Null,
        run_at: done,
    };
    insert(tx, &new, Some(done))
}

fn insert(tx: &mut Tx<'_>, new: &NewJob<'_>, done_at: Option<Timestamp>) -> Result<bool> {
    let id = id_text(&uuid_at(tx.now));
    let row = (
        job::id.eq(id.as_str()),
        job::tenant_id.eq(new.tenant_id),
        job::kind.eq(new.kind),
        job::unique_key.eq(new.unique_key),
        job::payload.eq(json_text(&new.payload)?),
        job::run_at.eq(new.run_at),
        job::attempts.eq(0),
        job::done_at.eq(done_at),
        job::created_at.eq(tx.now),
    );
    let inserted = on_either!(tx.connection, c => diesel::insert_into(job::table)
        .values(row)
        .on_conflict(job::unique_key)
        .do_nothing()
        .execute(c))?;
    Ok(inserted == 1)
}

/// Which of `keys` were claimed or enqueued already, in one query.
///
/// # Errors
/// Those of the database.
pub fn claimed(connection: &mut Connection, keys: &[String]) -> Result<HashSet<String>> {
    let found: Vec<String> = job::table
        .filter(job::unique_key.eq_any(keys.to_vec()))
        .select(job::unique_key)
        .load(connection)?;
    Ok(found.into_iter().collect())
}

/// When a job of `kind` was last done well.
pub(super) fn last_done(connection: &mut Connection, kind: &str) -> Result<Option<Timestamp>> {
    let found: Option<Option<Timestamp>> = job::table
        .filter(job::kind.eq(kind))
        .filter(job::done_at.is_not_null())
        .filter(job::last_error.is_null())
        .order(job::done_at.desc())
        .select(job::done_at)
        .first(connection)
        .optional()?;
    Ok(found.flatten())
}

/// Whether there is something to do: asked on a reading connection, to leave the writer alone.
pub(super) fn any_due(connection: &mut Connection, kinds: &[&str], now: Timestamp) -> Result<bool> {
    let found: Option<String> = job::table
        .filter(job::done_at.is_null())
        .filter(job::run_at.le(now))
        .filter(job::leased_until.is_null().or(job::leased_until.le(now)))
        .filter(job::kind.eq_any(kinds.to_vec()))
        .select(job::id)
        .first(connection)
        .optional()?;
    Ok(found.is_some())
}

/// Takes the job that has been due longest, for `life`; no other instance gets it meanwhile.
pub(super) fn lease(tx: &mut Tx<'_>, kinds: &[&str], life: Duration) -> Result<Option<Job>> {
    let due = job::table
        .filter(job::done_at.is_null())
        .filter(job::run_at.le(tx.now))
        .filter(job::leased_until.is_null().or(job::leased_until.le(tx.now)))
        .filter(job::kind.eq_any(kinds.to_vec()))
        .order((job::run_at.asc(), job::id.asc()))
        .limit(1)
        .select((
            job::id,
            job::tenant_id,
            job::kind,
            job::unique_key,
            job::payload,
            job::attempts,
            job::leased_until,
        ));
    let found: Option<Job> = match &mut *tx.connection {
        // The write transaction of SQLite is the only one.
        Connection::Sqlite(c) => due.get_result(c).optional()?,
        Connection::Postgresql(c) => due.for_update().skip_locked().get_result(c).optional()?,
    };
    let Some(mut found) = found else {
        return Ok(None);
    };
    found.attempts += 1;
    found.leased_until = Some(tx.now + life);
    diesel::update(job::table.find(&found.id))
        .set((job::attempts.eq(found.attempts), job::leased_until.eq(found.leased_until)))
        .execute(tx.connection)?;
    Ok(Some(found))
}

/// Notes that a job is done, or given up with the reason; false when its lease was lost.
pub(super) fn finish(tx: &mut Tx<'_>, done: &Job, error: Option<&str>) -> Result<bool> {
    let changed =
        diesel::update(job::table.find(&done.id).filter(job::leased_until.eq(done.leased_until)))
            .set((
                job::done_at.eq(Some(tx.now)),
                job::leased_until.eq(None::<Timestamp>),
                job::last_error.eq(error),
            ))
            .execute(tx.connection)?;
    Ok(changed == 1)
}

/// Puts a job that failed back, to be tried again at `run_at`; false when its lease was lost.
pub(super) fn postpone(
    tx: &mut Tx<'_>,
    failed: &Job,
    error: &str,
    run_at: Timestamp,
) -> Result<bool> {
    let changed = diesel::update(
        job::table.find(&failed.id).filter(job::leased_until.eq(failed.leased_until)),
    )
    .set((
        job::run_at.eq(run_at),
        job::leased_until.eq(None::<Timestamp>),
        job::last_error.eq(Some(error)),
    ))
    .execute(tx.connection)?;
    Ok(changed == 1)
}
