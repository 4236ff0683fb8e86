//! Templates as a principal keeps them: families of versions, of which the newest may be a draft.

use diesel::prelude::*;
use serde::Serialize;

use super::model::Template;
use crate::actor::OrganisationId;
use crate::clock::Timestamp;
use crate::database::schema::template;
use crate::database::types::Json;
use crate::{id_type, word_type};

id_type! {
    /// The id of one version of a template in a principal's keeping.
    TemplateId
}

word_type! {
    /// Whether a version can still be changed.
    TemplateStatus {
        /// Being written.
        Draft = "draft",
        /// Published: never changes again.
        Published = "published",
    }
}

/// One version of a template with its content.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = template)]
pub struct StoredTemplate {
    /// The principal.
    pub tenant_id: OrganisationId,
    /// The id of this version.
    pub id: TemplateId,
    /// Whether it can still be changed.
    pub status: TemplateStatus,
    /// The content; its family and version stand in it.
    pub body: Json<Template>,
    /// For optimistic locking.
    pub version: i32,
}

/// One version of a template as lists show it.
#[derive(Clone, Debug, Queryable, Selectable, Serialize)]
#[diesel(table_name = template)]
pub struct TemplateSummary {
    /// The id of this version.
    pub id: TemplateId,
    /// The family: the same over all versions.
    pub family: String,
    /// The version in the family, from 1.
    pub template_version: i32,
    /// Whether it can still be changed.
    pub status: TemplateStatus,
    /// What it is called.
    pub title: String,
    /// When it was changed last.
    pub updated_at: Timestamp,
    /// When it was published.
    pub published_at: Option<Timestamp>,
}

impl StoredTemplate {
    /// Whether it can still be changed.
    #[must_use]
    pub fn is_draft(&self) -> bool {
        self.status == TemplateStatus::Draft
    }
}
