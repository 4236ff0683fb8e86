//! Tests of the clauses.

use std::collections::BTreeSet;

use super::*;

fn standard() -> ClauseSet {
    ClauseSet::find("standard", 1).unwrap().unwrap()
}

fn claim(clause: &str) -> Exception {
    Exception {
        clause: clause.to_owned(),
        reason: "設備の更新中のため".to_owned(),
        measure: "施錠した部屋に置く".to_owned(),
    }
}

#[test]
fn the_standard_clauses_are_numbered_in_order_and_say_something() {
    for set in ClauseSet::built_in().unwrap() {
        let ids: BTreeSet<_> = set.clauses.iter().map(|c| &c.id).collect();
        assert_eq!(ids.len(), set.clauses.len());
        for (clause, number) in set.clauses.iter().zip(1..) {
            assert_eq!(clause.number, number);
            assert!(!clause.title.is_blank() && !clause.text.is_blank());
        }
    }
    assert_eq!(standard().clauses.len(), 17);
    assert_eq!(ClauseSet::find("standard", 99).unwrap(), None);
}

#[test]
fn the_my_number_clause_applies_only_where_my_numbers_are_entrusted() {
    let set = standard();
    assert_eq!(set.applicable(false).count(), 16);
    let last = set.applicable(true).last().unwrap();
    assert_eq!(last.id, "my-number");
}

#[test]
fn the_hash_of_a_set_and_of_a_text_change_with_a_letter() {
    let set = standard();
    let mut other = set.clone();
    other.clauses[3].text.ja.push('。');
    assert_eq!(set.hash().unwrap(), standard().hash().unwrap());
    assert_ne!(set.hash().unwrap(), other.hash().unwrap());
    let text = |set: &ClauseSet, n: usize| set.clauses[n].text_hash().unwrap();
    assert_ne!(text(&set, 3), text(&other, 3));
    assert_eq!(text(&set, 4), text(&other, 4));
}

#[test]
fn a_set_survives_its_json() {
    let json = serde_json::to_string(&standard()).unwrap();
    assert_eq!(ClauseSet::parse(&json).unwrap(), standard());
    let asset: serde_json::Value = serde_json::from_str(BUILT_IN[0]).unwrap();
    let written: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(written, asset);
}

#[test]
fn an_exception_is_claimed_once_with_reason_and_measure_where_one_is_allowed() {
    let keys = |claimed: &[Exception]| -> Vec<&'static str> {
        let faults = standard().exception_faults(false, claimed);
        faults.iter().map(|f| f.key).collect()
    };
    let mut silent = claim("management");
    silent.reason = " ".to_owned();
    let mut idle = claim("places");
    idle.measure.clear();
    assert!(keys(&[claim("collection"), claim("places")]).is_empty());
    assert_eq!(keys(&[claim("basic")]), ["exception-fault-not-allowed"]);
    assert_eq!(keys(&[claim("my-number")]), ["exception-fault-clause"]);
    assert_eq!(keys(&[silent, idle]), ["exception-fault-reason", "exception-fault-measure"]);
    assert_eq!(keys(&[claim("places"), claim("places")]), ["exception-fault-repeated"]);
}
