//! Known browsers in the database.

use diesel::prelude::*;

use crate::actor::PersonId;
use crate::database::schema::known_device as t;
use crate::database::types::{id_text, uuid_at};
use crate::database::{Connection, Tx};
use crate::error::Result;

/// Whether a browser is one of a person's.
pub(super) fn is_of(c: &mut Connection, id: &str, person: PersonId) -> Result<bool> {
    let found = t::table.find(id).filter(t::person_id.eq(person)).count();
    Ok(found.get_result::<i64>(c)? > 0)
}

/// Whether a person has any.
pub(super) fn any(c: &mut Connection, person: PersonId) -> Result<bool> {
    let found = t::table.filter(t::person_id.eq(person)).count();
    Ok(found.get_result::<i64>(c)? > 0)
}

/// Remembers a browser.
pub(super) fn remember(tx: &mut Tx<'_>, person: PersonId, device: &str) -> Result<String> {
    let id = id_text(&uuid_at(tx.now)).to_string();
    diesel::insert_into(t::table)
        .values((
            t::id.eq(&id),
            t::person_id.eq(person),
            t::device.eq(device),
            t::first_seen_at.eq(tx.now),
            t::last_seen_at.eq(tx.now),
        ))
        .execute(tx.connection)?;
    Ok(id)
}

/// Notes that a browser was used.
pub(super) fn touch(tx: &mut Tx<'_>, id: &str) -> Result<()> {
    diesel::update(t::table.find(id)).set(t::last_seen_at.eq(tx.now)).execute(tx.connection)?;
    Ok(())
}
