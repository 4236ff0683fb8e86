//! How the matter with a wrong recipient stands, and when its silence is chased: pure.

use chrono::TimeDelta;

use super::model::{Kept, PassedOn, Seen, Standing, WrongRecipient};
use crate::clock::Timestamp;
use crate::japanese::{add_working_days, jst_date, next_open_day};

/// Working days of silence after which is reminded; then once a week.
const REMINDERS: [u32; 3] = [1, 3, 7];

/// How long a link for a written confirmation counts.
pub(super) const LINK: TimeDelta = TimeDelta::days(30);

/// Whether an answer ends the risk: deleted or returned, and not passed on.
pub(super) fn is_confirmed(kept: Kept, passed_on: PassedOn) -> bool {
    matches!(kept, Kept::Deleted | Kept::Returned) && passed_on == PassedOn::No
}

/// How many reminders should have gone by `now` about what was asked at `asked_at`.
pub(super) fn reached(asked_at: Timestamp, now: Timestamp) -> i32 {
    let (asked_on, today) = (jst_date(asked_at), jst_date(now));
    let working = REMINDERS.map(|days| add_working_days(asked_on, days));
    let last = working.last().copied().unwrap_or(asked_on);
    let weekly = (1..).map(|week| next_open_day(last + TimeDelta::weeks(week)));
    let days = working.into_iter().chain(weekly);
    i32::try_from(days.take_while(|day| *day <= today).count()).unwrap_or(i32::MAX)
}

/// Whether a reminder is due of what was asked at `asked_at`, after so many that went.
pub(super) fn due(asked_at: Timestamp, reminded: i32, now: Timestamp) -> bool {
    reached(asked_at, now) > reminded
}

/// Since when an answer is waited for, once somebody has asked at `asked`: what was answered since, or
/// is no risk any more, isn't waited for, and who asks again doesn't begin the waiting anew.
pub(super) fn waiting_since(of: &WrongRecipient, asked: Timestamp) -> Option<Timestamp> {
    if !is_open(of) {
        return None;
    }
    if of.answered_at.is_some_and(|answered| answered >= asked) {
        return of.waiting_since;
    }
    Some(of.waiting_since.map_or(asked, |since| since.min(asked)))
}

/// How the matter with a wrong recipient stands at a moment.
pub(super) fn standing(of: &WrongRecipient, now: Timestamp) -> Standing {
    if of.closed_at.is_some() {
        Standing::Closed
    } else if of.answered_at.is_some() && is_confirmed(of.kept, of.passed_on) {
        Standing::Confirmed
    } else if of.kept == Kept::NotDeleted || of.passed_on == PassedOn::Yes {
        Standing::Risk
    } else if let Some(since) = of.waiting_since {
        if due(since, 0, now) { Standing::Silent } else { Standing::Waiting }
    } else if of.answered_at.is_some() {
        Standing::Unclear
    } else {
        Standing::ToAsk
    }
}

/// Whether the risk is still there: neither confirmed nor closed with a reason.
pub(super) fn is_open(of: &WrongRecipient) -> bool {
    let confirmed = of.answered_at.is_some() && is_confirmed(of.kept, of.passed_on);
    of.closed_at.is_none() && !confirmed
}

/// Whether its silence lasts too long.
pub(super) fn is_silent(of: &WrongRecipient, now: Timestamp) -> bool {
    of.closed_at.is_none() && of.waiting_since.is_some_and(|since| due(since, 0, now))
}

/// Whether all of them say that nobody saw it and that it is deleted.
pub(super) fn all_unseen(all: &[WrongRecipient]) -> bool {
    let unseen = |one: &WrongRecipient| {
        one.seen == Seen::No && one.kept == Kept::Deleted && one.passed_on == PassedOn::No
    };
    !all.is_empty() && all.iter().all(unseen)
}
