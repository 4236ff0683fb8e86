//! The open sessions of a person, in whichever organisation.

use diesel::prelude::*;

use super::arrival::Method;
use super::store;
use crate::actor::{OrganisationId, PersonId, Role, SessionId};
use crate::clock::Timestamp;
use crate::database::schema::{membership, organisation as o, session as t};
use crate::database::{Connection, Tx};
use crate::error::Result;
use crate::organisation;
use crate::web::paging::PAGE_SIZE;

/// An open session.
#[derive(Clone, Debug, Queryable)]
pub(super) struct OpenSession {
    pub id: SessionId,
    pub organisation: String,
    pub role: Role,
    pub method: Method,
    pub address: String,
    pub device: String,
    pub created_at: Timestamp,
    pub last_seen_at: Timestamp,
}

/// Since when a session of an organisation must have been used to be open still.
type Limit = (OrganisationId, Timestamp);

/// The limits of all organisations of which a person is a member.
fn limits(c: &mut Connection, person: PersonId, now: Timestamp) -> Result<Vec<Limit>> {
    let mut limits: Vec<Limit> = Vec::new();
    for of in store::memberships(c, person)? {
        if limits.iter().all(|(tenant, _)| *tenant != of.tenant_id) {
            let rules = organisation::access_rules(c, of.tenant_id)?;
            let unused = super::session::idle_limit(Some(rules.idle_minutes));
            limits.push((of.tenant_id, now - unused));
        }
    }
    Ok(limits)
}

/// The rows of a person's sessions that are still good for something.
macro_rules! open {
    ($rows:expr, $person:expr, $limits:expr, $now:expr) => {{
        let mut rows = $rows.into_boxed();
        for (tenant, since) in $limits {
            rows = rows.or_filter(
                t::person_id
                    .eq($person)
                    .and(t::tenant_id.eq(*tenant))
                    .and(t::ended_at.is_null())
                    .and(t::expires_at.gt($now))
                    .and(t::last_seen_at.gt(*since)),
            );
        }
        rows
    }};
}

/// A page of a person's open sessions, the one used last first, and how many there are.
pub(super) fn page(
    c: &mut Connection,
    person: PersonId,
    now: Timestamp,
    offset: i64,
) -> Result<(i64, Vec<OpenSession>)> {
    let limits = limits(c, person, now)?;
    if limits.is_empty() {
        return Ok((0, Vec::new()));
    }
    let total = open!(t::table, person, &limits, now).count().get_result(c)?;
    let joined = t::table.inner_join(o::table.on(o::id.eq(t::tenant_id))).inner_join(
        membership::table
            .on(membership::tenant_id.eq(t::tenant_id).and(membership::id.eq(t::membership_id))),
    );
    let rows = open!(joined, person, &limits, now)
        .order((t::last_seen_at.desc(), t::id.desc()))
        .limit(PAGE_SIZE)
        .offset(offset)
        .select((
            t::id,
            o::name,
            membership::role,
            t::method,
            t::address,
            t::device,
            t::created_at,
            t::last_seen_at,
        ))
        .load(c)?;
    Ok((total, rows))
}

/// Ends one of a person's sessions; gives the organisation in which it was open, or nothing when
/// there is no such session, or no longer.
pub(super) fn end(
    tx: &mut Tx<'_>,
    person: PersonId,
    id: SessionId,
) -> Result<Option<OrganisationId>> {
    let open = t::table.find(id).filter(t::person_id.eq(person)).filter(t::ended_at.is_null());
    if diesel::update(open).set(t::ended_at.eq(tx.now)).execute(tx.connection)? != 1 {
        return Ok(None);
    }
    Ok(Some(t::table.find(id).select(t::tenant_id).first(tx.connection)?))
}

/// Ends all sessions of a person but one; gives the organisations in which they were open, each with
/// how many.
pub(super) fn end_others(
    tx: &mut Tx<'_>,
    person: PersonId,
    but: SessionId,
) -> Result<Vec<(OrganisationId, i64)>> {
    let mut ended = Vec::new();
    let mut all: Vec<_> =
        store::memberships(tx.connection, person)?.into_iter().map(|of| of.tenant_id).collect();
    all.sort_unstable();
    all.dedup();
    for tenant in all {
        let others = t::table
            .filter(t::person_id.eq(person))
            .filter(t::tenant_id.eq(tenant))
            .filter(t::id.ne(but))
            .filter(t::ended_at.is_null());
        let count = diesel::update(others).set(t::ended_at.eq(tx.now)).execute(tx.connection)?;
        if count > 0 {
            ended.push((tenant, i64::try_from(count).unwrap_or(i64::MAX)));
        }
    }
    Ok(ended)
}
