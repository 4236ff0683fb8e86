//! Applications in the database.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::model::{ApplicationId, ApplicationStatus};
use crate::database::Connection;
use crate::database::schema::{entrustment, sub_application as t};
use crate::entrustment::{Entrustment, EntrustmentStatus};
use crate::error::Result;
use crate::rulebook::SubFact;

/// What was re-entrusted from an entrustment with approval, as the rules look at it.
///
/// # Errors
/// Those of the database.
pub fn facts(connection: &mut Connection, of: &Entrustment) -> Result<Vec<SubFact>> {
    type Row =
        (ApplicationId, String, NaiveDate, NaiveDate, Option<NaiveDate>, Option<EntrustmentStatus>);
    let rows: Vec<Row> = t::table
        .left_join(entrustment::table.on(
            t::tenant_id.eq(entrustment::tenant_id).and(t::child_id.eq(entrustment::id.nullable())),
        ))
        .filter(t::tenant_id.eq(of.tenant_id))
        .filter(t::entrustment_id.eq(of.id))
        .filter(t::status.eq(ApplicationStatus::Approved))
        .order(t::position.asc())
        .select((
            t::id,
            t::name,
            t::starts_on,
            t::ends_on,
            t::permitted_until,
            entrustment::status.nullable(),
        ))
        .load(connection)?;
    let fact = |(id, name, starts_on, ends_on, permitted_until, status): Row| SubFact {
        id,
        name,
        starts_on,
        permitted_until: permitted_until.unwrap_or(ends_on),
        open: status != Some(EntrustmentStatus::Closed),
    };
    Ok(rows.into_iter().map(fact).collect())
}
