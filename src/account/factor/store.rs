//! Second factors in the database.

use diesel::prelude::*;

use crate::actor::PersonId;
use crate::clock::Timestamp;
use crate::database::schema::{recovery_code as r, totp as t};
use crate::database::types::{id_text, uuid_at};
use crate::database::{Connection, Tx};
use crate::error::Result;
use crate::id_type;

id_type! {
    /// The id of an authenticator app.
    AppId
}

/// A person's authenticator app.
#[derive(Clone, Queryable, Selectable)]
#[diesel(table_name = t)]
pub(in crate::account) struct AppRow {
    pub id: AppId,
    pub name: String,
    pub seed: String,
    pub last_step: i64,
    pub created_at: Timestamp,
    pub last_used_at: Option<Timestamp>,
}

/// The apps of a person that count, oldest first.
pub(super) fn apps(c: &mut Connection, person: PersonId) -> Result<Vec<AppRow>> {
    Ok(t::table
        .filter(t::person_id.eq(person))
        .filter(t::confirmed_at.is_not_null())
        .order(t::id.asc())
        .select(AppRow::as_select())
        .load(c)?)
}

/// The app that is offered to a person and doesn't count yet.
pub(super) fn offered(c: &mut Connection, person: PersonId) -> Result<Option<AppRow>> {
    Ok(t::table
        .filter(t::person_id.eq(person))
        .filter(t::confirmed_at.is_null())
        .select(AppRow::as_select())
        .first(c)
        .optional()?)
}

/// How many apps count.
pub(super) fn count_apps(c: &mut Connection, person: PersonId) -> Result<i64> {
    Ok(t::table
        .filter(t::person_id.eq(person))
        .filter(t::confirmed_at.is_not_null())
        .count()
        .get_result(c)?)
}

/// Keeps the sealed seed of a new app in place of one that was never confirmed.
pub(super) fn offer(tx: &mut Tx<'_>, person: PersonId, id: AppId, seed: &str) -> Result<()> {
    diesel::delete(t::table.filter(t::person_id.eq(person)).filter(t::confirmed_at.is_null()))
        .execute(tx.connection)?;
    diesel::insert_into(t::table)
        .values((
            t::id.eq(id),
            t::person_id.eq(person),
            t::name.eq(""),
            t::seed.eq(seed),
            t::last_step.eq(0_i64),
            t::created_at.eq(tx.now),
        ))
        .execute(tx.connection)?;
    Ok(())
}

/// Confirms an app with the step of its first code; false when it was confirmed meanwhile.
pub(super) fn confirm(tx: &mut Tx<'_>, id: AppId, name: &str, step: i64) -> Result<bool> {
    let open = t::table.find(id).filter(t::confirmed_at.is_null());
    let set = (t::confirmed_at.eq(tx.now), t::last_step.eq(step), t::name.eq(name));
    Ok(diesel::update(open).set(set).execute(tx.connection)? == 1)
}

/// Uses a step up; false when another request was faster.
pub(super) fn use_step(tx: &mut Tx<'_>, id: AppId, step: i64) -> Result<bool> {
    let row = t::table.find(id).filter(t::last_step.lt(step));
    let set = (t::last_step.eq(step), t::last_used_at.eq(tx.now));
    Ok(diesel::update(row).set(set).execute(tx.connection)? == 1)
}

/// Takes one of a person's apps away; false when there is no such app.
pub(super) fn remove_app(tx: &mut Tx<'_>, person: PersonId, id: AppId) -> Result<bool> {
    let row = t::table.find(id).filter(t::person_id.eq(person));
    Ok(diesel::delete(row).execute(tx.connection)? == 1)
}

/// Takes all of a person's apps and codes away.
pub(super) fn remove_all(tx: &mut Tx<'_>, person: PersonId) -> Result<()> {
    diesel::delete(t::table.filter(t::person_id.eq(person))).execute(tx.connection)?;
    remove_codes(tx, person)
}

/// Takes a person's codes away.
pub(super) fn remove_codes(tx: &mut Tx<'_>, person: PersonId) -> Result<()> {
    diesel::delete(r::table.filter(r::person_id.eq(person))).execute(tx.connection)?;
    Ok(())
}

/// Keeps a new set of codes in place of the old one.
pub(super) fn renew_codes(tx: &mut Tx<'_>, person: PersonId, hashes: &[String]) -> Result<()> {
    remove_codes(tx, person)?;
    for hash in hashes {
        diesel::insert_into(r::table)
            .values((
                r::id.eq(id_text(&uuid_at(tx.now)).as_str()),
                r::person_id.eq(person),
                r::hash.eq(hash),
                r::created_at.eq(tx.now),
            ))
            .execute(tx.connection)?;
    }
    Ok(())
}

/// How many codes are left.
pub(super) fn codes_left(c: &mut Connection, person: PersonId) -> Result<i64> {
    Ok(r::table
        .filter(r::person_id.eq(person))
        .filter(r::used_at.is_null())
        .count()
        .get_result(c)?)
}

/// Uses a code up; false when there is no such code, or no longer.
pub(super) fn use_recovery_code(tx: &mut Tx<'_>, person: PersonId, hash: &str) -> Result<bool> {
    let open = r::table
        .filter(r::person_id.eq(person))
        .filter(r::hash.eq(hash))
        .filter(r::used_at.is_null());
    Ok(diesel::update(open).set(r::used_at.eq(tx.now)).execute(tx.connection)? == 1)
}

/// How many apps there are, whoever's they are.
pub(super) fn count_seeds(c: &mut Connection) -> Result<i64> {
    Ok(t::table.count().get_result(c)?)
}

/// How many seeds are sealed as `pattern` says.
pub(super) fn count_seeds_like(c: &mut Connection, pattern: &str) -> Result<i64> {
    Ok(t::table.filter(t::seed.like(pattern)).count().get_result(c)?)
}

/// The next seeds that aren't sealed as `pattern` says, with the ids of their apps.
pub(super) fn seeds_unlike(
    c: &mut Connection,
    pattern: &str,
    after: &str,
    limit: i64,
) -> Result<Vec<(String, String)>> {
    Ok(t::table
        .filter(t::id.gt(after))
        .filter(t::seed.not_like(pattern))
        .order(t::id.asc())
        .limit(limit)
        .select((t::id, t::seed))
        .load(c)?)
}

/// Puts a seed that is sealed anew in place of the old one.
pub(super) fn reseal(tx: &mut Tx<'_>, id: &str, old: &str, new: &str) -> Result<usize> {
    let row = t::table.filter(t::id.eq(id)).filter(t::seed.eq(old));
    Ok(diesel::update(row).set(t::seed.eq(new)).execute(tx.connection)?)
}
