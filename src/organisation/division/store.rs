//! The divisions' table.

use diesel::prelude::*;
use serde_json::json;

use super::model::{Division, NewDivision};
use super::policy::Manage;
use crate::actor::{Authorized, DivisionId, OrganisationId};
use crate::database::schema::division;
use crate::database::{Connection, Tx};
use crate::error::{Error, Result};
use crate::ledger::{self, NewEntry};

/// All divisions of a principal by name. A body has tens of them: one page.
///
/// # Errors
/// Those of the database.
pub fn list(connection: &mut Connection, tenant: OrganisationId) -> Result<Vec<Division>> {
    Ok(division::table
        .filter(division::tenant_id.eq(tenant))
        .order((division::name.asc(), division::id.asc()))
        .limit(1000)
        .select(Division::as_select())
        .load(connection)?)
}

/// One division.
///
/// # Errors
/// [`crate::error::Error::NotFound`].
pub fn find(
    connection: &mut Connection,
    tenant: OrganisationId,
    id: DivisionId,
) -> Result<Division> {
    Ok(division::table.find((tenant, id)).select(Division::as_select()).first(connection)?)
}

/// Whether another division of the principal has this name.
pub(super) fn name_taken(
    connection: &mut Connection,
    tenant: OrganisationId,
    name: &str,
    except: Option<DivisionId>,
) -> Result<bool> {
    let found: Option<DivisionId> = division::table
        .filter(division::tenant_id.eq(tenant))
        .filter(division::name.eq(name))
        .select(division::id)
        .first(connection)
        .optional()?;
    Ok(found.is_some() && found != except)
}

/// Registers a division.
///
/// # Errors
/// Those of the database.
pub fn create(
    tx: &mut Tx<'_>,
    tenant: &Authorized<OrganisationId, Manage>,
    new: &NewDivision,
) -> Result<DivisionId> {
    use division as t;
    let id = DivisionId::new(tx.now);
    diesel::insert_into(t::table)
        .values((
            t::tenant_id.eq(**tenant),
            t::id.eq(id),
            t::name.eq(&new.name),
            t::email.eq(new.email.as_deref()),
            t::phone.eq(&new.phone),
            t::version.eq(1),
        ))
        .execute(tx.connection)?;
    entry(tx, **tenant, id, "division.registered", new)?;
    Ok(id)
}

/// Changes a division that is still at `version`.
pub(super) fn update(
    tx: &mut Tx<'_>,
    tenant: &Authorized<OrganisationId, Manage>,
    id: DivisionId,
    version: i32,
    new: &NewDivision,
) -> Result<()> {
    use division as t;
    let changed = diesel::update(t::table.find((**tenant, id)).filter(t::version.eq(version)))
        .set((
            t::name.eq(&new.name),
            t::email.eq(new.email.as_deref()),
            t::phone.eq(&new.phone),
            t::version.eq(version + 1),
        ))
        .execute(tx.connection)?;
    if changed == 0 {
        find(tx.connection, **tenant, id)?;
        return Err(Error::Conflict("error-stale"));
    }
    entry(tx, **tenant, id, "division.changed", new)
}

fn entry(
    tx: &mut Tx<'_>,
    tenant: OrganisationId,
    id: DivisionId,
    act: &'static str,
    new: &NewDivision,
) -> Result<()> {
    ledger::append(
        tx,
        NewEntry {
            tenant_id: tenant,
            act,
            subject_kind: "division",
            subject_id: id.as_str(),
            entrustment_id: None,
            details: vec![
                ("name", json!(new.name)),
                ("email", json!(new.email)),
                ("phone", json!(new.phone)),
            ],
        },
    )
}
