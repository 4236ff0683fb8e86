use chrono::NaiveDate;

use super::binding;
use super::model::{
    Decision, Disposal, DisposalKind, DisposalMethod, DisposalStatus, NewAttestation, NewDisposal,
};
use super::rules::{Reminder, Standing, fits, reminder};
use crate::attachment::Attachment;
use crate::database::types::Json;
use crate::web::Form;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn id<T: std::str::FromStr<Err = uuid::Error>>(number: u32) -> T {
    format!("019d0000-0000-7000-8000-{number:012}").parse().unwrap()
}

fn form(changes: &[(&str, &str)]) -> Form {
    let mut form = Form::from_pairs([
        ("holdings", "018f0000-0000-7000-8000-000000000001"),
        ("kind", "erased"),
        ("method", "overwrite"),
        ("quantity", "1台"),
        ("done_on", "R9.4.10"),
        ("responsible", "髙橋"),
        ("performed_by", "𠮷田"),
        ("backups", "消去した"),
        ("subs", "なし"),
    ]);
    for (name, value) in changes {
        form.set(name, value);
    }
    form
}

fn errors(changes: &[(&str, &str)]) -> Vec<(String, &'static str)> {
    NewDisposal::parse(&form(changes), day("2027-04-10"))
        .err()
        .map(|invalid| invalid.errors.into_iter().map(|(field, m)| (field, m.key)).collect())
        .unwrap_or_default()
}

#[test]
fn a_form_as_people_fill_it_in_becomes_a_disposal() {
    let new = NewDisposal::parse(&form(&[]), day("2027-04-10")).unwrap();
    assert_eq!((new.kind, new.method), (DisposalKind::Erased, DisposalMethod::Overwrite));
    assert_eq!(new.done_on, day("2027-04-10"));
    let kept = [
        ("kind", "retained"),
        ("method", ""),
        ("retained_reason", "法人税法"),
        ("retained_until", "R14.3.31"),
    ];
    let new = NewDisposal::parse(&form(&kept), day("2027-04-10")).unwrap();
    assert_eq!(new.method, DisposalMethod::Kept);
    assert_eq!(new.retained_until, Some(day("2032-03-31")));
}

#[test]
fn every_wrong_field_has_its_own_message() {
    type Case<'a> = (&'a [(&'a str, &'a str)], &'a str, &'a str);
    let retained = ("kind", "retained");
    let cases: &[Case<'_>] = &[
        (&[("holdings", "x")], "holdings", "error-choose-from-list"),
        (&[("kind", "")], "kind", "error-choose-one"),
        (&[("method", "")], "method", "error-choose-one"),
        (&[("method", "shredding")], "method", "disposal-error-method"),
        (&[("method", "kept")], "method", "disposal-error-method"),
        (&[("method", "other")], "method_note", "disposal-error-method-note"),
        (&[("quantity", " ")], "quantity", "error-required"),
        (&[("done_on", "R9.4.11")], "done_on", "disposal-error-future"),
        (&[("performed_by", "")], "performed_by", "error-required"),
        (&[("backups", "")], "backups", "error-required"),
        (&[("subs", "")], "subs", "error-required"),
        (&[("witness", "a\u{202e}b")], "witness", "error-control-characters"),
        (&[("retained_until", "R14.3.31")], "retained_reason", "disposal-error-not-retained"),
        (
            &[retained, ("method", ""), ("retained_until", "R14.3.31")],
            "retained_reason",
            "error-required",
        ),
        (
            &[retained, ("method", ""), ("retained_reason", "法"), ("retained_until", "R9.4.10")],
            "retained_until",
            "disposal-error-retained-past",
        ),
        (
            &[retained, ("retained_reason", "法"), ("retained_until", "R14.3.31")],
            "method",
            "disposal-error-method-kept",
        ),
    ];
    for (changes, field, key) in cases {
        assert_eq!(errors(changes), [((*field).to_owned(), *key)], "{changes:?}");
    }
    let mut none = form(&[]);
    none.remove("holdings");
    let invalid = NewDisposal::parse(&none, day("2027-04-10")).unwrap_err();
    assert_eq!(invalid.errors[0].1.key, "disposal-error-no-holding");
}

#[test]
fn an_attestation_needs_consent_and_a_return_its_reason() {
    let form = Form::from_pairs([("attested_name", "髙橋"), ("attested_title", "代表")]);
    let invalid = NewAttestation::parse(&form).unwrap_err();
    assert_eq!(invalid.errors[0].0, "consent");
    let returned = Form::from_pairs([("verdict", "return"), ("comment", "")]);
    assert_eq!(Decision::parse(&returned).unwrap_err().errors[0].0, "comment");
    assert!(Decision::parse(&Form::from_pairs([("verdict", "accept")])).is_ok());
}

#[test]
fn every_kind_has_a_method_and_every_method_a_kind() {
    for kind in DisposalKind::ALL {
        assert!(DisposalMethod::ALL.iter().any(|method| fits(*kind, *method)), "{kind}");
    }
    for method in DisposalMethod::ALL {
        assert!(DisposalKind::ALL.iter().any(|kind| fits(*kind, *method)), "{method}");
    }
}

#[test]
fn reminders_go_two_weeks_before_on_the_day_and_every_week_after() {
    let erase_by = day("2027-04-30");
    for (today, expected) in [
        ("2027-04-15", None),
        ("2027-04-16", Some(Reminder::Before)),
        ("2027-04-29", Some(Reminder::Before)),
        ("2027-04-30", Some(Reminder::OnDay)),
        ("2027-05-06", Some(Reminder::OnDay)),
        ("2027-05-07", Some(Reminder::Week(1))),
        ("2027-05-13", Some(Reminder::Week(1))),
        ("2027-05-14", Some(Reminder::Week(2))),
    ] {
        assert_eq!(reminder(erase_by, day(today)), expected, "{today}");
    }
}

#[test]
fn only_findings_dont_hinder_closing() {
    assert!(Standing { findings: 3, ..Standing::default() }.may_close());
    assert!(!Standing { open_holdings: 1, ..Standing::default() }.may_close());
    assert!(!Standing { waiting: 1, ..Standing::default() }.may_close());
    assert!(!Standing { open_below: 1, ..Standing::default() }.may_close());
    assert!(!Standing { held_below: 1, ..Standing::default() }.may_close());
}

fn disposal() -> Disposal {
    let at = day("2027-04-10").and_hms_opt(0, 0, 0).unwrap();
    Disposal {
        tenant_id: id(1),
        id: id(2),
        entrustment_id: id(3),
        position: 1,
        holdings: Json(vec![]),
        kind: DisposalKind::Erased,
        method: DisposalMethod::Overwrite,
        method_note: String::new(),
        quantity: "1台".into(),
        device_number: String::new(),
        done_on: day("2027-04-10"),
        responsible: "髙橋".into(),
        performed_by: "𠮷田".into(),
        witness: String::new(),
        backups: "消去した".into(),
        subs: "なし".into(),
        outside_certificate: String::new(),
        retained_reason: String::new(),
        retained_until: None,
        status: DisposalStatus::Draft,
        attested_name: String::new(),
        attested_title: String::new(),
        attested_at: None,
        attested_hash: String::new(),
        decided_by_name: String::new(),
        decided_at: None,
        comment: String::new(),
        drafted_by_name: "𠮷田".into(),
        created_at: at,
        version: 1,
    }
}

fn file(number: u32, sha256: &str) -> Attachment {
    Attachment {
        tenant_id: id(1),
        id: id(number),
        entrustment_id: id(3),
        subject_kind: "disposal".into(),
        subject_id: "2".into(),
        file_name: "写真.jpg".into(),
        media_type: "image/jpeg".into(),
        size: 1,
        sha256: sha256.into(),
        object: String::new(),
        added_by_name: String::new(),
        added_at: day("2027-04-10").and_hms_opt(0, 0, 0).unwrap(),
        removed_at: None,
    }
}

#[test]
fn the_hash_is_of_the_fields_and_the_files_and_of_nothing_else() {
    let first = disposal();
    let hash =
        |disposal: &Disposal, files: &[Attachment]| binding::hash(disposal, &[], files).unwrap();
    let before = hash(&first, &[]);
    let mut decided = disposal();
    decided.status = DisposalStatus::Accepted;
    decided.comment = "よい".into();
    decided.version = 9;
    assert_eq!(hash(&decided, &[]), before);
    let mut changed = disposal();
    changed.quantity = "2台".into();
    assert_ne!(hash(&changed, &[]), before);
    let one = hash(&first, &[file(10, "aa")]);
    assert_ne!(one, before);
    assert_eq!(
        hash(&first, &[file(10, "aa"), file(11, "bb")]),
        hash(&first, &[file(11, "bb"), file(10, "aa")])
    );
    let mut gone = file(11, "bb");
    gone.removed_at = Some(gone.added_at);
    assert_eq!(hash(&first, &[file(10, "aa"), gone]), one);
}
