//! Wrong recipients and their answers in the database; `change` is what is done about them.

mod change;

use diesel::prelude::*;

use super::model::{Answer, WrongRecipient, WrongRecipientId};
use super::policy::Matter;
use crate::actor::OrganisationId;
use crate::clock::Timestamp;
use crate::database::Connection;
use crate::database::schema::{incident_wrong_answer as a, incident_wrong_recipient as t};
use crate::error::Result;
use crate::incident::model::{Incident, IncidentId};
use crate::incident::store::by_id as incident_by_id;

pub(super) use change::{answer, ask, close, confirm, correct, link, register, remind};

/// The wrong recipients of an incident by their numbers.
pub(super) fn of(connection: &mut Connection, incident: &Incident) -> Result<Vec<WrongRecipient>> {
    Ok(t::table
        .filter(t::tenant_id.eq(incident.tenant_id))
        .filter(t::incident_id.eq(incident.id))
        .order(t::position.asc())
        .select(WrongRecipient::as_select())
        .load(connection)?)
}

/// The wrong recipients of incidents by their numbers.
pub(super) fn of_many(
    connection: &mut Connection,
    tenant: OrganisationId,
    incidents: &[IncidentId],
) -> Result<Vec<WrongRecipient>> {
    Ok(t::table
        .filter(t::tenant_id.eq(tenant))
        .filter(t::incident_id.eq_any(incidents))
        .order((t::incident_id.asc(), t::position.asc()))
        .select(WrongRecipient::as_select())
        .load(connection)?)
}

/// A wrong recipient of a visible incident.
pub(super) fn find(
    connection: &mut Connection,
    incident: &Incident,
    id: WrongRecipientId,
) -> Result<WrongRecipient> {
    Ok(t::table
        .find((incident.tenant_id, id))
        .filter(t::incident_id.eq(incident.id))
        .select(WrongRecipient::as_select())
        .first(connection)?)
}

/// A wrong recipient by its key, with what is around it: for whoever a signed link names, and for jobs.
pub(super) fn by_key(
    connection: &mut Connection,
    tenant: OrganisationId,
    id: WrongRecipientId,
) -> Result<Matter> {
    let recipient: WrongRecipient =
        t::table.find((tenant, id)).select(WrongRecipient::as_select()).first(connection)?;
    let (of, incident) = incident_by_id(connection, tenant, recipient.incident_id)?;
    Ok((of, incident, recipient))
}

/// What a wrong recipient answered, the first first.
pub(super) fn answers(connection: &mut Connection, of: &WrongRecipient) -> Result<Vec<Answer>> {
    Ok(a::table
        .filter(a::tenant_id.eq(of.tenant_id))
        .filter(a::recipient_id.eq(of.id))
        .order(a::position.asc())
        .select(Answer::as_select())
        .load(connection)?)
}

/// What was answered about incidents.
pub(super) fn answers_of_many(
    connection: &mut Connection,
    tenant: OrganisationId,
    incidents: &[IncidentId],
) -> Result<Vec<Answer>> {
    Ok(a::table
        .filter(a::tenant_id.eq(tenant))
        .filter(a::incident_id.eq_any(incidents))
        .order((a::recipient_id.asc(), a::position.asc()))
        .select(Answer::as_select())
        .load(connection)?)
}

/// Somebody who is silent.
#[derive(Clone, Debug, Queryable)]
pub(super) struct Waiting {
    pub tenant_id: OrganisationId,
    pub incident_id: IncidentId,
    pub since: Option<Timestamp>,
    pub reminded: i32,
    pub id: WrongRecipientId,
}

/// Wrong recipients of all principals who are waited for, after a place in the order of the time of
/// asking and id.
pub(super) fn waiting_page(
    connection: &mut Connection,
    after: (Timestamp, WrongRecipientId),
    limit: i64,
) -> Result<Vec<Waiting>> {
    let (at, id) = after;
    Ok(t::table
        .filter(t::waiting_since.is_not_null())
        .filter(t::waiting_since.ge(at))
        .filter(t::waiting_since.gt(at).or(t::id.gt(id)))
        .order((t::waiting_since.asc(), t::id.asc()))
        .limit(limit)
        .select((t::tenant_id, t::incident_id, t::waiting_since, t::reminded, t::id))
        .load(connection)?)
}
