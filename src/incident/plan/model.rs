//! A step of the plan.

use diesel::prelude::*;
use serde::Serialize;

use super::manual::{ManualId, Section, StepPage};
use crate::actor::OrganisationId;
use crate::clock::Timestamp;
use crate::database::schema::incident_step;
use crate::database::types::Json;
use crate::incident::IncidentId;
use crate::questionnaire::Text;
use crate::rulebook::Party;
use crate::{id_type, word_type};

id_type! {
    /// The id of a step.
    StepId
}

word_type! {
    /// How far a step is.
    StepStatus {
        /// It is to be done.
        Open = "open",
        /// It is done.
        Done = "done",
        /// It isn't needed, with a reason.
        NotNeeded = "not_needed",
    }
}

/// A step of the plan of an incident.
#[derive(Clone, Debug, Queryable, Selectable, Serialize)]
#[diesel(table_name = incident_step)]
pub struct Step {
    /// The principal.
    pub tenant_id: OrganisationId,
    /// The id.
    pub id: StepId,
    /// The incident.
    pub incident_id: IncidentId,
    /// Its number in the plan, from 1.
    pub position: i32,
    /// The organisation's manual from which it comes, if it is from one.
    pub manual_id: Option<ManualId>,
    /// The number of the manual's version; 0 for what was added by hand.
    pub manual_version: i32,
    /// Within which time.
    pub section: Section,
    /// Which side takes it.
    pub side: Party,
    /// Who, by name; may be empty.
    pub assignee_name: String,
    /// What is to be done.
    pub what: Json<Text>,
    /// How.
    pub how: Json<Text>,
    /// Until when.
    pub due_at: Timestamp,
    /// How far it is.
    pub status: StepStatus,
    /// When it was done.
    pub done_at: Option<Timestamp>,
    /// What came of it, or why it isn't needed.
    pub note: String,
    /// When that was entered.
    pub settled_at: Option<Timestamp>,
    /// By whom.
    pub settled_by_name: String,
    /// When its side was told that it is late.
    pub reminded_at: Option<Timestamp>,
    /// For optimistic locking.
    pub version: i32,
    /// The page of the incident to which it belongs.
    pub page: Option<StepPage>,
}

impl Step {
    /// Whether it is still to be done.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.status == StepStatus::Open
    }

    /// Whether it should have been done by now.
    #[must_use]
    pub fn is_late(&self, now: Timestamp) -> bool {
        self.is_open() && self.due_at < now
    }
}
