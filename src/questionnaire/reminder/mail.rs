//! The words of a reminder.

use chrono::NaiveDate;

use super::Reminder;
use crate::account::Recipient;
use crate::notice::{Letter, Link};
use crate::questionnaire::store::Open;
use crate::web::locale::{self, ArgValue};
use crate::web::{Language, Settings};

/// To whom a reminder goes.
#[derive(Clone, Debug)]
pub(in crate::questionnaire) struct Addressee {
    pub name: String,
    pub email: String,
    pub language: Language,
}

impl From<&Recipient> for Addressee {
    fn from(recipient: &Recipient) -> Self {
        Self {
            name: recipient.name.clone(),
            email: recipient.email.clone(),
            language: recipient.language,
        }
    }
}

/// The mail of `reminder` about `open` to one addressee.
pub(in crate::questionnaire) fn letter(
    settings: &Settings,
    open: &Open,
    reminder: Reminder,
    today: NaiveDate,
    to: &Addressee,
) -> Letter {
    let (kind, stem) = match reminder {
        Reminder::Before(_) => ("reminder", "mail-reminder-before"),
        Reminder::Overdue(_) => ("reminder", "mail-reminder-overdue"),
        Reminder::Escalation => ("escalation", "mail-reminder-escalation"),
    };
    let args = [
        ("organisation", ArgValue::from(open.organisation.as_str())),
        ("title", open.title.as_str().into()),
        ("number", open.number.as_str().into()),
        ("deadline", locale::day(to.language, open.deadline).into()),
        ("days", (open.deadline - today).num_days().into()),
    ];
    let say = |part: &str| locale::text_with(to.language, &format!("{stem}-{part}"), &args);
    Letter {
        tenant_id: Some(open.tenant_id),
        kind,
        to_address: to.email.clone(),
        to_name: to.name.clone(),
        language: to.language,
        subject: say("subject"),
        organisation: open.organisation.clone(),
        paragraphs: vec![say("text"), say("how")],
        link: Some(Link {
            label: locale::text(to.language, "mail-reminder-link"),
            href: format!("{}/questionnaires/{}", settings.base_url, open.id),
        }),
    }
}
