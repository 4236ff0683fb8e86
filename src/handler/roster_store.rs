//! The roster in the database: entering, changing, training, leaving, and the list.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use serde_json::json;

use super::model::{Duty, Handler, Leave, NewHandler, NewTraining, Training};
use crate::account;
use crate::actor::{Authorized, OrganisationId, PersonId};
use crate::database::schema::{contractor, entrustment, handler as t, training};
use crate::database::types::json_text;
use crate::database::{Backend, Connection, MOST_ROWS, Tx};
use crate::entrustment::Entrustment;
use crate::error::{Error, Result};
use crate::japanese::fold_name;
use crate::ledger::{self, Fact, NewEntry};
use crate::organisation::contractor as contractors;
use crate::rulebook::HandlerId;
use crate::storage;
use crate::web::paging::{ListQuery, PAGE_SIZE};

/// The columns that the form fills.
#[derive(Insertable, AsChangeset)]
#[diesel(table_name = t, treat_none_as_default_value = false, treat_none_as_null = true)]
pub(super) struct Columns<'a> {
    person_id: Option<PersonId>,
    name: &'a str,
    name_kana: &'a str,
    name_key: String,
    email: &'a str,
    duty: Duty,
    temporary: bool,
    pledged_on: Option<NaiveDate>,
    starts_on: NaiveDate,
    note: &'a str,
}

/// The organisation of an entrustment's contractor, when it has joined.
pub(super) fn contractors_organisation(
    connection: &mut Connection,
    entrustment: &Entrustment,
) -> Result<Option<OrganisationId>> {
    let (tenant, id) = (entrustment.tenant_id, entrustment.contractor_id);
    Ok(contractors::find(connection, tenant, id)?.organisation_id)
}

fn columns<'a>(
    tx: &mut Tx<'_>,
    entrustment: &Entrustment,
    new: &'a NewHandler,
) -> Result<Columns<'a>> {
    let person_id = match contractors_organisation(tx.connection, entrustment)? {
        Some(organisation) if !new.email.is_empty() => {
            account::member_by_email(tx.connection, organisation, &new.email)?
        }
        _ => None,
    };
    Ok(columns_with(new, person_id))
}

/// The same when the account is known.
pub(super) fn columns_with(new: &NewHandler, person_id: Option<PersonId>) -> Columns<'_> {
    Columns {
        person_id,
        name: &new.name,
        name_kana: &new.name_kana,
        name_key: fold_name(&new.name),
        email: &new.email,
        duty: new.duty,
        temporary: new.temporary,
        pledged_on: new.pledged_on,
        starts_on: new.starts_on,
        note: &new.note,
    }
}

/// Enters a handler on the roster of an entrustment, under an id that was made before.
///
/// # Errors
/// Those of the database.
pub fn enter<Action>(
    tx: &mut Tx<'_>,
    entrustment: &Authorized<Entrustment, Action>,
    id: HandlerId,
    new: &NewHandler,
) -> Result<()> {
    let columns = columns(tx, entrustment, new)?;
    diesel::insert_into(t::table)
        .values((
            t::tenant_id.eq(entrustment.tenant_id),
            t::id.eq(id),
            t::entrustment_id.eq(entrustment.id),
            t::return_note.eq(""),
            t::created_at.eq(tx.now),
            t::version.eq(1),
            columns,
        ))
        .execute(tx.connection)?;
    entry(tx, entrustment, "handler.entered", id.as_str(), told(new)?)
}

/// Changes a handler that is at `version`.
pub(super) fn change<Action>(
    tx: &mut Tx<'_>,
    entrustment: &Authorized<Entrustment, Action>,
    (id, version): (HandlerId, i32),
    new: &NewHandler,
) -> Result<()> {
    let columns = columns(tx, entrustment, new)?;
    let changed = diesel::update(
        t::table
            .find((entrustment.tenant_id, id))
            .filter(t::entrustment_id.eq(entrustment.id))
            .filter(t::version.eq(version)),
    )
    .set((t::version.eq(version + 1), columns))
    .execute(tx.connection)?;
    if changed == 0 {
        return Err(Error::Conflict("error-stale"));
    }
    entry(tx, entrustment, "handler.changed", id.as_str(), told(new)?)
}

/// Notes that a handler left, and what came back; again, when more came back.
pub(super) fn leave<Action>(
    tx: &mut Tx<'_>,
    entrustment: &Authorized<Entrustment, Action>,
    handler: &Handler,
    version: i32,
    leave: &Leave,
) -> Result<()> {
    let changed = diesel::update(
        t::table.find((handler.tenant_id, handler.id)).filter(t::version.eq(version)),
    )
    .set((
        t::ends_on.eq(leave.ends_on),
        t::returned_on.eq(leave.returned_on),
        t::return_note.eq(&leave.return_note),
        t::version.eq(version + 1),
    ))
    .execute(tx.connection)?;
    if changed == 0 {
        return Err(Error::Conflict("error-stale"));
    }
    let act = if handler.ends_on.is_some() { "handler.returned" } else { "handler.left" };
    let details =
        vec![("ends_on", json!(leave.ends_on)), ("returned_on", json!(leave.returned_on))];
    entry(tx, entrustment, act, handler.id.as_str(), details)
}

/// The columns of a training of one handler: its day and its content.
macro_rules! of_training {
    ($tx:expr, $entrustment:expr, $handler:expr, $training:expr) => {{
        let (held_on, content) = $training;
        (
            training::tenant_id.eq($entrustment.tenant_id),
            training::id.eq($crate::handler::model::TrainingId::new($tx.now)),
            training::handler_id.eq($handler),
            training::held_on.eq(held_on),
            training::content.eq(content),
            training::entered_by_name.eq($tx.actor.name()),
            training::entered_at.eq($tx.now),
        )
    }};
}
pub(super) use of_training;

/// What the ledger tells of a training.
pub(super) fn training_told(
    handlers: &[HandlerId],
    held_on: NaiveDate,
    content: &str,
) -> Vec<Fact> {
    vec![
        ("handlers", json!(handlers)),
        ("held_on", json!(held_on)),
        ("sha256", json!(storage::sha256(content.as_bytes()))),
    ]
}

/// Enters a training of handlers on the roster, with one entry for all of them.
///
/// # Errors
/// Those of the database.
pub fn train<Action>(
    tx: &mut Tx<'_>,
    entrustment: &Authorized<Entrustment, Action>,
    handlers: &[HandlerId],
    new: &NewTraining,
) -> Result<()> {
    for handler in handlers {
        let training = (new.held_on, new.content.as_str());
        diesel::insert_into(training::table)
            .values(of_training!(tx, entrustment, *handler, training))
            .execute(tx.connection)?;
    }
    let details = training_told(handlers, new.held_on, &new.content);
    let id = entrustment.id;
    entry(tx, entrustment, "handler.trained", id.as_str(), details)
}

/// What the ledger tells of a handler: words and days; who it is by the hash.
pub(super) fn told(new: &NewHandler) -> Result<Vec<Fact>> {
    Ok(vec![
        ("duty", json!(new.duty)),
        ("temporary", json!(new.temporary)),
        ("pledged_on", json!(new.pledged_on)),
        ("starts_on", json!(new.starts_on)),
        ("sha256", json!(storage::sha256(json_text(new)?.as_bytes()))),
    ])
}

fn entry(
    tx: &mut Tx<'_>,
    entrustment: &Entrustment,
    act: &'static str,
    subject_id: &str,
    details: Vec<Fact>,
) -> Result<()> {
    ledger::append(tx, new_entry(entrustment, act, subject_id, details))
}

pub(super) fn new_entry<'a>(
    entrustment: &'a Entrustment,
    act: &'static str,
    subject_id: &'a str,
    details: Vec<Fact>,
) -> NewEntry<'a> {
    NewEntry {
        tenant_id: entrustment.tenant_id,
        act,
        subject_kind: "handler",
        subject_id,
        entrustment_id: Some(entrustment.id.as_str()),
        details,
    }
}

/// Whether somebody is on another roster of the contractor's organisation on the day `today`.
pub(super) fn on_other_roster(
    connection: &mut Connection,
    handler: &Handler,
    person: PersonId,
    organisation: OrganisationId,
    today: NaiveDate,
) -> Result<bool> {
    let others: i64 =
        t::table
            .inner_join(entrustment::table.on(
                entrustment::tenant_id.eq(t::tenant_id).and(entrustment::id.eq(t::entrustment_id)),
            ))
            .inner_join(
                contractor::table.on(contractor::tenant_id
                    .eq(entrustment::tenant_id)
                    .and(contractor::id.eq(entrustment::contractor_id))),
            )
            .filter(t::person_id.eq(person))
            .filter(t::id.ne(handler.id))
            .filter(t::ends_on.is_null().or(t::ends_on.gt(today)))
            .filter(contractor::organisation_id.eq(organisation))
            .count()
            .get_result(connection)?;
    Ok(others > 0)
}

fn filtered<'a>(entrustment: &Entrustment, query: &ListQuery) -> t::BoxedQuery<'a, Backend> {
    let mut rows = t::table
        .filter(t::tenant_id.eq(entrustment.tenant_id))
        .filter(t::entrustment_id.eq(entrustment.id))
        .into_boxed();
    match query.status.as_str() {
        "there" => rows = rows.filter(t::ends_on.is_null()),
        "left" => rows = rows.filter(t::ends_on.is_not_null()),
        _ => {}
    }
    let key: String = fold_name(&query.q).chars().filter(|c| !"%_\\".contains(*c)).collect();
    if !key.is_empty() {
        rows = rows.filter(t::name_key.like(format!("%{key}%")));
    }
    rows
}

/// A page of the roster, and how many fit the filter in all.
pub(super) fn page(
    connection: &mut Connection,
    entrustment: &Entrustment,
    query: &ListQuery,
) -> Result<(Vec<Handler>, i64)> {
    let total = filtered(entrustment, query).count().get_result(connection)?;
    let rows = filtered(entrustment, query)
        .order((t::name_key.asc(), t::id.asc()))
        .offset(query.offset())
        .limit(PAGE_SIZE)
        .select(Handler::as_select())
        .load(connection)?;
    Ok((rows, total))
}

/// All on the roster who fit the filter of its page, in its order.
pub(super) fn whole(
    connection: &mut Connection,
    entrustment: &Entrustment,
    query: &ListQuery,
) -> Result<Vec<Handler>> {
    Ok(filtered(entrustment, query)
        .order((t::name_key.asc(), t::id.asc()))
        .select(Handler::as_select())
        .load(connection)?)
}

/// The whole roster by name, with those who left.
///
/// # Errors
/// Those of the database.
pub fn of_entrustment(
    connection: &mut Connection,
    entrustment: &Entrustment,
) -> Result<Vec<Handler>> {
    Ok(t::table
        .filter(t::tenant_id.eq(entrustment.tenant_id))
        .filter(t::entrustment_id.eq(entrustment.id))
        .order((t::name_key.asc(), t::id.asc()))
        .select(Handler::as_select())
        .load(connection)?)
}

/// One handler on the roster of an entrustment.
///
/// # Errors
/// [`Error::NotFound`].
pub(super) fn find(
    connection: &mut Connection,
    entrustment: &Entrustment,
    id: HandlerId,
) -> Result<Handler> {
    Ok(t::table
        .find((entrustment.tenant_id, id))
        .filter(t::entrustment_id.eq(entrustment.id))
        .select(Handler::as_select())
        .first(connection)?)
}

/// The last training of each of these handlers of one principal.
pub(super) fn last_trained(
    connection: &mut Connection,
    handlers: &[Handler],
) -> Result<HashMap<HandlerId, NaiveDate>> {
    let mut found = HashMap::new();
    let Some(first) = handlers.first() else { return Ok(found) };
    let ids: Vec<HandlerId> = handlers.iter().map(|handler| handler.id).collect();
    for ids in ids.chunks(MOST_ROWS) {
        let rows: Vec<(HandlerId, Option<NaiveDate>)> = training::table
            .filter(training::tenant_id.eq(first.tenant_id))
            .filter(training::handler_id.eq_any(ids.to_vec()))
            .group_by(training::handler_id)
            .select((training::handler_id, diesel::dsl::max(training::held_on)))
            .load(connection)?;
        found.extend(rows.into_iter().filter_map(|(id, day)| Some((id, day?))));
    }
    Ok(found)
}

/// The trainings of all on the roster, or of one, newest first.
pub(super) fn trainings(
    connection: &mut Connection,
    entrustment: &Entrustment,
    of: Option<HandlerId>,
) -> Result<Vec<Training>> {
    let mut rows = training::table
        .inner_join(
            t::table.on(training::tenant_id.eq(t::tenant_id).and(training::handler_id.eq(t::id))),
        )
        .filter(t::tenant_id.eq(entrustment.tenant_id))
        .filter(t::entrustment_id.eq(entrustment.id))
        .into_boxed();
    if let Some(id) = of {
        rows = rows.filter(t::id.eq(id));
    }
    Ok(rows
        .order((training::held_on.desc(), training::id.desc()))
        .select(Training::as_select())
        .load(connection)?)
}
