//! Why an incident came to happen.

use diesel::prelude::*;
use serde::Serialize;

use crate::actor::OrganisationId;
use crate::clock::Timestamp;
use crate::database::schema::incident_cause;
use crate::database::types::Json;
use crate::incident::model::IncidentId;
use crate::word_type;

/// How often why is asked at most.
pub(super) const MOST_WHYS: usize = 5;

word_type! {
    /// What lies at the root of an incident.
    RootCause {
        /// There was no rule.
        NoRule = "no_rule",
        /// The rule wasn't kept.
        RuleNotKept = "rule_not_kept",
        /// Nobody else looked at it.
        NoSecondCheck = "no_second_check",
        /// Nobody had told them.
        Training = "training",
        /// Too much work for too few.
        Workload = "workload",
        /// A system or its settings.
        System = "system",
        /// How things are kept and carried.
        Custody = "custody",
        /// How a contractor was looked after.
        Supervision = "supervision",
        /// Somebody's bad intent.
        Malice = "malice",
        /// An attack from outside.
        Attack = "attack",
        /// Something else.
        Other = "other",
    }
}

/// The cause of an incident.
#[derive(Clone, Debug, Queryable, Selectable, Serialize)]
#[diesel(table_name = incident_cause)]
pub(in crate::incident) struct Cause {
    /// The principal.
    pub tenant_id: OrganisationId,
    /// The incident.
    pub incident_id: IncidentId,
    /// The whys, the first one first.
    pub whys: Json<Vec<String>>,
    /// What lies at the root.
    pub root: RootCause,
    /// The cause in words that can be told.
    pub summary: String,
    /// Who recorded it.
    pub recorded_by_name: String,
    /// When.
    pub recorded_at: Timestamp,
    /// How many entrustments were asked because of it.
    pub asked: i32,
    /// When the last time.
    pub asked_at: Option<Timestamp>,
    /// For optimistic locking.
    pub version: i32,
}
