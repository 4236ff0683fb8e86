//! Links by mail to sign in with, each of which counts once.

use chrono::Duration;
use diesel::prelude::*;

use crate::actor::PersonId;
use crate::clock::Timestamp;
use crate::database::schema::mailed_link as t;
use crate::database::{Connection, Tx};
use crate::error::Result;
use crate::id_type;

id_type! {
    /// The id of a link by mail.
    LinkId
}

/// The kind of these links.
const SIGN_IN: &str = "sign_in";

/// Keeps a link. Earlier ones count on: whoever asks for another takes nothing away from the owner.
pub(super) fn create(
    tx: &mut Tx<'_>,
    person: PersonId,
    next: &str,
    life: Duration,
) -> Result<LinkId> {
    diesel::delete(t::table.filter(t::expires_at.lt(tx.now - Duration::days(1))))
        .execute(tx.connection)?;
    let id = LinkId::new(tx.now);
    diesel::insert_into(t::table)
        .values((
            t::id.eq(id),
            t::person_id.eq(person),
            t::kind.eq(SIGN_IN),
            t::next.eq(next),
            t::created_at.eq(tx.now),
            t::expires_at.eq(tx.now + life),
        ))
        .execute(tx.connection)?;
    Ok(id)
}

/// Whose link it is and where it leads, as long as it counts.
pub(super) fn find(
    c: &mut Connection,
    id: LinkId,
    now: Timestamp,
) -> Result<Option<(PersonId, String)>> {
    Ok(t::table
        .find(id)
        .filter(t::kind.eq(SIGN_IN))
        .filter(t::used_at.is_null())
        .filter(t::expires_at.gt(now))
        .select((t::person_id, t::next))
        .first(c)
        .optional()?)
}

/// Uses a link up, and the person's others with it; false when somebody else was faster.
pub(super) fn use_up(tx: &mut Tx<'_>, person: PersonId, id: LinkId) -> Result<bool> {
    let open = t::table.find(id).filter(t::used_at.is_null()).filter(t::expires_at.gt(tx.now));
    if diesel::update(open).set(t::used_at.eq(tx.now)).execute(tx.connection)? != 1 {
        return Ok(false);
    }
    let others = t::table
        .filter(t::person_id.eq(person))
        .filter(t::kind.eq(SIGN_IN))
        .filter(t::used_at.is_null());
    diesel::update(others).set(t::used_at.eq(tx.now)).execute(tx.connection)?;
    Ok(true)
}
