//! Closing an entrustment, and opening it again.

use diesel::prelude::*;
use serde_json::Value;

use crate::actor::Authorized;
use crate::clock::Timestamp;
use crate::database::schema::entrustment as t;
use crate::database::{Connection, Tx};
use crate::entrustment::comparison;
use crate::entrustment::policy;
use crate::entrustment::{Entrustment, EntrustmentStatus};
use crate::error::{Error, Result};
use crate::ledger::{self, NewEntry};

/// Closes an entrustment of which nothing is held any more; `details` are for the ledger. The policy
/// of who closes authorised it.
///
/// # Errors
/// [`Error::Conflict`] when it is closed already or was changed meanwhile.
pub fn close<Action>(
    tx: &mut Tx<'_>,
    entrustment: &Authorized<Entrustment, Action>,
    details: Vec<(&'static str, Value)>,
) -> Result<()> {
    policy::open(entrustment)?;
    set(tx, entrustment, EntrustmentStatus::Closed, Some(tx.now))?;
    entry(tx, entrustment, "entrustment.closed", details)
}

/// Opens a closed entrustment again. The policy of who closes authorised it.
///
/// # Errors
/// [`Error::Conflict`] when it was changed meanwhile.
pub fn reopen<Action>(
    tx: &mut Tx<'_>,
    entrustment: &Authorized<Entrustment, Action>,
    details: Vec<(&'static str, Value)>,
) -> Result<()> {
    set(tx, entrustment, EntrustmentStatus::Active, None)?;
    comparison::recompare(tx, entrustment)?;
    entry(tx, entrustment, "entrustment.reopened", details)
}

/// Keeps the entrustment as it is until the transaction ends: whoever closes it takes it for himself,
/// so that nothing is entered between the count of what is held and the closing.
///
/// # Errors
/// Those of the database.
pub fn lock(tx: &mut Tx<'_>, entrustment: &Entrustment) -> Result<()> {
    let row = t::table.find((entrustment.tenant_id, entrustment.id)).select(t::version);
    match &mut *tx.connection {
        // The write transaction of SQLite is the only one.
        Connection::Sqlite(_) => {}
        Connection::Postgresql(c) => drop(row.for_update().get_result::<i32>(c)?),
    }
    Ok(())
}

/// Says whether an entrustment is still open, and keeps it so until the transaction ends: for what
/// is entered into its registers.
///
/// # Errors
/// [`Error::Conflict`] when it was closed meanwhile.
pub fn keep_open(tx: &mut Tx<'_>, entrustment: &Entrustment) -> Result<()> {
    let row = t::table.find((entrustment.tenant_id, entrustment.id)).select(t::status);
    let status: EntrustmentStatus = match &mut *tx.connection {
        Connection::Sqlite(c) => row.get_result(c)?,
        Connection::Postgresql(c) => row.for_share().get_result(c)?,
    };
    match status {
        EntrustmentStatus::Active => Ok(()),
        EntrustmentStatus::Closed => Err(Error::Conflict("entrustment-closed")),
    }
}

fn set(
    tx: &mut Tx<'_>,
    entrustment: &Entrustment,
    status: EntrustmentStatus,
    closed_at: Option<Timestamp>,
) -> Result<()> {
    let changed = diesel::update(
        t::table
            .find((entrustment.tenant_id, entrustment.id))
            .filter(t::status.eq(entrustment.status))
            .filter(t::version.eq(entrustment.version)),
    )
    .set((t::status.eq(status), t::closed_at.eq(closed_at), t::version.eq(entrustment.version + 1)))
    .execute(tx.connection)?;
    if changed == 0 {
        return Err(Error::Conflict("error-stale"));
    }
    Ok(())
}

fn entry(
    tx: &mut Tx<'_>,
    entrustment: &Entrustment,
    act: &'static str,
    details: Vec<(&'static str, Value)>,
) -> Result<()> {
    ledger::append(
        tx,
        NewEntry {
            tenant_id: entrustment.tenant_id,
            act,
            subject_kind: "entrustment",
            subject_id: entrustment.id.as_str(),
            entrustment_id: Some(entrustment.id.as_str()),
            details,
        },
    )
}
