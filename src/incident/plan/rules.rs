//! When a step is due, and which one is next: pure.

use chrono::TimeDelta;

use super::manual::Section;
use super::model::Step;
use crate::clock::Timestamp;
use crate::incident::model::Incident;
use crate::rulebook::Party;

/// When a side came to know of an incident: by itself, or by being told.
pub(super) fn known_at(incident: &Incident, side: Party) -> Timestamp {
    match side {
        _ if side == incident.known_side => incident.known_at,
        Party::Principal => incident.notified_at.unwrap_or(incident.reported_at),
        _ => incident.reported_at,
    }
}

/// When a step is due that is to be taken within so many hours of a side's knowing.
pub(super) fn due_at(incident: &Incident, side: Party, hours: u16) -> Timestamp {
    known_at(incident, side) + TimeDelta::hours(hours.into())
}

/// The section of a step that is added by hand: by the time between knowing and its due date.
pub(super) fn section(incident: &Incident, side: Party, due: Timestamp) -> Section {
    let span = due - known_at(incident, side);
    let within = |section: &Section| span <= TimeDelta::hours(section.hours().into());
    Section::ALL.iter().copied().find(within).unwrap_or(Section::Month)
}

/// The step that is next: of the reader's own side where it has one, otherwise of either; the one
/// that is due first.
pub(super) fn next(steps: &[Step], side: Option<Party>) -> Option<&Step> {
    let order = |step: &&Step| (Some(step.side) != side, step.due_at, step.position);
    steps.iter().filter(|step| step.is_open()).min_by_key(order)
}
