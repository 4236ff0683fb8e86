//! An organisation's manuals in the database.

use diesel::prelude::*;
use serde_json::json;

use super::model::{Head, Manual, ManualId, ManualStep};
use crate::actor::{Authorized, OrganisationId};
use crate::database::schema::incident_manual as t;
use crate::database::types::json_text;
use crate::database::{Connection, Tx};
use crate::error::{Error, Result};
use crate::incident::plan::policy::{Draft, Publish};
use crate::ledger::{self, Fact, NewEntry};

/// Versions that the list shows.
const MOST: i64 = 100;

/// The versions of an organisation, the newest first.
pub(super) fn list(connection: &mut Connection, tenant: OrganisationId) -> Result<Vec<Head>> {
    Ok(t::table
        .filter(t::tenant_id.eq(tenant))
        .order(t::version_no.desc())
        .limit(MOST)
        .select((
            t::id,
            t::version_no,
            t::drafted_by_name,
            t::drafted_at,
            t::published_by_name,
            t::published_at,
        ))
        .load(connection)?)
}

/// A version of an organisation.
pub(super) fn find(
    connection: &mut Connection,
    tenant: OrganisationId,
    id: ManualId,
) -> Result<Manual> {
    Ok(t::table.find((tenant, id)).select(Manual::as_select()).first(connection)?)
}

/// The newest version that was published.
pub(super) fn newest(
    connection: &mut Connection,
    tenant: OrganisationId,
) -> Result<Option<Manual>> {
    Ok(t::table
        .filter(t::tenant_id.eq(tenant))
        .filter(t::published_at.is_not_null())
        .order(t::version_no.desc())
        .select(Manual::as_select())
        .first(connection)
        .optional()?)
}

/// Begins a version with these steps; the draft that there is already, where there is one.
pub(super) fn begin(
    tx: &mut Tx<'_>,
    tenant: &Authorized<OrganisationId, Draft>,
    steps: &[ManualStep],
) -> Result<ManualId> {
    let tenant = **tenant;
    let last = list(tx.connection, tenant)?.into_iter().next();
    if let Some(draft) = last.as_ref().filter(|last| last.published_at.is_none()) {
        return Ok(draft.id);
    }
    let id = ManualId::new(tx.now);
    let number = last.map_or(0, |last| last.version_no) + 1;
    diesel::insert_into(t::table)
        .values((
            t::tenant_id.eq(tenant),
            t::id.eq(id),
            t::version_no.eq(number),
            t::steps.eq(json_text(&steps)?),
            t::drafted_by_name.eq(tx.actor.name()),
            t::drafted_at.eq(tx.now),
            t::published_by_name.eq(""),
            t::version.eq(1),
        ))
        .execute(tx.connection)?;
    let details = vec![("number", json!(number)), ("steps", json!(steps.len()))];
    entry(tx, (tenant, id), "incident_manual.drafted", details)?;
    Ok(id)
}

/// Keeps the steps of a draft that is still at `version`.
pub(super) fn save(
    tx: &mut Tx<'_>,
    draft: &Authorized<Manual, Draft>,
    version: i32,
    steps: &[ManualStep],
) -> Result<()> {
    fresh(draft, version)?;
    let row = t::table
        .find((draft.tenant_id, draft.id))
        .filter(t::published_at.is_null())
        .filter(t::version.eq(draft.version));
    let changed = diesel::update(row)
        .set((t::steps.eq(json_text(&steps)?), t::version.eq(draft.version + 1)))
        .execute(tx.connection)?;
    if changed == 0 {
        return Err(Error::Conflict("error-stale"));
    }
    let details = vec![
        ("number", json!(draft.version_no)),
        ("steps", json!([draft.steps.0.len(), steps.len()])),
    ];
    entry(tx, (draft.tenant_id, draft.id), "incident_manual.changed", details)
}

/// Publishes a draft that is still at `version`: plans are frozen from it from now on.
pub(super) fn publish(
    tx: &mut Tx<'_>,
    draft: &Authorized<Manual, Publish>,
    version: i32,
) -> Result<()> {
    fresh(draft, version)?;
    let row = t::table
        .find((draft.tenant_id, draft.id))
        .filter(t::published_at.is_null())
        .filter(t::version.eq(draft.version));
    let changed = diesel::update(row)
        .set((
            t::published_at.eq(tx.now),
            t::published_by_name.eq(tx.actor.name()),
            t::version.eq(draft.version + 1),
        ))
        .execute(tx.connection)?;
    if changed == 0 {
        return Err(Error::Conflict("error-stale"));
    }
    let details = vec![("number", json!(draft.version_no)), ("steps", json!(draft.steps.0.len()))];
    entry(tx, (draft.tenant_id, draft.id), "incident_manual.published", details)
}

fn fresh(draft: &Manual, version: i32) -> Result<()> {
    if draft.version == version { Ok(()) } else { Err(Error::Conflict("error-stale")) }
}

fn entry(
    tx: &mut Tx<'_>,
    (tenant_id, id): (OrganisationId, ManualId),
    act: &'static str,
    details: Vec<Fact>,
) -> Result<()> {
    ledger::append(
        tx,
        NewEntry {
            tenant_id,
            act,
            subject_kind: "incident_manual",
            subject_id: id.as_str(),
            entrustment_id: None,
            details,
        },
    )
}
