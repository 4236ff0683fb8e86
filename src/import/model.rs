//! An upload that waits for its confirmation.

use diesel::prelude::*;

use crate::actor::OrganisationId;
use crate::database::schema::import;
use crate::{id_type, word_type};

id_type! {
    /// The id of an import.
    ImportId
}

word_type! {
    /// What is imported.
    ImportKind {
        /// Contractors.
        Contractors = "contractors",
        /// Entrustments.
        Entrustments = "entrustments",
    }
}

impl ImportKind {
    /// The page on which what was imported is listed.
    pub(super) fn list(self) -> &'static str {
        match self {
            Self::Contractors => "/contractors",
            Self::Entrustments => "/entrustments",
        }
    }
}

word_type! {
    /// How far an import is.
    ImportStatus {
        /// Uploaded and looked at.
        Waiting = "waiting",
        /// Confirmed; its file may still be there.
        Confirmed = "confirmed",
    }
}

/// An import.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = import)]
pub(super) struct Import {
    pub tenant_id: OrganisationId,
    pub id: ImportId,
    pub kind: ImportKind,
    pub file_name: String,
    pub object: String,
    pub version: i32,
}

/// An upload as it is entered.
#[derive(Clone, Debug)]
pub(super) struct NewImport {
    pub id: ImportId,
    pub kind: ImportKind,
    pub file_name: String,
    pub rows: usize,
    pub faults: usize,
    pub object: String,
}
