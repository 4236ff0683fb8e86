//! The organisations' table.

use std::collections::HashMap;

use diesel::prelude::*;
use serde_json::json;

use super::model::{NewOrganisation, Organisation};
use crate::actor::OrganisationId;
use crate::database::schema::organisation;
use crate::database::{Connection, Tx};
use crate::error::Result;
use crate::japanese::fold_name;
use crate::ledger::{self, NewEntry};
use crate::secret::{self, BATCH, Renewed, Sealed, Secret};
use crate::storage::{self, WrappedKey};

/// Creates an organisation with its ledger and the key of its files.
///
/// # Errors
/// Those of the database.
pub fn create(tx: &mut Tx<'_>, secret: &Secret, new: &NewOrganisation) -> Result<OrganisationId> {
    use organisation as t;
    let id = OrganisationId::new(tx.now);
    diesel::insert_into(t::table)
        .values((
            t::id.eq(id),
            t::kind.eq(new.kind),
            t::name.eq(&new.name),
            t::name_kana.eq(&new.name_kana),
            t::name_key.eq(fold_name(&new.name)),
            t::corporate_number.eq(new.corporate_number.as_ref().map(|n| n.as_str().to_owned())),
            t::address.eq(&new.address),
            t::phone.eq(&new.phone),
            t::file_key.eq(storage::new_key(secret)?.0),
            t::created_at.eq(tx.now),
            t::version.eq(1),
        ))
        .execute(tx.connection)?;
    ledger::open(tx, id)?;
    ledger::append(
        tx,
        NewEntry {
            tenant_id: id,
            act: "organisation.created",
            subject_kind: "organisation",
            subject_id: id.as_str(),
            entrustment_id: None,
            details: vec![("name", json!(new.name)), ("kind", json!(new.kind))],
        },
    )?;
    Ok(id)
}

/// An organisation by its id.
///
/// # Errors
/// [`crate::error::Error::NotFound`].
pub fn find(connection: &mut Connection, id: OrganisationId) -> Result<Organisation> {
    Ok(organisation::table.find(id).select(Organisation::as_select()).first(connection)?)
}

/// The names of organisations by id, in one query.
///
/// # Errors
/// Those of the database.
pub fn find_many_names(
    connection: &mut Connection,
    ids: &[OrganisationId],
) -> Result<HashMap<OrganisationId, String>> {
    let rows: Vec<(OrganisationId, String)> = organisation::table
        .filter(organisation::id.eq_any(ids))
        .select((organisation::id, organisation::name))
        .load(connection)?;
    Ok(rows.into_iter().collect())
}

/// The key of an organisation's files.
///
/// # Errors
/// [`crate::error::Error::NotFound`].
pub fn wrapped_key(connection: &mut Connection, id: OrganisationId) -> Result<WrappedKey> {
    let key = organisation::table.find(id).select(organisation::file_key).first(connection)?;
    Ok(WrappedKey(key))
}

/// The keys of organisations' files, as the rotation of the secret renews them.
pub const FILE_KEYS: Sealed = Sealed {
    what: "keys of organisations' files",
    count: |connection| Ok(organisation::table.count().get_result(connection)?),
    count_under: |connection, key| {
        let under = organisation::file_key.like(storage::wrapped_under(key));
        Ok(organisation::table.filter(under).count().get_result(connection)?)
    },
    renew: renew_file_keys,
};

fn renew_file_keys(tx: &mut Tx<'_>, secret: &Secret, after: &str) -> Result<Renewed> {
    let newest = storage::wrapped_under(&secret.newest_id());
    let rows = organisation::table
        .filter(organisation::id.gt(after))
        .filter(organisation::file_key.not_like(newest))
        .order(organisation::id.asc())
        .limit(BATCH)
        .select((organisation::id, organisation::file_key))
        .load::<(String, String)>(tx.connection)?;
    secret::renew(
        tx,
        &rows,
        |_, old| storage::rewrapped(secret, old),
        |tx, id, old, new| {
            // Only in place of what was read: whoever changed it meanwhile did so under the newest key.
            let row = organisation::table
                .filter(organisation::id.eq(id))
                .filter(organisation::file_key.eq(old));
            Ok(diesel::update(row).set(organisation::file_key.eq(new)).execute(tx.connection)?)
        },
    )
}
