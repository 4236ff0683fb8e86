use super::form::{Answered, Asking, Details};
use super::model::{Contact, Kept, PassedOn, Seen, Standing, Way, WrongRecipient};
use super::{link, rules};
use crate::actor::OrganisationId;
use crate::clock::Timestamp;
use crate::error::Error;
use crate::incident::IncidentId;
use crate::rulebook::Party;
use crate::secret::Secret;
use crate::storage::sha256;
use crate::testing::jst;
use crate::web::{Form, Invalid, Language};

fn now() -> Timestamp {
    jst("2026-04-22T09:00:00")
}

fn recipient() -> WrongRecipient {
    WrongRecipient {
        tenant_id: OrganisationId::new(now()),
        id: super::model::WrongRecipientId::new(now()),
        incident_id: IncidentId::new(now()),
        position: 1,
        side: Party::Contractor,
        name: "三重野商事".into(),
        email: "soumu@mieno.example".into(),
        phone: String::new(),
        way: Way::Mail,
        copies: Some(49),
        note: String::new(),
        registered_by_name: "髙橋".into(),
        registered_at: now(),
        asked_at: None,
        asked_way: None,
        asked_by_name: String::new(),
        waiting_since: None,
        reminded: 0,
        answered_at: None,
        seen: Seen::Unknown,
        kept: Kept::Unknown,
        passed_on: PassedOn::Unknown,
        link_sha256: String::new(),
        link_sent_at: None,
        link_expires_at: None,
        link_used_at: None,
        closed_at: None,
        closed_by_name: String::new(),
        closed_reason: String::new(),
        version: 1,
    }
}

fn answered(kept: Kept, passed_on: PassedOn) -> WrongRecipient {
    let seen = Seen::No;
    WrongRecipient { answered_at: Some(now()), seen, kept, passed_on, ..recipient() }
}

#[test]
fn silence_is_chased_after_one_three_and_seven_working_days_and_then_weekly() {
    // A Wednesday; the 29th of April, and the 4th to the 6th of May are holidays.
    for (today, reminded, due, reached) in [
        ("2026-04-22T23:59:00", 0, false, 0),
        ("2026-04-23T00:00:00", 0, true, 1),
        ("2026-04-23T08:55:00", 1, false, 1),
        ("2026-04-27T08:55:00", 1, true, 2),
        ("2026-05-01T08:55:00", 2, false, 2),
        ("2026-05-07T08:55:00", 2, true, 3),
        ("2026-05-13T08:55:00", 3, false, 3),
        ("2026-05-14T08:55:00", 3, true, 4),
        ("2026-05-21T08:55:00", 0, true, 5),
    ] {
        assert_eq!(rules::due(now(), reminded, jst(today)), due, "{today} {reminded}");
        assert_eq!(rules::reached(now(), jst(today)), reached, "{today}");
    }
}

#[test]
fn only_deleted_or_returned_and_not_passed_on_ends_the_risk() {
    for kept in Kept::ALL {
        for passed_on in PassedOn::ALL {
            let of = answered(*kept, *passed_on);
            let gone = matches!(kept, Kept::Deleted | Kept::Returned);
            let ends = gone && *passed_on == PassedOn::No;
            assert_eq!(rules::is_open(&of), !ends, "{kept} {passed_on}");
            let bad = *kept == Kept::NotDeleted || *passed_on == PassedOn::Yes;
            let expected = match (ends, bad) {
                (true, _) => Standing::Confirmed,
                (_, true) => Standing::Risk,
                _ => Standing::Unclear,
            };
            assert_eq!(rules::standing(&of, now()), expected, "{kept} {passed_on}");
        }
    }
    let unanswered = WrongRecipient { answered_at: None, ..answered(Kept::Deleted, PassedOn::No) };
    assert!(rules::is_open(&unanswered), "nobody has said so");
    let closed = WrongRecipient { closed_at: Some(now()), ..recipient() };
    assert!(!rules::is_open(&closed));
    assert_eq!(rules::standing(&closed, now()), Standing::Closed);
}

#[test]
fn an_answer_is_waited_for_since_the_first_time_of_asking() {
    let asked = jst("2026-04-20T10:00:00");
    assert_eq!(rules::waiting_since(&recipient(), asked), Some(asked));
    let waiting = WrongRecipient { waiting_since: Some(asked), ..recipient() };
    assert_eq!(rules::waiting_since(&waiting, now()), Some(asked), "asked again");
    assert_eq!(rules::standing(&waiting, asked), Standing::Waiting);
    assert_eq!(rules::standing(&waiting, now()), Standing::Silent);
    let earlier = jst("2026-04-18T10:00:00");
    assert_eq!(rules::waiting_since(&waiting, earlier), Some(earlier), "entered late");
    let unclear = answered(Kept::Unknown, PassedOn::No);
    assert_eq!(rules::waiting_since(&unclear, asked), None, "answered since");
    let later = jst("2026-04-23T10:00:00");
    assert_eq!(rules::waiting_since(&unclear, later), Some(later));
    assert_eq!(rules::waiting_since(&answered(Kept::Deleted, PassedOn::No), later), None);
}

#[test]
fn it_is_told_when_all_say_that_nobody_saw_it() {
    let unseen = answered(Kept::Deleted, PassedOn::No);
    assert!(!rules::all_unseen(&[]));
    assert!(rules::all_unseen(std::slice::from_ref(&unseen)));
    let seen = WrongRecipient { seen: Seen::Yes, ..unseen.clone() };
    assert!(!rules::all_unseen(&[unseen, seen]));
}

fn wrong<T: std::fmt::Debug>(read: Result<T, Invalid>) -> Vec<String> {
    read.unwrap_err().errors.into_iter().map(|(field, _)| field).collect()
}

#[test]
fn a_wrong_recipient_is_read_with_or_without_address() {
    let form = Details::form(&recipient());
    let read = Details::parse(&form).unwrap();
    assert_eq!((read.way, read.copies, &*read.email), (Way::Mail, Some(49), "soumu@mieno.example"));
    for (field, typed, expected) in [
        ("wrong_name", "", "wrong_name"),
        ("wrong_name", "123456789018", "wrong_name"),
        ("wrong_note", "電話は 059-224-1234", "text_confirmed"),
        ("wrong_phone", "123456789018", "wrong_phone"),
        ("wrong_email", "mieno", "wrong_email"),
        ("wrong_copies", "0", "wrong_copies"),
        ("wrong_way", "pigeon", "wrong_way"),
    ] {
        let mut form = form.clone();
        form.set(field, typed);
        assert_eq!(wrong(Details::parse(&form)), [expected], "{field} {typed}");
    }
    let mut bare = form;
    for field in ["wrong_email", "wrong_phone", "wrong_copies", "wrong_note"] {
        bare.set(field, "");
    }
    assert!(Details::parse(&bare).is_ok());
}

#[test]
fn nobody_asks_or_answers_in_the_time_to_come_or_by_a_link_that_wasnt_there() {
    let mut form = Form::from_pairs([("wrong_asked_way", "call")]);
    form.set_moment("wrong_asked", now());
    assert_eq!(Asking::parse(&form, now()).unwrap().way, Contact::Call);
    form.set("wrong_asked_time", "09:01");
    assert_eq!(wrong(Asking::parse(&form, now())), ["wrong_asked_on"]);
    form.set("wrong_asked_time", "09:00");
    form.set("wrong_asked_way", "link");
    assert_eq!(wrong(Asking::parse(&form, now())), ["wrong_asked_way"]);
    let empty = wrong(Answered::parse(&Form::default(), now()));
    assert_eq!(empty.len(), 7, "{empty:?}");
}

#[test]
fn who_confirms_agrees_to_the_text_that_was_shown() {
    let text = link::agreement(Language::Ja);
    let hash = sha256(text.as_bytes());
    let said = |kept: &str, passed_on: &str, agreed: &str, shown: &str| {
        let form = Form::from_pairs([
            ("wrong_seen", "unseen"),
            ("wrong_kept", kept),
            ("wrong_passed_on", passed_on),
            ("wrong_signer", "三重野 花子"),
            ("wrong_agreed", agreed),
            ("wrong_text", shown),
        ]);
        Answered::confirmed(&form, (text.clone(), &hash), now())
    };
    assert_eq!(said("deleted", "no", "on", &hash).unwrap().agreement, text);
    assert_eq!(said("not_deleted", "no", "", &hash).unwrap().agreement, "");
    for (kept, passed_on, agreed, shown) in [
        ("deleted", "no", "", &*hash),
        ("not_deleted", "no", "on", &hash),
        ("deleted", "yes", "on", &hash),
        ("deleted", "no", "on", "0"),
    ] {
        let faults = wrong(said(kept, passed_on, agreed, shown));
        assert_eq!(faults, ["wrong_agreed"], "{kept} {passed_on} {agreed}");
    }
    assert_eq!(wrong(said("unknown", "unknown", "", &hash)), ["wrong_kept", "wrong_passed_on"]);
    assert_ne!(text, link::agreement(Language::En));
}

#[test]
fn a_new_link_differs_from_the_older_one_and_only_its_hash_is_known() {
    let secret = Secret::random();
    let mut of = recipient();
    let (one, other) =
        (link::make(&secret, &of, now()).unwrap(), link::make(&secret, &of, now()).unwrap());
    assert_ne!(one.path, other.path);
    let token = one.path.rsplit('/').next().unwrap();
    assert_eq!(link::named(&secret, token, now()).unwrap(), (of.tenant_id, of.id));
    assert!(!link::is_newest(&of, token), "none was sent");
    of.link_sha256 = one.sha256;
    assert!(link::is_newest(&of, token));
    of.link_sha256 = other.sha256;
    assert!(!link::is_newest(&of, token));
    let none = link::named(&secret, "no-token", now());
    assert!(matches!(none, Err(Error::Gone("error-confirmation"))));
}
