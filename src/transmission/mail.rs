//! Letters about transmissions that wait for confirmation. What went where stands on the page
//! behind the link.

use crate::correspondence::{self, Message};
use crate::database::Tx;
use crate::entrustment::{Entrustment, people};
use crate::error::Result;
use crate::rulebook::Party;
use crate::web::Settings;

/// Reminds the side that didn't enter.
pub(super) fn reminder(
    tx: &mut Tx<'_>,
    settings: &Settings,
    entrustment: &Entrustment,
    entered_by: Party,
    count: usize,
) -> Result<()> {
    let to = match entered_by {
        Party::Principal => people::of_contractor(tx.connection, entrustment)?,
        _ => correspondence::officers(tx.connection, entrustment)?,
    };
    let message =
        message(entrustment, count, "transmission_reminder", "mail-transmission-reminder");
    correspondence::send(tx, settings, entrustment, &to, &message)
}

/// Tells the division.
pub(super) fn escalation(
    tx: &mut Tx<'_>,
    settings: &Settings,
    entrustment: &Entrustment,
    count: usize,
) -> Result<()> {
    let to = correspondence::division(tx.connection, entrustment)?;
    let message =
        message(entrustment, count, "transmission_escalation", "mail-transmission-escalation");
    correspondence::send(tx, settings, entrustment, &to, &message)
}

fn message(
    entrustment: &Entrustment,
    count: usize,
    kind: &'static str,
    stem: &'static str,
) -> Message {
    let path = format!("/entrustments/{}/transmissions?confirmation=waiting", entrustment.id);
    Message { kind, stem, path, args: vec![("count", count.into())] }
}
