//! Letters about hand-overs on their way: to those who may decide, and to who sends. What is handed
//! over to whom stands on the page behind the link.

use super::store;
use crate::account::{self, Recipient};
use crate::correspondence::{self, Message};
use crate::database::{Connection, Tx};
use crate::entrustment::Entrustment;
use crate::error::Result;
use crate::handover::model::Handover;
use crate::handover::policy::{APPROVERS, SENDERS};
use crate::organisation::contractor;
use crate::rulebook::Party;
use crate::web::Settings;

/// Tells those who may decide that something waits: the others of the side that sends it. Where a
/// contractor's person works alone, it is the principal's.
pub(super) fn asked(
    tx: &mut Tx<'_>,
    settings: &Settings,
    entrustment: &Entrustment,
    of: &Handover,
) -> Result<()> {
    let makers = store::makers(tx.connection, of)?;
    let others = |mut people: Vec<Recipient>| {
        people.retain(|one| !makers.contains(&one.email));
        people
    };
    let mut to = others(senders(tx.connection, entrustment, of.sender)?);
    if to.is_empty() {
        to = others(principals(tx.connection, entrustment)?);
    }
    let path = format!("/entrustments/{}/hand-overs/{}/decision", entrustment.id, of.id);
    let message = Message { path, ..message(of, "handover_asked", "mail-handover-asked") };
    correspondence::send(tx, settings, entrustment, &to, &message)
}

/// Who decides on the side that sends.
fn senders(
    connection: &mut Connection,
    entrustment: &Entrustment,
    sender: Party,
) -> Result<Vec<Recipient>> {
    if sender == Party::Principal {
        return principals(connection, entrustment);
    }
    let tenant = entrustment.tenant_id;
    let row = contractor::find(connection, tenant, entrustment.contractor_id)?;
    let organisations: Vec<_> = row.organisation_id.into_iter().collect();
    let people = account::members_of(connection, &organisations, SENDERS)?;
    Ok(people.into_iter().map(|member| member.recipient).collect())
}

/// The principal's people who decide about the entrustment.
fn principals(connection: &mut Connection, entrustment: &Entrustment) -> Result<Vec<Recipient>> {
    let people = account::members_of(connection, &[entrustment.tenant_id], APPROVERS)?;
    let near = |division: Option<_>| division.is_none_or(|own| own == entrustment.division_id);
    let people = people.into_iter().filter(|member| near(member.division_id));
    Ok(people.map(|member| member.recipient).collect())
}

/// Tells the sender that it was approved and leaves.
pub(super) fn approved(
    tx: &mut Tx<'_>,
    settings: &Settings,
    entrustment: &Entrustment,
    of: &Handover,
) -> Result<()> {
    let to = store::proposer(tx.connection, of)?;
    tell(tx, settings, entrustment, to, &message(of, "handover_approved", "mail-handover-approved"))
}

/// Tells the sender that it was given back.
pub(super) fn returned(
    tx: &mut Tx<'_>,
    settings: &Settings,
    entrustment: &Entrustment,
    of: &Handover,
) -> Result<()> {
    let to = store::proposer(tx.connection, of)?;
    tell(tx, settings, entrustment, to, &message(of, "handover_returned", "mail-handover-returned"))
}

/// Tells the sender, and who approved, that it was taken back before it left; not who did it.
pub(super) fn taken_back(
    tx: &mut Tx<'_>,
    settings: &Settings,
    entrustment: &Entrustment,
    of: &Handover,
) -> Result<()> {
    let own = store::actor_addresses(tx.connection, tx.actor)?;
    let message = message(of, "handover_taken_back", "mail-handover-taken-back");
    both(tx, settings, entrustment, of, (&own, message))
}

/// Tells the sender, and who approved, that it didn't leave.
pub(super) fn held_back(
    tx: &mut Tx<'_>,
    settings: &Settings,
    entrustment: &Entrustment,
    of: &Handover,
) -> Result<()> {
    let message = message(of, "handover_held_back", "mail-handover-held-back");
    both(tx, settings, entrustment, of, (&[], message))
}

/// Tells who asked for the approval and, if it was given, who gave it; but not these addresses. To
/// who approved for the other side it is hidden again: the link leads to the list.
fn both(
    tx: &mut Tx<'_>,
    settings: &Settings,
    entrustment: &Entrustment,
    of: &Handover,
    (but, message): (&[String], Message),
) -> Result<()> {
    let other = |one: &Recipient| !but.contains(&one.email);
    let proposer = store::proposer(tx.connection, of)?.filter(other);
    tell(tx, settings, entrustment, proposer, &message)?;
    if of.release_at.is_none() {
        return Ok(());
    }
    let approver = store::approver(tx.connection, of)?.filter(other);
    let path = format!("/entrustments/{}/hand-overs", entrustment.id);
    tell(tx, settings, entrustment, approver, &Message { path, ..message })
}

fn tell(
    tx: &mut Tx<'_>,
    settings: &Settings,
    entrustment: &Entrustment,
    to: Option<Recipient>,
    message: &Message,
) -> Result<()> {
    let to: Vec<Recipient> = to.into_iter().collect();
    correspondence::send(tx, settings, entrustment, &to, message)
}

fn message(of: &Handover, kind: &'static str, stem: &'static str) -> Message {
    let path = format!("/entrustments/{}/hand-overs/{}", of.entrustment_id, of.id);
    Message { kind, stem, path, args: vec![("handover", i64::from(of.position).into())] }
}
