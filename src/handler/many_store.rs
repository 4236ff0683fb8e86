//! Many handlers entered at once.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use super::form::Entry;
use super::roster_store::{
    columns_with, contractors_organisation, new_entry, of_training, told, training_told,
};
use crate::account;
use crate::actor::Authorized;
use crate::database::schema::{handler as t, training};
use crate::database::{Connection, MOST_ROWS, Tx};
use crate::entrustment::{self, Entrustment, EntrustmentId};
use crate::error::Result;
use crate::finding::{self, Subject};
use crate::insert_many;
use crate::japanese::fold_name;
use crate::ledger;
use crate::rulebook::{Broken, Exceptions, HandlerId};

/// A handler to enter, what it breaks, and the exceptions that are claimed.
pub type Entering<'a> = (&'a Entry, &'a [Broken], &'a Exceptions);

/// Enters handlers on the roster of an entrustment, with trainings and findings; what the roster
/// breaks elsewhere is looked at once.
///
/// # Errors
/// Those of the database.
pub fn enter_all<Action>(
    tx: &mut Tx<'_>,
    entrustment: &Authorized<Entrustment, Action>,
    all: &[Entering<'_>],
) -> Result<()> {
    let ids: Vec<HandlerId> = all.iter().map(|_| HandlerId::new(tx.now)).collect();
    let emails = all.iter().map(|(new, ..)| new.handler.email.clone()).filter(|e| !e.is_empty());
    let emails: Vec<String> = emails.collect();
    let members = match contractors_organisation(tx.connection, entrustment)? {
        Some(organisation) => account::members_by_email(tx.connection, organisation, &emails)?,
        None => std::collections::HashMap::new(),
    };
    for (ids, some) in ids.chunks(MOST_ROWS).zip(all.chunks(MOST_ROWS)) {
        let mut rows = Vec::with_capacity(some.len());
        let mut entries = Vec::with_capacity(some.len());
        for (id, (new, ..)) in ids.iter().zip(some) {
            rows.push((
                t::tenant_id.eq(entrustment.tenant_id),
                t::id.eq(*id),
                t::entrustment_id.eq(entrustment.id),
                t::return_note.eq(""),
                t::created_at.eq(tx.now),
                t::version.eq(1),
                columns_with(&new.handler, members.get(&new.handler.email).copied()),
            ));
            let details = told(&new.handler)?;
            entries.push(new_entry(entrustment, "handler.entered", id.as_str(), details));
        }
        insert_many!(tx.connection, t::table, rows)?;
        ledger::append_all(tx, entrustment.tenant_id, entries)?;
    }
    if all.len() > MOST_ROWS {
        tx.connection.gather_figures("handler")?;
    }
    train_all(tx, entrustment, &ids, all)?;
    let entered: Vec<finding::Entered<'_>> = ids
        .iter()
        .zip(all)
        .map(|(id, (_, broken, exceptions))| {
            (Subject { kind: "handler", id: id.as_str() }, *broken, *exceptions)
        })
        .collect();
    finding::raise_of_entered(tx, entrustment, &entered)?;
    entrustment::recompare(tx, entrustment)
}

/// The trainings of the new handlers: one entry for those who were there together.
fn train_all(
    tx: &mut Tx<'_>,
    entrustment: &Entrustment,
    ids: &[HandlerId],
    all: &[Entering<'_>],
) -> Result<()> {
    let mut held: BTreeMap<(NaiveDate, &str), Vec<HandlerId>> = BTreeMap::new();
    for (id, (new, ..)) in ids.iter().zip(all) {
        if let Some(training) = &new.training {
            held.entry((training.held_on, &training.content)).or_default().push(*id);
        }
    }
    let mut entries = Vec::with_capacity(held.len());
    for ((held_on, content), handlers) in &held {
        for some in handlers.chunks(MOST_ROWS) {
            let rows: Vec<_> = some
                .iter()
                .map(|id| of_training!(tx, entrustment, *id, (*held_on, *content)))
                .collect();
            insert_many!(tx.connection, training::table, rows)?;
        }
        let details = training_told(handlers, *held_on, content);
        entries.push(new_entry(entrustment, "handler.trained", entrustment.id.as_str(), details));
    }
    ledger::append_all(tx, entrustment.tenant_id, entries)
}

/// What tells those on a roster apart who have not left: entrustment, folded name, address.
pub type Same = (EntrustmentId, String, String);

/// What tells a new handler from others.
#[must_use]
pub fn same(entrustment: EntrustmentId, new: &Entry) -> Same {
    (entrustment, fold_name(&new.handler.name), new.handler.email.clone())
}

/// Who is on the rosters of these entrustments.
///
/// # Errors
/// Those of the database.
pub fn on_rosters(connection: &mut Connection, of: &[&Entrustment]) -> Result<Vec<Same>> {
    let (tenants, ids) = entrustment::keys(of);
    let mut found = Vec::new();
    for ids in ids.chunks(MOST_ROWS) {
        let rows: Vec<Same> = t::table
            .filter(t::tenant_id.eq_any(tenants.clone()))
            .filter(t::entrustment_id.eq_any(ids.to_vec()))
            .filter(t::ends_on.is_null())
            .select((t::entrustment_id, t::name_key, t::email))
            .load(connection)?;
        found.extend(rows);
    }
    Ok(found)
}
