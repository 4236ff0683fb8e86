//! Accesses in the database.

use diesel::prelude::*;
use serde_json::json;

use super::model::{AuditorAccess, AuditorAccessId, Decision, NewAuditorAccess};
use super::policy::{Ask, Asking, Decide, End};
use crate::account::Recipient;
use crate::actor::{Authorized, Member, MembershipId, OrganisationId, PersonId, Role};
use crate::database::schema::{auditor_access as t, entrustment, membership, person};
use crate::database::{Backend, Connection, Tx};
use crate::entrustment::{AuditorAccessStatus as Status, Entrustment, seen};
use crate::error::{Error, Result};
use crate::ledger::{self, Fact, NewEntry};
use crate::web::paging::{ListQuery, PAGE_SIZE, Page};

/// An access with the names of auditor and entrustment.
#[derive(Clone, Debug, Queryable)]
pub(super) struct Row {
    pub access: AuditorAccess,
    pub auditor: String,
    pub number: String,
    pub title: String,
}

/// Accesses joined with whose they are and what they open.
macro_rules! joined {
    () => {
        t::table
            .inner_join(entrustment::table.on(
                entrustment::tenant_id.eq(t::tenant_id).and(entrustment::id.eq(t::entrustment_id)),
            ))
            .inner_join(membership::table.on(
                membership::tenant_id.eq(t::tenant_id).and(membership::id.eq(t::membership_id)),
            ))
            .inner_join(person::table.on(person::id.eq(membership::person_id)))
    };
}

/// The accesses that a member sees and that fit the filter: an auditor the own that were given, the
/// others those of the entrustments that they see.
macro_rules! chosen {
    ($member:expr, $query:expr) => {{
        let (member, query): (&Member, &ListQuery) = ($member, $query);
        let mut rows = if member.role == Role::Auditor {
            joined!()
                .into_boxed::<Backend>()
                .filter(t::tenant_id.eq(member.organisation_id))
                .filter(t::membership_id.eq(member.membership_id))
                .filter(t::status.eq_any([Status::Granted, Status::Ended]))
        } else {
            seen!(joined!(), member)
        };
        if let Ok(status) = query.status.parse::<Status>() {
            rows = rows.filter(t::status.eq(status));
        }
        rows
    }};
}

/// A page of the accesses that a member sees.
pub(super) fn page(
    connection: &mut Connection,
    member: &Member,
    query: &ListQuery,
) -> Result<Page<Row>> {
    let total = chosen!(member, query).count().get_result(connection)?;
    let rows = chosen!(member, query);
    let rows = match query.sorting() {
        ("from_on", false) => rows.order((t::from_on.asc(), t::id.asc())),
        ("from_on", true) => rows.order((t::from_on.desc(), t::id.desc())),
        ("until_on", false) => rows.order((t::until_on.asc(), t::id.asc())),
        _ => rows.order((t::until_on.desc(), t::id.desc())),
    };
    let found = rows
        .offset(query.offset())
        .limit(PAGE_SIZE)
        .select((AuditorAccess::as_select(), person::name, entrustment::number, entrustment::title))
        .load(connection)?;
    Ok(Page::new(found, total, query, "-until_on"))
}

/// Accesses to an entrustment, the newest first; of an auditor the own alone.
pub(super) fn of(
    connection: &mut Connection,
    member: &Member,
    entrustment: &Entrustment,
    limit: i64,
) -> Result<Vec<Row>> {
    Ok(chosen!(member, &ListQuery::default())
        .filter(t::entrustment_id.eq(entrustment.id))
        .order((t::from_on.desc(), t::id.desc()))
        .limit(limit)
        .select((AuditorAccess::as_select(), person::name, entrustment::number, entrustment::title))
        .load(connection)?)
}

/// One access to an entrustment that the member sees.
pub(super) fn find(
    connection: &mut Connection,
    member: &Member,
    entrustment: &Entrustment,
    id: AuditorAccessId,
) -> Result<Row> {
    Ok(chosen!(member, &ListQuery::default())
        .filter(t::entrustment_id.eq(entrustment.id))
        .filter(t::id.eq(id))
        .select((AuditorAccess::as_select(), person::name, entrustment::number, entrustment::title))
        .first(connection)?)
}

/// The auditors of an organisation by name.
pub(super) fn auditors(
    connection: &mut Connection,
    tenant: OrganisationId,
) -> Result<Vec<(MembershipId, String)>> {
    Ok(members(tenant)
        .order((person::name.asc(), membership::id.asc()))
        .select((membership::id, person::name))
        .load(connection)?)
}

/// The membership of a person who is an auditor of an organisation.
pub(super) fn auditor(
    connection: &mut Connection,
    tenant: OrganisationId,
    who: PersonId,
) -> Result<MembershipId> {
    Ok(members(tenant).filter(person::id.eq(who)).select(membership::id).first(connection)?)
}

#[diesel::dsl::auto_type(no_type_alias)]
fn members(tenant: OrganisationId) -> _ {
    let auditor: Role = Role::Auditor;
    membership::table
        .inner_join(person::table)
        .filter(membership::tenant_id.eq(tenant))
        .filter(membership::role.eq(auditor))
        .filter(membership::ended_at.is_null())
        .filter(person::disabled_at.is_null())
}

/// The person whom an access is for.
pub(super) fn person(connection: &mut Connection, access: &AuditorAccess) -> Result<PersonId> {
    Ok(membership::table
        .find((access.tenant_id, access.membership_id))
        .select(membership::person_id)
        .first(connection)?)
}

/// To whom mail about an access goes.
pub(super) fn reader(connection: &mut Connection, access: &AuditorAccess) -> Result<Recipient> {
    let (name, email, language): (String, String, String) = membership::table
        .inner_join(person::table)
        .filter(membership::tenant_id.eq(access.tenant_id))
        .filter(membership::id.eq(access.membership_id))
        .select((person::name, person::email, person::language))
        .first(connection)?;
    Ok(Recipient { name, email, language: language.parse().unwrap_or_default() })
}

/// Enters an access: asked for, or given at once.
pub(super) fn insert(
    tx: &mut Tx<'_>,
    asking: &Authorized<Asking, Ask>,
    new: &NewAuditorAccess,
) -> Result<AuditorAccessId> {
    let (of, status) = &**asking;
    let id = AuditorAccessId::new(tx.now);
    let given = *status == Status::Granted;
    diesel::insert_into(t::table)
        .values((
            t::tenant_id.eq(of.tenant_id),
            t::id.eq(id),
            t::entrustment_id.eq(of.id),
            t::membership_id.eq(new.membership_id),
            t::with_below.eq(new.with_below),
            t::from_on.eq(new.from_on),
            t::until_on.eq(new.until_on),
            t::purpose.eq(&new.purpose),
            t::status.eq(*status),
            t::asked_by_name.eq(tx.actor.name()),
            t::asked_at.eq(tx.now),
            t::decided_by_name.eq(if given { tx.actor.name() } else { "" }),
            t::decided_at.eq(given.then_some(tx.now)),
            t::reason.eq(""),
            t::ended_by_name.eq(""),
            t::version.eq(1),
        ))
        .execute(tx.connection)?;
    let act = if given { "auditor_access.granted" } else { "auditor_access.asked" };
    let details = vec![
        ("auditor", json!(new.membership_id)),
        ("from_on", json!(new.from_on)),
        ("until_on", json!(new.until_on)),
        ("with_below", json!(new.with_below)),
    ];
    entry(tx, of, id, act, details)?;
    Ok(id)
}

/// Keeps the decision.
pub(super) fn decide(
    tx: &mut Tx<'_>,
    asked: &Authorized<(Entrustment, AuditorAccess), Decide>,
    decision: &Decision,
) -> Result<()> {
    let (of, access) = &**asked;
    let changed = diesel::update(
        t::table.find((access.tenant_id, access.id)).filter(t::version.eq(decision.version)),
    )
    .set((
        t::status.eq(decision.status),
        t::reason.eq(&decision.reason),
        t::decided_by_name.eq(tx.actor.name()),
        t::decided_at.eq(Some(tx.now)),
        t::version.eq(decision.version + 1),
    ))
    .execute(tx.connection)?;
    if changed == 0 {
        return Err(Error::Conflict("error-stale"));
    }
    let act = match decision.status {
        Status::Granted => "auditor_access.granted",
        _ => "auditor_access.refused",
    };
    entry(tx, of, access.id, act, vec![("reason", json!(decision.reason))])
}

/// Ends an access: from the auditor's next request on nothing of it counts.
pub(super) fn end(
    tx: &mut Tx<'_>,
    known: &Authorized<(Entrustment, AuditorAccess), End>,
) -> Result<()> {
    let (of, access) = &**known;
    diesel::update(t::table.find((access.tenant_id, access.id)))
        .set((
            t::status.eq(Status::Ended),
            t::ended_by_name.eq(tx.actor.name()),
            t::ended_at.eq(Some(tx.now)),
            t::version.eq(access.version + 1),
        ))
        .execute(tx.connection)?;
    entry(tx, of, access.id, "auditor_access.ended", vec![("until_on", json!(access.until_on))])
}

fn entry(
    tx: &mut Tx<'_>,
    of: &Entrustment,
    id: AuditorAccessId,
    act: &'static str,
    details: Vec<Fact>,
) -> Result<()> {
    ledger::append(
        tx,
        NewEntry {
            tenant_id: of.tenant_id,
            act,
            subject_kind: "auditor_access",
            subject_id: id.as_str(),
            entrustment_id: Some(of.id.as_str()),
            details,
        },
    )
}
