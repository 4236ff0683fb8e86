//! Reminders of findings: which are due on a day, by pure rules.
//!
//! What rules, answers and inspections raise is told the day after it was raised. The contractor is
//! reminded the day before a finding is due, on the day, and every week after it; a week after it
//! the division is told. Everything is counted from the due date as it is now.

use chrono::{Days, NaiveDate};

use super::model::{FindingStatus, Source};

/// Days after the due date after which the division is told, and between reminders.
const WEEK: i64 = 7;

/// A reminder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reminder {
    /// To the contractor: it was raised.
    New,
    /// To the contractor, the day before.
    Before,
    /// To the contractor, on the day.
    Due,
    /// To the contractor, so many weeks after.
    Late(i64),
    /// To the division.
    Escalation,
}

impl Reminder {
    /// Its name in keys.
    pub(super) fn word(self) -> String {
        match self {
            Self::New => "new".to_owned(),
            Self::Before => "before".to_owned(),
            Self::Due => "due".to_owned(),
            Self::Late(weeks) => format!("late-{weeks}"),
            Self::Escalation => "escalation".to_owned(),
        }
    }
}

/// What the rules know of a finding.
#[derive(Clone, Copy, Debug)]
pub(super) struct Waiting {
    pub source: Source,
    pub status: FindingStatus,
    pub due_on: NaiveDate,
    pub raised_on: NaiveDate,
}

/// What is due on `today`, when the last round was on `since`: that it is new, the newest of the
/// reminders to the contractor, and the escalation, each if it fell due after `since`.
pub(super) fn due(waiting: Waiting, since: NaiveDate, today: NaiveDate) -> Vec<Reminder> {
    if !matches!(waiting.status, FindingStatus::Open | FindingStatus::Returned) {
        return Vec::new();
    }
    let falls = |day: Option<NaiveDate>| day.is_some_and(|day| since < day && day <= today);
    let mut due = Vec::new();
    let first = waiting.status == FindingStatus::Open && waiting.source != Source::Officer;
    if first && falls(waiting.raised_on.succ_opt()) {
        due.push(Reminder::New);
    }
    let since_due = (today - waiting.due_on).num_days();
    let newest = match since_due {
        -1 => Reminder::Before,
        0..WEEK => Reminder::Due,
        _ => Reminder::Late(since_due / WEEK),
    };
    let day = match newest {
        Reminder::Before => waiting.due_on.pred_opt(),
        Reminder::Due => Some(waiting.due_on),
        _ => after(waiting.due_on, since_due / WEEK),
    };
    if since_due >= -1 && falls(day) && day.is_some_and(|day| waiting.raised_on < day) {
        due.push(newest);
    }
    if falls(after(waiting.due_on, 1)) {
        due.push(Reminder::Escalation);
    }
    due
}

fn after(day: NaiveDate, weeks: i64) -> Option<NaiveDate> {
    day.checked_add_days(Days::new(u64::try_from(weeks * WEEK).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn waiting(source: Source, status: FindingStatus) -> Waiting {
        Waiting { source, status, due_on: day("2026-05-20"), raised_on: day("2026-05-01") }
    }

    /// What daily rounds send, day by day.
    fn daily(waiting: Waiting, from: &str, to: &str) -> Vec<(String, String)> {
        let (mut today, last) = (day(from), day(to));
        let mut sent = Vec::new();
        while today <= last {
            for reminder in due(waiting, today.pred_opt().unwrap(), today) {
                sent.push((today.to_string(), reminder.word()));
            }
            today = today.succ_opt().unwrap();
        }
        sent
    }

    #[test]
    fn each_reminder_falls_on_one_day() {
        let sent = daily(waiting(Source::Rule, FindingStatus::Open), "2026-05-01", "2026-06-04");
        let sent: Vec<_> = sent.iter().map(|(day, word)| (day.as_str(), word.as_str())).collect();
        assert_eq!(
            sent,
            [
                ("2026-05-02", "new"),
                ("2026-05-19", "before"),
                ("2026-05-20", "due"),
                ("2026-05-27", "late-1"),
                ("2026-05-27", "escalation"),
                ("2026-06-03", "late-2"),
            ]
        );
    }

    #[test]
    fn a_missed_round_is_caught_up_with_the_newest_alone() {
        let open = waiting(Source::Officer, FindingStatus::Returned);
        assert_eq!(due(open, day("2026-05-10"), day("2026-05-22")), [Reminder::Due]);
        let late = [Reminder::Late(2), Reminder::Escalation];
        assert_eq!(due(open, day("2026-05-10"), day("2026-06-05")), late);
        assert!(due(open, day("2026-06-05"), day("2026-06-05")).is_empty());
    }

    #[test]
    fn what_was_answered_or_closed_waits_for_the_officer() {
        for status in [FindingStatus::Answered, FindingStatus::Closed] {
            assert!(daily(waiting(Source::Rule, status), "2026-05-01", "2026-06-30").is_empty());
        }
    }
}
