//! The passkeys of people.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use diesel::prelude::*;
use webauthn_rs::prelude::{AuthenticationResult, Passkey};

use crate::actor::PersonId;
use crate::clock::Timestamp;
use crate::database::schema::passkey as t;
use crate::database::types::{Json, json_text};
use crate::database::{Connection, Tx};
use crate::error::{Error, Result};
use crate::id_type;

id_type! {
    /// The id of a passkey.
    PasskeyId
}

/// A passkey as it is kept.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = t)]
pub(super) struct Kept {
    pub id: PasskeyId,
    pub person_id: PersonId,
    pub name: String,
    pub credential: Json<Passkey>,
    pub created_at: Timestamp,
    pub last_used_at: Option<Timestamp>,
}

/// A person's passkeys, oldest first.
pub(super) fn of_person(connection: &mut Connection, person: PersonId) -> Result<Vec<Kept>> {
    Ok(t::table
        .filter(t::person_id.eq(person))
        .order(t::id.asc())
        .select(Kept::as_select())
        .load(connection)?)
}

/// How many passkeys a person has.
pub(super) fn count(connection: &mut Connection, person: PersonId) -> Result<i64> {
    Ok(t::table.filter(t::person_id.eq(person)).count().get_result(connection)?)
}

/// The passkey that a browser names.
pub(super) fn by_credential(connection: &mut Connection, id: &[u8]) -> Result<Option<Kept>> {
    Ok(t::table
        .filter(t::credential_id.eq(URL_SAFE_NO_PAD.encode(id)))
        .select(Kept::as_select())
        .first(connection)
        .optional()?)
}

/// Keeps a new passkey.
///
/// # Errors
/// [`Error::Conflict`] when it is kept already.
pub(super) fn create(
    tx: &mut Tx<'_>,
    person: PersonId,
    name: &str,
    passkey: &Passkey,
) -> Result<PasskeyId> {
    if by_credential(tx.connection, passkey.cred_id())?.is_some() {
        return Err(Error::Conflict("error-passkey-known"));
    }
    let id = PasskeyId::new(tx.now);
    diesel::insert_into(t::table)
        .values((
            t::id.eq(id),
            t::person_id.eq(person),
            t::credential_id.eq(URL_SAFE_NO_PAD.encode(passkey.cred_id())),
            t::name.eq(name),
            t::credential.eq(json_text(passkey)?),
            t::created_at.eq(tx.now),
        ))
        .execute(tx.connection)?;
    Ok(id)
}

/// Notes that a passkey was used, with its counter.
pub(super) fn note_use(tx: &mut Tx<'_>, kept: Kept, result: &AuthenticationResult) -> Result<()> {
    let Json(mut passkey) = kept.credential;
    passkey.update_credential(result);
    diesel::update(t::table.find(kept.id))
        .set((t::credential.eq(json_text(&passkey)?), t::last_used_at.eq(Some(tx.now))))
        .execute(tx.connection)?;
    Ok(())
}

/// A person's own passkey.
pub(super) fn find(connection: &mut Connection, person: PersonId, id: PasskeyId) -> Result<Kept> {
    Ok(t::table
        .find(id)
        .filter(t::person_id.eq(person))
        .select(Kept::as_select())
        .first(connection)?)
}

/// Gives a passkey another name.
pub(super) fn rename(tx: &mut Tx<'_>, id: PasskeyId, name: &str) -> Result<()> {
    diesel::update(t::table.find(id)).set(t::name.eq(name)).execute(tx.connection)?;
    Ok(())
}

/// Removes all passkeys of a person.
pub(super) fn remove_all(tx: &mut Tx<'_>, person: PersonId) -> Result<()> {
    diesel::delete(t::table.filter(t::person_id.eq(person))).execute(tx.connection)?;
    Ok(())
}

/// Removes a passkey.
pub(super) fn remove(tx: &mut Tx<'_>, id: PasskeyId) -> Result<()> {
    diesel::delete(t::table.find(id)).execute(tx.connection)?;
    Ok(())
}
