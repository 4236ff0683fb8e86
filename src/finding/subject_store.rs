//! The findings about one subject, or about those of a kind.

use std::collections::HashMap;

use diesel::prelude::*;

use super::model::{Finding, FindingStatus, Subject};
use crate::database::Connection;
use crate::database::schema::finding as t;
use crate::entrustment::Entrustment;
use crate::error::Result;

/// The findings about a subject, by their number.
///
/// # Errors
/// Those of the database.
pub fn of_subject(
    connection: &mut Connection,
    entrustment: &Entrustment,
    subject: Subject<'_>,
) -> Result<Vec<Finding>> {
    Ok(t::table
        .filter(t::tenant_id.eq(entrustment.tenant_id))
        .filter(t::entrustment_id.eq(entrustment.id))
        .filter(t::subject_kind.eq(subject.kind))
        .filter(t::subject_id.eq(subject.id))
        .order(t::position.asc())
        .select(Finding::as_select())
        .load(connection)?)
}

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
