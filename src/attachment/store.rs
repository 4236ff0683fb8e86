//! Attachments in the database.

use diesel::prelude::*;
use serde_json::json;

use super::file::NewAttachment;
use super::model::{Attachment, AttachmentId};
use crate::actor::Authorized;
use crate::database::schema::attachment as t;
use crate::database::{Connection, Tx};
use crate::entrustment::Entrustment;
use crate::error::{Error, Result};
use crate::ledger::{self, NewEntry};

/// Enters a stored file on a subject. The subject's own policy authorised it.
///
/// # Errors
/// Those of the database.
pub fn add<Action>(
    tx: &mut Tx<'_>,
    entrustment: &Authorized<Entrustment, Action>,
    kind: &'static str,
    subject: &str,
    new: &NewAttachment,
) -> Result<()> {
    diesel::insert_into(t::table)
        .values((
            t::tenant_id.eq(entrustment.tenant_id),
            t::id.eq(new.id),
            t::entrustment_id.eq(entrustment.id),
            t::subject_kind.eq(kind),
            t::subject_id.eq(subject),
            t::file_name.eq(&new.file_name),
            t::media_type.eq(new.media_type),
            t::size.eq(new.size),
            t::sha256.eq(&new.sha256),
            t::object.eq(&new.object),
            t::added_by_name.eq(tx.actor.name()),
            t::added_at.eq(tx.now),
        ))
        .execute(tx.connection)?;
    let details = vec![
        ("attachment", json!(new.id)),
        ("size", json!(new.size)),
        ("sha256", json!(new.sha256)),
    ];
    entry(tx, entrustment, "attachment.added", kind, subject, details)
}

/// Takes a file back from its subject.
///
/// # Errors
/// [`Error::NotFound`] when it isn't there or was taken back already.
pub fn remove<Action>(
    tx: &mut Tx<'_>,
    entrustment: &Authorized<Entrustment, Action>,
    kind: &'static str,
    subject: &str,
    id: AttachmentId,
) -> Result<()> {
    let changed = diesel::update(
        t::table
            .find((entrustment.tenant_id, id))
            .filter(t::entrustment_id.eq(entrustment.id))
            .filter(t::subject_id.eq(subject))
            .filter(t::removed_at.is_null()),
    )
    .set(t::removed_at.eq(tx.now))
    .execute(tx.connection)?;
    if changed == 0 {
        return Err(Error::NotFound);
    }
    let details = vec![("attachment", json!(id))];
    entry(tx, entrustment, "attachment.removed", kind, subject, details)
}

/// The same, only for whoever added it.
///
/// # Errors
/// [`Error::Forbidden`] when somebody else added it, otherwise as above.
pub fn remove_own<Action>(
    tx: &mut Tx<'_>,
    entrustment: &Authorized<Entrustment, Action>,
    kind: &'static str,
    subject: &str,
    id: AttachmentId,
) -> Result<()> {
    let file = find(tx.connection, entrustment, id)?;
    if file.subject_id != subject {
        return Err(Error::NotFound);
    }
    if file.added_by_name != tx.actor.name() {
        return Err(Error::Forbidden("role"));
    }
    remove(tx, entrustment, kind, subject, id)
}

fn entry(
    tx: &mut Tx<'_>,
    entrustment: &Entrustment,
    act: &'static str,
    kind: &'static str,
    subject: &str,
    details: Vec<(&'static str, serde_json::Value)>,
) -> Result<()> {
    ledger::append(
        tx,
        NewEntry {
            tenant_id: entrustment.tenant_id,
            act,
            subject_kind: kind,
            subject_id: subject,
            entrustment_id: Some(entrustment.id.as_str()),
            details,
        },
    )
}

/// The files on a subject, those taken back among them, in the order in which they came.
///
/// # Errors
/// Those of the database.
pub fn of(
    connection: &mut Connection,
    entrustment: &Entrustment,
    subject: &str,
) -> Result<Vec<Attachment>> {
    Ok(t::table
        .filter(t::tenant_id.eq(entrustment.tenant_id))
        .filter(t::entrustment_id.eq(entrustment.id))
        .filter(t::subject_id.eq(subject))
        .order(t::id.asc())
        .select(Attachment::as_select())
        .load(connection)?)
}

/// The files on several subjects, those taken back among them, in the order in which they came.
///
/// # Errors
/// Those of the database.
pub fn of_subjects(
    connection: &mut Connection,
    entrustment: &Entrustment,
    subjects: Vec<String>,
) -> Result<Vec<Attachment>> {
    Ok(t::table
        .filter(t::tenant_id.eq(entrustment.tenant_id))
        .filter(t::entrustment_id.eq(entrustment.id))
        .filter(t::subject_id.eq_any(subjects))
        .order(t::id.asc())
        .select(Attachment::as_select())
        .load(connection)?)
}

/// All files of an entrustment that were not taken back, by subject.
///
/// # Errors
/// Those of the database.
pub fn of_entrustment(
    connection: &mut Connection,
    entrustment: &Entrustment,
) -> Result<Vec<Attachment>> {
    Ok(t::table
        .filter(t::tenant_id.eq(entrustment.tenant_id))
        .filter(t::entrustment_id.eq(entrustment.id))
        .filter(t::removed_at.is_null())
        .order((t::subject_id.asc(), t::id.asc()))
        .select(Attachment::as_select())
        .load(connection)?)
}

/// One file of an entrustment.
///
/// # Errors
/// [`Error::NotFound`].
pub(super) fn find(
    connection: &mut Connection,
    entrustment: &Entrustment,
    id: AttachmentId,
) -> Result<Attachment> {
    Ok(t::table
        .find((entrustment.tenant_id, id))
        .filter(t::entrustment_id.eq(entrustment.id))
        .filter(t::removed_at.is_null())
        .select(Attachment::as_select())
        .first(connection)?)
}
