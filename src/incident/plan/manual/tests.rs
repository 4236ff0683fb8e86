//! The standard manual.

use std::collections::BTreeSet;

use super::model::{Section, Standard};
use crate::incident::model::IncidentKind;
use crate::rulebook::Party;

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
