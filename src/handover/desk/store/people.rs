//! Who put a hand-over together and decided on it, as the ledger names them.

use diesel::prelude::*;

use crate::account::Recipient;
use crate::actor::{Actor, PersonId};
use crate::database::Connection;
use crate::database::schema::{ledger_entry as l, person as p};
use crate::error::Result;
use crate::handover::model::Handover;
use crate::handover::policy::MAKING;
use crate::ledger;

/// The mail address of whoever acts; none for the portal itself.
pub(in crate::handover::desk) fn actor_addresses(
    connection: &mut Connection,
    actor: &Actor,
) -> Result<Vec<String>> {
    let persons: Vec<PersonId> = actor.person_id().into_iter().collect();
    addresses(connection, &persons)
}

/// The mail addresses of all who had a hand in it: they don't decide.
pub(in crate::handover::desk) fn makers(
    connection: &mut Connection,
    of: &Handover,
) -> Result<Vec<String>> {
    let persons = ledger::persons_of(connection, of.tenant_id, of.id.as_str(), MAKING)?;
    addresses(connection, &persons)
}

fn addresses(connection: &mut Connection, persons: &[PersonId]) -> Result<Vec<String>> {
    let rows = p::table.filter(p::id.eq_any(persons.to_vec())).select(p::email);
    Ok(rows.load(connection)?)
}

/// Who asked for the approval last.
pub(in crate::handover::desk) fn proposer(
    connection: &mut Connection,
    of: &Handover,
) -> Result<Option<Recipient>> {
    last(connection, of, "handover.proposed")
}

/// Who approved last.
pub(in crate::handover::desk) fn approver(
    connection: &mut Connection,
    of: &Handover,
) -> Result<Option<Recipient>> {
    last(connection, of, "handover.approved")
}

fn last(connection: &mut Connection, of: &Handover, act: &str) -> Result<Option<Recipient>> {
    let person: Option<Option<PersonId>> = l::table
        .filter(l::tenant_id.eq(of.tenant_id))
        .filter(l::subject_id.eq(of.id.as_str()))
        .filter(l::act.eq(act))
        .order(l::sequence.desc())
        .select(l::actor_id)
        .first(connection)
        .optional()?;
    let Some(person) = person.flatten() else {
        return Ok(None);
    };
    let row: Option<(String, String, String)> = p::table
        .find(person)
        .select((p::name, p::email, p::language))
        .first(connection)
        .optional()?;
    Ok(row.map(|(name, email, language)| Recipient {
        name,
        email,
        language: language.parse().unwrap_or_default(),
    }))
}
