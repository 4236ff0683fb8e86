//! The cases of the law, with their exact dates and grounds, and what holds for all facts.

use chrono::{Datelike as _, Days, NaiveDate, Weekday};
use proptest::prelude::*;

use super::{
    Answer, BodyKind, Certainty, Duty, Encryption, Facts, Fault, Ground, Key, MyNumber, Open,
    Party, Persons, Reason, Side, Window, duties, final_report, preliminary_report,
};
use crate::japanese::is_closed_day;

use Answer::{NeedsReview, NotRequired, Required};
use Certainty::{No, Unknown, Yes};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn side(kind: BodyKind, known_on: &str) -> Side {
    Side { kind, known_on: Some(day(known_on)), financial: false }
}

/// So many persons, and nothing else of what makes a ground.
fn plain(kind: BodyKind, known_on: &str, persons: u32) -> Facts {
    Facts {
        principal: side(kind, known_on),
        contractor: None,
        notified_on: None,
        persons: Persons { known: Some(persons), ..Persons::default() },
        sensitive: No,
        ordinance: No,
        property: No,
        unlawful: No,
        database: Yes,
        my_number: MyNumber { included: No, ..MyNumber::default() },
        encryption: Encryption::default(),
        confirmed_unseen: No,
    }
}

fn business(known_on: &str, persons: u32) -> Facts {
    plain(BodyKind::Business, known_on, persons)
}

fn city(known_on: &str, persons: u32) -> Facts {
    plain(BodyKind::PublicBody, known_on, persons)
}

/// A city, with a contractor who knew on the same day.
fn entrusted(known_on: &str, persons: u32) -> Facts {
    Facts { contractor: Some(side(BodyKind::Business, known_on)), ..city(known_on, persons) }
}

fn principal(facts: &Facts) -> Duty {
    duties(facts).principal
}

fn contractor(facts: &Facts) -> Duty {
    duties(facts).contractor.unwrap()
}

fn dates(duty: &Duty) -> (NaiveDate, NaiveDate, NaiveDate) {
    let window = duty.preliminary.unwrap();
    (window.from, window.to, duty.final_by.unwrap())
}

fn days(from: &str, to: &str, last: &str) -> (NaiveDate, NaiveDate, NaiveDate) {
    (day(from), day(to), day(last))
}

#[test]
fn s1_a_securities_firm_reports_25_addresses_to_its_own_authority_alone() {
    let mut facts = business("2025-08-05", 25);
    facts.principal.financial = true;
    let duty = principal(&facts);
    assert_eq!((duty.answer, duty.reason), (NotRequired, Some(Reason::NoGround)));
    assert_eq!(duty.overlay, Some(Window { from: day("2025-08-07"), to: day("2025-08-09") }));
    assert_eq!((duty.preliminary, duty.final_by), (None, None));
}

#[test]
fn s2_an_association_reports_166_guides_for_the_sensitive_items() {
    let duty = principal(&Facts { sensitive: Yes, ..business("2024-12-09", 166) });
    assert_eq!((duty.answer, duty.grounds.as_slice()), (Required, [Ground::Sensitive].as_slice()));
    assert_eq!(dates(&duty), days("2024-12-11", "2024-12-13", "2025-01-07"));
}

#[test]
fn s3_a_prefecture_decides_about_49_staff_when_it_knows_of_sensitive_items() {
    let unknown = Facts { sensitive: Unknown, ordinance: Unknown, ..entrusted("2025-08-28", 49) };
    let duty = principal(&unknown);
    assert_eq!(duty.answer, NeedsReview);
    assert_eq!(duty.possible, [Ground::Sensitive, Ground::Ordinance]);
    assert_eq!(duty.missing, [Open::Sensitive, Open::Ordinance]);
    assert_eq!(principal(&entrusted("2025-08-28", 49)).answer, NotRequired);
    let ill = principal(&Facts { sensitive: Yes, ..unknown });
    assert_eq!((ill.answer, ill.grounds.as_slice()), (Required, [Ground::Sensitive].as_slice()));
    let by_ordinance = principal(&Facts { ordinance: Yes, sensitive: No, ..unknown });
    assert_eq!(by_ordinance.grounds, [Ground::Ordinance]);
}

#[test]
fn s4_an_employment_support_office_reports_disabilities_of_any_number() {
    let duty = principal(&Facts { sensitive: Yes, ..business("2025-06-19", 1) });
    assert_eq!((duty.answer, duty.grounds.as_slice()), (Required, [Ground::Sensitive].as_slice()));
    assert_eq!(dates(&duty), days("2025-06-21", "2025-06-23", "2025-07-18"));
}

#[test]
fn s5_a_city_reports_23_persons_with_their_class_of_disability() {
    let duty = principal(&Facts { sensitive: Yes, ..city("2024-11-27", 23) });
    assert_eq!((duty.answer, duty.grounds.as_slice()), (Required, [Ground::Sensitive].as_slice()));
}

#[test]
fn t1_t2_a_city_reports_more_than_100_persons() {
    assert_eq!(principal(&city("2026-04-01", 100)).answer, NotRequired);
    let duty = principal(&city("2026-04-01", 101));
    assert_eq!((duty.answer, duty.grounds.as_slice()), (Required, [Ground::Number].as_slice()));
    assert_eq!(dates(&duty), days("2026-04-03", "2026-04-05", "2026-04-30"));
}

#[test]
fn t3_a_citys_contractor_with_101_persons_tells_the_city_by_contract() {
    let facts = entrusted("2026-04-01", 101);
    assert_eq!(principal(&facts).grounds, [Ground::Number]);
    let duty = contractor(&facts);
    assert_eq!((duty.answer, duty.reason), (NotRequired, Some(Reason::NoGround)));
    assert!(duty.by_contract);
}

#[test]
fn t4_with_1001_persons_both_report_and_the_contractor_is_freed_on_telling() {
    let facts = entrusted("2026-04-01", 1_001);
    assert_eq!(principal(&facts).answer, Required);
    assert_eq!(contractor(&facts).grounds, [Ground::Number]);
    assert_eq!(contractor(&facts).answer, Required);
    let told = Facts { notified_on: Some(day("2026-04-02")), ..facts };
    let freed = contractor(&told);
    assert_eq!((freed.answer, freed.reason), (NotRequired, Some(Reason::Released)));
    assert_eq!(principal(&told).answer, Required);
}

#[test]
fn the_principals_clock_starts_when_it_is_told_unless_it_knew_before() {
    let mut facts = entrusted("2026-04-01", 1_001);
    facts.principal.known_on = None;
    assert_eq!(principal(&facts).missing, [Open::KnownOn]);
    facts.notified_on = Some(day("2026-04-02"));
    assert_eq!(dates(&principal(&facts)), days("2026-04-04", "2026-04-06", "2026-05-01"));
    facts.principal.known_on = Some(day("2026-04-01"));
    assert_eq!(facts.known_on(Party::Principal), Some(day("2026-04-01")));
}

#[test]
fn t5_a_company_reports_more_than_1000_persons() {
    assert_eq!(principal(&business("2026-04-01", 1_000)).answer, NotRequired);
    assert_eq!(principal(&business("2026-04-01", 1_001)).grounds, [Ground::Number]);
    let listed = plain(BodyKind::ListedBody, "2026-04-01", 1_000);
    assert_eq!(principal(&listed).answer, NotRequired, "by the business route");
}

#[test]
fn t6_a_last_day_in_the_holidays_of_the_new_year_moves_on() {
    let duty = principal(&Facts { sensitive: Yes, ..business("2025-12-01", 1) });
    assert_eq!(duty.grounds, [Ground::Sensitive]);
    assert_eq!(dates(&duty), days("2025-12-03", "2025-12-05", "2026-01-05"));
}

#[test]
fn t7_ransomware_has_60_days() {
    let duty = principal(&Facts { unlawful: Yes, ..business("2026-04-01", 20) });
    assert_eq!(duty.grounds, [Ground::Unlawful]);
    assert_eq!(duty.final_by, Some(day("2026-06-01")));
}

#[test]
fn t8_what_was_deleted_unseen_is_a_near_miss() {
    let facts = Facts { sensitive: Yes, confirmed_unseen: Yes, ..city("2026-04-01", 500) };
    let duty = principal(&facts);
    assert_eq!((duty.answer, duty.reason), (NotRequired, Some(Reason::NoLeak)));
    let unconfirmed = principal(&Facts { confirmed_unseen: Unknown, ..facts });
    assert_eq!((unconfirmed.answer, unconfirmed.may_free), (Required, vec![Open::ConfirmedUnseen]));
}

#[test]
fn t9_a_lost_stick_is_exempt_while_its_key_is_safe() {
    let with = |key| Facts {
        encryption: Encryption { strong: Yes, key },
        ..business("2026-04-01", 1_001)
    };
    assert_eq!(principal(&with(Key::Separate)).reason, Some(Reason::Encrypted));
    let lost = principal(&with(Key::WithData));
    assert_eq!((lost.answer, lost.grounds.as_slice()), (Required, [Ground::Number].as_slice()));
    assert_eq!(principal(&with(Key::Unknown)).may_free, [Open::Encryption]);
}

#[test]
fn t10_one_my_number_from_a_contractors_system_is_reported() {
    let my_number = MyNumber { included: Yes, system: Yes, public: No, persons: Some(1) };
    let facts = Facts { my_number, ..entrusted("2026-04-01", 1) };
    assert_eq!(principal(&facts).grounds, [Ground::MyNumberSystem]);
    assert_eq!(contractor(&facts).grounds, [Ground::MyNumberSystem]);
}

#[test]
fn t11_my_numbers_on_paper_are_reported_above_100() {
    let lost = |persons| Facts {
        my_number: MyNumber { included: Yes, system: No, public: No, persons: None },
        ..business("2026-04-01", persons)
    };
    assert_eq!(principal(&lost(100)).answer, NotRequired);
    assert_eq!(principal(&lost(101)).grounds, [Ground::MyNumberNumber]);
}

#[test]
fn t12_three_card_numbers_are_reported() {
    let duty = principal(&Facts { property: Yes, ..business("2026-04-01", 3) });
    assert_eq!((duty.answer, duty.grounds.as_slice()), (Required, [Ground::Property].as_slice()));
}

#[test]
fn t13_an_unknown_number_counts_as_the_most_that_it_can_be() {
    let persons = Persons { known: None, at_most: Some(5_000), deceased_only: false };
    let duty = principal(&Facts { persons, ..business("2026-04-01", 0) });
    assert_eq!(duty.grounds, [Ground::Number]);
    let nothing = Facts { persons: Persons::default(), ..business("2026-04-01", 0) };
    assert_eq!(principal(&nothing).missing, [Open::Persons]);
}

#[test]
fn t14_dead_persons_are_no_personal_information() {
    let persons = Persons { known: Some(2_000), at_most: None, deceased_only: true };
    let duty = principal(&Facts { persons, sensitive: Yes, ..business("2026-04-01", 0) });
    assert_eq!((duty.answer, duty.reason), (NotRequired, Some(Reason::NotPersonal)));
}

#[test]
fn t15_the_thirtieth_day_moves_to_the_next_open_one() {
    for (known, last) in
        [("2026-10-05", "2026-11-04"), ("2026-12-02", "2027-01-04"), ("2026-04-04", "2026-05-07")]
    {
        assert_eq!(final_report(day(known), false), day(last), "{known}");
    }
}

#[test]
fn unknown_my_numbers_count_as_yes() {
    let my_number = MyNumber { included: Unknown, system: No, public: No, persons: None };
    assert_eq!(
        principal(&Facts { my_number, ..business("2026-04-01", 101) }).grounds,
        [Ground::MyNumberNumber]
    );
    let open = MyNumber { included: Unknown, system: Unknown, public: No, persons: None };
    let duty = principal(&Facts { my_number: open, ..business("2026-04-01", 1) });
    assert_eq!(duty.missing, [Open::MyNumber, Open::MyNumberSystem]);
}

#[test]
fn a_business_reports_what_is_personal_data_and_a_public_body_all() {
    let loose = |facts: Facts| Facts { database: No, sensitive: Yes, ..facts };
    assert_eq!(principal(&loose(business("2026-04-01", 1))).answer, NotRequired);
    assert_eq!(principal(&loose(city("2026-04-01", 1))).answer, Required);
    let stolen = Facts { unlawful: Yes, ..loose(business("2026-04-01", 1)) };
    assert_eq!(principal(&stolen).answer, NeedsReview, "whether it was meant for one is judged");
}

#[test]
fn before_the_duty_existed_a_person_looks_it_up() {
    let duty = principal(&business("2022-03-31", 5_000));
    assert_eq!((duty.answer, duty.reason), (NeedsReview, Some(Reason::OlderRules)));
    assert_eq!(principal(&business("2022-04-01", 5_000)).answer, Required);
}

#[test]
fn facts_that_contradict_each_other_are_told_by_field() {
    let today = day("2026-04-10");
    let base = entrusted("2026-04-01", 10);
    let cases = [
        (
            Facts { persons: Persons { at_most: Some(9), ..base.persons }, ..base },
            ("persons.known", Fault::AboveMost),
        ),
        (
            Facts { my_number: MyNumber { persons: Some(11), ..base.my_number }, ..base },
            ("my_number.persons", Fault::MoreMyNumbers),
        ),
        (
            Facts { encryption: Encryption { strong: No, key: Key::WithData }, ..base },
            ("encryption.key", Fault::KeyWithoutEncryption),
        ),
        (
            Facts { notified_on: Some(day("2026-03-31")), ..base },
            ("notified_on", Fault::NotifiedBeforeKnown),
        ),
        (
            Facts { contractor: None, notified_on: Some(today), ..base },
            ("notified_on", Fault::NotifiedByNobody),
        ),
        (
            Facts { principal: side(BodyKind::PublicBody, "2026-04-11"), ..base },
            ("principal.known_on", Fault::Future),
        ),
    ];
    for (facts, fault) in cases {
        assert_eq!(facts.checked(today), Err(vec![fault]));
    }
    assert_eq!(base.checked(today), Ok(base));
}

fn certainty() -> impl Strategy<Value = Certainty> {
    prop_oneof![Just(No), Just(Unknown), Just(Yes)]
}

fn any_side() -> impl Strategy<Value = Side> {
    let kind = prop_oneof![
        Just(BodyKind::Business),
        Just(BodyKind::PublicBody),
        Just(BodyKind::ListedBody)
    ];
    (kind, any_day(), any::<bool>()).prop_map(|(kind, known_on, financial)| Side {
        kind,
        known_on: Some(known_on),
        financial,
    })
}

fn any_day() -> impl Strategy<Value = NaiveDate> {
    (0_u64..3_000).prop_map(|days| day("2022-04-01").checked_add_days(Days::new(days)).unwrap())
}

prop_compose! {
    fn any_facts()(
        principal in any_side(),
        contractor in proptest::option::of(any_side()),
        persons in 0_u32..2_000,
        [sensitive, ordinance, property, unlawful, database, included, system, public, strong, unseen]
            in [(); 10].map(|()| certainty()),
        deceased_only in proptest::bool::weighted(0.1),
        key in prop_oneof![Just(Key::Separate), Just(Key::Unknown), Just(Key::WithData)],
    ) -> Facts {
        Facts {
            principal, contractor, notified_on: None,
            persons: Persons { known: Some(persons), at_most: None, deceased_only },
            sensitive, ordinance, property, unlawful, database,
            my_number: MyNumber { included, persons: None, system, public },
            encryption: Encryption { strong, key },
            confirmed_unseen: unseen,
        }
    }
}

/// The facts with one of them a step worse; the `which`th, of fifteen.
fn worse(facts: &Facts, which: usize) -> Facts {
    let mut worse = *facts;
    let more = |fact: &mut Certainty| *fact = if *fact == No { Unknown } else { Yes };
    let less = |fact: &mut Certainty| *fact = if *fact == Yes { Unknown } else { No };
    match which {
        0 => more(&mut worse.sensitive),
        1 => more(&mut worse.ordinance),
        2 => more(&mut worse.property),
        3 => more(&mut worse.unlawful),
        4 => more(&mut worse.database),
        5 => more(&mut worse.my_number.included),
        6 => more(&mut worse.my_number.system),
        7 => more(&mut worse.my_number.public),
        8 => less(&mut worse.encryption.strong),
        9 => less(&mut worse.confirmed_unseen),
        10 => worse.persons.deceased_only = false,
        11 => worse.persons.at_most = Some(worse.persons.known.unwrap_or(0) + 500),
        12 => worse.encryption.key = Key::WithData,
        _ => worse.persons.known = worse.persons.known.map(|persons| persons + 500),
    }
    worse
}

/// The day that is `number - 1` days after another, counted by walking the calendar.
fn walked(known_on: NaiveDate, number: u32) -> NaiveDate {
    (1..number).fold(known_on, |day, _| day.succ_opt().unwrap())
}

proptest! {
    #[test]
    fn worse_facts_never_lessen_a_duty(facts in any_facts(), which in 0_usize..15) {
        let (before, after) = (duties(&facts), duties(&worse(&facts, which)));
        prop_assert!(before.principal.answer <= after.principal.answer);
        let pair = before.contractor.zip(after.contractor);
        if let Some((before, after)) = pair {
            prop_assert!(before.answer <= after.answer);
            prop_assert!(before.grounds.iter().all(|ground| after.grounds.contains(ground)));
        }
    }

    #[test]
    fn whoever_may_have_to_report_has_dates_and_nobody_else(facts in any_facts()) {
        let both = duties(&facts);
        for duty in [Some(both.principal), both.contractor].into_iter().flatten() {
            prop_assert_eq!(duty.final_by.is_some(), duty.answer != NotRequired);
            prop_assert_eq!(duty.answer == Required, !duty.grounds.is_empty());
            prop_assert_eq!(duty.reason.is_some(), duty.answer == NotRequired);
            prop_assert!(duty.answer != NeedsReview || !duty.missing.is_empty());
        }
    }

    #[test]
    fn the_last_day_is_open_and_counted_right(known_on in any_day(), unlawful in any::<bool>()) {
        let counted = walked(known_on, if unlawful { 60 } else { 30 });
        let last = final_report(known_on, unlawful);
        prop_assert!(last >= counted && !is_closed_day(last));
        prop_assert!(!matches!(last.weekday(), Weekday::Sat | Weekday::Sun));
        let mut between = counted;
        while between < last {
            prop_assert!(is_closed_day(between));
            between = between.succ_opt().unwrap();
        }
        let window = preliminary_report(known_on);
        prop_assert_eq!((window.from, window.to), (walked(known_on, 3), walked(known_on, 5)));
    }
}
