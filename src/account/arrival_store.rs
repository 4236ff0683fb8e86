//! Sign-ins that wait for their second factor, and what a session's opening proved.

use chrono::Duration;
use diesel::prelude::*;

use super::arrival::{Method, Proof};
use super::store::Membership;
use crate::actor::{MembershipId, PersonId, SessionId};
use crate::clock::Timestamp;
use crate::database::schema::{person, session, sign_in as t};
use crate::database::{Connection, Tx};
use crate::error::Result;
use crate::id_type;

id_type! {
    /// The id of a sign-in that waits for its second factor.
    SignInId
}

/// A sign-in that waits.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = t)]
pub(super) struct Pending {
    pub id: SignInId,
    pub person_id: PersonId,
    pub membership_id: MembershipId,
    pub method: Method,
    pub next: String,
}

/// Keeps a sign-in after its first proof. Forgets those that are long over.
pub(super) fn begin(
    tx: &mut Tx<'_>,
    person: PersonId,
    of: Membership,
    method: Method,
    next: &str,
    wait: Duration,
) -> Result<SignInId> {
    diesel::delete(t::table.filter(t::expires_at.lt(tx.now - Duration::days(1))))
        .execute(tx.connection)?;
    let id = SignInId::new(tx.now);
    diesel::insert_into(t::table)
        .values((
            t::id.eq(id),
            t::person_id.eq(person),
            t::tenant_id.eq(of.tenant_id),
            t::membership_id.eq(of.id),
            t::method.eq(method),
            t::next.eq(next),
            t::created_at.eq(tx.now),
            t::expires_at.eq(tx.now + wait),
        ))
        .execute(tx.connection)?;
    Ok(id)
}

/// A sign-in that still waits, of a person whose account counts.
pub(super) fn find(c: &mut Connection, id: SignInId, now: Timestamp) -> Result<Option<Pending>> {
    Ok(t::table
        .inner_join(person::table.on(person::id.eq(t::person_id)))
        .filter(t::id.eq(id))
        .filter(t::used_at.is_null())
        .filter(t::expires_at.gt(now))
        .filter(person::disabled_at.is_null())
        .select(Pending::as_select())
        .first(c)
        .optional()?)
}

/// Uses a sign-in up; false when it was used already or is over.
pub(super) fn use_up(tx: &mut Tx<'_>, id: SignInId) -> Result<bool> {
    let open = t::table.find(id).filter(t::used_at.is_null()).filter(t::expires_at.gt(tx.now));
    Ok(diesel::update(open).set(t::used_at.eq(tx.now)).execute(tx.connection)? == 1)
}

/// Notes what opened a session, and that the person proved anew just now.
pub(super) fn prove(tx: &mut Tx<'_>, id: SessionId, proof: Proof) -> Result<()> {
    diesel::update(session::table.find(id))
        .set((
            session::method.eq(proof.method),
            session::second_factor_at.eq(proof.complete.then_some(tx.now)),
            session::stepped_up_at.eq(tx.now),
        ))
        .execute(tx.connection)?;
    Ok(())
}

/// Notes from where a session was opened.
pub(super) fn place(tx: &mut Tx<'_>, id: SessionId, address: &str, device: &str) -> Result<()> {
    diesel::update(session::table.find(id))
        .set((session::address.eq(address), session::device.eq(device)))
        .execute(tx.connection)?;
    Ok(())
}

/// Ends a session that another one replaces, and gives what it had proved.
pub(super) fn replace(tx: &mut Tx<'_>, id: SessionId) -> Result<Proof> {
    diesel::update(session::table.find(id))
        .set(session::ended_at.eq(Some(tx.now)))
        .execute(tx.connection)?;
    let (method, second): (Method, Option<Timestamp>) = session::table
        .find(id)
        .select((session::method, session::second_factor_at))
        .first(tx.connection)?;
    Ok(Proof { method, complete: second.is_some() })
}

/// Ends all sessions of a person, but one that goes on.
pub(super) fn end_others(tx: &mut Tx<'_>, person: PersonId, but: Option<SessionId>) -> Result<()> {
    let others = session::table
        .filter(session::person_id.eq(person))
        .filter(session::id.ne(but.map(|id| id.to_string()).unwrap_or_default()))
        .filter(session::ended_at.is_null());
    diesel::update(others).set(session::ended_at.eq(Some(tx.now))).execute(tx.connection)?;
    Ok(())
}

/// What a session had proved and when, and when it ends.
#[derive(Clone, Copy, Debug, Queryable)]
pub(super) struct Kept {
    second_factor: Option<Timestamp>,
    stepped_up: Option<Timestamp>,
    expires: Timestamp,
}

/// What a session has proved and when it ends.
pub(super) fn kept(c: &mut Connection, id: SessionId) -> Result<Kept> {
    let row = session::table.find(id).filter(session::ended_at.is_null());
    Ok(row
        .select((session::second_factor_at, session::stepped_up_at, session::expires_at))
        .first(c)?)
}

/// Gives a session what another had proved, and its end where that comes earlier: going over to
/// another organisation proves nothing anew.
pub(super) fn carry_over(tx: &mut Tx<'_>, id: SessionId, kept: Kept) -> Result<()> {
    let own: Timestamp =
        session::table.find(id).select(session::expires_at).first(tx.connection)?;
    diesel::update(session::table.find(id))
        .set((
            session::second_factor_at.eq(kept.second_factor),
            session::stepped_up_at.eq(kept.stepped_up),
            session::expires_at.eq(own.min(kept.expires)),
        ))
        .execute(tx.connection)?;
    Ok(())
}

/// Ends the sessions in which a person acts in another membership, in whichever browser.
pub(super) fn end_elsewhere(tx: &mut Tx<'_>, person: PersonId, of: Membership) -> Result<()> {
    let elsewhere = session::table
        .filter(session::person_id.eq(person))
        .filter(session::membership_id.ne(of.id))
        .filter(session::ended_at.is_null());
    diesel::update(elsewhere).set(session::ended_at.eq(Some(tx.now))).execute(tx.connection)?;
    Ok(())
}
