//! How long one waits after wrong guesses: pure.

use chrono::Duration;

use crate::clock::Timestamp;

/// Wrong guesses of the last hour at one account, or from one network.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Seen {
    /// How many there were.
    pub count: i64,
    /// When the oldest was.
    pub first: Option<Timestamp>,
    /// When the newest was.
    pub last: Option<Timestamp>,
}

/// How many wrong guesses there may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Bounds {
    /// In an hour.
    pub most: i64,
    /// Without a wait.
    pub free: i64,
}

/// Of one account (security figure 9: at most ten an hour).
pub(super) const OF_ACCOUNT: Bounds = Bounds { most: 10, free: 3 };
/// From one network, at whatever accounts: an office has many hands.
pub(super) const OF_NETWORK: Bounds = Bounds { most: 200, free: 100 };

/// For how long a wrong guess is held against somebody.
pub(super) fn memory() -> Duration {
    Duration::hours(1)
}

/// How long one waits after so many wrong guesses, of which some are free: from then on twice as
/// long each time, up to about twenty minutes.
fn wait(guesses: i64, free: i64) -> Duration {
    match guesses.saturating_sub(free).clamp(0, 9) {
        0 => Duration::zero(),
        over => Duration::seconds(5 << (over - 1)),
    }
}

/// How long until another guess is looked at; nothing when it is now.
pub(super) fn blocked(now: Timestamp, seen: &Seen, bounds: Bounds) -> Option<Duration> {
    let (first, last) = (seen.first?, seen.last?);
    let until = if seen.count >= bounds.most {
        // The oldest has to be forgotten before there is room for another; those that are left
        // have their wait too.
        (first + memory()).max(last + wait(seen.count - 1, bounds.free))
    } else {
        last + wait(seen.count, bounds.free)
    };
    (until > now).then(|| until - now)
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use proptest::prelude::*;

    use super::*;

    fn at(seconds: i64) -> Timestamp {
        let noon = NaiveDate::from_ymd_opt(2026, 4, 1).unwrap().and_hms_opt(12, 0, 0).unwrap();
        noon + Duration::seconds(seconds)
    }

    /// What the store would say of these guesses at a moment.
    fn seen(guesses: &[i64], now: i64) -> Seen {
        let hour: Vec<_> =
            guesses.iter().filter(|then| **then > now - 3600 && **then <= now).collect();
        Seen {
            count: i64::try_from(hour.len()).unwrap(),
            first: hour.iter().min().map(|then| at(**then)),
            last: hour.iter().max().map(|then| at(**then)),
        }
    }

    #[test]
    fn waits_grow_and_stay_bearable() {
        let waits: Vec<i64> = (0..12).map(|guesses| wait(guesses, 3).num_seconds()).collect();
        assert_eq!(waits, [0, 0, 0, 0, 5, 10, 20, 40, 80, 160, 320, 640]);
        assert_eq!(wait(i64::MAX, 3).num_minutes(), 21);
    }

    #[test]
    fn whoever_guesses_whenever_it_is_looked_at_has_ten_an_hour() {
        let mut guesses: Vec<i64> = Vec::new();
        for now in 0..6 * 3600 {
            if blocked(at(now), &seen(&guesses, now), OF_ACCOUNT).is_none() {
                guesses.push(now);
            }
        }
        let most = guesses.iter().map(|then| seen(&guesses, *then).count).max();
        assert_eq!(most, Some(10));
        println!("guesses at one account in six hours: {}", guesses.len());
        assert!(guesses.len() <= 60, "{}", guesses.len());
    }

    proptest! {
        #[test]
        fn no_hour_has_more_guesses_than_may_be(
            gaps in proptest::collection::vec(0_i64..900, 1..400),
            most in 1_i64..30,
            free in 0_i64..30,
        ) {
            let bounds = Bounds { most, free };
            let (mut now, mut guesses) = (0, Vec::new());
            for gap in gaps {
                now += gap;
                if blocked(at(now), &seen(&guesses, now), bounds).is_none() {
                    guesses.push(now);
                    prop_assert!(seen(&guesses, now).count <= most);
                }
            }
        }

        #[test]
        fn a_wait_grows_with_the_guesses(guesses in 0_i64..10_000, free in 0_i64..200) {
            prop_assert!(wait(guesses, free) <= wait(guesses + 1, free));
            prop_assert!(wait(guesses, free) <= Duration::seconds(1280));
            prop_assert_eq!(wait(guesses, free).is_zero(), guesses <= free);
        }

        #[test]
        fn who_waits_as_long_as_is_said_is_looked_at(
            gaps in proptest::collection::vec(0_i64..400, 1..60),
            pause in 0_i64..4000,
        ) {
            let guesses: Vec<i64> = gaps
                .iter()
                .scan(0, |now, gap| { *now += gap; Some(*now) })
                .take(10)
                .collect();
            let now = guesses.last().unwrap() + pause;
            if let Some(wait) = blocked(at(now), &seen(&guesses, now), OF_ACCOUNT) {
                prop_assert!(wait <= memory(), "{}", wait);
                let later = now + wait.num_seconds();
                prop_assert_eq!(blocked(at(later), &seen(&guesses, later), OF_ACCOUNT), None);
            }
        }
    }
}
