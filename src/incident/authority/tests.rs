//! The items, their papers, and what a filing needs.

use super::form::{NewFiling, items};
use super::model::{Filed, Item, Items, Report};
use super::{pdf, plain, prefill};
use crate::clock::Timestamp;
use crate::incident::duty::{Certainty, Encryption, Key};
use crate::incident::model::{Counted, Incident, IncidentKind, IncidentStatus};
use crate::paper::Paper;
use crate::rulebook::Party;
use crate::testing::jst;
use crate::web::{Form, Language};

fn incident() -> Incident {
    let known = jst("2026-04-01T16:08:00");
    Incident {
        tenant_id: crate::actor::OrganisationId::new(known),
        id: crate::incident::IncidentId::new(known),
        entrustment_id: crate::entrustment::EntrustmentId::new(known),
        position: 1,
        kind: IncidentKind::Misdirected,
        summary: "職員名簿を別の事業所に送った".into(),
        occurred_at: None,
        known_at: known,
        known_side: Party::Contractor,
        known_by: "髙橋".into(),
        persons: Some(49),
        counted: Counted::AtMost,
        recipients: String::new(),
        status: IncidentStatus::Open,
        reported_side: Party::Contractor,
        reported_by_name: "髙橋".into(),
        reported_at: known,
        notified_at: Some(known),
        opened_at: None,
        opened_by_name: String::new(),
        escalated_at: None,
        facts: serde_json::from_str(r#"{"principal":{"kind":"public_body"}}"#)
            .map(crate::database::types::Json)
            .unwrap(),
        handover_id: None,
        delivery_id: None,
        transmission_id: None,
        closed_at: None,
        closed_by_name: String::new(),
        closing_note: String::new(),
        version: 1,
    }
}

fn complete() -> Items {
    let mut items = Items::default();
    for item in Item::ALL {
        items.set(*item, format!("{item}のこと"));
    }
    items
}

#[test]
fn the_report_begins_with_what_the_incident_knows_and_asks_for_the_rest() {
    let begun = prefill::items(&incident());
    assert!(begun.get(Item::Outline).contains("職員名簿を別の事業所に送った"));
    assert_eq!(begun.get(Item::Kinds), "", "which of the data it was, somebody has to say");
    assert!(prefill::kinds(&["氏名".into(), "年齢".into()]).contains("氏名、年齢"));
    assert_eq!(prefill::kinds(&[]), "");
    assert_eq!(begun.get(Item::Persons), "最大49人（調査中）");
    assert_eq!(begun.missing().len(), 7);
    let text = plain::write(&begun);
    assert!(text.starts_with("1 概要\r\n") && text.contains("9 その他参考となる事項\r\n調査中"));
    assert_eq!(text.matches("調査中").count(), 8, "{text}");
}

#[test]
fn the_authority_hears_of_recipients_and_encryption_only_what_somebody_answered() {
    let paper = Paper::new(Language::Ja);
    let mut facts = incident().facts.0;
    assert!(pdf::answered(&paper, &facts).is_empty());
    facts.encryption = Encryption { strong: Certainty::Yes, key: Key::Separate };
    facts.confirmed_unseen = Certainty::No;
    let answered: Vec<_> = pdf::answered(&paper, &facts).into_iter().map(|(key, _)| key).collect();
    let asked = ["duty-confirmed-unseen", "duty-encryption-strong", "duty-encryption-key"];
    assert_eq!(answered, asked);
}

#[test]
fn what_changed_between_two_reports_is_told_by_item() {
    let before = complete();
    let mut after = complete();
    after.set(Item::Cause, "宛先を手で打った".into());
    after.set(Item::Other, String::new());
    assert_eq!(after.changed_from(&before), [Item::Cause, Item::Other]);
    assert_eq!(after.missing(), [Item::Other]);
}

#[test]
fn a_final_report_needs_all_items_and_no_report_comes_before_its_time() {
    let now = jst("2026-04-03T10:00:00");
    let parse = |pairs: &[(&str, &str)], items: &Items| {
        let mut form = NewFiling::form(Report::Final, "個人情報保護委員会", now);
        for (name, value) in pairs {
            form.set(name, value);
        }
        NewFiling::parse(&form, &incident(), items, now).map_err(|invalid| {
            invalid.errors.into_iter().map(|(field, _)| field).collect::<Vec<_>>().join(",")
        })
    };
    let filed = parse(&[], &complete()).unwrap();
    assert_eq!((filed.report, filed.joint, filed.filed_at), (Report::Final, false, now));
    let begun = prefill::items(&incident());
    assert_eq!(parse(&[], &begun).unwrap_err(), "report_kind");
    assert!(parse(&[("report_kind", "preliminary")], &begun).is_ok());
    for (field, typed, wrong) in [
        ("report_kind", "", "report_kind"),
        ("report_authority", "", "report_authority"),
        ("report_filed_time", "10:01", "report_filed_on"),
        ("report_filed_on", "R8.3.31", "report_filed_on"),
        ("report_filed_time", "朝", "report_filed_time"),
    ] {
        assert_eq!(parse(&[(field, typed)], &complete()).unwrap_err(), wrong, "{field} {typed}");
    }
}

#[test]
fn an_item_takes_no_my_number() {
    let form = Form::from_pairs([("report_cause", "番号 123456789018")]);
    let invalid = items(&form).unwrap_err();
    assert_eq!(invalid.errors.first().unwrap().0, "report_cause");
}

#[test]
fn a_joint_filing_counts_for_both_sides_and_the_first_of_each_counts() {
    let at = |hour: u32| -> Timestamp { jst(&format!("2026-04-03T{hour:02}:00:00")) };
    let mut filed = Filed::default();
    filed.add(Report::Preliminary, Party::Principal, false, at(12));
    filed.add(Report::Preliminary, Party::Contractor, true, at(10));
    filed.add(Report::Final, Party::Contractor, false, at(13));
    assert_eq!(filed.of(Party::Principal).preliminary, Some(at(10)));
    assert_eq!(filed.of(Party::Principal).last, None);
    assert_eq!(filed.of(Party::Contractor).last, Some(at(13)));
}
