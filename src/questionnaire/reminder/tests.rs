use std::collections::HashSet;

use chrono::{Days, NaiveDate};
use proptest::prelude::*;

use super::*;
use crate::japanese::working_days_after;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn waiting(deadline: NaiveDate) -> Waiting {
    Waiting {
        deadline,
        status: QuestionnaireStatus::Answering,
        dispatched_on: deadline - Days::new(30),
    }
}

/// What goes out when the round is made on `days` (in order), each reminder once.
fn sent(waiting: Waiting, days: &[NaiveDate]) -> Vec<(NaiveDate, Reminder)> {
    let mut since = days[0] - Days::new(1);
    let mut seen = HashSet::new();
    let mut sent = Vec::new();
    for &today in days {
        for reminder in due(waiting, since, today) {
            if seen.insert(reminder) {
                sent.push((today, reminder));
            }
        }
        since = today;
    }
    sent
}

fn every_day(deadline: NaiveDate) -> Vec<NaiveDate> {
    (deadline - Days::new(30)).iter_days().take(70).collect()
}

#[test]
fn a_contractor_is_reminded_before_and_after_and_then_the_division_is_told() {
    // Golden Week: 29 April, 3 to 6 May 2026 are closed.
    let deadline = day("2026-04-28");
    let expected = [
        ("2026-04-14", Reminder::Before(14)),
        ("2026-04-21", Reminder::Before(7)),
        ("2026-04-25", Reminder::Before(3)),
        ("2026-04-27", Reminder::Before(1)),
        ("2026-04-30", Reminder::Overdue(1)),
        ("2026-05-01", Reminder::Overdue(2)),
        ("2026-05-07", Reminder::Overdue(3)),
        ("2026-05-11", Reminder::Escalation),
    ]
    .map(|(date, reminder)| (day(date), reminder));
    assert_eq!(sent(waiting(deadline), &every_day(deadline)), expected);
}

#[test]
fn what_was_handed_in_or_withdrawn_is_left_alone() {
    use QuestionnaireStatus as Status;
    let deadline = day("2026-04-28");
    for status in [Status::Submitted, Status::Approved, Status::Withdrawn] {
        let quiet = Waiting { status, ..waiting(deadline) };
        assert_eq!(sent(quiet, &every_day(deadline)), []);
    }
    let returned = Waiting { status: Status::Returned, ..waiting(deadline) };
    assert_eq!(sent(returned, &every_day(deadline)).len(), 8);
}

#[test]
fn a_missed_day_is_caught_up_by_the_newest_alone() {
    let deadline = day("2026-06-30");
    let due = |since: &str, today: &str| due(waiting(deadline), day(since), day(today));
    assert_eq!(due("2026-06-15", "2026-06-28"), [Reminder::Before(3)]);
    assert_eq!(due("2026-06-28", "2026-06-30"), [Reminder::Before(1)]);
    assert_eq!(due("2026-06-15", "2026-07-02"), [Reminder::Overdue(2)]);
    assert_eq!(due("2026-06-15", "2026-07-07"), [Reminder::Overdue(3), Reminder::Escalation]);
    // The third working day was a Friday; the round of that day was missed, that of Saturday not.
    assert_eq!(due("2026-07-04", "2026-07-06"), [Reminder::Overdue(3)]);
}

#[test]
fn a_day_before_the_dispatch_is_not_caught_up() {
    let late = Waiting { dispatched_on: day("2026-06-20"), ..waiting(day("2026-06-30")) };
    assert_eq!(due(late, day("2026-06-10"), day("2026-06-21")), []);
    assert_eq!(due(late, day("2026-06-10"), day("2026-06-23")), [Reminder::Before(7)]);
}

fn any_deadline() -> impl Strategy<Value = NaiveDate> {
    (0_u64..3650).prop_map(|days| day("2024-01-01") + Days::new(days))
}

proptest! {
    #[test]
    fn daily_rounds_send_each_reminder_on_its_day(deadline in any_deadline()) {
        let sent = sent(waiting(deadline), &every_day(deadline));
        let reminders: Vec<_> = sent.iter().map(|(_, reminder)| *reminder).collect();
        let all = BEFORE.map(Reminder::Before).into_iter()
            .chain(OVERDUE.map(Reminder::Overdue)).chain([Reminder::Escalation]);
        prop_assert_eq!(reminders, all.collect::<Vec<_>>());
        for (date, reminder) in &sent {
            prop_assert_eq!(*date, reminder.day(deadline));
        }
        let after: Vec<_> = sent[4..7].iter().map(|(date, _)| *date).collect();
        prop_assert_eq!(after, working_days_after(deadline, 3));
    }

    #[test]
    fn rounds_on_whichever_days_send_each_once_in_order_and_never_after_hours(
        deadline in any_deadline(),
        made in prop::collection::vec(any::<bool>(), 70),
        dispatched in 0_u64..40,
    ) {
        let days: Vec<_> = every_day(deadline).into_iter().zip(made)
            .filter_map(|(day, made)| made.then_some(day)).collect();
        prop_assume!(!days.is_empty());
        let dispatched_on = deadline - Days::new(dispatched);
        let sent = sent(Waiting { dispatched_on, ..waiting(deadline) }, &days);
        for (date, reminder) in &sent {
            prop_assert!(reminder.day(deadline) <= *date && reminder.day(deadline) > dispatched_on);
            prop_assert!(*date <= deadline || !is_closed_day(*date));
            prop_assert_eq!(*date > deadline, !matches!(reminder, Reminder::Before(_)));
        }
        let ours: Vec<_> = sent.iter().filter(|(_, r)| *r != Reminder::Escalation).collect();
        for pair in ours.windows(2) {
            prop_assert!(pair[0].0 < pair[1].0, "one a day");
            prop_assert!(pair[0].1.day(deadline) < pair[1].1.day(deadline), "in order");
        }
    }

    #[test]
    fn every_reminder_lies_within_reach(deadline in any_deadline()) {
        prop_assert!(Reminder::Escalation.day(deadline) <= deadline + REACH_BACK);
        prop_assert!(Reminder::Before(14).day(deadline) >= deadline - REACH_AHEAD);
    }
}
