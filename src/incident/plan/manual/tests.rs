//! The standard manual.

use std::collections::BTreeSet;

use super::model::{STANDARD, Section, Standard, StepPage};
use crate::incident::model::IncidentKind;
use crate::rulebook::Party;
use crate::storage::sha256;
use crate::web::{Language, locale};

#[test]
fn the_standard_manual_covers_every_kind_of_incident_for_both_sides_in_every_section() {
    let standard = Standard::read().unwrap();
    for kind in IncidentKind::ALL {
        let own: Vec<_> = standard.steps.iter().filter(|step| step.is_for(*kind)).collect();
        for section in Section::ALL {
            for side in [Party::Principal, Party::Contractor] {
                let some = own.iter().any(|step| step.section == *section && step.side == side);
                assert!(some, "{kind}: nothing for {side} within {section}");
            }
        }
    }
    for step in &standard.steps {
        assert!(step.hours >= 1 && step.hours <= step.section.hours(), "{}", step.id);
        for text in [&step.what, &step.how] {
            assert!(!text.get("ja").is_empty() && !text.get("en").is_empty(), "{}", step.id);
            assert_ne!(text.get("ja"), text.get("en"), "{}", step.id);
        }
    }
}

#[test]
fn the_reports_to_the_authority_are_due_within_the_laws_days() {
    // The day of knowing is day 1: after 29 days it is day 30, at whatever hour.
    let standard = Standard::read().unwrap();
    let hours = |id: &str| standard.steps.iter().find(|step| step.id == id).unwrap().hours;
    assert!(hours("p_prelim") <= 4 * 24 && hours("p_final") <= 29 * 24);
}

#[test]
fn the_standard_manual_keeps_to_the_laws_order() {
    let standard = Standard::read().unwrap();
    let order: Vec<_> = standard.steps.iter().map(|step| step.section.hours()).collect();
    assert!(order.is_sorted(), "{order:?}");
    let ids: BTreeSet<_> = standard.steps.iter().map(|step| &step.id).collect();
    assert_eq!(ids.len(), standard.steps.len());
}

#[test]
fn a_standard_manual_that_says_something_else_is_another_version() {
    // What was published as a version stays what it is: count the version up with the hash.
    let published = (2, "9619204a02bacfb55c3c3ef2dc6f974e3b21a1daa9192a6767bee5a56b88044c");
    let hash = sha256(STANDARD.as_bytes());
    assert_eq!((Standard::read().unwrap().version, hash.as_str()), published);
}

#[test]
fn pages_are_called_as_they_are_and_the_duties_have_a_step() {
    let standard = Standard::read().unwrap();
    let titles = [
        "incident-assessment-title",
        "incident-authority-title",
        "incident-clock-title",
        "incident-timeline-title",
        "handover-list-title",
    ];
    let titles = titles.map(|key| locale::text(Language::Ja, key));
    for step in &standard.steps {
        let named = step.how.get("ja").split('「').skip(1).filter_map(|rest| rest.split_once('」'));
        for (name, rest) in named {
            let known = titles.contains(&name.to_owned()) || !rest.starts_with("の画面");
            assert!(known, "{}: {name}", step.id);
        }
    }
    let page = |id: &str| standard.steps.iter().find(|step| step.id == id).unwrap().page;
    assert_eq!(page("p_duties"), Some(StepPage::Duties));
    assert_eq!(
        (page("p_prelim"), page("p_final")),
        (Some(StepPage::Report), Some(StepPage::Report))
    );
}
