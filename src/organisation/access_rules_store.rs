//! The access rules' table.

use diesel::prelude::*;

use super::access_rules::AccessRules;
use crate::actor::OrganisationId;
use crate::database::Connection;
use crate::database::schema::access_rules as t;
use crate::database::types::Json;
use crate::error::Result;

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
