//! The table of events.

use diesel::prelude::*;
use serde_json::Value;

use super::acts::kind_of;
use super::device::device;
use super::line::Line;
use super::model::{EventKind, NewEvent, Subject, kept};
use crate::actor::{OrganisationId, PersonId};
use crate::database::Tx;
use crate::database::schema::{person, security_event as t};
use crate::database::types::{id_text, json_text, uuid_at};
use crate::error::Result;
use crate::japanese::fold_name;

/// An entry of the ledger, as far as events know it.
#[derive(Clone, Copy, Debug)]
pub struct Entered<'a> {
    /// In whose ledger.
    pub tenant_id: OrganisationId,
    /// The act.
    pub act: &'a str,
    /// What it is about.
    pub subject: Subject<'a>,
    /// What changed.
    pub details: &'a Value,
}

/// Tells an event of an entry of the ledger, if its act is one.
///
/// # Errors
/// Those of the database.
pub fn of_act(tx: &mut Tx<'_>, entered: Entered<'_>) -> Result<()> {
    let Some(kind) = kind_of(entered.act) else {
        return Ok(());
    };
    let subject = entered.subject;
    let about = (subject.kind == "person").then(|| subject.id.parse().ok()).flatten();
    let new = NewEvent {
        tenant_id: Some(entered.tenant_id),
        person_id: tx.actor.person_id().or(about),
        act: entered.act,
        subject,
        ..NewEvent::new(kind)
    };
    let details = entered.details.as_object();
    let details = kept(details.into_iter().flatten().map(|(name, value)| (name.as_str(), value)));
    insert(tx, &new, &details)
}

/// Tells an event that no entry of the ledger tells.
///
/// # Errors
/// Those of the database.
pub fn tell(tx: &mut Tx<'_>, new: &NewEvent<'_>) -> Result<()> {
    let details = kept(new.details.iter().map(|(name, value)| (*name, value)));
    insert(tx, new, &details)
}

/// Who it was, as far as it is known: id, name, organisation.
struct Who {
    id: Option<PersonId>,
    name: String,
    organisation: String,
}

fn who(tx: &mut Tx<'_>, new: &NewEvent<'_>) -> Result<Who> {
    let organisation = tx.actor.organisation_name().to_owned();
    let id = new.person_id.or(tx.actor.person_id());
    if id.is_some() && tx.actor.person_id() == id {
        return Ok(Who { id, name: tx.actor.name().to_owned(), organisation });
    }
    let name: Option<String> = match id {
        Some(id) => person::table.find(id).select(person::name).first(tx.connection).optional()?,
        None => None,
    };
    // Without a person it was the portal, the operator, or somebody unknown: their name is a word.
    let name = name.unwrap_or_else(|| tx.actor.name().to_owned());
    Ok(Who { id, name, organisation })
}

fn insert(tx: &mut Tx<'_>, new: &NewEvent<'_>, details: &Value) -> Result<()> {
    let who = who(tx, new)?;
    let tenant = new.tenant_id.or(tx.actor.organisation_id());
    let origin = tx.origin.clone();
    let address = origin.address.map(|address| address.to_string()).unwrap_or_default();
    let device = device(&origin.agent);
    let (kind, outcome) = (new.kind, new.kind.outcome());
    let words = fold_name(&[&*who.name, &who.organisation, &address, &device].join(" "));
    diesel::insert_into(t::table)
        .values((
            t::id.eq(id_text(&uuid_at(tx.now)).as_str()),
            t::at.eq(tx.now),
            t::tenant_id.eq(tenant),
            t::kind.eq(kind),
            t::category.eq(kind.category()),
            t::outcome.eq(outcome),
            t::person_id.eq(who.id),
            t::person_name.eq(&who.name),
            t::organisation_name.eq(&who.organisation),
            t::session.eq(&origin.session),
            t::account.eq(new.account),
            t::address.eq(&address),
            t::device.eq(&device),
            t::route.eq(&origin.route),
            t::request.eq(&origin.request),
            t::act.eq(new.act),
            t::subject_kind.eq(new.subject.kind),
            t::subject_id.eq(new.subject.id),
            t::reason.eq(new.reason),
            t::details.eq(json_text(details)?),
            t::words.eq(words),
        ))
        .execute(tx.connection)?;
    let line = Line { address, ..line(tx, new, tenant, who.id, details) };
    tx.told.push(line);
    Ok(())
}

/// The line of an event: its subject only where that is an id.
fn line(
    tx: &Tx<'_>,
    new: &NewEvent<'_>,
    tenant: Option<OrganisationId>,
    person: Option<PersonId>,
    details: &Value,
) -> Line {
    let text = |id: Option<&str>| id.unwrap_or_default().to_owned();
    let is_id = new.subject.id.parse::<uuid::Uuid>().is_ok();
    let named = EventKind::Refused != new.kind && is_id;
    Line {
        at: tx.now.and_utc().format("%Y-%m-%dT%H:%M:%S%.3fZ").to_string(),
        kind: new.kind,
        outcome: new.kind.outcome(),
        organisation: text(tenant.as_ref().map(OrganisationId::as_str)),
        person: text(person.as_ref().map(PersonId::as_str)),
        session: tx.origin.session.clone(),
        account: new.account.to_owned(),
        address: String::new(),
        route: tx.origin.route.clone(),
        request: tx.origin.request.clone(),
        subject_kind: new.subject.kind.to_owned(),
        subject: if named { new.subject.id.to_owned() } else { String::new() },
        reason: new.reason.to_owned(),
        details: details.to_string(),
    }
}
