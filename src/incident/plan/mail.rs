//! Letters about late steps. Which they are stands on the page behind the link.

use crate::correspondence::{self, Message};
use crate::database::Tx;
use crate::entrustment::{Entrustment, people};
use crate::error::Result;
use crate::incident::model::Incident;
use crate::rulebook::Party;
use crate::web::Settings;

/// Tells a side how many of its steps are late.
pub(super) fn late(
    tx: &mut Tx<'_>,
    settings: &Settings,
    of: &Entrustment,
    incident: &Incident,
    (side, count): (Party, usize),
) -> Result<()> {
    let to = match side {
        Party::Contractor => people::of_contractor(tx.connection, of)?,
        _ => correspondence::division(tx.connection, of)?,
    };
    let message = Message {
        kind: "incident_step_late",
        stem: "mail-incident-step-late",
        path: format!("{}/plan", incident.href()),
        args: vec![("count", count.into())],
    };
    correspondence::send(tx, settings, of, &to, &message)
}
