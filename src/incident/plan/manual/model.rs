//! A manual and its steps.

use std::collections::BTreeSet;

use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use crate::actor::OrganisationId;
use crate::clock::Timestamp;
use crate::database::schema::incident_manual;
use crate::database::types::Json;
use crate::error::{Error, Result};
use crate::incident::model::IncidentKind;
use crate::questionnaire::Text;
use crate::rulebook::Party;
use crate::{id_type, word_type};

/// A change of it is a new version: what was made from an earlier one says so.
pub(super) const STANDARD: &str =
    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/incident-manual/standard.json"));

id_type! {
    /// The id of a version of an organisation's manual.
    ManualId
}

word_type! {
    /// Within which time of knowing a step is taken.
    Section {
        /// Within 24 hours.
        Day = "day",
        /// Within a week.
        Week = "week",
        /// Within a month.
        Month = "month",
    }
}

word_type! {
    /// The page of the incident to which a step belongs.
    StepPage {
        /// The duties (報告と通知の要否).
        Duties = "duties",
        /// The report to the authority (漏えい等報告).
        Report = "report",
        /// The timeline (経過の記録).
        Timeline = "timeline",
        /// The persons concerned, and how they are told.
        Persons = "persons",
        /// Those to whom data went wrongly.
        WrongRecipients = "wrong_recipients",
        /// The cause, and how it is prevented.
        Cause = "cause",
    }
}

impl StepPage {
    /// Where it is under the incident's page, and the key of its title.
    #[must_use]
    pub const fn place(self) -> (&'static str, &'static str) {
        match self {
            Self::Duties => ("/duties", "incident-assessment-title"),
            Self::Report => ("/report", "incident-authority-title"),
            Self::Timeline => ("/timeline", "incident-timeline-title"),
            Self::WrongRecipients => ("/wrong-recipients", "incident-wrong-title"),
            Self::Persons => ("/persons", "incident-person-title"),
            Self::Cause => ("/cause", "incident-cause-title"),
        }
    }
}

impl Section {
    /// The most hours that a step of it has.
    #[must_use]
    pub const fn hours(self) -> u16 {
        match self {
            Self::Day => 24,
            Self::Week => 7 * 24,
            Self::Month => 30 * 24,
        }
    }
}

/// A step as the manual has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ManualStep {
    /// Unique in the manual.
    pub id: String,
    /// In which section it stands.
    pub section: Section,
    /// Which side takes it.
    pub side: Party,
    /// Within how many hours of that side's knowing.
    pub hours: u16,
    /// The page of the incident to which it belongs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<StepPage>,
    /// In which kinds of incidents; none named: in all.
    #[serde(default)]
    pub kinds: Vec<IncidentKind>,
    /// What is to be done.
    pub what: Text,
    /// How.
    #[serde(default)]
    pub how: Text,
}

impl ManualStep {
    /// Whether it is taken in incidents of a kind.
    #[must_use]
    pub fn is_for(&self, kind: IncidentKind) -> bool {
        self.kinds.is_empty() || self.kinds.contains(&kind)
    }
}

/// The manual that ships with the portal.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Standard {
    /// Its version.
    pub version: i32,
    /// Its steps in their order.
    pub steps: Vec<ManualStep>,
}

impl Standard {
    /// Reads it.
    ///
    /// # Errors
    /// When the asset is not of this shape.
    pub fn read() -> Result<Self> {
        let own: Self = serde_json::from_str(STANDARD)?;
        let ids: BTreeSet<&str> = own.steps.iter().map(|step| step.id.as_str()).collect();
        if ids.len() == own.steps.len() { Ok(own) } else { Err(Error::internal("step twice")) }
    }
}

/// A version of an organisation's manual.
#[derive(Clone, Debug, Queryable, Selectable, Serialize)]
#[diesel(table_name = incident_manual)]
pub struct Manual {
    /// The organisation.
    pub tenant_id: OrganisationId,
    /// The id.
    pub id: ManualId,
    /// Its number, from 1.
    pub version_no: i32,
    /// Its steps in their order.
    pub steps: Json<Vec<ManualStep>>,
    /// Who drafted it.
    pub drafted_by_name: String,
    /// When.
    pub drafted_at: Timestamp,
    /// Who published it.
    pub published_by_name: String,
    /// When; none for a draft.
    pub published_at: Option<Timestamp>,
    /// For optimistic locking.
    pub version: i32,
}

/// A version in the list of them.
#[derive(Clone, Debug, Queryable)]
pub struct Head {
    /// The id.
    pub id: ManualId,
    /// Its number.
    pub version_no: i32,
    /// Who drafted it.
    pub drafted_by_name: String,
    /// When.
    pub drafted_at: Timestamp,
    /// Who published it.
    pub published_by_name: String,
    /// When; none for a draft.
    pub published_at: Option<Timestamp>,
}
