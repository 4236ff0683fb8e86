use chrono::{Days, NaiveDate, NaiveTime, TimeDelta};
use proptest::prelude::*;

use super::reminder::{Stage, stage};
use super::rules::{Mark, Report, State, elapsed, next, notice, owed};
use super::statistics::{OnTime, by_contractor};
use crate::clock::Timestamp;
use crate::incident::authority::Reports;
use crate::incident::duty::{
    BodyKind, Certainty, Encryption, Facts, MyNumber, Persons, Side, duties,
};
use crate::japanese::{is_closed_day, jst_to_utc, to_jst};
use crate::organisation::contractor::ContractorId;
use crate::rulebook::Party;
use crate::testing::jst;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// What a public body owes that knew on a day of something that needs a report.
fn marks(known_on: NaiveDate, unlawful: Certainty, filed: Reports) -> Vec<Mark> {
    let side = Side { kind: BodyKind::PublicBody, known_on: Some(known_on), financial: false };
    let facts = Facts {
        principal: side,
        contractor: None,
        notified_on: None,
        persons: Persons::default(),
        sensitive: Certainty::Yes,
        ordinance: Certainty::No,
        property: Certainty::No,
        unlawful,
        database: Certainty::Yes,
        my_number: MyNumber::default(),
        encryption: Encryption::default(),
        confirmed_unseen: Certainty::No,
    };
    owed(Party::Principal, &duties(&facts).principal, filed)
}

#[test]
fn the_contract_counts_hours_and_the_law_days() {
    let known = jst("2026-04-03T16:08:00");
    let mark = notice(known, 24, None);
    assert_eq!(mark.state(jst("2026-04-04T16:08:00")), State::Due);
    assert_eq!(mark.state(jst("2026-04-04T16:09:00")), State::Late);
    let told = |at: &str| notice(known, 24, Some(jst(at))).state(jst("2026-05-01T00:00:00"));
    assert_eq!(told("2026-04-04T16:08:00"), State::Done);
    assert_eq!(told("2026-04-04T16:08:01"), State::DoneLate);
    let since = elapsed(known, jst("2026-04-05T17:00:00"));
    assert_eq!((since.hours, since.day), (48, 3));
    assert_eq!(since.next_step, jst("2026-04-06T16:08:00"));
}

#[test]
fn the_preliminary_report_is_due_from_day_three_to_day_five_and_each_stage_is_told() {
    // Known on Wednesday, 1 April 2026: the preliminary report falls on Friday to Sunday.
    let marks = marks(day("2026-04-01"), Certainty::No, Reports::default());
    let [preliminary, last] = marks.as_slice() else { panic!("{marks:?}") };
    for (today, state, told) in [
        ("2026-04-02", State::Waiting, None),
        ("2026-04-03", State::Due, Some(Stage::Opens)),
        ("2026-04-05", State::Due, Some(Stage::LastDay)),
        ("2026-04-06", State::Late, Some(Stage::Late)),
    ] {
        let now = jst_to_utc(day(today).and_hms_opt(23, 59, 0).unwrap());
        assert_eq!(
            (preliminary.state(now), stage(preliminary, day(today))),
            (state, told),
            "{today}"
        );
    }
    assert_eq!((last.report, last.last), (Report::Final, day("2026-04-30")));
    assert_eq!(next(&marks).unwrap().report, Report::Preliminary);
    let done = Mark { done: Some(jst("2026-04-04T10:00:00")), ..*preliminary };
    assert_eq!(stage(&done, day("2026-04-06")), None);
    assert_eq!(next(&[done, *last]).unwrap().report, Report::Final);
}

fn moment() -> impl Strategy<Value = Timestamp> {
    (0_i64..6_000_000).prop_map(|minutes| {
        day("2022-04-01").and_hms_opt(0, 0, 0).unwrap() + TimeDelta::minutes(minutes)
    })
}

fn any_marks() -> impl Strategy<Value = (usize, Vec<Mark>)> {
    let one = (moment(), 1_i64..100, proptest::option::of(moment()), 0_usize..3).prop_map(
        |(known, hours, done, report)| Mark {
            report: Report::ALL[report],
            at: (report == 0).then_some(known + TimeDelta::hours(hours)),
            ..notice(known, hours, done)
        },
    );
    (0_usize..4, proptest::collection::vec(one, 0..4))
}

proptest! {
    #[test]
    fn the_final_report_never_ends_on_a_closed_day(days in 0_u64..7_000, unlawful in any::<bool>()) {
        let known = day("2022-04-01").checked_add_days(Days::new(days)).unwrap();
        let certainty = if unlawful { Certainty::Yes } else { Certainty::No };
        let marks = marks(known, certainty, Reports::default());
        let last = marks.iter().find(|mark| mark.report == Report::Final).unwrap();
        prop_assert!(!is_closed_day(last.last));
        // An independent count: one day after the other.
        let least = if unlawful { 59 } else { 29 };
        let mut count = known;
        for _ in 0..least {
            count = count.succ_opt().unwrap();
        }
        while is_closed_day(count) {
            count = count.succ_opt().unwrap();
        }
        prop_assert_eq!(last.last, count);
        let first = marks.iter().find(|mark| mark.report == Report::Preliminary).unwrap();
        prop_assert_eq!(((first.from - known).num_days(), (first.last - known).num_days()), (2, 4));
    }

    #[test]
    fn hours_and_days_agree_with_an_independent_count(known in moment(), minutes in 0_i64..5_000) {
        let until = known + TimeDelta::minutes(minutes);
        let since = elapsed(known, until);
        prop_assert_eq!(since.hours, minutes / 60);
        let midnights = (0..=minutes).filter(|after| {
            let at = known + TimeDelta::minutes(*after);
            *after > 0 && to_jst(at).time() == NaiveTime::MIN
        });
        prop_assert_eq!(since.day, 1 + i64::try_from(midnights.count()).unwrap());
        prop_assert!(since.next_step > until && since.next_step - until <= TimeDelta::hours(24));
    }

    #[test]
    fn the_statistics_agree_with_an_independent_count(
        incidents in proptest::collection::vec(any_marks(), 0..20), now in moment(),
    ) {
        let ids: Vec<ContractorId> = (0..4).map(|n| {
            ContractorId::new(day("2026-04-01").and_hms_opt(n, 0, 0).unwrap())
        }).collect();
        let given = incidents.iter().map(|(who, marks)| (ids[*who], who.to_string(), marks.clone()));
        let rows = by_contractor(given.collect(), now);
        let sum: i64 = rows.iter().map(|row| row.count).sum();
        prop_assert_eq!(sum, i64::try_from(incidents.len()).unwrap());
        for row in &rows {
            let own = incidents.iter().filter(|(who, _)| ids[*who] == row.id);
            let own: Vec<&Mark> = own.flat_map(|(_, marks)| marks).collect();
            for (report, said) in [
                (Report::Notice, row.notice),
                (Report::Preliminary, row.preliminary),
                (Report::Final, row.last),
            ] {
                let states = own.iter().filter(|mark| mark.report == report).map(|mark| mark.state(now));
                let states: Vec<State> = states.collect();
                let count = |wanted: &[State]| {
                    i64::try_from(states.iter().filter(|s| wanted.contains(s)).count()).unwrap()
                };
                let expected = OnTime {
                    on_time: count(&[State::Done]),
                    counted: count(&[State::Done, State::DoneLate, State::Late]),
                };
                prop_assert_eq!(said, expected);
            }
        }
    }
}
