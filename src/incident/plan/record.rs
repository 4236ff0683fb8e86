//! The plan on paper.

use super::model::{Step, StepStatus};
use super::store;
use crate::actor::OrganisationId;
use crate::database::Connection;
use crate::error::Result;
use crate::incident::model::IncidentId;
use crate::paper::Paper;
use crate::typeset::{Align, Cell};

/// The steps of incidents, in their order.
pub(in crate::incident) fn filed(
    connection: &mut Connection,
    tenant: OrganisationId,
    incidents: &[IncidentId],
) -> Result<Vec<Step>> {
    store::of_many(connection, tenant, incidents)
}

/// Writes the steps of an incident.
pub(in crate::incident) fn write(paper: &mut Paper, steps: &[&Step]) {
    paper.heading(3, paper.text("incident-plan-title"));
    if steps.is_empty() {
        paper.body(paper.text("incident-plan-none"));
        return;
    }
    let language = paper.language();
    let row = |step: &&Step| {
        let outcome = match (step.status, step.done_at) {
            (StepStatus::Done, Some(at)) => paper.moment_short(at),
            (status, _) => paper.text(&format!("incident-plan-status-{status}")),
        };
        vec![
            Cell::new(step.what.0.get(language.as_str())),
            Cell::new(paper.text(&format!("incident-side-{}", step.side))),
            Cell::new(paper.moment_short(step.due_at)),
            Cell::new(outcome),
            Cell::new(&step.note),
        ]
    };
    let rows = steps.iter().map(row).collect();
    let heads = [
        ("incident-plan-what", 3.0, Align::Left),
        ("incident-plan-side", 1.0, Align::Left),
        ("incident-plan-due", 1.6, Align::Left),
        ("incident-plan-outcome", 1.6, Align::Left),
        ("incident-plan-note", 2.4, Align::Left),
    ];
    paper.table(&heads, rows);
}
