//! When files may be fetched, how far a download is, and when is reminded: pure.

use chrono::{Duration, NaiveDate};
use serde::{Deserialize, Serialize};

use super::model::Download;
use crate::clock::Timestamp;
use crate::handover::{Delivery, Handover, HandoverStatus};
use crate::japanese::{add_working_days, next_open_day};
use crate::word_type;

/// How long a download may be resumed.
pub(super) const TICKET: Duration = Duration::hours(1);
/// How long an outside recipient may look after the right code.
pub(super) const PERMISSION: Duration = Duration::minutes(30);
/// How often a file's size is handed out at most for one download.
pub(super) const MOST_TIMES: i64 = 3;
/// How many wrong codes there may be before the sender has to issue another.
pub(super) const MOST_GUESSES: i32 = 5;
/// Working days after which is reminded; then once a week.
const REMINDERS: [u32; 3] = [1, 3, 7];

/// Whether the files may be fetched at a moment: to the second, and never again once it was over.
pub(super) fn is_open(of: &Handover, delivery: &Delivery, now: Timestamp) -> bool {
    of.status == HandoverStatus::Sent
        && delivery.refused_at.is_none()
        && of.valid_until.is_some_and(|until| now < until)
}

/// Whether a download may go on: not once it is complete, nor after an hour. One that seems to have
/// begun later than now is from before the clock was set back, and is over.
pub(super) fn goes_on(download: &Download, now: Timestamp) -> bool {
    let age = now - download.started_at;
    download.completed_at.is_none() && age < TICKET && age > -Duration::minutes(1)
}

word_type! {
    /// How one recipient's part stands.
    Standing {
        /// Can be fetched, and nothing was yet.
        Waiting = "waiting",
        /// A whole file was fetched.
        Received = "received",
        /// The recipient said that it is somebody else's.
        Refused = "refused",
        /// Taken back.
        Recalled = "recalled",
        /// Over without having been fetched.
        Over = "over",
    }
}

impl Standing {
    /// The tone in which a page shows it.
    pub fn tone(self) -> &'static str {
        match self {
            Self::Waiting => "info",
            Self::Received => "good",
            Self::Refused => "bad",
            Self::Recalled => "warn",
            Self::Over => "neutral",
        }
    }
}

/// How a part stands.
pub(super) fn standing(of: &Handover, delivery: &Delivery, now: Timestamp) -> Standing {
    if delivery.refused_at.is_some() {
        Standing::Refused
    } else if of.status == HandoverStatus::Recalled {
        Standing::Recalled
    } else if delivery.received_at.is_some() {
        Standing::Received
    } else if is_open(of, delivery, now) {
        Standing::Waiting
    } else {
        Standing::Over
    }
}

/// Which bytes of a file were handed out: ranges in their order, none touching the next.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Handed(Vec<(i64, i64)>);

impl Handed {
    /// The same with those from `start` to before `end`.
    pub fn with(mut self, start: i64, end: i64) -> Self {
        if start < end {
            self.0.push((start, end));
            self.0.sort_unstable();
        }
        let mut merged: Vec<(i64, i64)> = Vec::with_capacity(self.0.len());
        for (start, end) in self.0 {
            match merged.last_mut() {
                Some((_, last)) if start <= *last => *last = end.max(*last),
                _ => merged.push((start, end)),
            }
        }
        Self(merged)
    }

    /// How far they go from the beginning without a gap.
    pub fn reached(&self) -> i64 {
        self.0.first().filter(|(start, _)| *start == 0).map_or(0, |(_, end)| *end)
    }

    /// Whether they are all of a file.
    pub fn is_whole(&self, size: i64) -> bool {
        self.reached() >= size
    }
}

/// How many reminders should have gone by `today` about what was asked on `asked_on`, if that is
/// more than went: after 1, 3 and 7 working days, then once a week, on the next open day.
pub(super) fn due_reminder(asked_on: NaiveDate, reminded: i32, today: NaiveDate) -> Option<i32> {
    let working = REMINDERS.map(|days| add_working_days(asked_on, days));
    let last = working.last().copied().unwrap_or(asked_on);
    let weekly = (1..).map(|week| next_open_day(last + Duration::weeks(week)));
    let days = working.into_iter().chain(weekly);
    let reached = days.take_while(|day| *day <= today).count();
    i32::try_from(reached).ok().filter(|reached| *reached > reminded)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn is_reminded_after_one_three_and_seven_working_days_and_then_weekly() {
        // A Wednesday; the 29th of April, and the 4th to the 6th of May are holidays.
        let asked = day("2026-04-22");
        for (today, reminded, due) in [
            ("2026-04-22", 0, None),
            ("2026-04-23", 0, Some(1)),
            ("2026-04-23", 1, None),
            ("2026-04-27", 1, Some(2)),
            ("2026-05-01", 2, None),
            ("2026-05-07", 2, Some(3)),
            ("2026-05-13", 3, None),
            ("2026-05-14", 3, Some(4)),
            ("2026-05-21", 4, Some(5)),
            ("2026-05-21", 0, Some(5)),
            ("2026-05-27", 5, None),
        ] {
            assert_eq!(due_reminder(asked, reminded, day(today)), due, "{today} {reminded}");
        }
    }

    #[test]
    fn a_download_is_whole_when_no_byte_is_missing() {
        let handed = Handed::default().with(0, 40).with(60, 100);
        assert_eq!((handed.reached(), handed.is_whole(100)), (40, false));
        let handed = handed.with(30, 60);
        assert_eq!((handed.reached(), handed.is_whole(100)), (100, true));
        assert!(Handed::default().is_whole(0), "an empty file has nothing to hand out");
        assert_eq!(Handed::default().with(5, 5), Handed::default());
    }

    proptest! {
        #[test]
        fn ranges_say_of_every_byte_whether_it_was_handed_out(
            parts in proptest::collection::vec((0_i64..60, 0_i64..60), 0..12),
        ) {
            let mut bytes = [false; 60];
            let mut handed = Handed::default();
            for (a, b) in parts {
                let (start, end) = (a.min(b), a.max(b));
                handed = handed.with(start, end);
                for (at, byte) in bytes.iter_mut().enumerate() {
                    let at = i64::try_from(at).unwrap();
                    *byte = *byte || (start..end).contains(&at);
                }
            }
            let first = bytes.iter().position(|byte| !byte).unwrap_or(60);
            prop_assert_eq!(handed.reached(), i64::try_from(first).unwrap());
            prop_assert_eq!(handed.is_whole(60), bytes.iter().all(|byte| *byte));
            let ends: Vec<_> = handed.0.windows(2).map(|pair| pair[0].1 < pair[1].0).collect();
            prop_assert!(ends.into_iter().all(|apart| apart));
        }
    }
}
