//! The forms of applications and decisions, held against an entrustment's terms.

use chrono::NaiveDate;

use super::command::{Decision, NewApplication};
use super::model::{Application, ApplicationId, ApplicationStatus};
use crate::database::types::Json;
use crate::entrustment::rules::SubEntrustment;
use crate::entrustment::{DataItemId, Entrustment, EntrustmentStatus, HandlingRules};
use crate::web::{Form, Invalid};

fn id<T: std::str::FromStr<Err = uuid::Error>>(number: u32) -> T {
    format!("018f0000-0000-7000-8000-{number:012}").parse().unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn entrustment() -> Entrustment {
    Entrustment {
        tenant_id: id(1),
        id: id(2),
        contractor_id: id(3),
        division_id: id(4),
        officer_id: None,
        number: "令8子-12".into(),
        title: "監査".into(),
        purpose: "監査".into(),
        fiscal_year: 2026,
        starts_on: day("2026-04-01"),
        ends_on: day("2027-03-31"),
        erase_by: day("2027-04-30"),
        persons: 49,
        sensitive: false,
        my_number: false,
        handover_way: String::new(),
        status: EntrustmentStatus::Active,
        note: String::new(),
        rules: Json(HandlingRules::default()),
        clauses: "standard".into(),
        clauses_version: 1,
        version: 1,
        closed_at: None,
    }
}

fn items() -> [DataItemId; 2] {
    [id(10), id(11)]
}

fn form(changes: &[(&str, &str)]) -> Form {
    let mut form = Form::from_pairs([
        ("name", "津島データ株式会社"),
        ("name_kana", "ツシマデータ"),
        ("corporate_number", "7000012050002"),
        ("address", "津島市1-1"),
        ("representative", "𠮷田"),
        ("email", "Y@data.example"),
        ("phone", "1"),
        ("reason", "人手が足りない"),
        ("scope", "入力"),
        ("items", "018f0000-0000-7000-8000-000000000011"),
        ("items", "018f0000-0000-7000-8000-000000000010"),
        ("persons", "４９"),
        ("starts_on", "R8.5.1"),
        ("ends_on", "令和9年3月31日"),
        ("place", "本社"),
        ("country", "ｊｐ"),
        ("safety", "施錠"),
        ("supervision", "月1回"),
        ("further", ""),
    ]);
    for (name, value) in changes {
        form.set(name, value);
    }
    form
}

fn fields(invalid: Invalid) -> Vec<(String, &'static str)> {
    invalid.errors.into_iter().map(|(field, message)| (field, message.key)).collect()
}

#[test]
fn an_application_is_read_as_it_is_typed() {
    let new = NewApplication::parse(&form(&[]), &entrustment(), &items()).unwrap();
    assert_eq!(new.persons, 49);
    assert_eq!(new.country, "JP");
    assert_eq!(new.email, "y@data.example");
    assert_eq!(new.items, items(), "in the order of the entrustment");
    assert_eq!(new.ends_on, day("2027-03-31"));
}

#[test]
fn an_application_stays_within_what_is_entrusted() {
    for (changes, field, key) in [
        (&[("name", "")][..], "name", "error-required"),
        (&[("name_kana", "津島")], "name_kana", "error-not-katakana"),
        (
            &[("corporate_number", "7000012050003")],
            "corporate_number",
            "error-corporate-number-check-digit",
        ),
        (&[("items", "018f0000-0000-7000-8000-000000000099")], "items", "error-choose-from-list"),
        (&[("persons", "50")], "persons", "error-number-range"),
        (&[("starts_on", "2026-03-31")], "starts_on", "sub-entrustment-error-period"),
        (&[("ends_on", "2027-04-01")], "ends_on", "sub-entrustment-error-period"),
        (&[("ends_on", "2026-04-30")], "ends_on", "sub-entrustment-error-end"),
        (&[("country", "日本")], "country", "sub-entrustment-error-country"),
        (&[("safety", "")], "safety", "error-required"),
        (&[("supervision", "")], "supervision", "error-required"),
    ] {
        let wrong = NewApplication::parse(&form(changes), &entrustment(), &items()).unwrap_err();
        assert_eq!(fields(wrong), [(field.to_owned(), key)], "{changes:?}");
    }
    let mut none = form(&[]);
    none.remove("items");
    let wrong = NewApplication::parse(&none, &entrustment(), &items()).unwrap_err();
    assert_eq!(fields(wrong), [("items".to_owned(), "error-choose-one")]);
}

fn application() -> Application {
    let new = NewApplication::parse(&form(&[]), &entrustment(), &items()).unwrap();
    let now = day("2026-04-02").and_hms_opt(0, 0, 0).unwrap();
    Application {
        tenant_id: id(1),
        id: ApplicationId::new(now),
        entrustment_id: id(2),
        position: 1,
        name: new.name,
        name_kana: new.name_kana,
        corporate_number: "7000012050002".into(),
        address: new.address,
        representative: new.representative,
        email: new.email,
        phone: new.phone,
        reason: new.reason,
        scope: new.scope,
        items: Json(new.items),
        persons: new.persons,
        starts_on: new.starts_on,
        ends_on: new.ends_on,
        place: new.place,
        country: new.country,
        safety: new.safety,
        supervision: new.supervision,
        further: new.further,
        status: ApplicationStatus::Applied,
        conditions: String::new(),
        permitted_until: None,
        applied_by_name: "髙橋".into(),
        decided_by_name: String::new(),
        decided_at: None,
        child_id: None,
        created_at: now,
        version: 1,
    }
}

#[test]
fn an_application_survives_its_form() {
    let stored = application();
    let again = NewApplication::parse(&stored.form(), &entrustment(), &items()).unwrap();
    assert_eq!(again, NewApplication::from(&stored));
    assert_eq!(stored.renewal_form().value("ends_on"), "");
}

#[test]
fn a_decision_says_until_when_or_why_not() {
    let decision = |pairs: &[(&str, &str)], my_number: bool| {
        let form = Form::from_pairs(pairs.iter().copied());
        let entrustment = Entrustment { my_number, ..entrustment() };
        Decision::parse(&form, &entrustment, &application()).map_err(fields)
    };
    let approved = [
        ("decision", "approved"),
        ("permitted_until", "R8.12.31"),
        ("further_rule", "with_approval"),
    ];
    let Ok(Decision::Approve(approval)) = decision(&approved, false) else {
        panic!("it is approved");
    };
    assert_eq!(approval.permitted_until, day("2026-12-31"));
    assert_eq!(approval.further, SubEntrustment::WithApproval);
    let wrong = decision(&approved, true).unwrap_err();
    assert_eq!(wrong, [("my_number".to_owned(), "sub-entrustment-error-my-number")]);
    let mut ticked = approved.to_vec();
    ticked.push(("my_number", "on"));
    assert!(decision(&ticked, true).is_ok());

    let late = [approved[0], ("permitted_until", "R9.4.1"), approved[2]];
    let wrong = decision(&late, false).unwrap_err();
    assert_eq!(wrong, [("permitted_until".to_owned(), "sub-entrustment-error-until")]);
    let refused = [("decision", "refused"), ("conditions", "")];
    let wrong = decision(&refused, true).unwrap_err();
    assert_eq!(wrong, [("conditions".to_owned(), "sub-entrustment-error-reason")]);
    let refused = [("decision", "refused"), ("conditions", "国外のため")];
    assert_eq!(decision(&refused, true), Ok(Decision::Refuse("国外のため".into())));
    assert!(decision(&[("decision", "")], false).is_err());
}
