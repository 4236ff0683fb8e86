//! The table of imports.

use diesel::prelude::*;

use super::model::{Import, ImportId, ImportKind, ImportStatus, NewImport};
use super::policy::Enter;
use crate::actor::{Authorized, Member, OrganisationId};
use crate::clock::Timestamp;
use crate::database::schema::import as t;
use crate::database::{Connection, Tx};
use crate::error::{Error, Result};

/// Enters an upload.
pub(super) fn create(
    tx: &mut Tx<'_>,
    tenant: &Authorized<OrganisationId, Enter>,
    new: &NewImport,
) -> Result<()> {
    diesel::insert_into(t::table)
        .values((
            t::tenant_id.eq(**tenant),
            t::id.eq(new.id),
            t::kind.eq(new.kind),
            t::entrustment_id.eq(new.entrustment_id),
            t::person_id.eq(tx.actor.person_id()),
            t::file_name.eq(&new.file_name),
            t::rows.eq(i32::try_from(new.rows).unwrap_or(i32::MAX)),
            t::faults.eq(i32::try_from(new.faults).unwrap_or(i32::MAX)),
            t::object.eq(&new.object),
            t::status.eq(ImportStatus::Waiting),
            t::created_at.eq(tx.now),
            t::version.eq(1),
        ))
        .execute(tx.connection)?;
    Ok(())
}

/// An import that waits for the member who uploaded it. One without an entrustment waits in the
/// organisation for which it was uploaded; one with an entrustment in its principal's, and is asked
/// again whether the member may enter there.
pub(super) fn find(
    connection: &mut Connection,
    member: &Member,
    kind: ImportKind,
    id: ImportId,
) -> Result<Import> {
    Ok(t::table
        .filter(t::person_id.eq(member.person_id))
        .filter(t::id.eq(id))
        .filter(t::kind.eq(kind))
        .filter(t::status.eq(ImportStatus::Waiting))
        .filter(t::tenant_id.eq(member.organisation_id).or(t::entrustment_id.is_not_null()))
        .select(Import::as_select())
        .first(connection)?)
}

/// Claims an import for its one confirmation.
pub(super) fn claim(tx: &mut Tx<'_>, import: &Authorized<Import, Enter>) -> Result<()> {
    let changed = diesel::update(
        t::table
            .find((import.tenant_id, import.id))
            .filter(t::status.eq(ImportStatus::Waiting))
            .filter(t::version.eq(import.version)),
    )
    .set((t::status.eq(ImportStatus::Confirmed), t::version.eq(import.version + 1)))
    .execute(tx.connection)?;
    if changed == 0 { Err(Error::Gone("import-gone")) } else { Ok(()) }
}

/// Takes an import off the table, when its file is gone.
pub(super) fn remove(tx: &mut Tx<'_>, import: &Authorized<Import, Enter>) -> Result<()> {
    diesel::delete(t::table.find((import.tenant_id, import.id))).execute(tx.connection)?;
    Ok(())
}

/// Imports from before `before`, and those that were confirmed, at most `limit`.
pub(super) fn stale(
    connection: &mut Connection,
    before: Timestamp,
    limit: i64,
) -> Result<Vec<Import>> {
    Ok(t::table
        .filter(t::created_at.lt(before).or(t::status.eq(ImportStatus::Confirmed)))
        .order((t::created_at.asc(), t::id.asc()))
        .limit(limit)
        .select(Import::as_select())
        .load(connection)?)
}
