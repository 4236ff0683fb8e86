//! The forms of handlers and how they are read.

use chrono::NaiveDate;

use super::model::{Handler, Leave, NewHandler, NewTraining};
use crate::japanese;
use crate::web::{Fields, Form, Invalid, Rule};

/// The empty form: from today, trained today.
pub(super) fn empty(today: NaiveDate) -> Form {
    let today = today.to_string();
    Form::from_pairs([("duty", "handler"), ("starts_on", &*today)])
}

impl Handler {
    /// The form filled in with this handler.
    #[must_use]
    pub(super) fn form(&self) -> Form {
        let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
        let mut form = Form::from_pairs([
            ("name", self.name.clone()),
            ("name_kana", self.name_kana.clone()),
            ("email", self.email.clone()),
            ("duty", self.duty.to_string()),
            ("pledged_on", day(self.pledged_on)),
            ("starts_on", self.starts_on.to_string()),
            ("note", self.note.clone()),
            ("version", self.version.to_string()),
        ]);
        if self.temporary {
            form.set("temporary", "on");
        }
        form
    }

    /// The form of leaving.
    #[must_use]
    pub(super) fn leaving_form(&self, today: NaiveDate) -> Form {
        let returned = self.returned_on.map(|day| day.to_string()).unwrap_or_default();
        Form::from_pairs([
            ("ends_on", self.ends_on.unwrap_or(today).to_string()),
            ("returned_on", returned),
            ("return_note", self.return_note.clone()),
            ("version", self.version.to_string()),
        ])
    }
}

/// A handler as typed, with the last training when one was named.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The handler.
    pub handler: NewHandler,
    /// The last training.
    pub training: Option<NewTraining>,
}

impl Entry {
    /// Reads the form.
    ///
    /// # Errors
    /// What is wrong, by field.
    pub fn parse(form: &Form, today: NaiveDate) -> Result<Self, Invalid> {
        let mut f = Fields::of(form);
        let name = f.text("name", Rule::line(100));
        let name_kana = f.optional("name_kana", Rule::line(200));
        if let Some(kana) = &name_kana {
            let katakana = kana.is_empty() || japanese::is_katakana_name(kana);
            f.check(katakana, "name_kana", "error-not-katakana");
        }
        let unnamed = form.value("email").trim().is_empty();
        let email = if unnamed { Some(String::new()) } else { f.email("email") };
        let duty = f.word("duty");
        let temporary = f.ticked("temporary");
        let starts_on = f.date("starts_on");
        let pledged_on = past(&mut f, "pledged_on", today);
        let trained_on = past(&mut f, "trained_on", today);
        let content = f.optional("training_content", Rule::text(1000));
        if let (Some(Some(_)), Some(content)) = (trained_on, &content) {
            f.check(!content.is_empty(), "training_content", "error-required");
        }
        let note = f.optional("note", Rule::text(2000));
        f.finish(|| {
            let content = content?;
            Some(Self {
                handler: NewHandler {
                    name: name?,
                    name_kana: name_kana?,
                    email: email?,
                    duty: duty?,
                    temporary,
                    pledged_on: pledged_on?,
                    starts_on: starts_on?,
                    note: note?,
                },
                training: trained_on?.map(|held_on| NewTraining { held_on, content }),
            })
        })
    }
}

/// A day that has come, or none.
#[expect(clippy::option_option, reason = "outside: readable or not; inside: there or not")]
fn past(f: &mut Fields<'_>, field: &str, today: NaiveDate) -> Option<Option<NaiveDate>> {
    let day = f.optional_date(field)?;
    f.check(day.is_none_or(|day| day <= today), field, "handler-error-future");
    Some(day)
}

impl Leave {
    /// Reads the form.
    ///
    /// # Errors
    /// What is wrong, by field.
    pub(super) fn parse(form: &Form, handler: &Handler, today: NaiveDate) -> Result<Self, Invalid> {
        let mut f = Fields::of(form);
        let ends_on = f.date("ends_on");
        if let Some(day) = ends_on {
            f.check(day >= handler.starts_on, "ends_on", "handler-error-before-start");
            f.check(day <= today, "ends_on", "handler-error-future");
        }
        let returned_on = past(&mut f, "returned_on", today);
        let return_note = f.optional("return_note", Rule::text(1000));
        f.finish(|| {
            Some(Self { ends_on: ends_on?, returned_on: returned_on?, return_note: return_note? })
        })
    }
}
