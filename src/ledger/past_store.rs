//! The ledger as it stood after a certain entry: for documents that tell of a past state.

use diesel::prelude::*;

use super::checkpoint::{Checkpoint, Signer};
use super::model::Entry;
use super::tree::Frontier;
use crate::actor::{OrganisationId, PersonId};
use crate::clock::Timestamp;
use crate::database::Connection;
use crate::database::schema::ledger_entry as t;
use crate::error::{Error, Result};

/// Leaf hashes read at once.
const PAGE: i64 = 10_000;

/// The entry that made the present state of something: its place in the sequence, and its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Queryable)]
pub struct Standing {
    /// The place in the organisation's sequence, from 0.
    pub sequence: i64,
    /// When.
    pub at: Timestamp,
}

/// The last entry that belongs to one of `entrustments` (one and what was re-entrusted from it) or is
/// about one of `subjects` (what it refers to, such as its contractor). Acts that begin with `except`
/// don't count.
///
/// # Errors
/// Those of the database; [`Error::NotFound`] when there is no entry.
pub fn standing(
    connection: &mut Connection,
    tenant: OrganisationId,
    entrustments: &[&str],
    subjects: &[&str],
    except: &str,
) -> Result<Standing> {
    // Two look-ups, each in its own index, are quicker than one with OR.
    let newest = |found: Option<Standing>, other: Option<Standing>| match (found, other) {
        (Some(a), Some(b)) => Some(if a.sequence > b.sequence { a } else { b }),
        (a, b) => a.or(b),
    };
    let of = |connection: &mut Connection, id: &str, subject: bool| {
        let mut rows = t::table.filter(t::tenant_id.eq(tenant)).into_boxed();
        rows = if subject {
            rows.filter(t::subject_id.eq(id.to_owned()))
        } else {
            rows.filter(t::entrustment_id.eq(id.to_owned()))
        };
        rows.filter(t::act.not_like(format!("{except}%")))
            .order(t::sequence.desc())
            .select((t::sequence, t::at))
            .first::<Standing>(connection)
            .optional()
    };
    let mut last = None;
    for entrustment in entrustments {
        last = newest(last, of(connection, entrustment, false)?);
    }
    for subject in subjects {
        last = newest(last, of(connection, subject, true)?);
    }
    last.ok_or(Error::NotFound)
}

/// The entries of an entrustment up to and including `last`, oldest first.
///
/// # Errors
/// Those of the database.
pub fn entries_until(
    connection: &mut Connection,
    tenant: OrganisationId,
    entrustment: &str,
    last: i64,
) -> Result<Vec<Entry>> {
    Ok(t::table
        .filter(t::tenant_id.eq(tenant))
        .filter(t::entrustment_id.eq(entrustment))
        .filter(t::sequence.le(last))
        .order(t::sequence.asc())
        .select(Entry::as_select())
        .load(connection)?)
}

/// The persons who did one of `acts` to a subject, each as often as they did it.
///
/// # Errors
/// Those of the database.
pub fn persons_of(
    connection: &mut Connection,
    tenant: OrganisationId,
    subject: &str,
    acts: &[&str],
) -> Result<Vec<PersonId>> {
    Ok(t::table
        .filter(t::tenant_id.eq(tenant))
        .filter(t::subject_id.eq(subject))
        .filter(t::act.eq_any(acts.to_vec()))
        .filter(t::actor_id.is_not_null())
        .select(t::actor_id.assume_not_null())
        .load(connection)?)
}

/// The signed tree head of the first `size` entries of an organisation.
///
/// # Errors
/// Those of the database; [`Error::Internal`] when an entry is missing.
pub fn checkpoint_at(
    connection: &mut Connection,
    tenant: OrganisationId,
    size: i64,
    signer: &Signer,
) -> Result<Checkpoint> {
    let mut frontier = Frontier::default();
    let mut next = 0;
    while next < size {
        let leaves: Vec<String> = t::table
            .filter(t::tenant_id.eq(tenant))
            .filter(t::sequence.ge(next))
            .filter(t::sequence.lt(size.min(next + PAGE)))
            .order(t::sequence.asc())
            .select(t::leaf_hash)
            .load(connection)?;
        for leaf in &leaves {
            let mut hash = [0; 32];
            hex::decode_to_slice(leaf, &mut hash).map_err(Error::internal)?;
            frontier.push(hash);
        }
        next += PAGE;
    }
    if u64::try_from(size).ok() != Some(frontier.size()) {
        return Err(Error::internal("the ledger has fewer entries than its size"));
    }
    let origin = format!("{}/ledger/{tenant}", signer.name());
    Ok(signer.sign(&origin, frontier.size(), &frontier.root()))
}
