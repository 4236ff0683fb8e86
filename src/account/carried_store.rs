//! Forms that wait for their writers to sign in again.

use chrono::Duration;
use diesel::prelude::*;

use super::session::idle_limit;
use crate::actor::{MembershipId, PersonId, SessionId};
use crate::clock::Timestamp;
use crate::database::schema::{access_rules, carried_form as t, membership, person, session};
use crate::database::{Connection, Tx};
use crate::error::Result;
use crate::id_type;

id_type! {
    /// The id of a form that waits.
    CarriedId
}

/// Most forms of a person that wait: the oldest makes room.
const MOST: i64 = 10;

/// Whose session it was, if time alone ended it not longer than `lately` ago, and the person and the
/// membership still count. One that was ended, here or from elsewhere, leaves nothing to go on with.
pub(super) fn ran_out(
    c: &mut Connection,
    id: SessionId,
    now: Timestamp,
    lately: Duration,
) -> Result<Option<(PersonId, MembershipId)>> {
    type Row = ((PersonId, MembershipId), (Timestamp, Timestamp, Option<Timestamp>), Option<i32>);
    let row: Option<Row> = session::table
        .inner_join(person::table)
        .inner_join(
            membership::table.on(membership::tenant_id
                .eq(session::tenant_id)
                .and(membership::id.eq(session::membership_id))),
        )
        .left_join(access_rules::table.on(access_rules::tenant_id.eq(session::tenant_id)))
        .filter(session::id.eq(id))
        .filter(person::disabled_at.is_null())
        .filter(membership::ended_at.is_null())
        .select((
            (session::person_id, session::membership_id),
            (session::last_seen_at, session::expires_at, session::ended_at),
            access_rules::idle_minutes.nullable(),
        ))
        .first(c)
        .optional()?;
    let Some((whose, (seen, expires, ended), idle_minutes)) = row else {
        return Ok(None);
    };
    let end = expires.min(seen + idle_limit(idle_minutes));
    let by_time = end <= now && end + lately > now && ended.is_none_or(|ended| ended >= end);
    Ok(by_time.then_some(whose))
}

/// Keeps a sealed form. Forgets those whose time is over, and the oldest of too many.
pub(super) fn keep(
    tx: &mut Tx<'_>,
    id: CarriedId,
    (person, of): (PersonId, MembershipId),
    sealed: &str,
    life: Duration,
) -> Result<()> {
    diesel::delete(t::table.filter(t::expires_at.le(tx.now))).execute(tx.connection)?;
    let older: Vec<CarriedId> = t::table
        .filter(t::person_id.eq(person))
        .order(t::id.desc())
        .offset(MOST - 1)
        .limit(MOST)
        .select(t::id)
        .load(tx.connection)?;
    diesel::delete(t::table.filter(t::id.eq_any(older))).execute(tx.connection)?;
    diesel::insert_into(t::table)
        .values((
            t::id.eq(id),
            t::person_id.eq(person),
            t::membership_id.eq(of),
            t::sealed.eq(sealed),
            t::expires_at.eq(tx.now + life),
        ))
        .execute(tx.connection)?;
    Ok(())
}

/// A form of a person that still waits: in which membership it was written, and what is sealed.
pub(super) fn find(
    c: &mut Connection,
    person: PersonId,
    id: CarriedId,
    now: Timestamp,
) -> Result<Option<(MembershipId, String)>> {
    Ok(t::table
        .find(id)
        .filter(t::person_id.eq(person))
        .filter(t::expires_at.gt(now))
        .select((t::membership_id, t::sealed))
        .first(c)
        .optional()?)
}

/// Forgets a form; false when the person has no such form.
pub(super) fn forget(tx: &mut Tx<'_>, person: PersonId, id: CarriedId) -> Result<bool> {
    let own = t::table.find(id).filter(t::person_id.eq(person));
    Ok(diesel::delete(own).execute(tx.connection)? == 1)
}
