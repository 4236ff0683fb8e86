//! Files and their parts in the database.

use diesel::prelude::*;
use serde_json::{Value, json};

use super::super::model::{DeliveryId, File, FileId, FileState, Handover};
use super::super::policy::{Edit, Of};
use super::model::{MAX_FILES, NewFile, media_type};
use crate::actor::{Authorized, OrganisationId};
use crate::clock::Timestamp;
use crate::database::schema::{handover as h, handover_file as f, handover_part as p};
use crate::database::{Connection, Tx};
use crate::error::{Error, Result};
use crate::ledger::{self, NewEntry};
use crate::storage::Part;

/// What a file has after another part.
#[derive(Clone, Debug)]
pub(super) enum Progress {
    /// More is to come: where the hash stands, sealed.
    More(String),
    /// It is complete: its SHA-256.
    Complete(String),
}

/// Enters a file of which nothing has come yet; false when the hand-over has as many as it may.
pub(super) fn begin(tx: &mut Tx<'_>, of: &Authorized<Of, Edit>, new: &NewFile) -> Result<bool> {
    let handover = &of.1;
    lock(tx, handover)?;
    let (count, last): (i64, Option<i32>) = f::table
        .filter(f::tenant_id.eq(handover.tenant_id))
        .filter(f::handover_id.eq(handover.id))
        .select((diesel::dsl::count_star(), diesel::dsl::max(f::position)))
        .first(tx.connection)?;
    if count >= MAX_FILES {
        return Ok(false);
    }
    diesel::insert_into(f::table)
        .values((
            f::tenant_id.eq(handover.tenant_id),
            f::id.eq(new.id),
            f::handover_id.eq(handover.id),
            f::delivery_id.eq(new.delivery_id),
            f::position.eq(last.unwrap_or(0) + 1),
            f::name.eq(&new.name),
            f::media_type.eq(media_type(&new.name)),
            f::size.eq(new.size),
            f::received.eq(0_i64),
            f::sha256.eq(""),
            f::hash_state.eq(""),
            f::wrapped_key.eq(&new.wrapped_key),
            f::state.eq(FileState::Uploading),
            f::contents.eq(""),
            f::source_id.eq(new.source_id),
            f::created_by_name.eq(tx.actor.name()),
            f::created_at.eq(tx.now),
        ))
        .execute(tx.connection)?;
    Ok(true)
}

/// Keeps the hand-over as it is until the transaction ends: its files are counted.
fn lock(tx: &mut Tx<'_>, handover: &Handover) -> Result<()> {
    let row = h::table.find((handover.tenant_id, handover.id)).select(h::version);
    match &mut *tx.connection {
        // The write transaction of SQLite is the only one.
        Connection::Sqlite(_) => {}
        Connection::Postgresql(c) => drop(row.for_update().get_result::<i32>(c)?),
    }
    Ok(())
}

/// Adds a stored part to a file that ends where it begins. `size` is that of the whole, where
/// nobody knew it before.
///
/// # Errors
/// [`Error::Conflict`] when the file ends elsewhere by now, or takes no more.
pub(super) fn advance(
    tx: &mut Tx<'_>,
    of: &Authorized<Of, Edit>,
    file: FileId,
    part: &Part,
    progress: &Progress,
) -> Result<()> {
    let (start, size) = (signed(part.start)?, signed(part.size)?);
    let row = f::table
        .find((of.1.tenant_id, file))
        .filter(f::handover_id.eq(of.1.id))
        .filter(f::state.eq(FileState::Uploading))
        .filter(f::received.eq(start));
    let received = f::received.eq(start + size);
    let changed = match progress {
        Progress::More(state) => {
            diesel::update(row).set((received, f::hash_state.eq(state))).execute(tx.connection)?
        }
        Progress::Complete(sha256) => diesel::update(row)
            .set((
                received,
                f::size.eq(start + size),
                f::hash_state.eq(""),
                f::sha256.eq(sha256),
                f::state.eq(FileState::Checking),
            ))
            .execute(tx.connection)?,
    };
    if changed == 0 {
        return Err(Error::Conflict("handover-upload-refused-offset"));
    }
    diesel::insert_into(p::table)
        .values((
            p::tenant_id.eq(of.1.tenant_id),
            p::file_id.eq(file),
            p::start.eq(start),
            p::size.eq(size),
            p::object.eq(&part.object),
        ))
        .execute(tx.connection)?;
    Ok(())
}

fn signed(number: u64) -> Result<i64> {
    i64::try_from(number).map_err(Error::internal)
}

/// The parts of a file, in their order.
pub(super) fn parts(connection: &mut Connection, file: &File) -> Result<Vec<Part>> {
    let rows: Vec<(i64, i64, String)> = p::table
        .filter(p::tenant_id.eq(file.tenant_id))
        .filter(p::file_id.eq(file.id))
        .order(p::start.asc())
        .select((p::start, p::size, p::object))
        .load(connection)?;
    let part = |(start, size, object)| -> Result<Part> {
        let unsigned = |number: i64| u64::try_from(number).map_err(Error::internal);
        Ok(Part { start: unsigned(start)?, size: unsigned(size)?, object })
    };
    rows.into_iter().map(part).collect()
}

/// How many parts a file has.
pub(super) fn count_parts(connection: &mut Connection, file: &File) -> Result<i64> {
    Ok(p::table
        .filter(p::tenant_id.eq(file.tenant_id))
        .filter(p::file_id.eq(file.id))
        .count()
        .get_result(connection)?)
}

/// Has a file go to one recipient alone, or to all.
pub(super) fn address(
    tx: &mut Tx<'_>,
    of: &Authorized<Of, Edit>,
    file: FileId,
    delivery: Option<DeliveryId>,
) -> Result<()> {
    diesel::update(f::table.find((of.1.tenant_id, file)).filter(f::handover_id.eq(of.1.id)))
        .set(f::delivery_id.eq(delivery))
        .execute(tx.connection)?;
    let details = vec![("file", json!(file)), ("delivery", json!(delivery))];
    entry(tx, &of.1, "handover.file_addressed", details)
}

/// Takes a file out of a hand-over that is being put together; its key goes with it.
pub(super) fn remove(tx: &mut Tx<'_>, of: &Authorized<Of, Edit>, file: &File) -> Result<()> {
    forget(tx, file)?;
    let details = vec![("file", json!(file.id)), ("sha256", json!(file.sha256))];
    entry(tx, &of.1, "handover.file_removed", details)
}

/// Takes an upload away that nobody finished: the portal's own work.
pub(super) fn expire(tx: &mut Tx<'_>, of: &Handover, file: &File) -> Result<()> {
    forget(tx, file)?;
    entry(tx, of, "handover.upload_expired", vec![("file", json!(file.id))])
}

/// Takes an upload away that came to nothing; nothing was told of it.
pub(super) fn forget(tx: &mut Tx<'_>, file: &File) -> Result<()> {
    diesel::delete(p::table.filter(p::tenant_id.eq(file.tenant_id)).filter(p::file_id.eq(file.id)))
        .execute(tx.connection)?;
    diesel::delete(f::table.find((file.tenant_id, file.id))).execute(tx.connection)?;
    Ok(())
}

/// Destroys the keys of all files of a hand-over that is over; gives those that had one.
pub(super) fn destroy(tx: &mut Tx<'_>, of: &Handover) -> Result<Vec<FileId>> {
    let ids: Vec<FileId> = f::table
        .filter(f::tenant_id.eq(of.tenant_id))
        .filter(f::handover_id.eq(of.id))
        .filter(f::wrapped_key.ne(""))
        .order(f::position.asc())
        .select(f::id)
        .load(tx.connection)?;
    diesel::update(f::table.filter(f::tenant_id.eq(of.tenant_id)).filter(f::handover_id.eq(of.id)))
        .set((f::wrapped_key.eq(""), f::hash_state.eq(""), f::state.eq(FileState::Destroyed)))
        .execute(tx.connection)?;
    diesel::update(
        f::table
            .filter(f::tenant_id.eq(of.tenant_id))
            .filter(f::handover_id.eq(of.id))
            .filter(f::destroyed_at.is_null()),
    )
    .set(f::destroyed_at.eq(tx.now))
    .execute(tx.connection)?;
    if !ids.is_empty() {
        entry(tx, of, "handover.files_destroyed", vec![("files", json!(ids))])?;
    }
    Ok(ids)
}

/// Uploads that were begun before `before` and are still unfinished.
pub(super) fn stale(
    connection: &mut Connection,
    before: Timestamp,
    most: i64,
) -> Result<Vec<File>> {
    Ok(f::table
        .filter(f::state.eq(FileState::Uploading))
        .filter(f::created_at.lt(before))
        .order((f::created_at.asc(), f::id.asc()))
        .limit(most)
        .select(File::as_select())
        .load(connection)?)
}

/// Tells that a file is complete.
pub(super) fn added(tx: &mut Tx<'_>, of: &Handover, file: &File) -> Result<()> {
    let details = vec![
        ("file", json!(file.id)),
        ("size", json!(file.size)),
        ("sha256", json!(file.sha256)),
        ("delivery", json!(file.delivery_id)),
        ("source", json!(file.source_id)),
    ];
    entry(tx, of, "handover.file_added", details)
}

/// Tells that a file is going to come in parts.
pub(super) fn begun(tx: &mut Tx<'_>, of: &Handover, new: &NewFile) -> Result<()> {
    let details = vec![("file", json!(new.id)), ("size", json!(new.size))];
    entry(tx, of, "handover.upload_begun", details)
}

/// Tells what the virus scanner said of a file.
pub(super) fn scanned(
    tx: &mut Tx<'_>,
    of: &Handover,
    file: FileId,
    found: Option<&str>,
) -> Result<()> {
    match found {
        Some(name) => {
            let details = vec![("file", json!(file)), ("signature", json!(name))];
            entry(tx, of, "handover.file_infected", details)
        }
        None => entry(tx, of, "handover.file_quarantined", vec![("file", json!(file))]),
    }
}

fn entry(
    tx: &mut Tx<'_>,
    of: &Handover,
    act: &'static str,
    details: Vec<(&'static str, Value)>,
) -> Result<()> {
    ledger::append(
        tx,
        NewEntry {
            tenant_id: of.tenant_id,
            act,
            subject_kind: "handover",
            subject_id: of.id.as_str(),
            entrustment_id: Some(of.entrustment_id.as_str()),
            details,
        },
    )
}

/// A file with its organisation alone: for jobs.
pub(super) fn by_id(
    connection: &mut Connection,
    tenant: OrganisationId,
    id: FileId,
) -> Result<Option<File>> {
    Ok(f::table.find((tenant, id)).select(File::as_select()).first(connection).optional()?)
}
