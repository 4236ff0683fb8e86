//! The forms about cause and prevention.

use chrono::{Months, NaiveDate};

use super::model::{Cause, MOST_WHYS, RootCause};
use crate::entrustment::EntrustmentId;
use crate::incident::text;
use crate::japanese::contains_my_number;
use crate::rulebook::Severity;
use crate::web::{Fields, Form, Invalid, Message, Rule};

/// Months from today within which a due date lies.
const LONGEST: Months = Months::new(24);

/// The cause as it is recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct CauseForm {
    pub whys: Vec<String>,
    pub root: RootCause,
    pub summary: String,
}

/// A corrective action as it is raised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Action {
    pub title: String,
    pub detail: String,
    pub severity: Severity,
    pub due_on: NaiveDate,
    pub owner_name: String,
}

/// The questions to the contractors of similar entrustments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Asking {
    pub entrustments: Vec<EntrustmentId>,
    pub deadline: NaiveDate,
    pub contact: String,
    pub message: String,
}

/// The fields of the whys.
pub(super) fn why_fields() -> Vec<String> {
    (1..=MOST_WHYS).map(|n| format!("why_{n}")).collect()
}

impl CauseForm {
    /// Reads the form; whys that are left empty are left out.
    ///
    /// # Errors
    /// What is wrong, by field.
    pub(super) fn parse(form: &Form) -> Result<Self, Invalid> {
        let mut f = Fields::of(form);
        let fields = why_fields();
        let whys: Vec<Option<String>> =
            fields.iter().map(|field| f.optional(field, Rule::text(500))).collect();
        let none = whys.iter().all(|why| why.as_deref() == Some(""));
        f.check(!none, "why_1", "error-required");
        let root = f.word("root");
        let summary = f.text("cause_summary", Rule::text(2000));
        let mut texts: Vec<(&str, Option<&str>)> =
            fields.iter().map(String::as_str).zip(whys.iter().map(Option::as_deref)).collect();
        texts.push(("cause_summary", summary.as_deref()));
        text::check(&mut f, &texts);
        f.finish(|| {
            let whys: Option<Vec<String>> = whys.into_iter().collect();
            let whys = whys?.into_iter().filter(|why| !why.is_empty()).collect();
            Some(Self { whys, root: root?, summary: summary? })
        })
    }

    /// The form filled in with what is recorded; its version is 0 as long as nothing is.
    pub(super) fn form(cause: Option<&Cause>) -> Form {
        let Some(cause) = cause else {
            return Form::from_pairs([("version", "0")]);
        };
        let mut form = Form::from_pairs([
            ("root", cause.root.to_string()),
            ("cause_summary", cause.summary.clone()),
            ("version", cause.version.to_string()),
        ]);
        for (field, why) in why_fields().iter().zip(&cause.whys.0) {
            form.set(field, why);
        }
        form
    }
}

impl Action {
    /// Reads the form.
    ///
    /// # Errors
    /// What is wrong, by field.
    pub(super) fn parse(form: &Form, today: NaiveDate) -> Result<Self, Invalid> {
        let mut f = Fields::of(form);
        let title = f.text("action", Rule::line(200));
        let detail = f.text("detail", Rule::text(2000));
        let severity = f.word("severity");
        let due_on = from_today(&mut f, "due_on", today);
        let owner_name = f.optional("owner_name", Rule::line(100));
        let texts = [
            ("action", title.as_deref()),
            ("detail", detail.as_deref()),
            ("owner_name", owner_name.as_deref()),
        ];
        text::check(&mut f, &texts);
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

impl Asking {
    /// Reads the form; only `similar` entrustments can be asked.
    ///
    /// # Errors
    /// What is wrong, by field.
    pub(super) fn parse(
        form: &Form,
        similar: &[EntrustmentId],
        today: NaiveDate,
    ) -> Result<Self, Invalid> {
        let mut f = Fields::of(form);
        let entrustments = f.words::<EntrustmentId>("entrustment");
        if let Some(chosen) = &entrustments {
            f.check(!chosen.is_empty(), "entrustment", "error-entrustment-required");
            let known = chosen.iter().all(|id| similar.contains(id));
            f.check(known, "entrustment", "error-choose-from-list");
        }
        let deadline = from_today(&mut f, "deadline", today);
        let contact = f.text("contact", Rule::line(200));
        let message = f.optional("message", Rule::text(2000));
        // An office's own telephone number belongs here, a My Number nowhere.
        let number = contact.as_deref().is_some_and(contains_my_number);
        f.check(!number, "contact", "incident-error-my-number");
        text::check(&mut f, &[("message", message.as_deref())]);
        f.finish(|| {
            Some(Self {
                entrustments: entrustments?,
                deadline: deadline?,
                contact: contact?,
                message: message?,
            })
        })
    }
}

fn from_today(f: &mut Fields<'_>, field: &str, today: NaiveDate) -> Option<NaiveDate> {
    let day = f.date(field)?;
    let far = today.checked_add_months(LONGEST).is_some_and(|last| day > last);
    if day < today {
        f.error(field, Message::new("error-deadline-past"));
    } else if far {
        f.error(field, Message::new("error-deadline-far"));
    }
    Some(day)
}
