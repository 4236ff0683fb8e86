//! Letters about recipients: a proposal to the division, the decision to the contractor. Whom a
//! recipient is stands on the page behind the link.

use super::model::RecipientStatus;
use crate::account;
use crate::correspondence::{self, Message};
use crate::database::Tx;
use crate::entrustment::{DECIDERS, Entrustment, people};
use crate::error::Result;
use crate::rulebook::RecipientId;
use crate::web::Settings;

/// Tells the division that a recipient waits for its decision.
pub(super) fn proposed(
    tx: &mut Tx<'_>,
    settings: &Settings,
    entrustment: &Entrustment,
    id: RecipientId,
) -> Result<()> {
    let to = correspondence::division(tx.connection, entrustment)?;
    let message = message(entrustment, id, "recipient_proposed", "mail-recipient-proposed");
    correspondence::send(tx, settings, entrustment, &to, &message)
}

/// Tells those who decide that a recipient, which the own officer entered, waits for one of them.
pub(super) fn asked(
    tx: &mut Tx<'_>,
    settings: &Settings,
    entrustment: &Entrustment,
    id: RecipientId,
) -> Result<()> {
    let to = account::members_of(tx.connection, &[entrustment.tenant_id], DECIDERS)?;
    let to: Vec<_> = to.into_iter().map(|member| member.recipient).collect();
    let message = message(entrustment, id, "recipient_asked", "mail-recipient-asked");
    correspondence::send(tx, settings, entrustment, &to, &message)
}

/// Tells the contractor what was decided.
pub(super) fn decided(
    tx: &mut Tx<'_>,
    settings: &Settings,
    entrustment: &Entrustment,
    id: RecipientId,
    status: RecipientStatus,
) -> Result<()> {
    let to = people::of_contractor(tx.connection, entrustment)?;
    let stem = match status {
        RecipientStatus::Approved => "mail-recipient-approved",
        _ => "mail-recipient-refused",
    };
    let message = message(entrustment, id, "recipient_decided", stem);
    correspondence::send(tx, settings, entrustment, &to, &message)
}

fn message(
    entrustment: &Entrustment,
    id: RecipientId,
    kind: &'static str,
    stem: &'static str,
) -> Message {
    let path = format!("/entrustments/{}/recipients/{id}", entrustment.id);
    Message { kind, stem, path, args: vec![] }
}
