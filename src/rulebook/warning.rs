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
pub const MAX_REASON: usize = 500;

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

/// What a rule is called.
#[must_use]
pub fn title(language: Language, rule: RuleId) -> String {
    locale::text(language, &format!("rule-{rule}-title"))
}

/// What a rule says.
#[must_use]
pub fn text(language: Language, rule: RuleId) -> String {
    locale::text(language, &format!("rule-{rule}-text"))
}

/// What breaks a rule ([`Broken::what`]), as a reader has it: the words of a closed list, numbers
/// of persons and dates in the language; names and codes as they are.
#[must_use]
pub fn what(language: Language, rule: RuleId, what: &str) -> String {
    let prefix = match rule {
        RuleId::Place => "place-",
        RuleId::Medium => "medium-",
        RuleId::Way | RuleId::SensitiveWay => "way-",
        RuleId::TooManyPersons | RuleId::OpenRecipients => {
            return what.parse::<i64>().map_or_else(
                |_| what.to_owned(),
                |count| locale::text_with(language, "rule-persons", &[("count", count.into())]),
            );
        }
        RuleId::Retention | RuleId::AfterEnd => {
            return what.parse().map_or_else(|_| what.to_owned(), |day| locale::day(language, day));
        }
        _ => return what.to_owned(),
    };
    let key = format!("{prefix}{what}");
    if locale::has(language, &key) { locale::text(language, &key) } else { what.to_owned() }
}

fn warning(language: Language, rule: RuleId, broken: &[Broken]) -> Warning {
    let these: Vec<String> = broken
        .iter()
        .filter(|b| b.rule == rule && !b.what.is_empty())
        .map(|b| what(language, rule, &b.what))
        .collect();
    Warning {
        rule,
        title: title(language, rule),
        text: text(language, rule),
        what: these.join(&locale::text(language, "rule-between")),
        clause: rule.clause(),
        severity: rule.severity().as_str(),
        allows_exception: rule.allows_exception(),
        field: field(rule),
    }
}

fn field(rule: RuleId) -> String {
    if rule.allows_exception() { format!("reason_{rule}") } else { format!("fact_{rule}") }
}

/// The exceptions that one reason claims for all that is broken and allows one.
#[must_use]
pub fn claimed(reason: &str, broken: &[Broken]) -> Exceptions {
    let excepted = broken.iter().filter(|b| b.rule.allows_exception());
    excepted.map(|b| (b.rule, reason.to_owned())).collect()
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
