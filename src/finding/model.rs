//! A finding.

use chrono::NaiveDate;
use diesel::prelude::*;
use serde::Serialize;

use crate::actor::OrganisationId;
use crate::clock::Timestamp;
use crate::database::schema::finding;
use crate::entrustment::EntrustmentId;
use crate::rulebook::Severity;
use crate::{id_type, word_type};

id_type! {
    /// The id of a finding.
    FindingId
}

word_type! {
    /// From what a finding came.
    Source {
        /// An answer of a questionnaire.
        Questionnaire = "questionnaire",
        /// A rule that is broken.
        Rule = "rule",
        /// An inspection.
        Inspection = "inspection",
        /// An incident.
        Incident = "incident",
        /// An officer, by hand.
        Officer = "officer",
    }
}

word_type! {
    /// How far a finding is.
    FindingStatus {
        /// Raised; the contractor is to answer.
        Open = "open",
        /// The contractor told cause and action; the effect is to be checked.
        Answered = "answered",
        /// The officer wasn't content; the contractor is to answer again.
        Returned = "returned",
        /// Closed by an officer.
        Closed = "closed",
    }
}

/// A finding with its corrective action.
#[derive(Clone, Debug, Queryable, Selectable, Serialize)]
#[diesel(table_name = finding)]
pub struct Finding {
    /// The principal.
    pub tenant_id: OrganisationId,
    /// The id.
    pub id: FindingId,
    /// The entrustment.
    pub entrustment_id: EntrustmentId,
    /// Its number in the entrustment, from 1.
    pub position: i32,
    /// From what it came.
    pub source: Source,
    /// What it is about: `holding`, `transmission`, `handler`, `sub_entrustment`, `questionnaire`, `inspection`.
    pub subject_kind: String,
    /// The id of that.
    pub subject_id: String,
    /// The rule or question, or empty.
    pub rule: String,
    /// What it says, for those that are typed; empty for a rule, whose words are in the locale.
    pub title: String,
    /// By what, or more words.
    pub detail: String,
    /// The reason with which an exception was claimed.
    pub reason: String,
    /// How grave.
    pub severity: Severity,
    /// How far.
    pub status: FindingStatus,
    /// Who is to mend it.
    pub owner_name: String,
    /// Until when.
    pub due_on: NaiveDate,
    /// Why it came to it.
    pub root_cause: String,
    /// What was done.
    pub action: String,
    /// When.
    pub action_on: Option<NaiveDate>,
    /// Who answered.
    pub answered_by_name: String,
    /// When.
    pub answered_at: Option<Timestamp>,
    /// The officer's check of the effect.
    pub effect: String,
    /// When the facts no longer broke the rule.
    pub mended_at: Option<Timestamp>,
    /// Who closed it.
    pub closed_by_name: String,
    /// When.
    pub closed_at: Option<Timestamp>,
    /// How often it was reminded of.
    pub reminded: i32,
    /// Who raised it.
    pub raised_by_name: String,
    /// When.
    pub raised_at: Timestamp,
    /// For optimistic locking.
    pub version: i32,
}

/// What a finding is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Subject<'a> {
    /// `holding`, `transmission`, `handler`, `sub_entrustment`, `questionnaire`, `inspection`.
    pub kind: &'static str,
    /// Its id.
    pub id: &'a str,
}

/// A finding as it is raised.
#[derive(Clone, Debug)]
pub struct NewFinding<'a> {
    /// From what it comes.
    pub source: Source,
    /// What it is about.
    pub subject: Subject<'a>,
    /// The rule or question, or empty.
    pub rule: &'a str,
    /// What it says; empty for a rule.
    pub title: &'a str,
    /// By what, or more words.
    pub detail: &'a str,
    /// The reason with which an exception was claimed.
    pub reason: &'a str,
    /// How grave.
    pub severity: Severity,
    /// Until when; by the severity when none is given.
    pub due_on: Option<NaiveDate>,
}
