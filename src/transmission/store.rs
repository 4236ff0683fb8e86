//! Transmissions in the database.

use diesel::prelude::*;

use super::model::{Transmission, TransmissionId};
use crate::database::Connection;
use crate::database::schema::transmission as t;
use crate::entrustment::Entrustment;
use crate::error::Result;
use crate::rulebook::{Exceptions, TransmissionFact};

/// All transmissions of an entrustment in the order in which they were sent: for the flow map and
/// the audit record.
///
/// # Errors
/// Those of the database.
pub fn of_entrustment(
    connection: &mut Connection,
    entrustment: &Entrustment,
) -> Result<Vec<Transmission>> {
    Ok(t::table
        .filter(t::tenant_id.eq(entrustment.tenant_id))
        .filter(t::entrustment_id.eq(entrustment.id))
        .order((t::sent_at.asc(), t::id.asc()))
        .select(Transmission::as_select())
        .load(connection)?)
}

/// The transmissions of an entrustment as the rules look at them, with the exceptions claimed.
///
/// # Errors
/// Those of the database.
pub fn facts(
    connection: &mut Connection,
    entrustment: &Entrustment,
) -> Result<Vec<(TransmissionId, TransmissionFact, Exceptions)>> {
    let rows = of_entrustment(connection, entrustment)?;
    Ok(rows.into_iter().map(|row| (row.id, row.fact(), row.exceptions.0)).collect())
}
