//! The ledger's tables.

use diesel::prelude::*;
use serde_json::{Map, Value};

use super::checkpoint::{Checkpoint, Signer};
use super::handing::DOWNLOADED;
use super::model::{Entry, NewEntry};
use super::tree::{Frontier, leaf_hash};
use crate::actor::OrganisationId;
use crate::database::schema::{ledger_entry, ledger_head};
use crate::database::types::{Json, json_text};
use crate::database::{Connection, MOST_ROWS, Tx};
use crate::error::{Error, Result};
use crate::event::{self, EventKind, NewEvent, Subject};
use crate::insert_many;

/// Opens the ledger of a new organisation.
///
/// # Errors
/// Those of the database.
pub fn open(tx: &mut Tx<'_>, tenant: OrganisationId) -> Result<()> {
    diesel::insert_into(ledger_head::table)
        .values((
            ledger_head::tenant_id.eq(tenant),
            ledger_head::size.eq(0_i64),
            ledger_head::frontier.eq(""),
        ))
        .execute(tx.connection)?;
    Ok(())
}

/// Appends an entry; part of the transaction of the change that it tells of.
///
/// # Errors
/// Those of the database; [`Error::Internal`] when the organisation has no ledger.
pub fn append(tx: &mut Tx<'_>, new: NewEntry<'_>) -> Result<()> {
    // Taking the size by an update first locks the head, so that sequences have no gap and no twin.
    diesel::update(ledger_head::table.find(new.tenant_id))
        .set(ledger_head::size.eq(ledger_head::size + 1))
        .execute(tx.connection)?;
    let (size, frontier): (i64, String) = ledger_head::table
        .find(new.tenant_id)
        .select((ledger_head::size, ledger_head::frontier))
        .first(tx.connection)?;
    let sequence = size - 1;
    let mut frontier = decode(sequence, &frontier)?;
    let entry = entry(tx, new, sequence)?;
    frontier.push(leaf_hash(&entry.canonical()?));
    insert(tx, &entry)?;
    diesel::update(ledger_head::table.find(entry.tenant_id))
        .set(ledger_head::frontier.eq(frontier.encode()))
        .execute(tx.connection)?;
    Ok(())
}

/// Appends entries of one organisation, in their order, moving the head once.
///
/// # Errors
/// Those of the database; [`Error::Internal`] when the organisation has no ledger.
pub fn append_all(tx: &mut Tx<'_>, tenant: OrganisationId, all: Vec<NewEntry<'_>>) -> Result<()> {
    let count = i64::try_from(all.len()).map_err(Error::internal)?;
    diesel::update(ledger_head::table.find(tenant))
        .set(ledger_head::size.eq(ledger_head::size + count))
        .execute(tx.connection)?;
    let (size, frontier): (i64, String) = ledger_head::table
        .find(tenant)
        .select((ledger_head::size, ledger_head::frontier))
        .first(tx.connection)?;
    let mut frontier = decode(size - count, &frontier)?;
    let mut entries = Vec::with_capacity(all.len());
    for (sequence, new) in (size - count..).zip(all) {
        if new.tenant_id != tenant {
            return Err(Error::internal("entries of several organisations"));
        }
        let entry = entry(tx, new, sequence)?;
        frontier.push(leaf_hash(&entry.canonical()?));
        entries.push(entry);
    }
    for some in entries.chunks(MOST_ROWS) {
        insert_all(tx.connection, some)?;
    }
    note_events(tx, &entries)?;
    diesel::update(ledger_head::table.find(tenant))
        .set(ledger_head::frontier.eq(frontier.encode()))
        .execute(tx.connection)?;
    Ok(())
}

fn entry(tx: &Tx<'_>, new: NewEntry<'_>, sequence: i64) -> Result<Entry> {
    let details: Map<String, Value> =
        new.details.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    let mut entry = Entry {
        tenant_id: new.tenant_id,
        sequence,
        at: tx.now,
        actor_id: tx.actor.person_id(),
        actor_name: tx.actor.name().to_owned(),
        actor_organisation: tx.actor.organisation_name().to_owned(),
        act: new.act.to_owned(),
        subject_kind: new.subject_kind.to_owned(),
        subject_id: new.subject_id.to_owned(),
        entrustment_id: new.entrustment_id.map(str::to_owned),
        details: Json(Value::Object(details)),
        leaf_hash: String::new(),
    };
    entry.leaf_hash = hex::encode(leaf_hash(&entry.canonical()?));
    Ok(entry)
}

/// The columns of an entry.
macro_rules! columns {
    ($entry:expr) => {{
        use ledger_entry as t;
        let entry: &Entry = $entry;
        (
            t::tenant_id.eq(entry.tenant_id),
            t::sequence.eq(entry.sequence),
            t::at.eq(entry.at),
            t::actor_id.eq(entry.actor_id),
            t::actor_name.eq(&entry.actor_name),
            t::actor_organisation.eq(&entry.actor_organisation),
            t::act.eq(&entry.act),
            t::subject_kind.eq(&entry.subject_kind),
            t::subject_id.eq(&entry.subject_id),
            t::entrustment_id.eq(entry.entrustment_id.as_deref()),
            t::details.eq(json_text(&entry.details)?),
            t::leaf_hash.eq(&entry.leaf_hash),
        )
    }};
}

fn insert(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    diesel::insert_into(ledger_entry::table).values(columns!(entry)).execute(tx.connection)?;
    note_events(tx, std::slice::from_ref(entry))
}

fn insert_all(connection: &mut Connection, entries: &[Entry]) -> Result<()> {
    let rows = entries.iter().map(|entry| Ok(columns!(entry))).collect::<Result<Vec<_>>>()?;
    insert_many!(connection, ledger_entry::table, rows)?;
    Ok(())
}

/// What of it is a security event is told as one too.
fn note_events(tx: &mut Tx<'_>, entries: &[Entry]) -> Result<()> {
    event::of_acts(tx, entries.iter().map(entered))
}

fn entered(entry: &Entry) -> event::Entered<'_> {
    event::Entered {
        tenant_id: entry.tenant_id,
        act: &entry.act,
        subject: Subject { kind: &entry.subject_kind, id: &entry.subject_id },
        details: &entry.details.0,
    }
}

fn decode(size: i64, frontier: &str) -> Result<Frontier> {
    u64::try_from(size)
        .ok()
        .and_then(|size| Frontier::decode(size, frontier))
        .ok_or_else(|| Error::internal("the ledger's head doesn't fit its size"))
}

/// The signed tree head of an organisation.
///
/// # Errors
/// Those of the database.
pub fn checkpoint(
    connection: &mut Connection,
    tenant: OrganisationId,
    signer: &Signer,
) -> Result<Checkpoint> {
    let (size, frontier): (i64, String) = ledger_head::table
        .find(tenant)
        .select((ledger_head::size, ledger_head::frontier))
        .first(connection)?;
    let frontier = decode(size, &frontier)?;
    let origin = format!("{}/ledger/{tenant}", signer.name());
    Ok(signer.sign(&origin, frontier.size(), &frontier.root()))
}

/// The newest changes of one subject, newest first, at most `limit`. That it was handed out doesn't
/// change it.
///
/// # Errors
/// Those of the database.
pub fn history(
    connection: &mut Connection,
    tenant: OrganisationId,
    subject: &str,
    limit: i64,
) -> Result<Vec<Entry>> {
    Ok(ledger_entry::table
        .filter(ledger_entry::tenant_id.eq(tenant))
        .filter(ledger_entry::subject_id.eq(subject))
        .filter(ledger_entry::act.ne(DOWNLOADED))
        .order(ledger_entry::sequence.desc())
        .limit(limit)
        .select(Entry::as_select())
        .load(connection)?)
}

/// The entries of an entrustment, newest first: `limit` of them after skipping `offset`, and how
/// many there are in all.
///
/// # Errors
/// Those of the database.
pub fn history_of_entrustment(
    connection: &mut Connection,
    tenant: OrganisationId,
    entrustment: &str,
    offset: i64,
    limit: i64,
) -> Result<(Vec<Entry>, i64)> {
    let of = || {
        ledger_entry::table
            .filter(ledger_entry::tenant_id.eq(tenant))
            .filter(ledger_entry::entrustment_id.eq(entrustment))
    };
    let entries = of()
        .order(ledger_entry::sequence.desc())
        .offset(offset)
        .limit(limit)
        .select(Entry::as_select())
        .load(connection)?;
    Ok((entries, of().count().get_result(connection)?))
}

/// The sequences of all entries of an entrustment, newest first.
///
/// # Errors
/// Those of the database.
pub fn sequences_of_entrustment(
    connection: &mut Connection,
    tenant: OrganisationId,
    entrustment: &str,
) -> Result<Vec<i64>> {
    Ok(ledger_entry::table
        .filter(ledger_entry::tenant_id.eq(tenant))
        .filter(ledger_entry::entrustment_id.eq(entrustment))
        .order(ledger_entry::sequence.desc())
        .select(ledger_entry::sequence)
        .load(connection)?)
}

/// The entries with these sequences, newest first.
///
/// # Errors
/// Those of the database.
pub fn by_sequences(
    connection: &mut Connection,
    tenant: OrganisationId,
    sequences: &[i64],
) -> Result<Vec<Entry>> {
    Ok(ledger_entry::table
        .filter(ledger_entry::tenant_id.eq(tenant))
        .filter(ledger_entry::sequence.eq_any(sequences.to_vec()))
        .order(ledger_entry::sequence.desc())
        .select(Entry::as_select())
        .load(connection)?)
}

/// Recomputes an organisation's tree from its entries: the number of entries when every hash and
/// the head agree.
///
/// # Errors
/// [`Error::Internal`] naming the first sequence that doesn't agree.
pub fn verify(connection: &mut Connection, tenant: OrganisationId) -> Result<u64> {
    let mut frontier = Frontier::default();
    loop {
        let next = i64::try_from(frontier.size()).map_err(Error::internal)?;
        let entries: Vec<Entry> = ledger_entry::table
            .filter(ledger_entry::tenant_id.eq(tenant))
            .filter(ledger_entry::sequence.ge(next))
            .order(ledger_entry::sequence.asc())
            .limit(1000)
            .select(Entry::as_select())
            .load(connection)?;
        if entries.is_empty() {
            break;
        }
        for entry in entries {
            let leaf = leaf_hash(&entry.canonical()?);
            let expected = i64::try_from(frontier.size()).map_err(Error::internal)?;
            if entry.sequence != expected || entry.leaf_hash != hex::encode(leaf) {
                return Err(Error::Internal(format!("ledger entry {expected} doesn't agree")));
            }
            frontier.push(leaf);
        }
    }
    let (size, stored): (i64, String) = ledger_head::table
        .find(tenant)
        .select((ledger_head::size, ledger_head::frontier))
        .first(connection)?;
    if decode(size, &stored)? == frontier {
        Ok(frontier.size())
    } else {
        Err(Error::internal("the ledger's head doesn't agree with its entries"))
    }
}

/// Tells of a refused attempt, apart from the ledger: nothing changed.
///
/// # Errors
/// Those of the database.
pub fn refuse(tx: &mut Tx<'_>, kind: EventKind, act: &str, path: &str, reason: &str) -> Result<()> {
    let subject = Subject { kind: "path", id: path };
    event::tell(tx, NewEvent { act, subject, reason, ..NewEvent::new(kind) })
}
