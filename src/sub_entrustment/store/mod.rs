//! Applications in the database.

mod expiry;
mod read;

use diesel::prelude::*;
use serde_json::json;

pub(super) use expiry::expiring;
pub use read::facts_of_many;
pub(super) use read::{
    Tally, all, below, counts, find, open_below, origin, page, replaced, tallies,
};

use super::command::{Approval, NewApplication};
use super::model::{Application, ApplicationId, ApplicationStatus, SUBJECT};
use crate::actor::Authorized;
use crate::database::Tx;
use crate::database::schema::sub_application as t;
use crate::database::types::json_text;
use crate::entrustment::{Decide, Entrustment, EntrustmentId, Represent};
use crate::error::{Error, Result};
use crate::ledger::{self, Fact, NewEntry};

/// The columns that the form fills.
#[derive(Insertable, AsChangeset)]
#[diesel(table_name = t, treat_none_as_default_value = false)]
struct Columns<'a> {
    name: &'a str,
    name_kana: &'a str,
    corporate_number: &'a str,
    address: &'a str,
    representative: &'a str,
    email: &'a str,
    phone: &'a str,
    reason: &'a str,
    scope: &'a str,
    items: String,
    persons: i64,
    starts_on: chrono::NaiveDate,
    ends_on: chrono::NaiveDate,
    place: &'a str,
    country: &'a str,
    safety: &'a str,
    supervision: &'a str,
    further: &'a str,
}

fn columns(new: &NewApplication) -> Result<Columns<'_>> {
    Ok(Columns {
        name: &new.name,
        name_kana: &new.name_kana,
        corporate_number: new.corporate_number.as_ref().map_or("", |n| n.as_str()),
        address: &new.address,
        representative: &new.representative,
        email: &new.email,
        phone: &new.phone,
        reason: &new.reason,
        scope: &new.scope,
        items: json_text(&new.items)?,
        persons: new.persons,
        starts_on: new.starts_on,
        ends_on: new.ends_on,
        place: &new.place,
        country: &new.country,
        safety: &new.safety,
        supervision: &new.supervision,
        further: &new.further,
    })
}

/// Enters an application.
pub(super) fn insert(
    tx: &mut Tx<'_>,
    entrustment: &Authorized<Entrustment, Represent>,
    new: &NewApplication,
) -> Result<ApplicationId> {
    let id = ApplicationId::new(tx.now);
    let last: Option<i32> = t::table
        .filter(t::tenant_id.eq(entrustment.tenant_id))
        .filter(t::entrustment_id.eq(entrustment.id))
        .select(diesel::dsl::max(t::position))
        .first(tx.connection)?;
    diesel::insert_into(t::table)
        .values((
            t::tenant_id.eq(entrustment.tenant_id),
            t::id.eq(id),
            t::entrustment_id.eq(entrustment.id),
            t::position.eq(last.unwrap_or(0) + 1),
            columns(new)?,
            t::status.eq(ApplicationStatus::Applied),
            t::conditions.eq(""),
            t::applied_by_name.eq(tx.actor.name()),
            t::decided_by_name.eq(""),
            t::created_at.eq(tx.now),
            t::version.eq(1),
        ))
        .execute(tx.connection)?;
    entry(tx, entrustment, id, "sub_entrustment.applied", asked(new))?;
    Ok(id)
}

/// Changes an application that still waits and is at `version`.
pub(super) fn update(
    tx: &mut Tx<'_>,
    entrustment: &Authorized<Entrustment, Represent>,
    application: &Application,
    version: i32,
    new: &NewApplication,
) -> Result<()> {
    let changed = diesel::update(waiting(application, version))
        .set((t::version.eq(version + 1), columns(new)?))
        .execute(tx.connection)?;
    stale(changed)?;
    entry(tx, entrustment, application.id, "sub_entrustment.changed", asked(new))
}

/// Takes an application back.
pub(super) fn withdraw(
    tx: &mut Tx<'_>,
    entrustment: &Authorized<Entrustment, Represent>,
    application: &Application,
) -> Result<()> {
    let changed = diesel::update(waiting(application, application.version))
        .set((t::status.eq(ApplicationStatus::Withdrawn), t::version.eq(application.version + 1)))
        .execute(tx.connection)?;
    stale(changed)?;
    entry(tx, entrustment, application.id, "sub_entrustment.withdrawn", vec![])
}

/// Refuses an application that is at `version`.
pub(super) fn refuse(
    tx: &mut Tx<'_>,
    entrustment: &Authorized<Entrustment, Decide>,
    application: &Application,
    version: i32,
    reason: &str,
) -> Result<()> {
    let changed = diesel::update(waiting(application, version))
        .set((
            t::status.eq(ApplicationStatus::Refused),
            t::conditions.eq(reason),
            t::decided_by_name.eq(tx.actor.name()),
            t::decided_at.eq(tx.now),
            t::version.eq(version + 1),
        ))
        .execute(tx.connection)?;
    stale(changed)?;
    let details = vec![("reason", json!(reason))];
    entry(tx, entrustment, application.id, "sub_entrustment.refused", details)
}

/// Approves an application that is at `version`; `child` is the entrustment below, which is new or
/// goes on for longer (`renewed`).
pub(super) fn approve(
    tx: &mut Tx<'_>,
    entrustment: &Authorized<Entrustment, Decide>,
    application: &Application,
    version: i32,
    approval: &Approval,
    (child, renewed): (EntrustmentId, bool),
) -> Result<()> {
    let changed = diesel::update(waiting(application, version))
        .set((
            t::status.eq(ApplicationStatus::Approved),
            t::conditions.eq(&approval.conditions),
            t::permitted_until.eq(approval.permitted_until),
            t::decided_by_name.eq(tx.actor.name()),
            t::decided_at.eq(tx.now),
            t::child_id.eq(child),
            t::version.eq(version + 1),
        ))
        .execute(tx.connection)?;
    stale(changed)?;
    let act = if renewed { "sub_entrustment.renewed" } else { "sub_entrustment.approved" };
    let details = vec![
        ("child", json!(child)),
        ("permitted_until", json!(approval.permitted_until)),
        ("conditions", json!(approval.conditions)),
        ("further", json!(approval.further)),
        // The first principal's permission of 番号法10条 was said by a tick of its own.
        ("my_number", json!(entrustment.my_number)),
    ];
    entry(tx, entrustment, application.id, act, details)
}

/// Tells the ledger that contractor and division were reminded.
pub(super) fn reminded(
    tx: &mut Tx<'_>,
    entrustment: &Entrustment,
    application: &Application,
    recipients: usize,
) -> Result<()> {
    let details = vec![
        ("permitted_until", json!(application.permitted_until)),
        ("recipients", json!(recipients)),
    ];
    entry(tx, entrustment, application.id, "sub_entrustment.reminded", details)
}

/// An application that waits for its decision and wasn't changed.
type Waiting = diesel::dsl::Filter<
    diesel::dsl::Filter<
        diesel::dsl::Find<t::table, (crate::actor::OrganisationId, ApplicationId)>,
        diesel::dsl::Eq<t::status, ApplicationStatus>,
    >,
    diesel::dsl::Eq<t::version, i32>,
>;

fn waiting(application: &Application, version: i32) -> Waiting {
    t::table
        .find((application.tenant_id, application.id))
        .filter(t::status.eq(ApplicationStatus::Applied))
        .filter(t::version.eq(version))
}

fn stale(changed: usize) -> Result<()> {
    if changed == 0 { Err(Error::Conflict("error-stale")) } else { Ok(()) }
}

fn asked(new: &NewApplication) -> Vec<Fact> {
    vec![
        ("name", json!(new.name)),
        ("corporate_number", json!(new.corporate_number)),
        ("items", json!(new.items)),
        ("persons", json!(new.persons)),
        ("starts_on", json!(new.starts_on)),
        ("ends_on", json!(new.ends_on)),
        ("country", json!(new.country)),
    ]
}

fn entry(
    tx: &mut Tx<'_>,
    entrustment: &Entrustment,
    id: ApplicationId,
    act: &'static str,
    details: Vec<Fact>,
) -> Result<()> {
    ledger::append(
        tx,
        NewEntry {
            tenant_id: entrustment.tenant_id,
            act,
            subject_kind: SUBJECT,
            subject_id: id.as_str(),
            entrustment_id: Some(entrustment.id.as_str()),
            details,
        },
    )
}
