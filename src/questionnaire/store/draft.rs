//! Drafts of templates: written down version by version until they are published.

use std::collections::BTreeSet;

use diesel::prelude::*;
use serde_json::json;

use crate::actor::{Authorized, OrganisationId};
use crate::database::schema::template as t;
use crate::database::types::Json;
use crate::database::{Connection, Tx};
use crate::error::{Error, Result};
use crate::ledger::{self, Fact, NewEntry};
use crate::questionnaire::family::{TemplateId, TemplateStatus};
use crate::questionnaire::model::{QuestionId, Template};
use crate::questionnaire::policy::Designing;

/// All ids that questions of a family ever had.
pub(in crate::questionnaire) fn question_ids(
    connection: &mut Connection,
    tenant: OrganisationId,
    family: &str,
) -> Result<BTreeSet<QuestionId>> {
    let bodies: Vec<Json<Template>> = t::table
        .filter(t::tenant_id.eq(tenant))
        .filter(t::family.eq(family))
        .select(t::body)
        .load(connection)?;
    Ok(bodies.iter().flat_map(|body| body.0.questions()).map(|q| q.id.clone()).collect())
}

/// The newest version of a family: its id, number and status.
pub(in crate::questionnaire) fn newest(
    connection: &mut Connection,
    tenant: OrganisationId,
    family: &str,
) -> Result<(TemplateId, i32, TemplateStatus)> {
    Ok(t::table
        .filter(t::tenant_id.eq(tenant))
        .filter(t::family.eq(family))
        .order(t::template_version.desc())
        .select((t::id, t::template_version, t::status))
        .first(connection)?)
}

/// Keeps a new draft; `from` says in the ledger of what it is a copy.
pub(in crate::questionnaire) fn create(
    tx: &mut Tx<'_>,
    tenant: &Authorized<OrganisationId, Designing>,
    draft: &Template,
    from: &str,
) -> Result<TemplateId> {
    let id = TemplateId::new(tx.now);
    diesel::insert_into(t::table)
        .values((
            t::tenant_id.eq(**tenant),
            t::id.eq(id),
            t::family.eq(&draft.id),
            t::template_version.eq(i32::from(draft.version)),
            t::status.eq(TemplateStatus::Draft),
            t::title.eq(&draft.title.ja),
            t::body.eq(body(draft)?),
            t::body_hash.eq(draft.hash()?),
            t::created_at.eq(tx.now),
            t::updated_at.eq(tx.now),
            t::version.eq(1),
        ))
        .execute(tx.connection)?;
    entry(tx, (**tenant, id), "template.copied", draft, vec![("from", json!(from))])?;
    Ok(id)
}

/// Writes a draft that is still at `version`; `edit` says in the ledger what was changed.
pub(in crate::questionnaire) fn update(
    tx: &mut Tx<'_>,
    tenant: &Authorized<OrganisationId, Designing>,
    (id, version): (TemplateId, i32),
    draft: &Template,
    edit: &str,
) -> Result<()> {
    let changed = diesel::update(
        t::table
            .find((**tenant, id))
            .filter(t::version.eq(version))
            .filter(t::status.eq(TemplateStatus::Draft)),
    )
    .set((
        t::title.eq(&draft.title.ja),
        t::body.eq(body(draft)?),
        t::body_hash.eq(draft.hash()?),
        t::updated_at.eq(tx.now),
        t::version.eq(version + 1),
    ))
    .execute(tx.connection)?;
    if changed == 0 {
        return Err(Error::Conflict("error-stale"));
    }
    entry(tx, (**tenant, id), "template.changed", draft, vec![("edit", json!(edit))])
}

/// Publishes a draft that is still at `version`: from then on the database refuses changes.
pub(in crate::questionnaire) fn publish(
    tx: &mut Tx<'_>,
    tenant: &Authorized<OrganisationId, Designing>,
    (id, version): (TemplateId, i32),
    draft: &Template,
) -> Result<()> {
    let changed = diesel::update(
        t::table
            .find((**tenant, id))
            .filter(t::version.eq(version))
            .filter(t::status.eq(TemplateStatus::Draft)),
    )
    .set((
        t::status.eq(TemplateStatus::Published),
        t::published_at.eq(Some(tx.now)),
        t::updated_at.eq(tx.now),
        t::version.eq(version + 1),
    ))
    .execute(tx.connection)?;
    if changed == 0 {
        return Err(Error::Conflict("error-stale"));
    }
    entry(tx, (**tenant, id), "template.published", draft, vec![])
}

fn body(template: &Template) -> Result<String> {
    String::from_utf8(template.canonical()?).map_err(Error::internal)
}

fn entry(
    tx: &mut Tx<'_>,
    (tenant, id): (OrganisationId, TemplateId),
    act: &'static str,
    template: &Template,
    more: Vec<Fact>,
) -> Result<()> {
    let mut details = vec![
        ("family", json!(template.id)),
        ("template_version", json!(template.version)),
        ("title", json!(template.title.ja)),
        ("body_hash", json!(template.hash()?)),
    ];
    details.extend(more);
    ledger::append(
        tx,
        NewEntry {
            tenant_id: tenant,
            act,
            subject_kind: "template",
            subject_id: id.as_str(),
            entrustment_id: None,
            details,
        },
    )
}
