//! The timeline on paper.

use super::model::Entry;
use super::{store, views};
use crate::actor::OrganisationId;
use crate::database::Connection;
use crate::error::Result;
use crate::incident::model::IncidentId;
use crate::paper::Paper;
use crate::typeset::{Align, Cell};

/// The entries of incidents, each with its incident, in the order in which they happened.
pub(in crate::incident) fn filed(
    connection: &mut Connection,
    tenant: OrganisationId,
    incidents: &[IncidentId],
) -> Result<Vec<(IncidentId, Entry)>> {
    store::of_many(connection, tenant, incidents)
}

/// Writes the entries of an incident.
pub(in crate::incident) fn write(paper: &mut Paper, entries: &[&Entry]) {
    paper.heading(3, paper.text("incident-timeline-title"));
    let language = paper.language();
    let row = |entry: &&Entry| {
        let said = views::said(language, entry);
        let said = match entry.corrects() {
            None => said,
            Some(number) => {
                let args = [("number", number.into())];
                format!("{said}\n{}", paper.say("incident-timeline-corrects", &args))
            }
        };
        vec![
            Cell::new(entry.position.to_string()),
            Cell::new(paper.moment_short(entry.happened_at)),
            Cell::new(said),
            Cell::new(format!("{} {}", paper.moment_short(entry.entered_at), entry.by_name)),
        ]
    };
    let rows = entries.iter().map(row).collect();
    let heads = [
        ("incident-timeline-number", 0.6, Align::Right),
        ("incident-timeline-happened", 1.6, Align::Left),
        ("incident-timeline-text", 4.4, Align::Left),
        ("incident-timeline-entered", 2.0, Align::Left),
    ];
    paper.table(&heads, rows);
}
