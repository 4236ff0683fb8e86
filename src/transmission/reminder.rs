//! Reminders of unconfirmed transmissions, by pure rules: the other side after 3 and 7 working days,
//! the division after 10. Each goes once; of several that were missed the newest goes.

use chrono::NaiveDate;

use crate::japanese::add_working_days;

/// How far the reminding of a transmission is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stage {
    /// The first reminder.
    First,
    /// The second.
    Second,
    /// The division was told.
    Escalation,
}

impl Stage {
    const ALL: [Self; 3] = [Self::First, Self::Second, Self::Escalation];

    /// The number that is stored; 0 stands for none.
    pub(super) const fn number(self) -> i32 {
        match self {
            Self::First => 1,
            Self::Second => 2,
            Self::Escalation => 3,
        }
    }

    /// Its name in the ledger.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Second => "second",
            Self::Escalation => "escalation",
        }
    }

    /// Working days after the entry.
    const fn after(self) -> u32 {
        match self {
            Self::First => 3,
            Self::Second => 7,
            Self::Escalation => 10,
        }
    }
}

/// The stage that a transmission entered on `entered_on` newly reaches on `today`.
pub(super) fn due(entered_on: NaiveDate, reminded: i32, today: NaiveDate) -> Option<Stage> {
    let reached = |stage: &Stage| {
        stage.number() > reminded && add_working_days(entered_on, stage.after()) <= today
    };
    Stage::ALL.into_iter().filter(reached).max()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_other_side_is_reminded_after_three_and_seven_working_days_the_division_after_ten() {
        // A Wednesday; the 29th of April is a holiday.
        let entered = day("2026-04-22");
        for (today, reminded, stage) in [
            ("2026-04-24", 0, None),
            ("2026-04-27", 0, Some(Stage::First)),
            ("2026-04-27", 1, None),
            ("2026-05-06", 1, None),
            ("2026-05-07", 1, Some(Stage::Second)),
            ("2026-05-08", 0, Some(Stage::Second)),
            ("2026-05-11", 2, None),
            ("2026-05-12", 2, Some(Stage::Escalation)),
            ("2026-06-01", 0, Some(Stage::Escalation)),
            ("2026-06-01", 3, None),
        ] {
            assert_eq!(due(entered, reminded, day(today)), stage, "{today} {reminded}");
        }
    }
}
