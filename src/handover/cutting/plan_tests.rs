use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::plan::{Addressee, Choice, Fault, Named, Part, Permit, Plan, Whose};
use crate::handover::DeliveryId;
use crate::testing::jst;

use Permit::{Needed, Refused, Unknown};

fn addressee(permits: &[Permit]) -> Addressee {
    let permits: BTreeMap<u16, Permit> = (0_u16..).zip(permits.iter().copied()).collect();
    Addressee { id: DeliveryId::new(jst("2026-04-01T09:00:00")), permits }
}

fn named(names: &[&str]) -> Vec<Named> {
    let one =
        |(at, name): (usize, &&str)| Named { addressee: Some(at), names: vec![(*name).to_owned()] };
    names.iter().enumerate().map(one).collect()
}

fn plan(names: &[&str]) -> Plan {
    let addressees = vec![addressee(&[Unknown, Needed]); names.len()];
    Plan::new(Some(0), &addressees, &named(names), &Choice::default()).unwrap()
}

#[test]
fn a_row_goes_to_whom_its_cell_names_however_it_is_written() {
    let plan = plan(&["みどり作業所", "㈱あおぞら", "作業所ひかり"]);
    for (cell, whose) in [
        ("みどり作業所", Whose::Part(0)),
        ("ミドリ 作業所", Whose::Part(0)),
        ("社会福祉法人大空会　みどり作業所", Whose::Part(0)),
        ("株式会社あおぞら", Whose::Part(1)),
        ("(株)あおぞら 高槻店", Whose::Part(1)),
        ("作業所ひかり", Whose::Part(2)),
        ("みどり作業所・作業所ひかり", Whose::Nobody),
        ("みどり", Whose::Nobody),
        ("作業所", Whose::Nobody),
        ("", Whose::Nobody),
    ] {
        assert_eq!(plan.called(cell), whose, "{cell}");
    }
    assert!(plan.is_exactly(0, "ミドリ作業所") && !plan.is_exactly(1, "ミドリ作業所"));
    assert!(!plan.is_exactly(0, "大空会みどり作業所"));
}

#[test]
fn the_longer_name_wins_and_twins_get_nothing() {
    let branch = plan(&["ひまわり", "ひまわり東"]);
    assert_eq!(branch.called("ひまわり"), Whose::Part(0));
    assert_eq!(branch.called("ひまわり東"), Whose::Part(1));
    assert_eq!(branch.called("児童ひまわり東教室"), Whose::Part(1));
    let twins = plan(&["ひまわり", "ヒマワリ"]);
    assert_eq!(twins.called("ひまわり"), Whose::Nobody);
    assert_eq!(twins.called("児童ひまわり"), Whose::Nobody);
}

#[test]
fn rows_of_a_registered_recipient_outside_the_hand_over_go_to_nobody_else() {
    let mut named = named(&["ひまわり"]);
    named.push(Named { addressee: None, names: vec!["ひまわり分園".to_owned()] });
    let addressees = [addressee(&[Unknown, Needed])];
    let plan = Plan::new(Some(0), &addressees, &named, &Choice::default()).unwrap();
    assert_eq!(plan.called("ひまわり"), Whose::Part(0));
    assert_eq!(plan.called("ひまわり分園"), Whose::Another);
    assert_eq!(plan.called("児童ひまわり分園"), Whose::Another);
}

#[test]
fn a_recipient_who_was_not_chosen_keeps_its_rows_from_the_others() {
    let addressees = [addressee(&[Unknown, Needed]), addressee(&[Unknown, Needed])];
    let only = Choice { columns: None, recipients: Some([addressees[0].id].into()) };
    let plan = Plan::new(Some(0), &addressees, &named(&["甲", "甲南"]), &only).unwrap();
    assert_eq!(plan.parts, [Part { addressee: 0, columns: vec![0, 1] }]);
    assert_eq!(plan.called("甲南支所"), Whose::Another);
}

/// 事業所, 氏名, 生年月日, 障害, 備考: the second recipient may have the dates too.
fn two() -> [Addressee; 2] {
    [
        addressee(&[Unknown, Needed, Refused, Refused, Unknown]),
        addressee(&[Unknown, Needed, Needed, Refused, Unknown]),
    ]
}

#[test]
fn columns_follow_what_each_recipient_may_get() {
    let (addressees, names) = (two(), named(&["甲", "乙"]));
    let new = |naming: u16, columns: Option<&[u16]>| {
        let columns = columns.map(|columns| columns.iter().copied().collect());
        Plan::new(Some(naming), &addressees, &names, &Choice { columns, recipients: None })
    };
    let columns = |plan: Plan| plan.parts.into_iter().map(|part| part.columns).collect::<Vec<_>>();
    assert_eq!(columns(new(0, None).unwrap()), [vec![0, 1], vec![0, 1, 2]]);
    let noted = new(0, Some(&[1, 2, 4])).unwrap();
    assert_eq!(
        noted.cells(0, &[(0, "甲".into()), (2, "x".into()), (4, "注".into())]),
        ["甲", "", "注"]
    );
    assert_eq!(columns(noted), [vec![0, 1, 4], vec![0, 1, 2, 4]]);
    assert_eq!(new(0, Some(&[1, 3])).unwrap_err(), Fault::NotPermitted(3));
    assert_eq!(new(0, Some(&[1, 9])).unwrap_err(), Fault::NoColumn);
    assert_eq!(new(0, Some(&[2])).unwrap_err(), Fault::NothingLeft, "the first gets names alone");
    assert_eq!(new(7, None).unwrap_err(), Fault::NoColumn, "it isn't there, or isn't shown");
    let nobody = Choice { columns: None, recipients: Some(BTreeSet::new()) };
    assert_eq!(Plan::new(Some(0), &addressees, &names, &nobody).unwrap_err(), Fault::NoRecipient);
}

#[test]
fn all_rows_go_to_the_only_recipient_without_a_column_that_names_it() {
    let one = [addressee(&[Needed, Refused, Unknown])];
    let names = named(&["甲"]);
    let new = |columns: Option<BTreeSet<u16>>| {
        Plan::new(None, &one, &names, &Choice { columns, recipients: None })
    };
    let plan = new(None).unwrap();
    assert_eq!(plan.parts[0].columns, [0]);
    assert_eq!(plan.whose(&[(0, "乙".to_owned())]), Whose::Part(0));
    assert_eq!(new(Some([0, 1].into())).unwrap_err(), Fault::NotPermitted(1));
    assert_eq!(new(Some(BTreeSet::new())).unwrap_err(), Fault::NothingLeft);
    let several = Plan::new(None, &two(), &named(&["甲", "乙"]), &Choice::default());
    assert_eq!(several.unwrap_err(), Fault::NoColumn, "of several each gets its own");
}

fn some_permits() -> impl Strategy<Value = Vec<Vec<Permit>>> {
    let permit = proptest::sample::select(vec![Refused, Unknown, Needed]);
    (1_usize..12).prop_flat_map(move |columns| {
        let one = proptest::collection::vec(permit.clone(), columns);
        proptest::collection::vec(one, 1..6)
    })
}

const NAMES: [&str; 6] = ["みどり", "みどり東", "あおぞら", "ひかり", "そら", "東"];

proptest! {
    #[test]
    fn every_row_goes_to_one_at_most_no_column_beyond_what_is_permitted_and_sums_agree(
        permits in some_permits(),
        naming in 0_u16..12,
        columns in proptest::option::of(proptest::collection::btree_set(0_u16..12, 0..12)),
        cells in proptest::collection::vec("(みどり|東|あおぞら|ひかり|そら|　|外){0,4}", 0..40),
    ) {
        let addressees: Vec<Addressee> = permits.iter().map(|one| addressee(one)).collect();
        let names: Vec<&str> = NAMES.into_iter().take(addressees.len()).collect();
        let asked = columns.clone();
        let choice = Choice { columns, recipients: None };
        let Ok(plan) = Plan::new(Some(naming), &addressees, &named(&names), &choice) else {
            return Ok(());
        };
        for part in &plan.parts {
            let own = &addressees[part.addressee];
            for at in part.columns.iter().filter(|at| **at != naming) {
                prop_assert!(own.permit(*at, Some(naming)) != Refused);
                prop_assert!(asked.as_ref().is_none_or(|asked| asked.contains(at)));
            }
            prop_assert!(part.columns.contains(&naming) && part.columns.is_sorted());
        }
        let (mut counts, mut nobody) = (vec![0_usize; plan.parts.len()], 0);
        for cell in &cells {
            match plan.called(cell) {
                Whose::Part(part) => {
                    counts[part] += 1;
                    let name = NAMES[plan.parts[part].addressee];
                    prop_assert!(cell.replace('　', "").contains(name), "{} {}", cell, name);
                }
                Whose::Another | Whose::Nobody => nobody += 1,
            }
        }
        prop_assert_eq!(counts.iter().sum::<usize>() + nobody, cells.len());
    }
}
