//! An upload that waits for its confirmation.

use diesel::prelude::*;

use crate::actor::{OrganisationId, Role};
use crate::database::schema::import;
use crate::entrustment::{EntrustmentId, HOLDERS, KEEPERS};
use crate::transmission;
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
        /// Handlers on rosters.
        Handlers = "handlers",
        /// Holdings.
        Holdings = "holdings",
        /// Transmissions.
        Transmissions = "transmissions",
        /// A principal's people, who are invited.
        Members = "members",
        /// A contractor's people, who are invited.
        Staff = "staff",
    }
}

impl ImportKind {
    /// Who imports it: whoever enters it one by one.
    pub(super) fn roles(self) -> &'static [Role] {
        match self {
            Self::Contractors | Self::Entrustments => KEEPERS,
            Self::Handlers | Self::Holdings => HOLDERS,
            Self::Transmissions => transmission::WRITERS,
            Self::Members => &[Role::Administrator],
            Self::Staff => &[Role::Representative],
        }
    }

    /// Whether its rows belong to entrustments.
    pub(super) fn is_register(self) -> bool {
        !matches!(self, Self::Contractors | Self::Entrustments) && !self.is_people()
    }

    /// Whether its rows are people to invite.
    pub(super) fn is_people(self) -> bool {
        matches!(self, Self::Members | Self::Staff)
    }

    /// What is said when all rows are entered.
    pub(super) fn done(self) -> &'static str {
        if self.is_people() { "done-invited-many" } else { "done-imported" }
    }

    /// The page on which what was imported is listed, of one entrustment or of all.
    pub(super) fn list(self, of: Option<EntrustmentId>) -> String {
        match (self, of) {
            (Self::Contractors, _) => "/contractors".to_owned(),
            (Self::Members | Self::Staff, _) => "/members".to_owned(),
            (Self::Entrustments, _) | (_, None) => "/entrustments".to_owned(),
            (register, Some(id)) => format!("/entrustments/{id}/{register}"),
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
    /// The entrustment from whose page it was uploaded.
    pub entrustment_id: Option<EntrustmentId>,
    pub file_name: String,
    pub object: String,
    pub version: i32,
}

/// An upload as it is entered.
#[derive(Clone, Debug)]
pub(super) struct NewImport {
    pub id: ImportId,
    pub kind: ImportKind,
    pub entrustment_id: Option<EntrustmentId>,
    pub file_name: String,
    pub rows: usize,
    pub faults: usize,
    pub object: String,
}
