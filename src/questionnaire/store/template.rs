//! The templates of principals, and the frozen copies of what was dispatched.

use std::collections::HashMap;

use diesel::prelude::*;
use serde::Deserialize;

use crate::actor::OrganisationId;
use crate::database::schema::{frozen_template, template as t};
use crate::database::{Connection, Tx};
use crate::error::{Error, Result};
use crate::questionnaire::family::{StoredTemplate, TemplateId, TemplateStatus, TemplateSummary};
use crate::questionnaire::model::{Template, Text};

/// Most versions of templates of one principal that a page lists.
const MOST: i64 = 1000;

/// What stands at the head of a frozen template: enough for lists.
#[derive(Clone, Debug, Deserialize)]
pub struct Heading {
    /// The family.
    #[serde(rename = "id")]
    pub family: String,
    /// The version in the family.
    pub version: u16,
    /// What it is called.
    pub title: Text,
}

/// The headings of frozen templates by hash, in one query.
///
/// # Errors
/// Those of the database; [`Error::Internal`] when what is stored can't be read.
pub fn headings(
    connection: &mut Connection,
    mut hashes: Vec<String>,
) -> Result<HashMap<String, Heading>> {
    hashes.sort_unstable();
    hashes.dedup();
    let rows: Vec<(String, String)> = frozen_template::table
        .filter(frozen_template::hash.eq_any(hashes))
        .select((frozen_template::hash, frozen_template::body))
        .load(connection)?;
    rows.into_iter().map(|(hash, body)| Ok((hash, serde_json::from_str(&body)?))).collect()
}

/// Keeps a frozen copy of a template under its hash, once; gives the hash.
pub(in crate::questionnaire) fn freeze(tx: &mut Tx<'_>, template: &Template) -> Result<String> {
    let hash = template.hash()?;
    let body = String::from_utf8(template.canonical()?).map_err(Error::internal)?;
    let row = (frozen_template::hash.eq(&hash), frozen_template::body.eq(&body));
    match tx.connection {
        Connection::Sqlite(c) => diesel::insert_into(frozen_template::table)
            .values(row)
            .on_conflict_do_nothing()
            .execute(c)?,
        Connection::Postgresql(c) => diesel::insert_into(frozen_template::table)
            .values(row)
            .on_conflict_do_nothing()
            .execute(c)?,
    };
    Ok(hash)
}

/// All versions of a principal's templates: family by family, the newest version first.
pub(in crate::questionnaire) fn versions(
    connection: &mut Connection,
    tenant: OrganisationId,
) -> Result<Vec<TemplateSummary>> {
    Ok(t::table
        .filter(t::tenant_id.eq(tenant))
        .order((t::family.asc(), t::template_version.desc()))
        .limit(MOST)
        .select(TemplateSummary::as_select())
        .load(connection)?)
}

/// The published versions, which can be dispatched.
pub(in crate::questionnaire) fn published(
    connection: &mut Connection,
    tenant: OrganisationId,
) -> Result<Vec<TemplateSummary>> {
    let mut rows = versions(connection, tenant)?;
    rows.retain(|row| row.status == TemplateStatus::Published);
    Ok(rows)
}

/// One version of a principal's templates.
pub(in crate::questionnaire) fn find(
    connection: &mut Connection,
    tenant: OrganisationId,
    id: TemplateId,
) -> Result<StoredTemplate> {
    Ok(t::table.find((tenant, id)).select(StoredTemplate::as_select()).first(connection)?)
}
