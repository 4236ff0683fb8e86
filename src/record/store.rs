//! The table of issued records.

use diesel::prelude::*;
use serde_json::json;

use super::model::{Record, RecordId};
use super::policy::Issue;
use crate::actor::{Actor, Authorized};
use crate::database::schema::{entrustment, record as t};
use crate::database::{Connection, Tx};
use crate::entrustment::{Entrustment, EntrustmentId};
use crate::error::{Error, Result};
use crate::ledger::{self, NewEntry};

/// The records of an entrustment, newest first, at most `limit`.
///
/// # Errors
/// Those of the database.
pub fn of_entrustment(
    connection: &mut Connection,
    entrustment: &Entrustment,
    limit: i64,
) -> Result<Vec<Record>> {
    some(connection, entrustment, 0, limit)
}

/// How many records of an entrustment there are.
pub(super) fn count(connection: &mut Connection, entrustment: &Entrustment) -> Result<i64> {
    Ok(t::table
        .filter(t::tenant_id.eq(entrustment.tenant_id))
        .filter(t::entrustment_id.eq(entrustment.id))
        .count()
        .get_result(connection)?)
}

/// The records of an entrustment after skipping some, newest first.
pub(super) fn some(
    connection: &mut Connection,
    entrustment: &Entrustment,
    offset: i64,
    limit: i64,
) -> Result<Vec<Record>> {
    Ok(t::table
        .filter(t::tenant_id.eq(entrustment.tenant_id))
        .filter(t::entrustment_id.eq(entrustment.id))
        .order((t::issued_at.desc(), t::id.desc()))
        .offset(offset)
        .limit(limit)
        .select(Record::as_select())
        .load(connection)?)
}

/// One record of an entrustment.
///
/// # Errors
/// [`Error::NotFound`].
pub(super) fn find(
    connection: &mut Connection,
    entrustment: &Entrustment,
    id: RecordId,
) -> Result<Record> {
    Ok(t::table
        .find((entrustment.tenant_id, id))
        .filter(t::entrustment_id.eq(entrustment.id))
        .select(Record::as_select())
        .first(connection)?)
}

/// The entrustment as it is stored now.
pub(super) fn current(
    connection: &mut Connection,
    entrustment: &Entrustment,
) -> Result<Entrustment> {
    Ok(entrustment::table
        .find((entrustment.tenant_id, entrustment.id))
        .select(Entrustment::as_select())
        .first(connection)?)
}

/// Keeps a record that was issued.
pub(super) fn insert(
    tx: &mut Tx<'_>,
    entrustment: &Authorized<Entrustment, Issue>,
    record: &Record,
) -> Result<()> {
    diesel::insert_into(t::table)
        .values((
            t::tenant_id.eq(entrustment.tenant_id),
            t::id.eq(record.id),
            t::entrustment_id.eq(entrustment.id),
            t::issued_at.eq(record.issued_at),
            t::issued_by_name.eq(&record.issued_by_name),
            t::state_hash.eq(&record.state_hash),
            t::sha256.eq(&record.sha256),
            t::size.eq(record.size),
            t::pages.eq(record.pages),
            t::ledger_size.eq(record.ledger_size),
            t::object.eq(&record.object),
        ))
        .execute(tx.connection)?;
    ledger::append(
        tx,
        NewEntry {
            tenant_id: entrustment.tenant_id,
            act: "record.issued",
            subject_kind: "record",
            subject_id: record.id.as_str(),
            entrustment_id: Some(entrustment.id.as_str()),
            details: vec![
                ("sha256", json!(record.sha256)),
                ("size", json!(record.size)),
                ("pages", json!(record.pages)),
                ("state_hash", json!(record.state_hash)),
                ("ledger_size", json!(record.ledger_size)),
            ],
        },
    )
}

/// The entrustments that bear a number, over all principals, for the command line.
///
/// # Errors
/// [`Error::Forbidden`] for anybody but the operator; those of the database.
pub fn entrustments_of_number(
    connection: &mut Connection,
    actor: &Actor,
    number: &str,
) -> Result<Vec<EntrustmentId>> {
    if *actor != Actor::Operator {
        return Err(Error::Forbidden("operator"));
    }
    Ok(entrustment::table
        .filter(entrustment::number.eq(number))
        .order(entrustment::id.asc())
        .limit(2)
        .select(entrustment::id)
        .load(connection)?)
}
