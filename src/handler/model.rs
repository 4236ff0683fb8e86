//! A handler.

use chrono::NaiveDate;
use diesel::prelude::*;
use serde::Serialize;

use crate::actor::{OrganisationId, PersonId};
use crate::clock::Timestamp;
use crate::database::schema::{handler, training};
use crate::entrustment::EntrustmentId;
use crate::rulebook::{HandlerFact, HandlerId};
use crate::{id_type, word_type};

id_type! {
    /// The id of a training.
    TrainingId
}

word_type! {
    /// What a handler is there for.
    Duty {
        /// Responsible for the work (責任者).
        Responsible = "responsible",
        /// Handles the data (従事者).
        Handler = "handler",
        /// Runs the systems.
        System = "system",
        /// Something else.
        Other = "other",
    }
}

/// A handler on the roster of an entrustment.
#[derive(Clone, Debug, Queryable, Selectable, Serialize)]
#[diesel(table_name = handler)]
pub struct Handler {
    /// The principal.
    pub tenant_id: OrganisationId,
    /// The id.
    pub id: HandlerId,
    /// The entrustment.
    pub entrustment_id: EntrustmentId,
    /// The account, when the address is a member's of the contractor.
    pub person_id: Option<PersonId>,
    /// The name as typed.
    pub name: String,
    /// The name in katakana.
    pub name_kana: String,
    /// The mail address, or empty.
    pub email: String,
    /// What the handler is there for.
    pub duty: Duty,
    /// Whether sent by an agency (派遣労働者).
    pub temporary: bool,
    /// When the handler pledged.
    pub pledged_on: Option<NaiveDate>,
    /// From when.
    pub starts_on: NaiveDate,
    /// Until when.
    pub ends_on: Option<NaiveDate>,
    /// When all that a leaver held was back.
    pub returned_on: Option<NaiveDate>,
    /// What was given back, or isn't yet.
    pub return_note: String,
    /// Remarks.
    pub note: String,
    /// When the handler was entered.
    pub created_at: Timestamp,
    /// For optimistic locking.
    pub version: i32,
}

impl Handler {
    /// The handler as the rules look at it.
    #[must_use]
    pub fn fact(&self, trained_on: Vec<NaiveDate>) -> HandlerFact {
        HandlerFact {
            id: self.id,
            name: self.name.clone(),
            email: self.email.clone(),
            starts_on: self.starts_on,
            ends_on: self.ends_on,
            pledged_on: self.pledged_on,
            trained_on,
            returned_on: self.returned_on,
        }
    }
}

/// A training of a handler.
#[derive(Clone, Debug, Queryable, Selectable, Serialize)]
#[diesel(table_name = training)]
pub struct Training {
    /// Of whom.
    pub handler_id: HandlerId,
    /// When.
    pub held_on: NaiveDate,
    /// What about.
    pub content: String,
    /// Who entered it.
    pub entered_by_name: String,
}

/// A handler as entered or changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NewHandler {
    /// The name as typed.
    pub name: String,
    /// The name in katakana, or empty.
    pub name_kana: String,
    /// The mail address, or empty.
    pub email: String,
    /// What the handler is there for.
    pub duty: Duty,
    /// Whether sent by an agency.
    pub temporary: bool,
    /// When the handler pledged.
    pub pledged_on: Option<NaiveDate>,
    /// From when.
    pub starts_on: NaiveDate,
    /// Remarks.
    pub note: String,
}

impl NewHandler {
    /// The handler as the rules look at it, before it has left.
    #[must_use]
    pub fn fact(&self, id: HandlerId, trained_on: Vec<NaiveDate>) -> HandlerFact {
        HandlerFact {
            id,
            name: self.name.clone(),
            email: self.email.clone(),
            starts_on: self.starts_on,
            ends_on: None,
            pledged_on: self.pledged_on,
            trained_on,
            returned_on: None,
        }
    }
}

/// A training as entered: for one handler, or for those who were there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NewTraining {
    /// When.
    pub held_on: NaiveDate,
    /// What about.
    pub content: String,
}

/// When a handler left, and whether all is back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Leave {
    /// The last day.
    pub ends_on: NaiveDate,
    /// When all was back.
    pub returned_on: Option<NaiveDate>,
    /// What was given back, or isn't yet.
    pub return_note: String,
}
