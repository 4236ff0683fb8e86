//! Letters about incidents. They say that there is one and lead to its page; what happened, and to
//! whose data, stands there alone.

use crate::account::{self, Recipient};
use crate::actor::Role;
use crate::correspondence::{self, Message};
use crate::database::{Connection, Tx};
use crate::entrustment::{Entrustment, people};
use crate::error::Result;
use crate::incident::model::Incident;
use crate::rulebook::Party;
use crate::web::Settings;

/// Tells the principal's people at once; and the contractor, where the principal reported.
pub(super) fn reported(
    tx: &mut Tx<'_>,
    settings: &Settings,
    of: &Entrustment,
    incident: &Incident,
) -> Result<()> {
    let mut to = correspondence::officers(tx.connection, of)?;
    to.extend(of_principal(tx.connection, of, &[Role::Approver])?);
    if to.is_empty() {
        to = of_principal(tx.connection, of, &[Role::Administrator])?;
    }
    let message = message(incident, ("incident_reported", "mail-incident-reported"));
    correspondence::send(tx, settings, of, &each_once(to), &message)?;
    if incident.reported_side == Party::Principal {
        let to = people::of_contractor(tx.connection, of)?;
        correspondence::send(tx, settings, of, &each_once(to), &message)?;
    }
    Ok(())
}

/// Tells who answers for it that nobody has opened it.
pub(super) fn unopened(
    tx: &mut Tx<'_>,
    settings: &Settings,
    of: &Entrustment,
    incident: &Incident,
) -> Result<()> {
    let mut to = of_principal(tx.connection, of, &[Role::Administrator, Role::Approver])?;
    to.extend(correspondence::division(tx.connection, of)?);
    let message = message(incident, ("incident_unopened", "mail-incident-unopened"));
    correspondence::send(tx, settings, of, &each_once(to), &message)
}

/// Tells the contractor that an officer has opened it.
pub(super) fn opened(
    tx: &mut Tx<'_>,
    settings: &Settings,
    of: &Entrustment,
    incident: &Incident,
) -> Result<()> {
    let to = people::of_contractor(tx.connection, of)?;
    let message = message(incident, ("incident_opened", "mail-incident-opened"));
    correspondence::send(tx, settings, of, &to, &message)
}

/// Tells those who decide for the principal that a decision not to report waits for them.
pub(super) fn duty_proposed(
    tx: &mut Tx<'_>,
    settings: &Settings,
    of: &Entrustment,
    incident: &Incident,
) -> Result<()> {
    let mut to = of_principal(tx.connection, of, &[Role::Approver])?;
    if to.is_empty() {
        to = of_principal(tx.connection, of, &[Role::Administrator])?;
    }
    let mut message = message(incident, ("incident_duty_proposed", "mail-incident-duty-proposed"));
    message.path.push_str("/duties/confirmation");
    correspondence::send(tx, settings, of, &each_once(to), &message)
}

/// Tells the officers that it was returned.
pub(super) fn duty_returned(
    tx: &mut Tx<'_>,
    settings: &Settings,
    of: &Entrustment,
    incident: &Incident,
) -> Result<()> {
    let to = correspondence::officers(tx.connection, of)?;
    let mut message = message(incident, ("incident_duty_returned", "mail-incident-duty-returned"));
    message.path.push_str("/duties");
    correspondence::send(tx, settings, of, &each_once(to), &message)
}

fn message(incident: &Incident, (kind, stem): (&'static str, &'static str)) -> Message {
    Message { kind, stem, path: incident.href(), args: vec![] }
}

fn of_principal(
    connection: &mut Connection,
    of: &Entrustment,
    roles: &[Role],
) -> Result<Vec<Recipient>> {
    let members = account::members_of(connection, &[of.tenant_id], roles)?;
    Ok(members.into_iter().map(|member| member.recipient).collect())
}

/// Nobody gets the same letter twice.
fn each_once(mut to: Vec<Recipient>) -> Vec<Recipient> {
    to.sort_by(|one, other| one.email.cmp(&other.email));
    to.dedup_by(|one, other| one.email == other.email);
    to
}
