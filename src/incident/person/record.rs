//! The notice to the persons on paper.

use super::letter;
use super::model::Group;
use super::store;
use crate::actor::OrganisationId;
use crate::database::Connection;
use crate::error::Result;
use crate::incident::model::IncidentId;
use crate::paper::Paper;
use crate::typeset::{Align, Cell};

/// The groups of incidents, in their order.
pub(in crate::incident) fn filed(
    connection: &mut Connection,
    tenant: OrganisationId,
    incidents: &[IncidentId],
) -> Result<Vec<Group>> {
    store::of_many(connection, tenant, incidents)
}

/// Writes who is concerned by an incident, how they are notified, and what was settled with them.
pub(in crate::incident) fn write(paper: &mut Paper, groups: &[&Group]) {
    paper.heading(3, paper.text("incident-person-title"));
    if groups.is_empty() {
        paper.body(paper.text("incident-person-empty"));
        return;
    }
    let rows = groups.iter().map(|group| row(paper, group)).collect();
    let heads = [
        ("incident-person-label", 2.2, Align::Left),
        ("incident-person-persons", 0.9, Align::Right),
        ("incident-person-way", 2.6, Align::Left),
        ("incident-person-notified", 1.8, Align::Left),
        ("incident-person-inquiries", 1.0, Align::Right),
        ("incident-person-settled", 1.6, Align::Left),
    ];
    paper.table(&heads, rows);
}

fn row(paper: &Paper, group: &Group) -> Vec<Cell> {
    let persons = [("count", group.persons.into())];
    let notified = [
        ("notified", group.notified().into()),
        ("persons", group.persons.into()),
        ("sent", group.sent.into()),
        ("returned", group.returned.into()),
    ];
    let inquiries = [("count", group.inquiries.into())];
    let settled = [("settled", group.settled.into()), ("yen", group.yen.into())];
    let way = paper.text(&format!("incident-person-way-{}", group.way));
    let way = [way.as_str(), &group.place, &group.reason];
    let way: Vec<&str> = way.into_iter().filter(|part| !part.is_empty()).collect();
    vec![
        Cell::new(format!("{}\n{}", group.label, letter::data(paper.language(), group))),
        Cell::new(paper.say("entrustment-persons-count", &persons)),
        Cell::new(way.join("\n")),
        Cell::new(paper.say("incident-person-notified-of", &notified)),
        Cell::new(paper.say("incident-person-inquiries-count", &inquiries)),
        Cell::new(paper.say("incident-person-settled-of", &settled)),
    ]
}
