//! How many findings the subjects of a register have.

use std::collections::HashMap;

use diesel::prelude::*;

use super::model::FindingStatus;
use crate::database::Connection;
use crate::database::schema::finding as t;
use crate::entrustment::Entrustment;
use crate::error::Result;

/// How many findings that are not closed each subject of a kind has, by its id.
///
/// # Errors
/// Those of the database.
pub fn open_by_subject(
    connection: &mut Connection,
    entrustment: &Entrustment,
    kind: &str,
) -> Result<HashMap<String, i64>> {
    let rows: Vec<(String, i64)> = t::table
        .filter(t::tenant_id.eq(entrustment.tenant_id))
        .filter(t::entrustment_id.eq(entrustment.id))
        .filter(t::subject_kind.eq(kind))
        .filter(t::status.ne(FindingStatus::Closed))
        .group_by(t::subject_id)
        .select((t::subject_id, diesel::dsl::count_star()))
        .load(connection)?;
    Ok(rows.into_iter().collect())
}
