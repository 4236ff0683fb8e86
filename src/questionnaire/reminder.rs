//! Reminders: which are due on a day, by pure rules.
//!
//! The contractor is reminded 14, 7, 3 and 1 days before the deadline and on each of the three
//! working days after it; on the fifth working day after it the division is told. Everything is
//! counted from the deadline as it is now, so an extension moves everything. After the deadline
//! nothing goes on a day on which public bodies are closed.

use chrono::{Days, NaiveDate};

use super::entity::QuestionnaireStatus;
use crate::japanese::{add_working_days, is_closed_day};

mod mail;
#[cfg(test)]
mod tests;

pub(super) use mail::{Addressee, letter};

/// Days before the deadline.
const BEFORE: [u8; 4] = [14, 7, 3, 1];

/// Working days after the deadline on which the contractor is reminded.
const OVERDUE: [u8; 3] = [1, 2, 3];

/// The working day after the deadline on which the division is told.
const ESCALATION: u8 = 5;

/// How long after a deadline its last reminder can be due at most: five working days over the
/// longest row of closed days, with room.
pub(super) const REACH_BACK: Days = Days::new(21);

/// How long before a deadline its first reminder is due.
pub(super) const REACH_AHEAD: Days = Days::new(14);

/// A reminder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reminder {
    /// To the contractor, so many days before the deadline.
    Before(u8),
    /// To the contractor, on the so-many-th working day after the deadline.
    Overdue(u8),
    /// To the division.
    Escalation,
}

impl Reminder {
    /// The day on which it is due.
    #[must_use]
    pub fn day(self, deadline: NaiveDate) -> NaiveDate {
        match self {
            Self::Before(days) => {
                deadline.checked_sub_days(Days::new(days.into())).unwrap_or(NaiveDate::MIN)
            }
            Self::Overdue(count) => add_working_days(deadline, count.into()),
            Self::Escalation => add_working_days(deadline, ESCALATION.into()),
        }
    }

    /// Its name in keys and in the ledger, such as `before-14`.
    #[must_use]
    pub fn word(self) -> String {
        match self {
            Self::Before(days) => format!("before-{days}"),
            Self::Overdue(count) => format!("overdue-{count}"),
            Self::Escalation => "escalation".to_owned(),
        }
    }
}

/// What the rules know of a questionnaire.
#[derive(Clone, Copy, Debug)]
pub struct Waiting {
    /// The deadline as it is now.
    pub deadline: NaiveDate,
    /// How far it has come.
    pub status: QuestionnaireStatus,
    /// The day on which it was dispatched.
    pub dispatched_on: NaiveDate,
}

/// What is due on `today`, when reminders went out on `since` for the last time: to the contractor
/// the newest of those that fell due after `since`, and the escalation if it did. (The caller sends
/// each of a deadline once: one that fell due before a closed day may be named twice.)
#[must_use]
pub fn due(waiting: Waiting, since: NaiveDate, today: NaiveDate) -> Vec<Reminder> {
    use QuestionnaireStatus as Status;
    if !matches!(waiting.status, Status::Answering | Status::Returned) {
        return Vec::new();
    }
    let since = since.max(waiting.dispatched_on);
    if today <= waiting.deadline {
        let before = BEFORE.map(Reminder::Before);
        return newest(&before, waiting.deadline, since, today).into_iter().collect();
    }
    if is_closed_day(today) {
        return Vec::new();
    }
    let since = last_sending_day(since);
    let to_contractor = newest(&OVERDUE.map(Reminder::Overdue), waiting.deadline, since, today);
    let escalation = newest(&[Reminder::Escalation], waiting.deadline, since, today);
    to_contractor.into_iter().chain(escalation).collect()
}

fn newest(
    all: &[Reminder],
    deadline: NaiveDate,
    since: NaiveDate,
    today: NaiveDate,
) -> Option<Reminder> {
    let fell_due = |reminder: &Reminder| {
        let day = reminder.day(deadline);
        since < day && day <= today
    };
    all.iter().copied().filter(fell_due).max_by_key(|reminder| reminder.day(deadline))
}

/// On a closed day nothing went out after a deadline: what fell due on the open day before it may
/// have been missed then.
fn last_sending_day(since: NaiveDate) -> NaiveDate {
    if !is_closed_day(since) {
        return since;
    }
    let mut day = since;
    while let Some(before) = day.pred_opt().filter(|_| is_closed_day(day)) {
        day = before;
    }
    day.pred_opt().unwrap_or(day)
}
