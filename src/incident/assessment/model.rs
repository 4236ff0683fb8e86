//! Computations that were kept, and decisions.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::clock::Timestamp;
use crate::database::schema::{incident_assessment, incident_decision};
use crate::database::types::Json;
use crate::incident::duty::{Answer, Duties, Facts};
use crate::rulebook::Party;
use crate::{id_type, word_type};

id_type! {
    /// The id of a computation.
    AssessmentId
}

id_type! {
    /// The id of a decision.
    DecisionId
}

word_type! {
    /// What is decided.
    Verdict {
        /// To report to the authority and to notify the persons.
        Report = "report",
        /// Not to.
        NoReport = "no_report",
    }
}

word_type! {
    /// How far a decision is.
    Step {
        /// Decided, and nobody else is asked.
        Decided = "decided",
        /// Less than what was computed: it waits for an approver.
        Proposed = "proposed",
        /// An approver confirmed what was proposed.
        Confirmed = "confirmed",
        /// An approver returned it.
        Returned = "returned",
    }
}

/// A computation as it was kept.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = incident_assessment)]
pub(super) struct Assessment {
    /// Its number in the incident.
    pub position: i32,
    /// When.
    pub assessed_at: Timestamp,
    /// Who changed the facts.
    pub by_name: String,
    /// What it was computed for.
    pub cause: String,
    /// The facts of that time.
    pub facts: Json<Facts>,
    /// What followed.
    pub result: Json<Duties>,
    /// The first day of the rules.
    pub rules_from: Option<NaiveDate>,
}

/// A decision, or what became of one that was proposed.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = incident_decision)]
pub(in crate::incident) struct Decision {
    /// About whose duty.
    pub side: Party,
    /// How far it is.
    pub step: Step,
    /// What is decided.
    pub verdict: Verdict,
    /// What was computed then.
    pub computed: Answer,
    /// The number of the computation; 0 where none was kept.
    pub assessment: i32,
    /// Why.
    pub reason: String,
    /// What the approver said to it.
    pub note: String,
    /// Who.
    pub by_name: String,
    /// When.
    pub decided_at: Timestamp,
}
