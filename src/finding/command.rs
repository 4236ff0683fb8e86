//! What the forms of a finding say.

use chrono::{Months, NaiveDate};

use super::model::{Finding, FindingStatus, Outcome};
use crate::rulebook::Severity;
use crate::web::{Fields, Form, Invalid, Message, Rule};
use crate::word_type;

/// Months from today within which a due date lies.
const LONGEST: Months = Months::new(24);

/// A finding that an officer raises by hand.
#[derive(Clone, Debug)]
pub(super) struct ByHand {
    pub title: String,
    pub detail: String,
    pub severity: Severity,
    pub due_on: NaiveDate,
    pub owner_name: String,
}

/// What a contractor answers.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    pub root_cause: String,
    pub action: String,
    pub action_on: NaiveDate,
    pub owner_name: String,
}

word_type! {
    /// What an officer decides.
    Decision {
        /// The action has its effect: closed.
        Close = "close",
        /// The exception is accepted: closed.
        Exception = "exception",
        /// Not content: returned.
        Return = "return",
    }
}

/// An officer's check.
#[derive(Clone, Debug)]
pub(super) struct Check {
    pub decision: Decision,
    pub words: String,
}

/// Severity, due date and owner as an officer changes them.
#[derive(Clone, Debug)]
pub(super) struct Terms {
    pub severity: Severity,
    pub due_on: NaiveDate,
    pub owner_name: String,
    pub reason: String,
}

impl Decision {
    /// What can be decided on a finding: returning what was answered, accepting an exception that
    /// was claimed.
    pub(super) fn possible(finding: &Finding) -> Vec<Self> {
        let mut possible = vec![Self::Close];
        if !finding.reason.is_empty() {
            possible.push(Self::Exception);
        }
        if finding.status == FindingStatus::Answered {
            possible.push(Self::Return);
        }
        possible
    }

    /// How a finding is closed by it; nothing for a return.
    pub(super) fn outcome(self) -> Option<Outcome> {
        match self {
            Self::Close => Some(Outcome::Mended),
            Self::Exception => Some(Outcome::Exception),
            Self::Return => None,
        }
    }
}

fn due_on(f: &mut Fields<'_>, today: NaiveDate, kept: Option<NaiveDate>) -> Option<NaiveDate> {
    let due_on = f.date("due_on")?;
    // What is late already may stay so: only a new date has to be one that can be met.
    if Some(due_on) != kept && due_on < today {
        f.error("due_on", Message::new("error-deadline-past"));
    } else if today.checked_add_months(LONGEST).is_some_and(|last| due_on > last) {
        f.error("due_on", Message::new("error-deadline-far"));
    }
    Some(due_on)
}

impl ByHand {
    pub(super) fn parse(form: &Form, today: NaiveDate) -> Result<Self, Invalid> {
        let mut f = Fields::of(form);
        let title = f.text("title", Rule::line(200));
        let detail = f.text("detail", Rule::text(2000));
        let severity = f.word("severity");
        let due_on = due_on(&mut f, today, None);
        let owner_name = f.optional("owner_name", Rule::line(100));
        f.finish(|| {
            Some(Self {
                title: title?,
                detail: detail?,
                severity: severity?,
                due_on: due_on?,
                owner_name: owner_name?,
            })
        })
    }
}

impl Answer {
    pub(super) fn parse(form: &Form, today: NaiveDate) -> Result<Self, Invalid> {
        let mut f = Fields::of(form);
        let root_cause = f.text("root_cause", Rule::text(2000));
        let action = f.text("action", Rule::text(2000));
        let action_on = f.date("action_on");
        f.check(action_on.is_none_or(|day| day <= today), "action_on", "finding-error-future");
        let owner_name = f.text("owner_name", Rule::line(100));
        f.finish(|| {
            Some(Self {
                root_cause: root_cause?,
                action: action?,
                action_on: action_on?,
                owner_name: owner_name?,
            })
        })
    }
}

impl Check {
    pub(super) fn parse(form: &Form, finding: &Finding) -> Result<Self, Invalid> {
        let mut f = Fields::of(form);
        let decision = f.word::<Decision>("decision");
        let possible = Decision::possible(finding);
        f.check(
            decision.is_none_or(|decision| possible.contains(&decision)),
            "decision",
            "error-choose-from-list",
        );
        let words = f.text("words", Rule::text(2000));
        f.finish(|| Some(Self { decision: decision?, words: words? }))
    }
}

impl Terms {
    pub(super) fn parse(form: &Form, finding: &Finding, today: NaiveDate) -> Result<Self, Invalid> {
        let mut f = Fields::of(form);
        let severity = f.word("severity");
        let due_on = due_on(&mut f, today, Some(finding.due_on));
        let owner_name = f.optional("owner_name", Rule::line(100));
        let reason = f.text("reason", Rule::text(1000));
        f.finish(|| {
            Some(Self {
                severity: severity?,
                due_on: due_on?,
                owner_name: owner_name?,
                reason: reason?,
            })
        })
    }

    /// The form filled in with what is so now.
    pub(super) fn form(finding: &Finding) -> Form {
        Form::from_pairs([
            ("severity", finding.severity.to_string()),
            ("due_on", finding.due_on.to_string()),
            ("owner_name", finding.owner_name.clone()),
            ("reason", String::new()),
            ("version", finding.version.to_string()),
        ])
    }
}
