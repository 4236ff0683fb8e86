//! What the form of a hand-over takes, and what the register is told of it.

use super::addressee::{Addressee, Possible};
use super::command::{self, Decision, NewHandover};
use crate::entrustment::{DataItem, DataItemId, EntrustmentId, ItemMark};
use crate::handover::model::{Direction, ReceivingParty};
use crate::rulebook::RecipientId;
use crate::web::Form;

const ITEM: &str = "018f0000-0000-7000-8000-00000000000a";
const FIRST: &str = "018f0000-0000-7000-8000-0000000000f1";
const SECOND: &str = "018f0000-0000-7000-8000-0000000000f2";
const BELOW: &str = "018f0000-0000-7000-8000-0000000000b1";

fn addressee(party: ReceivingParty, name: &str) -> Addressee {
    Addressee {
        party,
        recipient_id: None,
        below_id: None,
        name: name.to_owned(),
        address: String::new(),
        purpose: String::new(),
    }
}

fn outside(id: &str) -> Addressee {
    let recipient_id: RecipientId = id.parse().unwrap();
    Addressee {
        recipient_id: Some(recipient_id),
        ..addressee(ReceivingParty::Outside, "架空センター")
    }
}

fn possible() -> Possible {
    let below_id: EntrustmentId = BELOW.parse().unwrap();
    Possible {
        given: addressee(ReceivingParty::Principal, "三重野県"),
        below: vec![Addressee {
            below_id: Some(below_id),
            ..addressee(ReceivingParty::SubContractor, "𠮷田データ")
        }],
        outside: vec![outside(FIRST), outside(SECOND)],
    }
}

fn items() -> Vec<DataItem> {
    let id: DataItemId = ITEM.parse().unwrap();
    vec![DataItem {
        id,
        name: "氏名".to_owned(),
        mark: ItemMark::None,
        parent_id: None,
        removed_at: None,
    }]
}

/// The form as it should be, with what is to be another.
fn form(changes: &[(&str, &str)]) -> Form {
    let mut form = Form::from_pairs([
        ("direction", "to_recipients"),
        ("recipients", SECOND),
        ("purpose", "監査結果の報告"),
        ("items", ITEM),
        ("valid_days", "７"),
        ("downloads", "1"),
    ]);
    for (name, value) in changes {
        form.set(name, value);
    }
    form
}

fn wrong(changes: &[(&str, &str)]) -> Vec<String> {
    match NewHandover::parse(&form(changes), &items(), &possible()) {
        Ok(new) => panic!("{new:?}"),
        Err(invalid) => invalid.errors.into_iter().map(|(field, _)| field).collect(),
    }
}

#[test]
fn a_recipient_is_one_of_those_who_are_registered() {
    let new = NewHandover::parse(&form(&[]), &items(), &possible()).unwrap();
    assert_eq!((new.direction, new.valid_days, new.downloads), (Direction::ToRecipients, 7, 1));
    assert_eq!(new.to, [outside(SECOND)]);
    let mut both = form(&[]);
    both.add("recipients", FIRST);
    let new = NewHandover::parse(&both, &items(), &possible()).unwrap();
    assert_eq!(new.to, [outside(FIRST), outside(SECOND)], "in the order of the register");
    assert_eq!(wrong(&[("recipients", "somebody@example.jp")]), ["recipients"]);
    assert_eq!(wrong(&[("recipients", BELOW)]), ["recipients"]);
    assert_eq!(wrong(&[("recipients", "")]), ["recipients"]);
}

#[test]
fn the_other_party_is_given_and_no_box_is_passed_over() {
    let back = [("direction", "to_principal")];
    assert_eq!(wrong(&back), ["recipients"], "whoever ticked a box is told that it doesn't count");
    let mut plain = form(&back);
    plain.remove("recipients");
    let new = NewHandover::parse(&plain, &items(), &possible()).unwrap();
    assert_eq!(new.to, [possible().given]);
    let below = [("direction", "to_sub_contractor"), ("recipients", ""), ("below", BELOW)];
    let new = NewHandover::parse(&form(&below), &items(), &possible()).unwrap();
    assert_eq!(new.to, possible().below);
    assert_eq!(wrong(&[("direction", "to_contractor")]), ["direction"], "one's own side");
}

#[test]
fn every_wrong_field_is_said() {
    let long = "字".repeat(2001);
    for (field, typed) in [
        ("direction", ""),
        ("direction", "mail"),
        ("purpose", ""),
        ("purpose", &*long),
        ("message", &*long),
        ("items", SECOND),
        ("items", "x"),
        ("valid_days", ""),
        ("valid_days", "0"),
        ("valid_days", "31"),
        ("valid_days", "一週間"),
        ("downloads", "0"),
        ("downloads", "11"),
    ] {
        assert_eq!(wrong(&[(field, typed)]), [field], "{typed:?}");
    }
    let mut without = form(&[]);
    without.remove("items");
    assert!(NewHandover::parse(&without, &items(), &possible()).is_err());
}

#[test]
fn the_form_of_a_new_one_has_what_is_usual() {
    let empty = command::empty(&possible());
    let values = ["direction", "valid_days", "downloads"].map(|name| empty.value(name));
    assert_eq!(values, ["", "7", "1"]);
    let alone = Possible { below: Vec::new(), outside: Vec::new(), ..possible() };
    assert_eq!(command::empty(&alone).value("direction"), "to_principal", "the only one");
}

#[test]
fn who_gives_back_says_why_and_who_approves_has_looked() {
    let decide = |pairs: &[(&str, &str)]| {
        let form = Form::from_pairs(pairs.iter().copied());
        Decision::parse(&form).map(|decision| decision.approved).map_err(|invalid| {
            invalid.errors.into_iter().map(|(field, _)| field).collect::<Vec<_>>()
        })
    };
    assert_eq!(decide(&[("decision", "approved"), ("looked", "on")]), Ok(true));
    assert_eq!(decide(&[("decision", "approved")]), Err(vec!["looked".to_owned()]));
    assert_eq!(decide(&[("decision", "returned"), ("reason", "別の課のもの")]), Ok(false));
    assert_eq!(decide(&[("decision", "returned")]), Err(vec!["reason".to_owned()]));
    assert_eq!(decide(&[("decision", "later")]), Err(vec!["decision".to_owned()]));
    assert_eq!(decide(&[]), Err(vec!["decision".to_owned()]));
}
