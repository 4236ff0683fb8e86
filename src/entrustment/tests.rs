use super::model::NewEntrustment;
use super::rules::{HandlingRules, Way};
use crate::web::Form;

fn form(changes: &[(&str, &str)]) -> Form {
    let mut form = NewEntrustment::empty_form();
    for (name, value) in [
        ("number", "令8子-12"),
        ("title", "保育所等監査業務委託"),
        ("contractor", "018f0000-0000-7000-8000-000000000001"),
        ("division", "018f0000-0000-7000-8000-000000000002"),
        ("purpose", "監査"),
        ("starts_on", "令和8年4月1日"),
        ("ends_on", "R9.3.31"),
        ("erase_by", "2027-04-30"),
        ("persons", "４９"),
        ("item_name_0", "氏名"),
        ("item_mark_0", "none"),
    ] {
        form.set(name, value);
    }
    for (name, value) in changes {
        form.set(name, value);
    }
    form
}

fn errors(changes: &[(&str, &str)]) -> Vec<(String, &'static str)> {
    NewEntrustment::parse(&form(changes))
        .err()
        .map(|invalid| invalid.errors.into_iter().map(|(field, m)| (field, m.key)).collect())
        .unwrap_or_default()
}

#[test]
fn a_form_as_officials_fill_it_in_becomes_an_entrustment() {
    let new = NewEntrustment::parse(&form(&[])).unwrap();
    assert_eq!(new.persons, 49);
    assert_eq!(new.fiscal_year().0, 2026);
    assert_eq!(new.rules, HandlingRules::default());
}

#[test]
fn every_wrong_field_has_its_own_message() {
    type Case<'a> = (&'a [(&'a str, &'a str)], &'a str, &'a str);
    let cases: &[Case<'_>] = &[
        (&[("title", "")], "title", "error-required"),
        (&[("title", "監査\u{202e}")], "title", "error-control-characters"),
        (&[("number", &"1".repeat(61))], "number", "error-too-long"),
        (&[("starts_on", "令和1年4月30日")], "starts_on", "error-date-outside-era"),
        (&[("starts_on", "2026-02-30")], "starts_on", "error-date-no-such-day"),
        (&[("starts_on", "あした")], "starts_on", "error-date-unreadable"),
        (&[("ends_on", "R8.3.31")], "ends_on", "error-end-before-start"),
        (&[("erase_by", "R9.3.30")], "erase_by", "error-erase-before-end"),
        (&[("persons", "-1")], "persons", "error-number-range"),
        (&[("persons", "many")], "persons", "error-not-a-number"),
        (&[("item_name_0", "")], "item_name_0", "error-item-required"),
        (&[("countries", "Japan")], "countries", "error-country-codes"),
        (&[("ways_sensitive", "fax")], "ways_sensitive", "error-ways-sensitive"),
        (&[("contractor", "x")], "contractor", "error-choose-from-list"),
    ];
    for (changes, field, key) in cases {
        assert_eq!(errors(changes), [((*field).to_owned(), *key)], "{changes:?}");
    }
}

#[test]
fn the_rules_survive_their_form() {
    let rules = HandlingRules { ways: Way::ALL.to_vec(), ..HandlingRules::default() };
    let mut form = form(&[]);
    for (name, _) in rules.pairs() {
        form.remove(name);
    }
    for (name, value) in rules.pairs() {
        form.add(name, &value);
    }
    assert_eq!(NewEntrustment::parse(&form).unwrap().rules, rules);
}
