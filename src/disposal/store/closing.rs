//! The closing of an entrustment that waits for a second person.

use diesel::prelude::*;
use serde_json::json;

use crate::actor::Authorized;
use crate::clock::Timestamp;
use crate::database::schema::closing_proposal as t;
use crate::database::{Connection, Tx};
use crate::disposal::policy::RefuseClosing;
use crate::entrustment::{Entrustment, Manage};
use crate::error::{Error, Result};
use crate::id_type;
use crate::ledger::{self, Fact, NewEntry};

id_type! {
    /// The id of a proposal to close an entrustment.
    ProposalId
}

/// A proposal to close an entrustment.
#[derive(Clone, Debug, Queryable, serde::Serialize)]
pub(in crate::disposal) struct Proposal {
    /// The id.
    pub id: ProposalId,
    /// Findings that were open, and were confirmed to be.
    pub findings: i64,
    /// Who proposed.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// The proposal to close an entrustment, when there is one.
pub(in crate::disposal) fn proposal(
    connection: &mut Connection,
    of: &Entrustment,
) -> Result<Option<Proposal>> {
    Ok(t::table
        .find((of.tenant_id, of.id))
        .select((t::id, t::findings, t::proposed_by_name, t::proposed_at))
        .first(connection)
        .optional()?)
}

/// Proposes to close an entrustment.
pub(in crate::disposal) fn propose(
    tx: &mut Tx<'_>,
    of: &Authorized<Entrustment, Manage>,
    findings: i64,
) -> Result<()> {
    if proposal(tx.connection, of)?.is_some() {
        return Err(Error::Conflict("closing-proposed-already"));
    }
    let id = ProposalId::new(tx.now);
    diesel::insert_into(t::table)
        .values((
            t::tenant_id.eq(of.tenant_id),
            t::entrustment_id.eq(of.id),
            t::id.eq(id),
            t::findings.eq(findings),
            t::proposed_by_name.eq(tx.actor.name()),
            t::proposed_at.eq(tx.now),
        ))
        .execute(tx.connection)?;
    entry(tx, of, id, "entrustment.closing_proposed", vec![("findings", json!(findings))])
}

/// Refuses a proposal, or takes it back.
pub(in crate::disposal) fn refuse(
    tx: &mut Tx<'_>,
    of: &Authorized<Entrustment, RefuseClosing>,
    proposal: &Proposal,
    reason: &str,
) -> Result<()> {
    forget(tx, of)?;
    entry(tx, of, proposal.id, "entrustment.closing_refused", vec![("reason", json!(reason))])
}

/// Forgets what is decided; the ledger keeps it.
pub(in crate::disposal) fn forget(tx: &mut Tx<'_>, of: &Entrustment) -> Result<()> {
    diesel::delete(t::table.find((of.tenant_id, of.id))).execute(tx.connection)?;
    Ok(())
}

fn entry(
    tx: &mut Tx<'_>,
    of: &Entrustment,
    id: ProposalId,
    act: &'static str,
    details: Vec<Fact>,
) -> Result<()> {
    ledger::append(
        tx,
        NewEntry {
            tenant_id: of.tenant_id,
            act,
            subject_kind: "closing",
            subject_id: id.as_str(),
            entrustment_id: Some(of.id.as_str()),
            details,
        },
    )
}
