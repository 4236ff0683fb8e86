//! Warnings before saving: what would be broken is shown, and whoever saves says why, or says that
//! it happened.
//!
//! A register is a register of facts: what was done must be writable, or it would be hidden. Where a
//! rule allows exceptions a reason is asked for; where it doesn't, the person confirms that it is
//! entered as it happened. Either becomes a finding.

use serde::Serialize;

use super::rule::{Broken, Exceptions, RuleId};
use crate::web::{Form, Invalid, Language, Message, locale};

/// Most characters of a reason.
const MAX_REASON: usize = 500;

/// A rule that would be broken, as the form shows it (`<rulebook.warnings warnings={warnings} />`).
#[derive(Clone, Debug, Serialize)]
pub struct Warning {
    /// The rule.
    pub rule: RuleId,
    /// What it is called.
    pub title: String,
    /// What it says.
    pub text: String,
    /// What breaks it.
    pub what: String,
    /// The clause's number.
    pub clause: u8,
    /// The severity: low, medium, high.
    pub severity: &'static str,
    /// Whether a reason is asked for; otherwise a confirmation.
    pub allows_exception: bool,
    /// The field: `reason_<rule>` or `fact_<rule>`.
    pub field: String,
}

/// The warnings for what is broken, one a rule.
#[must_use]
pub fn warnings(language: Language, broken: &[Broken]) -> Vec<Warning> {
    let mut rules: Vec<RuleId> = broken.iter().map(|b| b.rule).collect();
    rules.sort_unstable();
    rules.dedup();
    rules.into_iter().map(|rule| warning(language, rule, broken)).collect()
}

fn warning(language: Language, rule: RuleId, broken: &[Broken]) -> Warning {
    let what: Vec<&str> = broken
        .iter()
        .filter(|b| b.rule == rule && !b.what.is_empty())
        .map(|b| b.what.as_str())
        .collect();
    Warning {
        rule,
        title: locale::text(language, &format!("rule-{rule}-title")),
        text: locale::text(language, &format!("rule-{rule}-text")),
        what: what.join(&locale::text(language, "rule-between")),
        clause: rule.clause(),
        severity: rule.severity().as_str(),
        allows_exception: rule.allows_exception(),
        field: field(rule),
    }
}

fn field(rule: RuleId) -> String {
    if rule.allows_exception() { format!("reason_{rule}") } else { format!("fact_{rule}") }
}

/// The reasons of the form, when each rule that would be broken was answered for.
///
/// # Errors
/// A message at the field of each rule that wasn't: the form is shown again with [`warnings`].
pub fn acknowledged(form: &Form, broken: &[Broken]) -> Result<Exceptions, Invalid> {
    let mut exceptions = Exceptions::new();
    let mut invalid = Invalid::default();
    for Broken { rule, .. } in broken {
        let field = field(*rule);
        let said = form.value(&field).trim();
        let fault = if !rule.allows_exception() {
            said.is_empty().then(|| Message::new("rule-error-confirm"))
        } else if said.is_empty() {
            Some(Message::new("rule-error-reason"))
        } else if said.chars().count() > MAX_REASON {
            Some(Message::new("error-too-long").with("max", MAX_REASON))
        } else {
            exceptions.insert(*rule, said.to_owned());
            None
        };
        match fault {
            Some(message) if !invalid.errors.iter().any(|(name, _)| *name == field) => {
                invalid.errors.push((field, message));
            }
            _ => {}
        }
    }
    if invalid.errors.is_empty() { Ok(exceptions) } else { Err(invalid) }
}
