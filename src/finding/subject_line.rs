//! A finding as the page of its subject shows it (`<registers.findings findings={findings} />`).

use chrono::NaiveDate;
use serde::Serialize;

use super::model::{Finding, FindingStatus};
use crate::web::Language;

/// A line about a finding.
#[derive(Clone, Debug, Serialize)]
pub struct FindingLine {
    /// Where it leads.
    pub href: String,
    /// What it says.
    pub title: String,
    /// By what.
    pub detail: String,
    /// The reason with which an exception was claimed.
    pub reason: String,
    /// low, medium, high.
    pub severity: &'static str,
    /// Whether it is closed.
    pub closed: bool,
    /// Whether the facts no longer break the rule.
    pub mended: bool,
    /// Until when it is to be mended.
    pub due_on: NaiveDate,
}

/// The lines of findings in the reader's language.
#[must_use]
pub fn lines(language: Language, findings: &[Finding]) -> Vec<FindingLine> {
    let line = |f: &Finding| FindingLine {
        href: format!("/entrustments/{}/findings/{}", f.entrustment_id, f.id),
        title: f.heading(language),
        detail: f.detail(language),
        reason: f.reason.clone(),
        severity: f.severity.as_str(),
        closed: f.status == FindingStatus::Closed,
        mended: f.mended_at.is_some(),
        due_on: f.due_on,
    };
    findings.iter().map(line).collect()
}
