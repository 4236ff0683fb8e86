//! How an access stands on a day.

use chrono::NaiveDate;
use serde::Serialize;

use crate::entrustment::AuditorAccessStatus as Status;

/// How an access stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Somebody else has to decide.
    Asked,
    /// Given, and its first day is still to come.
    Ahead,
    /// The auditor sees the entrustment.
    InForce,
    /// Its last day is over.
    Past,
    /// It was refused.
    Refused,
    /// It was ended before its last day.
    Ended,
}

impl Standing {
    /// Its name in keys.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Ahead => "ahead",
            Self::InForce => "in-force",
            Self::Past => "past",
            Self::Refused => "refused",
            Self::Ended => "ended",
        }
    }

    /// The tone in which a page shows it.
    #[must_use]
    pub fn tone(self) -> &'static str {
        match self {
            Self::Asked => "warn",
            Self::Ahead => "info",
            Self::InForce => "good",
            Self::Past | Self::Refused | Self::Ended => "neutral",
        }
    }
}

/// How an access with these days stands on `today`: both its first and its last day are within.
#[must_use]
pub fn standing(status: Status, from: NaiveDate, until: NaiveDate, today: NaiveDate) -> Standing {
    match status {
        Status::Refused => Standing::Refused,
        Status::Ended => Standing::Ended,
        Status::Asked | Status::Granted if today > until => Standing::Past,
        Status::Asked => Standing::Asked,
        Status::Granted if today < from => Standing::Ahead,
        Status::Granted => Standing::InForce,
    }
}

#[cfg(test)]
mod tests {
    use super::{Standing, Status, standing};
    use chrono::NaiveDate;

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 6, day).unwrap()
    }

    #[test]
    fn it_counts_from_the_first_day_to_the_last() {
        let on = |today| standing(Status::Granted, day(10), day(12), day(today));
        assert_eq!(
            [9, 10, 12, 13].map(on),
            [Standing::Ahead, Standing::InForce, Standing::InForce, Standing::Past]
        );
    }

    #[test]
    fn nothing_but_what_was_given_counts() {
        for (status, expected) in [
            (Status::Asked, Standing::Asked),
            (Status::Refused, Standing::Refused),
            (Status::Ended, Standing::Ended),
        ] {
            assert_eq!(standing(status, day(10), day(12), day(11)), expected);
        }
        assert_eq!(standing(Status::Asked, day(10), day(12), day(13)), Standing::Past);
    }
}
