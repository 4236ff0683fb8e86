//! Which questions an incident raises, what is alike, and what the forms refuse.

use std::collections::BTreeSet;

use super::form::{Action, Asking, CauseForm};
use super::questions::template;
use super::similar::{Features, Likeness, likeness};
use crate::entrustment::rules::Way;
use crate::entrustment::{EntrustmentId, ItemMark};
use crate::incident::model::IncidentKind;
use crate::organisation::contractor::ContractorId;
use crate::testing::jst;
use crate::web::{Form, Invalid};

fn fields<T>(read: Result<T, Invalid>) -> Vec<String> {
    let Err(invalid) = read else { return Vec::new() };
    invalid.errors.into_iter().map(|(field, _)| field).collect()
}

#[test]
fn every_kind_of_incident_has_a_short_questionnaire_without_fault() {
    for kind in IncidentKind::ALL {
        let template = template(*kind).unwrap();
        assert_eq!(template.check(), Vec::new(), "{kind}");
        let count = template.questions().count();
        assert!((2..=5).contains(&count), "{kind}: {count}");
        assert!(template.questions().all(|q| !q.text.en.is_empty() && !q.support.en.is_empty()));
    }
    let family = |kind| template(kind).unwrap().id;
    assert_eq!(family(IncidentKind::ExtraRows), family(IncidentKind::Misdirected));
    assert_ne!(family(IncidentKind::LostMedium), family(IncidentKind::Misdirected));
}

#[test]
fn what_is_more_alike_comes_first() {
    let now = jst("2026-04-01T10:00:00");
    let features = |contractor, names: &[&str], marks: &[ItemMark], ways: &[Way]| Features {
        contractor,
        items: names.iter().map(ToString::to_string).collect(),
        marks: marks.iter().copied().collect(),
        ways: ways.iter().copied().collect(),
    };
    let (office, other) = (ContractorId::new(now), ContractorId::new(now));
    let own = features(office, &["氏名", "給与"], &[ItemMark::Sensitive], &[Way::EncryptedMail]);
    let nothing = features(other, &["車両番号"], &[], &[Way::Fax]);
    assert_eq!(likeness(&own, &nothing), (0, Vec::new()));
    let name = likeness(&own, &features(other, &["氏名"], &[], &[]));
    let ways = likeness(&own, &features(other, &[], &[], &[Way::EncryptedMail]));
    let marks = likeness(&own, &features(other, &[], &[ItemMark::Sensitive], &[]));
    let contractor = likeness(&own, &features(office, &[], &[], &[]));
    assert_eq!(contractor.1, [Likeness::Contractor]);
    let scores = [name.0, ways.0, marks.0, contractor.0];
    assert_eq!(scores.iter().collect::<BTreeSet<_>>().len(), 4);
    assert!(scores.is_sorted(), "{scores:?}");
    assert_eq!(likeness(&own, &own).0, scores.iter().sum::<usize>() + 1, "two items are shared");
}

#[test]
fn a_cause_needs_a_why_a_root_and_a_summary_without_anybodys_data() {
    let filled = || {
        let pairs = [("why_1", "宛先を手で打った"), ("why_2", ""), ("why_3", "一覧がなかった")];
        let more = [("root", "no_rule"), ("cause_summary", "宛先の一覧がなかった。")];
        Form::from_pairs(pairs.into_iter().chain(more))
    };
    let read = CauseForm::parse(&filled()).unwrap();
    assert_eq!(read.whys, ["宛先を手で打った", "一覧がなかった"]);
    for (field, typed, wrong) in [
        ("why_3", "番号 123456789018", "why_3"),
        ("why_3", "a@example.jp", "text_confirmed"),
        ("root", "", "root"),
        ("root", "bad_luck", "root"),
        ("cause_summary", "", "cause_summary"),
    ] {
        let mut form = filled();
        form.set(field, typed);
        assert_eq!(fields(CauseForm::parse(&form)), [wrong], "{field} = {typed}");
    }
    let mut bare = filled();
    bare.remove("why_1");
    bare.remove("why_3");
    assert_eq!(fields(CauseForm::parse(&bare)), ["why_1"]);
}

#[test]
fn actions_and_questions_have_a_day_to_come_and_go_to_similar_entrustments_alone() {
    let now = jst("2026-04-01T10:00:00");
    let today = now.date();
    let (known, foreign) = (EntrustmentId::new(now), EntrustmentId::new(now));
    let form = |id: EntrustmentId, day: &str| {
        let id = id.to_string();
        Form::from_pairs([
            ("entrustment", id.as_str()),
            ("deadline", day),
            ("due_on", day),
            ("contact", "子ども課"),
            ("action", "一覧を作る"),
            ("detail", "宛先の一覧"),
            ("severity", "high"),
        ])
    };
    let asking = |form: &Form| fields(Asking::parse(form, &[known], today));
    assert_eq!(asking(&form(known, "2026-04-10")), Vec::<String>::new());
    assert_eq!(asking(&form(foreign, "2026-04-10")), ["entrustment"]);
    assert_eq!(asking(&form(known, "2026-03-31")), ["deadline"]);
    assert_eq!(asking(&form(known, "2029-03-31")), ["deadline"]);
    let mut none = form(known, "2026-04-10");
    none.remove("entrustment");
    assert_eq!(asking(&none), ["entrustment"]);
    assert_eq!(fields(Action::parse(&form(known, "2026-04-10"), today)), Vec::<String>::new());
    assert_eq!(fields(Action::parse(&form(known, "2026-03-31"), today)), ["due_on"]);
}
