//! What whoever confirms an upload says about the rows that break a handling rule: one reason for
//! all that give none of their own, and that the others are entered as they happened.

use serde::Serialize;

use crate::rulebook::{self, Broken};
use crate::web::{Fields, Form, Invalid, Message, Rule};

/// A row that breaks handling rules.
#[derive(Clone, Debug)]
pub(super) struct RowBroken {
    /// Its number in the sheet.
    pub row: u32,
    /// What it breaks.
    pub broken: Vec<Broken>,
    /// The reason that it gives itself, or empty.
    pub reason: String,
}

/// What was said.
#[derive(Clone, Debug, Default)]
pub(super) struct Said {
    /// The reason for all rows that give none.
    reason: String,
}

/// What has to be said.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub(super) struct Asked {
    /// A reason: a row claims an exception and gives none.
    pub reason: bool,
    /// That rows are entered as it happened: a rule without exceptions is broken.
    pub facts: bool,
}

impl Asked {
    /// What these rows make us ask.
    pub fn of(rows: &[RowBroken]) -> Self {
        let excepted = |row: &RowBroken| row.broken.iter().any(|b| b.rule.allows_exception());
        let factual = |row: &RowBroken| row.broken.iter().any(|b| !b.rule.allows_exception());
        Self {
            reason: rows.iter().any(|row| row.reason.is_empty() && excepted(row)),
            facts: rows.iter().any(factual),
        }
    }
}

impl Said {
    /// Reads what was said.
    pub fn parse(form: &Form, asked: Asked) -> Result<Self, Invalid> {
        let mut f = Fields::of(form);
        let reason = f.optional("reason", Rule::text(rulebook::MAX_REASON));
        if asked.reason && reason.as_deref() == Some("") {
            f.error("reason", Message::new("rule-error-reason"));
        }
        f.check(!asked.facts || f.ticked("facts"), "facts", "rule-error-confirm");
        f.finish(|| Some(Self { reason: reason? }))
    }

    /// The reason for a row that gives its own or not.
    pub fn reason<'a>(&'a self, own: &'a str) -> &'a str {
        if own.is_empty() { &self.reason } else { own }
    }
}
