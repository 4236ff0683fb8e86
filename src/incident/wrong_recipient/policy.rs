//! Who looks after wrong recipients: whoever responds to the incident, on either side. The principal's
//! approvers and administrators close a risk that isn't confirmed. Who has the newest link answers for itself.

use super::model::WrongRecipient;
use super::{link, rules};
use crate::actor::{Actor, Authorized};
use crate::clock::Timestamp;
use crate::database::Connection;
use crate::entrustment::{DECIDERS, Entrustment};
use crate::error::{Error, Result};
use crate::incident::model::Incident;
use crate::incident::policy::{self, Case};

/// Looking after a wrong recipient.
#[derive(Debug)]
pub(super) struct Work;

/// Closing a risk that isn't confirmed.
#[derive(Debug)]
pub(super) struct Close;

/// Confirming in writing.
#[derive(Debug)]
pub(super) struct Confirm;

/// What the portal does by itself: reminding.
#[derive(Debug)]
pub(super) struct Run;

/// A wrong recipient with its incident and entrustment.
pub(super) type Matter = (Entrustment, Incident, WrongRecipient);

/// The wrong recipient that the actor looks after.
///
/// # Errors
/// As for whoever responds to the incident.
pub(super) fn work(
    connection: &mut Connection,
    actor: &Actor,
    case: Case,
    recipient: WrongRecipient,
) -> Result<Authorized<Matter, Work>> {
    let (of, incident) = policy::respond(connection, actor, case.0, case.1)?.into_inner();
    Ok(Authorized::by_policy((of, incident, recipient)))
}

/// The wrong recipient whose risk the actor closes.
///
/// # Errors
/// [`Error::Forbidden`] for all but the principal's approvers and administrators; [`Error::Conflict`]
/// when there is no risk any more, or the incident is closed.
pub(super) fn close(
    actor: &Actor,
    case: Case,
    recipient: WrongRecipient,
) -> Result<Authorized<Matter, Close>> {
    let (of, incident) = policy::close(actor, case.0, case.1)?.into_inner();
    if !actor.member().is_some_and(|member| DECIDERS.contains(&member.role)) {
        return Err(Error::Forbidden("role"));
    }
    if !rules::is_open(&recipient) {
        return Err(Error::Conflict("incident-wrong-not-open"));
    }
    Ok(Authorized::by_policy((of, incident, recipient)))
}

/// The wrong recipient for whoever has its newest link, as long as that counts.
///
/// # Errors
/// [`Error::Gone`] for an older link and one that is over; [`Error::Conflict`] for one that was used.
pub(super) fn confirm(
    matter: Matter,
    token: &str,
    now: Timestamp,
) -> Result<Authorized<Matter, Confirm>> {
    link::check(&matter, token, now)?;
    Ok(Authorized::by_policy(matter))
}

/// The wrong recipient for what the portal does by itself.
///
/// # Errors
/// [`Error::Forbidden`] for a person.
pub(super) fn run(actor: &Actor, matter: Matter) -> Result<Authorized<Matter, Run>> {
    match actor {
        Actor::System | Actor::Operator => Ok(Authorized::by_policy(matter)),
        _ => Err(Error::Forbidden("system")),
    }
}
