//! Files between the store and the database: begun, completed, read, taken away.

use serde_json::json;

use super::super::model::{File, FileId, Handover, HandoverId};
use super::super::policy::{self, Edit, Of};
use super::super::{checking, store as desk};
use super::model::{Generated, NewFile, folder, is_in};
use super::store::{self, Progress};
use crate::actor::{Actor, Authorized, OrganisationId};
use crate::clock::Timestamp;
use crate::database::{Connection, Tx};
use crate::entrustment::{self, EntrustmentId};
use crate::error::{Error, Result};
use crate::job::{self, NewJob};
use crate::organisation;
use crate::storage::{self, FileWriter, Parts, WrappedKey, Written};
use crate::web::Portal;

/// Removing the objects of a file whose key is gone.
pub(super) const CLEAR: &str = "handover.clear";

/// The ids of an entrustment and one of its hand-overs.
pub(super) type Ids = (EntrustmentId, HandoverId);

/// The hand-over, if the actor may still put files into it.
pub(super) fn load(
    connection: &mut Connection,
    actor: &Actor,
    (id, handover): Ids,
) -> Result<Authorized<Of, Edit>> {
    let entrustment = entrustment::find(connection, actor, id)?;
    let handover = desk::find(connection, &entrustment, handover)?;
    policy::edit(connection, actor, entrustment, handover)
}

/// The same with one of its files: that it isn't there is so before anything is said of the hand-over.
pub(super) fn load_file(
    connection: &mut Connection,
    actor: &Actor,
    (id, handover): Ids,
    file: FileId,
) -> Result<(Authorized<Of, Edit>, File)> {
    let entrustment = entrustment::find(connection, actor, id)?;
    let handover = desk::find(connection, &entrustment, handover)?;
    let file = desk::file(connection, &handover, file)?;
    let of = policy::edit(connection, actor, entrustment, handover)?;
    Ok((of, file))
}

/// The plain bytes of a file.
///
/// # Errors
/// [`Error::Gone`] when its key was destroyed.
pub(in crate::handover) fn parts_of(
    c: &mut Connection,
    portal: &Portal,
    file: &File,
) -> Result<Parts> {
    let owner = organisation::wrapped_key(c, file.tenant_id)?;
    let key = storage::open_file_key(&portal.secret, &owner, &file.wrapped_key)?;
    let own = folder(file.tenant_id, file.id);
    let parts = store::parts(c, file)?;
    if parts.iter().any(|part| !is_in(&own, &part.object)) {
        return Err(Error::internal("a file names an object of another one"));
    }
    Ok(portal.storage.parts(key, parts))
}

/// What follows when a file is complete: it is told, and looked at.
pub(super) fn completed(tx: &mut Tx<'_>, of: &Authorized<Of, Edit>, file: FileId) -> Result<()> {
    let file = desk::file(tx.connection, &of.1, file)?;
    store::added(tx, &of.1, &file)?;
    checking::enqueue(tx, &file)?;
    changed(tx, of)
}

/// What follows when the files of a hand-over, or who gets them, changed: the stops are found anew.
pub(super) fn changed(tx: &mut Tx<'_>, of: &Authorized<Of, Edit>) -> Result<()> {
    checking::rejudge(tx, &of.1, &of.0).map(drop)
}

/// Begins a file that the portal makes, encrypted under a key of its own: it is written on a thread
/// that may block. What is finished and not kept by [`keep_generated`] is taken away by
/// [`discard_generated`].
///
/// # Errors
/// When encryption can't begin.
pub(in crate::handover) fn begin_generated(
    portal: &Portal,
    owner: &WrappedKey,
    tenant: OrganisationId,
    now: Timestamp,
) -> Result<FileWriter> {
    let id = FileId::new(now);
    let key = storage::new_file_key(&portal.secret, owner)?;
    portal.storage.writer(key, folder(tenant, id))
}

/// Takes away what was begun by [`begin_generated`] and finished in a folder, on a thread that may block.
///
/// # Errors
/// Those of the store.
pub(in crate::handover) fn discard_generated(portal: &Portal, folder: &str) -> Result<()> {
    portal.storage.clear(folder)
}

/// Enters a file that the portal made of another one; it is looked at like any other.
///
/// # Errors
/// [`Error::Conflict`] when the hand-over has as many files as it may have.
pub(in crate::handover) fn keep_generated(
    tx: &mut Tx<'_>,
    _portal: &Portal,
    of: &Authorized<Of, Edit>,
    new: &Generated<'_>,
    written: Written,
) -> Result<FileId> {
    let id: Option<FileId> = written.folder.rsplit_once('/').and_then(|(_, id)| id.parse().ok());
    let id = id.ok_or_else(|| Error::internal("a file without its id"))?;
    let file = NewFile {
        id,
        delivery_id: new.delivery,
        name: storage::file::plain_name(new.name),
        size: i64::try_from(written.size).map_err(Error::internal)?,
        wrapped_key: written.wrapped_key,
        source_id: new.source,
    };
    if !store::begin(tx, of, &file)? {
        return Err(Error::Conflict("handover-error-many"));
    }
    let [part] = written.parts.as_slice() else {
        return Err(Error::internal("a file that was made has one part"));
    };
    store::advance(tx, of, id, part, &Progress::Complete(written.sha256))?;
    completed(tx, of, id)?;
    Ok(id)
}

/// Destroys the files of a hand-over that is over: their keys now, their objects by a job.
///
/// # Errors
/// Those of the database.
pub(in crate::handover) fn destroy_files(tx: &mut Tx<'_>, of: &Handover) -> Result<()> {
    for file in store::destroy(tx, of)? {
        clear_later(tx, of.tenant_id, file)?;
    }
    Ok(())
}

/// Takes a file out of a hand-over that is being put together.
pub(in crate::handover) fn remove(
    tx: &mut Tx<'_>,
    of: &Authorized<Of, Edit>,
    file: &File,
) -> Result<()> {
    store::remove(tx, of, file)?;
    clear_later(tx, file.tenant_id, file.id)?;
    changed(tx, of)
}

/// Has the objects of a file removed, of which nobody has a key any more.
pub(super) fn clear_later(tx: &mut Tx<'_>, tenant: OrganisationId, file: FileId) -> Result<()> {
    let unique_key = format!("{CLEAR}:{file}");
    let new = NewJob {
        tenant_id: Some(tenant),
        kind: CLEAR,
        unique_key: &unique_key,
        payload: json!({ "file": file }),
        run_at: tx.now,
    };
    job::enqueue(tx, &new)?;
    Ok(())
}
