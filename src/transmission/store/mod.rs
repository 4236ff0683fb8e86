//! Transmissions in the database.

mod handed_over;
mod list;
mod many;
mod reminder;

use std::collections::HashMap;

use diesel::prelude::*;
use serde_json::json;

pub use handed_over::HandedOver;
pub(super) use handed_over::hand_over;
pub(super) use list::{ListQuery, counts, page, whole};
pub(super) use many::enter_all;
pub use many::{Same, sent_between};
pub(super) use reminder::{Waiting, mark_reminded, waiting_page};

use super::command::NewTransmission;
use super::model::{Confirmation, Transmission, TransmissionId};
use super::policy::{Confirm, Enter, Entering};
use crate::actor::Authorized;
use crate::clock::Timestamp;
use crate::database::schema::{data_item, transmission as t};
use crate::database::types::json_text;
use crate::database::{Connection, Tx};
use crate::entrustment::rules::Way;
use crate::entrustment::{DataItemId, Entrustment};
use crate::error::{Error, Result};
use crate::ledger::{self, Fact, NewEntry};
use crate::rulebook::{Exceptions, HandlerId, KeyWay, Party, Protection, TransmissionFact};

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

/// A transmission of a visible entrustment.
pub(super) fn find(
    connection: &mut Connection,
    entrustment: &Entrustment,
    id: TransmissionId,
) -> Result<Transmission> {
    Ok(t::table
        .filter(t::tenant_id.eq(entrustment.tenant_id))
        .filter(t::entrustment_id.eq(entrustment.id))
        .filter(t::id.eq(id))
        .select(Transmission::as_select())
        .first(connection)?)
}

/// The names of the items of an entrustment, those that were taken off it too.
pub(super) fn item_names(
    connection: &mut Connection,
    entrustment: &Entrustment,
) -> Result<HashMap<DataItemId, String>> {
    let rows: Vec<(DataItemId, String)> = data_item::table
        .filter(data_item::tenant_id.eq(entrustment.tenant_id))
        .filter(data_item::entrustment_id.eq(entrustment.id))
        .select((data_item::id, data_item::name))
        .load(connection)?;
    Ok(rows.into_iter().collect())
}

/// The columns that the form fills.
#[derive(Insertable, AsChangeset)]
#[diesel(table_name = t, treat_none_as_default_value = false, treat_none_as_null = true)]
struct Columns<'a> {
    sent_at: Timestamp,
    sender: Party,
    sender_address: &'a str,
    handler_id: Option<HandlerId>,
    receivers: String,
    way: Way,
    items: String,
    persons: i64,
    protection: Protection,
    key_way: KeyWay,
    checked_by: &'a str,
    purpose: &'a str,
    description: &'a str,
    content_hash: &'a str,
    exceptions: String,
    confirmation: Confirmation,
}

fn columns<'a>(
    new: &'a NewTransmission,
    side: Party,
    exceptions: &Exceptions,
) -> Result<Columns<'a>> {
    Ok(Columns {
        sent_at: new.sent_at,
        sender: new.sender,
        sender_address: &new.sender_address,
        handler_id: new.handler,
        receivers: json_text(&new.receivers)?,
        way: new.way,
        items: json_text(&new.items)?,
        persons: new.persons,
        protection: new.protection,
        key_way: new.key_way,
        checked_by: &new.checked_by,
        purpose: &new.purpose,
        description: &new.description,
        content_hash: &new.content_hash,
        exceptions: json_text(exceptions)?,
        confirmation: new.confirmation(side),
    })
}

/// Enters a transmission, or corrects the one that is known.
pub(super) fn save(
    tx: &mut Tx<'_>,
    entering: &Authorized<Entering, Enter>,
    version: i32,
    new: &NewTransmission,
    exceptions: &Exceptions,
) -> Result<TransmissionId> {
    let Some(known) = &entering.known else {
        let ids = many::enter_all(tx, entering, &[(new, exceptions)])?;
        return ids.into_iter().next().ok_or_else(|| Error::internal("nothing was entered"));
    };
    update(tx, entering, (known.id, version), new, exceptions)?;
    let details = told(new, exceptions);
    entry(tx, &entering.entrustment, known.id, "transmission.corrected", details)?;
    Ok(known.id)
}

/// What the ledger tells of a transmission: ids, counts and words.
fn told(new: &NewTransmission, exceptions: &Exceptions) -> Vec<Fact> {
    vec![
        ("way", json!(new.way)),
        ("sender", json!(new.sender)),
        ("receivers", json!(new.receivers.len())),
        ("items", json!(new.items.len())),
        ("persons", json!(new.persons)),
        ("content_hash", json!(new.content_hash)),
        ("exceptions", json!(exceptions.keys().collect::<Vec<_>>())),
    ]
}

/// The number of the last transmission of an entrustment; 0 where there is none.
fn last(connection: &mut Connection, entrustment: &Entrustment) -> Result<i32> {
    let last: Option<i32> = t::table
        .filter(t::tenant_id.eq(entrustment.tenant_id))
        .filter(t::entrustment_id.eq(entrustment.id))
        .select(diesel::dsl::max(t::position))
        .first(connection)?;
    Ok(last.unwrap_or(0))
}

/// What was disputed is to be confirmed anew.
fn update(
    tx: &mut Tx<'_>,
    entering: &Entering,
    (id, version): (TransmissionId, i32),
    new: &NewTransmission,
    exceptions: &Exceptions,
) -> Result<()> {
    let own = t::table
        .filter(t::tenant_id.eq(entering.entrustment.tenant_id))
        .filter(t::id.eq(id))
        .filter(t::version.eq(version));
    let changed = diesel::update(own)
        .set((
            columns(new, entering.side, exceptions)?,
            t::confirmed_by_name.eq(""),
            t::confirmed_at.eq(None::<Timestamp>),
            t::confirmation_note.eq(""),
            t::version.eq(version + 1),
        ))
        .execute(tx.connection)?;
    if changed == 0 { Err(Error::Conflict("error-stale")) } else { Ok(()) }
}

/// Keeps what the other side says about a transmission.
pub(super) fn settle(
    tx: &mut Tx<'_>,
    asked: &Authorized<(Entrustment, Transmission), Confirm>,
    version: i32,
    confirmation: Confirmation,
    note: &str,
) -> Result<()> {
    let (entrustment, transmission) = &**asked;
    let own = t::table
        .filter(t::tenant_id.eq(transmission.tenant_id))
        .filter(t::id.eq(transmission.id))
        .filter(t::version.eq(version));
    let changed = diesel::update(own)
        .set((
            t::confirmation.eq(confirmation),
            t::confirmed_by_name.eq(tx.actor.name()),
            t::confirmed_at.eq(Some(tx.now)),
            t::confirmation_note.eq(note),
            t::version.eq(version + 1),
        ))
        .execute(tx.connection)?;
    if changed == 0 {
        return Err(Error::Conflict("error-stale"));
    }
    let act = match confirmation {
        Confirmation::Disputed => "transmission.disputed",
        _ => "transmission.confirmed",
    };
    entry(tx, entrustment, transmission.id, act, vec![])
}

fn entry(
    tx: &mut Tx<'_>,
    entrustment: &Entrustment,
    id: TransmissionId,
    act: &'static str,
    details: Vec<Fact>,
) -> Result<()> {
    ledger::append(tx, new_entry(entrustment, &id, act, details))
}

fn new_entry<'a>(
    entrustment: &'a Entrustment,
    id: &'a TransmissionId,
    act: &'static str,
    details: Vec<Fact>,
) -> NewEntry<'a> {
    NewEntry {
        tenant_id: entrustment.tenant_id,
        act,
        subject_kind: "transmission",
        subject_id: id.as_str(),
        entrustment_id: Some(entrustment.id.as_str()),
        details,
    }
}
