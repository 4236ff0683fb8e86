//! Groups of persons: what is next, which numbers can be true, what the form refuses.

use chrono::NaiveDate;

use super::form::{GroupForm, Progress, Settlement};
use super::letter::{self, About};
use super::model::{DataKind, Group, GroupId, Letter, Notice, Way};
use super::rules::{Step, after_progress, after_settlement, most, sum};
use crate::actor::OrganisationId;
use crate::database::types::Json;
use crate::incident::model::{Counted, IncidentId};
use crate::testing::jst;
use crate::web::{Form, Language};

fn group(way: Way, persons: i32) -> Group {
    let now = jst("2026-04-01T10:00:00");
    Group {
        tenant_id: OrganisationId::new(now),
        id: GroupId::new(now),
        incident_id: IncidentId::new(now),
        position: 1,
        label: "職員".into(),
        data: Json(vec![DataKind::Name, DataKind::Income]),
        persons,
        way,
        place: String::new(),
        reason: String::new(),
        notice: Json(Notice::default()),
        sent: 0,
        returned: 0,
        inquiries: 0,
        settled: 0,
        yen: 0,
        version: 1,
    }
}

fn progress(sent: i32, returned: i32, inquiries: i32) -> Progress {
    let on = NaiveDate::from_ymd_opt(2026, 4, 2).unwrap();
    Progress { on, sent, returned, inquiries, note: String::new() }
}

#[test]
fn a_group_goes_from_the_way_over_the_notice_to_the_last_person() {
    assert_eq!(group(Way::Undecided, 3).step(), Step::DecideWay);
    assert_eq!(group(Way::NotNotified, 3).step(), Step::Done);
    let mut letter = group(Way::Letter, 3);
    assert_eq!(letter.step(), Step::WriteNotice);
    letter.notice = Json(Notice::default().with(Language::En, Letter::default()));
    assert_eq!(letter.step(), Step::Notify);
    let publication =
        Group { way: Way::Publication, reason: "住所不明".into(), ..letter.clone() };
    assert_eq!(publication.step(), Step::Publish, "a reason alone publishes nothing");
    let some = after_progress(&letter, &progress(3, 1, 0)).unwrap();
    assert_eq!((some.notified(), some.step()), (2, Step::Reach));
    assert!(Group { reason: "転居先不明".into(), ..some.clone() }.is_handled());
    assert!(after_progress(&some, &progress(1, 0, 2)).unwrap().is_handled());
}

#[test]
fn numbers_that_cannot_be_true_are_refused_and_a_minus_corrects() {
    let field = |group: &Group, new: Progress| after_progress(group, &new).map_err(|f| f.0);
    let own = group(Way::Letter, 3);
    assert_eq!(field(&own, progress(0, 0, 0)).unwrap_err(), "sent");
    assert_eq!(field(&own, progress(4, 0, 0)).unwrap_err(), "sent");
    assert_eq!(field(&own, progress(1, 2, 0)).unwrap_err(), "returned");
    assert_eq!(field(&own, progress(0, 0, -1)).unwrap_err(), "inquiries");
    assert_eq!(field(&group(Way::Undecided, 3), progress(1, 0, 0)).unwrap_err(), "sent");
    let sent = field(&own, progress(3, 0, 1)).unwrap();
    assert_eq!(field(&sent, progress(-4, 0, 0)).unwrap_err(), "sent");
    let corrected = field(&sent, progress(-1, 0, -1)).unwrap();
    assert_eq!((corrected.sent, corrected.inquiries), (2, 0));
    let settled = |settled, yen| {
        let on = NaiveDate::from_ymd_opt(2026, 4, 2).unwrap();
        let new = Settlement { on, settled, yen, reference: "令8示-1".into() };
        after_settlement(&own, &new).map(|group| (group.settled, group.yen)).map_err(|f| f.0)
    };
    assert_eq!(settled(2, 10_000), Ok((2, 10_000)));
    assert_eq!(settled(4, 1), Err("settled"));
    assert_eq!(settled(0, 0), Err("settled"));
    assert_eq!(settled(1, -1), Err("yen"));
}

#[test]
fn groups_are_held_against_a_number_that_is_known() {
    assert_eq!(most(Some(49), Counted::Exact), Some(49));
    assert_eq!(most(Some(49), Counted::AtMost), Some(49));
    assert_eq!(most(Some(49), Counted::Unknown), None);
    assert_eq!(most(None, Counted::Exact), None);
    assert_eq!(sum(&[group(Way::Letter, 40), group(Way::Letter, 9)]), 49);
}

#[test]
fn a_form_says_what_is_missing() {
    let filled = || {
        let pairs =
            [("label", "利用者"), ("persons", "２"), ("data", "name"), ("way", "publication")];
        let more = [("place", "ホームページ"), ("reason", "連絡先が分からない")];
        Form::from_pairs(pairs.into_iter().chain(more))
    };
    let wrong = |field: &str, typed: &str, before: Option<&Group>| -> Vec<String> {
        let mut form = filled();
        form.set(field, typed);
        let invalid = GroupForm::parse(&form, before).unwrap_err();
        invalid.errors.into_iter().map(|(field, _)| field).collect()
    };
    assert_eq!(GroupForm::parse(&filled(), None).unwrap().persons, 2);
    assert_eq!(wrong("label", "", None), ["label"]);
    assert_eq!(wrong("label", "番号 123456789018", None), ["label"]);
    assert_eq!(wrong("label", "a@example.jp", None), ["text_confirmed"]);
    assert_eq!(wrong("persons", "0", None), ["persons"]);
    assert_eq!(wrong("data", "shoe_size", None), ["data"]);
    assert_eq!(wrong("place", "", None), ["place"]);
    assert_eq!(wrong("reason", "", None), ["reason"]);
    let told = after_progress(&group(Way::Letter, 3), &progress(3, 0, 0)).unwrap();
    assert_eq!(wrong("way", "publication", Some(&told)), ["persons"]);
    let mut form = filled();
    form.set("persons", "3");
    form.set("way", "not_notified");
    assert_eq!(GroupForm::parse(&form, Some(&told)).unwrap_err().errors[0].0, "way");
    let mut bare = filled();
    bare.remove("data");
    assert_eq!(GroupForm::parse(&bare, None).unwrap_err().errors[0].0, "data");
}

#[test]
fn the_letter_has_the_five_items_in_both_languages() {
    let about = About {
        principal: "三重野県".into(),
        entrustment: "監査業務委託".into(),
        contact: "三重野県　子ども課".into(),
    };
    let own = group(Way::Letter, 3);
    assert_eq!(letter::data(Language::Ja, &own), "氏名、給与・所得・税");
    assert_eq!(letter::data(Language::En, &own), "name, pay, income, taxes");
    for language in Language::ALL {
        let filled = Letter {
            summary: "a".into(),
            items: "b".into(),
            cause: "c".into(),
            harm: "d".into(),
            other: "e".into(),
        };
        let whole = letter::whole(language, &filled, &about);
        assert_eq!(whole.split("\n\n").count(), 7, "{whole}");
        assert!(whole.ends_with(&about.contact) && !whole.contains('⟦'), "{whole}");
    }
}
