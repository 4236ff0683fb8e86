//! Reminders of requests, by pure rules: who is asked two working days before the day and one after
//! it, both sides after five. Each goes once; of several that were missed the newest goes.

use chrono::{Days, NaiveDate};

use crate::japanese::{add_working_days, is_closed_day};

/// How far the reminding of a request is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stage {
    /// Before the day.
    Soon,
    /// The day has passed.
    Late,
    /// It has passed for a while; who asked is told too.
    Escalation,
}

impl Stage {
    const ALL: [Self; 3] = [Self::Soon, Self::Late, Self::Escalation];

    /// The number that is stored; 0 stands for none.
    pub(super) const fn number(self) -> i32 {
        match self {
            Self::Soon => 1,
            Self::Late => 2,
            Self::Escalation => 3,
        }
    }

    /// Its name in the ledger.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Soon => "soon",
            Self::Late => "late",
            Self::Escalation => "escalation",
        }
    }

    /// The first day on which it is sent.
    fn from(self, due_on: NaiveDate) -> NaiveDate {
        match self {
            Self::Soon => working_days_before(due_on, 2),
            Self::Late => add_working_days(due_on, 1),
            Self::Escalation => add_working_days(due_on, 5),
        }
    }
}

/// The `count`-th open day before a day.
fn working_days_before(day: NaiveDate, count: usize) -> NaiveDate {
    let mut before = day;
    for _ in 0..count {
        loop {
            let Some(earlier) = before.pred_opt() else { return day };
            before = earlier;
            if !is_closed_day(before) {
                break;
            }
        }
    }
    before
}

/// The stage that a request due on `due_on` newly reaches on `today`.
pub(super) fn due(
    due_on: NaiveDate,
    asked_on: NaiveDate,
    reminded: i32,
    today: NaiveDate,
) -> Option<Stage> {
    // Whoever was asked today needs no reminder today.
    let reached = |stage: &Stage| {
        stage.number() > reminded && stage.from(due_on) <= today && asked_on < today
    };
    Stage::ALL.into_iter().filter(reached).max()
}

/// The last day on which something due is reminded of on `today`: what is due later waits. Two open
/// days never lie further apart than the longest row of closed ones.
pub(super) fn latest_due(today: NaiveDate) -> NaiveDate {
    today.checked_add_days(Days::new(20)).unwrap_or(today)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn who_is_asked_hears_before_and_after_the_day_and_then_both() {
        // The 24th is a Friday; the 29th a holiday.
        for (today, reminded, stage) in [
            ("2026-04-21", 0, None),
            ("2026-04-22", 0, Some(Stage::Soon)),
            ("2026-04-22", 1, None),
            ("2026-04-24", 1, None),
            ("2026-04-27", 1, Some(Stage::Late)),
            ("2026-04-27", 0, Some(Stage::Late)),
            ("2026-05-01", 2, None),
            ("2026-05-07", 2, Some(Stage::Escalation)),
            ("2026-06-01", 0, Some(Stage::Escalation)),
            ("2026-06-01", 3, None),
        ] {
            let found = due(day("2026-04-24"), day("2026-04-01"), reminded, day(today));
            assert_eq!(found, stage, "{today} {reminded}");
        }
    }

    #[test]
    fn nobody_is_reminded_on_the_day_of_asking() {
        let asked = day("2026-04-23");
        assert_eq!(due(day("2026-04-24"), asked, 0, asked), None);
        assert_eq!(due(day("2026-04-24"), asked, 0, day("2026-04-24")), Some(Stage::Soon));
    }

    #[test]
    fn nothing_that_is_to_be_reminded_of_lies_beyond_the_last_day_looked_at() {
        let mut today = day("2026-01-01");
        while today < day("2027-02-01") {
            let beyond = latest_due(today).succ_opt().unwrap();
            assert_eq!(due(beyond, day("2025-01-01"), 0, today), None, "{today}");
            today = today.succ_opt().unwrap();
        }
    }
}
