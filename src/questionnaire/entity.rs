//! A questionnaire that was dispatched: the row, and how far it has come.

use chrono::NaiveDate;
use diesel::prelude::*;
use serde::Serialize;

use super::rules::ResponseStatus;
use crate::actor::OrganisationId;
use crate::clock::Timestamp;
use crate::database::schema::questionnaire;
use crate::entrustment::EntrustmentId;
use crate::{id_type, word_type};

id_type! {
    /// The id of a dispatched questionnaire.
    QuestionnaireId
}
id_type! {
    /// The id of a dispatch: one act that sent any number of questionnaires.
    DispatchId
}

word_type! {
    /// How far a questionnaire has come.
    QuestionnaireStatus {
        /// Sent; the contractor answers, round one.
        Answering = "answering",
        /// Attested and handed in; the principal reviews.
        Submitted = "submitted",
        /// Some answers came back; the contractor answers those again.
        Returned = "returned",
        /// Every answer was accepted.
        Approved = "approved",
        /// Taken back by the principal.
        Withdrawn = "withdrawn",
    }
}

impl From<QuestionnaireStatus> for ResponseStatus {
    fn from(status: QuestionnaireStatus) -> Self {
        match status {
            QuestionnaireStatus::Answering => Self::Answering,
            QuestionnaireStatus::Submitted => Self::Submitted,
            QuestionnaireStatus::Returned => Self::Returned,
            QuestionnaireStatus::Approved => Self::Approved,
            QuestionnaireStatus::Withdrawn => Self::Withdrawn,
        }
    }
}

/// A questionnaire (点検票) of one entrustment: a frozen copy of a template with a deadline.
#[derive(Clone, Debug, Queryable, Selectable, Serialize)]
#[diesel(table_name = questionnaire)]
pub struct Questionnaire {
    /// The principal.
    pub tenant_id: OrganisationId,
    /// The id.
    pub id: QuestionnaireId,
    /// The entrustment.
    pub entrustment_id: EntrustmentId,
    /// The act that sent it.
    pub dispatch_id: DispatchId,
    /// The hash of the frozen template.
    pub frozen_hash: String,
    /// The last day to answer (Japan's time).
    pub deadline: NaiveDate,
    /// How far it has come.
    pub status: QuestionnaireStatus,
    /// The round of answering, from 1.
    pub round: i32,
    /// Questions answered, for lists.
    pub answered: i32,
    /// Questions asked (those that are shown), for lists.
    pub questions: i32,
    /// When it was handed in last.
    pub submitted_at: Option<Timestamp>,
    /// When every answer was accepted.
    pub approved_at: Option<Timestamp>,
    /// When it was dispatched.
    pub created_at: Timestamp,
    /// For optimistic locking.
    pub version: i32,
}
