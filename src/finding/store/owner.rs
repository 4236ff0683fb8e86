//! Open findings by their owner, who is kept by name.

use std::collections::BTreeMap;

use diesel::prelude::*;
use serde_json::json;

use super::list::{self, FindingRow, Key, under};
use crate::account::{Leaver, Leaving, MOST_SHOWN, Successor};
use crate::actor::{Member, OrganisationId};
use crate::database::schema::{entrustment, finding as t};
use crate::database::{Connection, Tx};
use crate::entrustment::{self as entrustments, EntrustmentId};
use crate::error::{Error, Result};
use crate::finding::model::FindingId;
use crate::ledger::{self, NewEntry};
use crate::web::paging::ListQuery;

/// The open findings of an owner that a member may see.
macro_rules! owned {
    ($member:expr, $of:expr) => {{
        let rows = under!(entrustments::alone($member, &ListQuery::default()));
        rows.filter(t::closed_at.is_null()).filter(t::owner_name.eq($of.name.clone()))
    }};
}

/// How many open findings an owner has, and the first of them by due date.
pub(in crate::finding) fn of_owner(
    connection: &mut Connection,
    member: &Member,
    of: &Leaver,
) -> Result<(i64, Vec<FindingRow>)> {
    let count = owned!(member, of).count().get_result(connection)?;
    let keys: Vec<Key> = owned!(member, of)
        .order((t::due_on.asc(), t::id.asc()))
        .limit(MOST_SHOWN)
        .select((t::tenant_id, t::id))
        .load(connection)?;
    Ok((count, list::by_keys(connection, &keys)?))
}

/// Gives the open findings of an owner to another, with an entry for each; gives how many. Nothing
/// where another member has the same name: whose they are can't be told.
pub(in crate::finding) fn hand_over(
    tx: &mut Tx<'_>,
    from: &Leaving,
    to: &Successor,
) -> Result<usize> {
    if from.namesake {
        return Ok(0);
    }
    let member = tx.actor.member().ok_or(Error::SignIn)?;
    let found: Vec<(OrganisationId, FindingId, EntrustmentId)> = owned!(member, from)
        .order((t::tenant_id.asc(), t::id.asc()))
        .select((t::tenant_id, t::id, t::entrustment_id))
        .load(tx.connection)?;
    for (tenant, id, _) in &found {
        diesel::update(t::table.find((tenant, id)))
            .set((t::owner_name.eq(&to.name), t::version.eq(t::version + 1)))
            .execute(tx.connection)?;
    }
    let mut entries: BTreeMap<OrganisationId, Vec<NewEntry<'_>>> = BTreeMap::new();
    for (tenant, id, entrustment) in &found {
        entries.entry(*tenant).or_default().push(NewEntry {
            tenant_id: *tenant,
            act: "finding.handed_over",
            subject_kind: "finding",
            subject_id: id.as_str(),
            entrustment_id: Some(entrustment.as_str()),
            details: vec![("owner", json!(to.person_id)), ("owner_before", json!(from.person_id))],
        });
    }
    for (tenant, entries) in entries {
        ledger::append_all(tx, tenant, entries)?;
    }
    Ok(found.len())
}
