//! The table of events.

use diesel::prelude::*;
use serde_json::Value;

use super::acts::kind_of;
use super::device::device;
use super::line::Line;
use super::model::{EventKind, NewEvent, Subject, kept};
use crate::actor::{OrganisationId, PersonId};
use crate::database::schema::{membership, person, security_event as t};
use crate::database::types::{id_text, json_text, uuid_at};
use crate::database::{MOST_ROWS, Tx};
use crate::error::Result;
use crate::insert_many;
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

/// Tells the events of entries of the ledger, of those whose act is one: in one statement, or in
/// none.
///
/// # Errors
/// Those of the database.
pub fn of_acts<'a>(tx: &mut Tx<'_>, all: impl IntoIterator<Item = Entered<'a>>) -> Result<()> {
    let events: Vec<NewEvent<'_>> =
        all.into_iter().filter_map(|entered| of_act(tx, entered)).collect();
    tell_all(tx, &events)
}

fn of_act<'a>(tx: &Tx<'_>, entered: Entered<'a>) -> Option<NewEvent<'a>> {
    let kind = kind_of(entered.act)?;
    let subject = entered.subject;
    let about = (subject.kind == "person").then(|| subject.id.parse().ok()).flatten();
    let session = entered.details.get("session").and_then(Value::as_str).unwrap_or_default();
    let details = entered.details.as_object().into_iter().flatten();
    Some(NewEvent {
        tenant_id: Some(entered.tenant_id),
        person_id: tx.actor.person_id().or(about),
        session,
        act: entered.act,
        subject,
        details: details.map(|(name, value)| (name.as_str(), value.clone())).collect(),
        ..NewEvent::new(kind)
    })
}

/// Tells an event that no entry of the ledger tells.
///
/// # Errors
/// Those of the database.
pub fn tell(tx: &mut Tx<'_>, new: NewEvent<'_>) -> Result<()> {
    tell_all(tx, &[new])
}

/// Tells several at once.
///
/// # Errors
/// Those of the database.
pub fn tell_all(tx: &mut Tx<'_>, all: &[NewEvent<'_>]) -> Result<()> {
    let mut rows = Vec::with_capacity(all.len());
    for new in all {
        rows.push(row(tx, new)?);
    }
    for some in rows.chunks(MOST_ROWS) {
        insert(tx, some)?;
    }
    tx.told.extend(rows.into_iter().map(|row| row.line));
    Ok(())
}

/// An event with all that its row says.
struct Row<'a> {
    new: &'a NewEvent<'a>,
    person_name: String,
    subject_name: String,
    device: String,
    words: String,
    line: Line,
}

fn row<'a>(tx: &mut Tx<'_>, new: &'a NewEvent<'a>) -> Result<Row<'a>> {
    let person_id = new.person_id.or(tx.actor.person_id());
    let person_name = match person_id {
        Some(id) => name_of(tx, id)?,
        None => None,
    };
    // Without a person it was the portal, the operator, or somebody unknown: their name is a word.
    let person_name = person_name.unwrap_or_else(|| tx.actor.name().to_owned());
    let subject_name = subject_name(tx, new.subject, person_id)?;
    let details = kept(new.details.iter().map(|(name, value)| (*name, value)));
    let line = line(tx, new, person_id, &details);
    let device = device(&tx.origin.agent);
    let organisation = tx.actor.organisation_name();
    let words = [&*person_name, organisation, &*subject_name, &*line.address, &*device];
    let words = fold_name(&words.join(" "));
    Ok(Row { new, person_name, subject_name, device, words, line })
}

/// The name of a person: the actor's is known, another's is looked up.
fn name_of(tx: &mut Tx<'_>, id: PersonId) -> Result<Option<String>> {
    if tx.actor.person_id() == Some(id) {
        return Ok(Some(tx.actor.name().to_owned()));
    }
    Ok(person::table.find(id).select(person::name).first(tx.connection).optional()?)
}

/// The name of whom it is about; nothing where that is who acted, or no person.
fn subject_name(tx: &mut Tx<'_>, subject: Subject<'_>, who: Option<PersonId>) -> Result<String> {
    let name = match (subject.kind, subject.id.parse::<PersonId>()) {
        ("person", Ok(id)) if Some(id) != who => name_of(tx, id)?,
        ("membership", Ok(_)) => membership::table
            .inner_join(person::table)
            .filter(membership::id.eq(subject.id))
            .select(person::name)
            .first(tx.connection)
            .optional()?,
        _ => None,
    };
    Ok(name.unwrap_or_default())
}

fn insert(tx: &mut Tx<'_>, rows: &[Row<'_>]) -> Result<()> {
    let organisation = tx.actor.organisation_name();
    let values = rows
        .iter()
        .map(|row| {
            let Row { new, line, .. } = row;
            Ok((
                t::id.eq(id_text(&uuid_at(tx.now)).as_str().to_owned()),
                t::at.eq(tx.now),
                t::tenant_id.eq(line.organisation),
                t::kind.eq(new.kind),
                t::category.eq(new.kind.category()),
                t::outcome.eq(new.kind.outcome()),
                t::person_id.eq(line.person),
                t::person_name.eq(&row.person_name),
                t::organisation_name.eq(organisation),
                t::session.eq(&line.session),
                (
                    t::account.eq(new.account),
                    t::address.eq(&line.address),
                    t::device.eq(&row.device),
                    t::route.eq(&line.route),
                    t::request.eq(&line.request),
                    t::act.eq(new.act),
                    t::subject_kind.eq(new.subject.kind),
                    t::subject_id.eq(new.subject.id),
                    t::subject_name.eq(&row.subject_name),
                    t::reason.eq(new.reason),
                    t::details.eq(json_text(&line.details)?),
                    t::words.eq(&row.words),
                ),
            ))
        })
        .collect::<Result<Vec<_>>>()?;
    insert_many!(tx.connection, t::table, values)?;
    Ok(())
}

/// The line of an event: its subject only where that is an id.
fn line(tx: &Tx<'_>, new: &NewEvent<'_>, person: Option<PersonId>, details: &Value) -> Line {
    let is_id = new.subject.id.parse::<uuid::Uuid>().is_ok();
    let named = EventKind::Refused != new.kind && is_id;
    let session = if new.session.is_empty() { &tx.origin.session } else { new.session };
    Line {
        at: tx.now,
        kind: new.kind,
        organisation: new.tenant_id.or(tx.actor.organisation_id()),
        person,
        session: session.to_owned(),
        account: new.account.to_owned(),
        address: tx.origin.address.map(|address| address.to_string()).unwrap_or_default(),
        route: tx.origin.route.clone(),
        request: tx.origin.request.clone(),
        subject_kind: new.subject.kind.to_owned(),
        subject: if named { new.subject.id.to_owned() } else { String::new() },
        reason: new.reason.to_owned(),
        details: details.clone(),
    }
}
