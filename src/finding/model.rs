//! A finding.

use chrono::NaiveDate;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use crate::actor::OrganisationId;
use crate::clock::Timestamp;
use crate::database::schema::finding;
use crate::database::types::Json;
use crate::entrustment::EntrustmentId;
use crate::rulebook::{self, RuleId, Severity};
use crate::web::{Language, locale};
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

word_type! {
    /// How a finding was closed.
    Outcome {
        /// It isn't closed.
        None = "",
        /// The action has its effect.
        Mended = "mended",
        /// The exception that was claimed is accepted.
        Exception = "exception",
    }
}

/// A round that ended with a return: what was answered, and what the officer said to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Round {
    /// Why it came to it.
    pub root_cause: String,
    /// What was done.
    pub action: String,
    /// When.
    pub action_on: Option<NaiveDate>,
    /// Who answered.
    pub answered_by: String,
    /// When.
    pub answered_at: Option<Timestamp>,
    /// What the officer said.
    pub comment: String,
    /// Who returned it.
    pub returned_by: String,
    /// When.
    pub returned_at: Timestamp,
}

/// What a finding says in English, where a question or a checklist says it in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct English {
    /// What it is called; empty for what was typed.
    pub title: String,
    /// By what; empty for what was typed.
    pub detail: String,
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
    /// What it is about: `holding`, `transmission`, `handler`, `sub_entrustment`, `questionnaire`,
    /// `inspection`, `incident`, or the `entrustment` itself.
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
    /// The same as a number, 1 the gravest: lists are sorted by it.
    pub grade: i32,
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
    /// The rounds that were returned, the first one first.
    pub rounds: Json<Vec<Round>>,
    /// The officer's check of the effect, or why the exception is accepted.
    pub effect: String,
    /// How it was closed.
    pub outcome: Outcome,
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
    /// Title and detail in English, where they are known.
    pub english: Json<English>,
}

/// What a finding is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Subject<'a> {
    /// `holding`, `transmission`, `handler`, `sub_entrustment`, `questionnaire`, `inspection`, `incident`.
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
    /// The same in English, where it isn't typed.
    pub english: English,
    /// The reason with which an exception was claimed.
    pub reason: &'a str,
    /// How grave.
    pub severity: Severity,
    /// Until when; by the severity when none is given.
    pub due_on: Option<NaiveDate>,
}

/// The severity as a number, 1 the gravest.
#[must_use]
pub(super) const fn grade(severity: Severity) -> i32 {
    match severity {
        Severity::High => 1,
        Severity::Medium => 2,
        Severity::Low => 3,
    }
}

/// The words of a rule (`rule-<id>-title`, `-text`), or nothing where there are none.
fn rule_words(language: Language, rule: &str, part: &str) -> Option<String> {
    let key = format!("rule-{rule}-{part}");
    locale::has(language, &key).then(|| locale::text(language, &key))
}

/// What a finding is called: a broken rule by the rule's words, any other by its own.
#[must_use]
pub fn heading(
    language: Language,
    source: Source,
    rule: &str,
    title: &str,
    english: &English,
) -> String {
    match source {
        Source::Rule => rule_words(language, rule, "title").unwrap_or_else(|| rule.to_owned()),
        _ => in_language(language, title, &english.title),
    }
}

/// The words of the reader's language; those that were typed, where there are no others.
fn in_language(language: Language, typed: &str, english: &str) -> String {
    match language {
        Language::En if !english.is_empty() => english.to_owned(),
        _ => typed.to_owned(),
    }
}

impl Finding {
    /// What it is called.
    #[must_use]
    pub fn heading(&self, language: Language) -> String {
        heading(language, self.source, &self.rule, &self.title, &self.english.0)
    }

    /// By what: what broke a rule in the rulebook's words, any other by its own.
    #[must_use]
    pub fn detail(&self, language: Language) -> String {
        match self.rule.parse::<RuleId>() {
            Ok(rule) if self.source == Source::Rule => rulebook::what(language, rule, &self.detail),
            _ => in_language(language, &self.detail, &self.english.0.detail),
        }
    }

    /// What the broken rule says.
    #[must_use]
    pub fn rule_text(&self, language: Language) -> String {
        match self.source {
            Source::Rule => rule_words(language, &self.rule, "text").unwrap_or_default(),
            _ => String::new(),
        }
    }

    /// The number of the clause from which it follows: of a rule, or of an item of a checklist,
    /// whose id begins with it (`c10-2`).
    #[must_use]
    pub fn clause(&self) -> Option<u8> {
        match self.source {
            Source::Rule => self.rule.parse::<RuleId>().ok().map(RuleId::clause),
            Source::Inspection => self.rule.strip_prefix('c')?.split('-').next()?.parse().ok(),
            _ => None,
        }
    }

    /// Whether the contractor is to answer.
    #[must_use]
    pub fn takes_answer(&self) -> bool {
        matches!(self.status, FindingStatus::Open | FindingStatus::Returned)
    }

    /// Whether it is not closed.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.status != FindingStatus::Closed
    }

    /// Its page.
    #[must_use]
    pub fn href(&self) -> String {
        format!("/entrustments/{}/findings/{}", self.entrustment_id, self.id)
    }

    /// The page of what it is about.
    #[must_use]
    pub fn subject_href(&self) -> String {
        let (own, id) = (self.entrustment_id, &self.subject_id);
        let list = match self.subject_kind.as_str() {
            "questionnaire" => return format!("/questionnaires/{id}"),
            "holding" => "holdings",
            "transmission" => "transmissions",
            "handler" => "handlers",
            "recipient" => "recipients",
            "sub_entrustment" => "sub-entrustments",
            "inspection" => "inspections",
            "disposal" => "disposals",
            "incident" => "incidents",
            _ => return format!("/entrustments/{own}"),
        };
        format!("/entrustments/{own}/{list}/{id}")
    }
}
