//! The access rules' table.

use diesel::prelude::*;

use super::AccessRules;
use super::policy::Change;
use crate::actor::{Authorized, OrganisationId};
use crate::database::schema::access_rules as t;
use crate::database::types::{Json, json_text};
use crate::database::{Connection, Tx};
use crate::error::{Error, Result};

/// The access rules of an organisation: its own, or the defaults.
///
/// # Errors
/// Those of the database.
pub fn access_rules(connection: &mut Connection, tenant: OrganisationId) -> Result<AccessRules> {
    let row: Option<(i32, i32, i32, bool, Json<_>, i32)> = t::table
        .find(tenant)
        .select((
            t::idle_minutes,
            t::session_hours,
            t::invitation_days,
            t::handler_second_factor,
            t::four_eyes,
            t::version,
        ))
        .first(connection)
        .optional()?;
    Ok(row.map_or_else(AccessRules::default, |row| AccessRules {
        idle_minutes: row.0,
        session_hours: row.1,
        invitation_days: row.2,
        handler_second_factor: row.3,
        four_eyes: row.4.0,
        version: row.5,
    }))
}

/// Keeps the rules of an organisation, whose `version` is that of those which were read.
pub(super) fn save(
    tx: &mut Tx<'_>,
    of: &Authorized<OrganisationId, Change>,
    new: &AccessRules,
) -> Result<()> {
    let stored = access_rules(tx.connection, **of)?.version;
    if stored != new.version {
        return Err(Error::Conflict("error-stale"));
    }
    let columns = (
        t::idle_minutes.eq(new.idle_minutes),
        t::session_hours.eq(new.session_hours),
        t::invitation_days.eq(new.invitation_days),
        t::handler_second_factor.eq(new.handler_second_factor),
        t::four_eyes.eq(json_text(&new.four_eyes)?),
        t::version.eq(new.version + 1),
    );
    let changed = if stored == 0 {
        diesel::insert_into(t::table)
            .values((t::tenant_id.eq(**of), columns))
            .execute(tx.connection)?
    } else {
        diesel::update(t::table.find(**of).filter(t::version.eq(new.version)))
            .set(columns)
            .execute(tx.connection)?
    };
    if changed == 1 { Ok(()) } else { Err(Error::Conflict("error-stale")) }
}
