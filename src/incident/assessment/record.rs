//! What was decided about the duties, on paper.

use super::model::{Decision, Step};
use super::store;
use crate::actor::OrganisationId;
use crate::database::Connection;
use crate::error::Result;
use crate::incident::model::IncidentId;
use crate::paper::Paper;
use crate::typeset::{Align, Cell};

/// A decision of an incident.
pub(in crate::incident) type Decided = (IncidentId, Decision);

/// The decisions about incidents, in their order.
pub(in crate::incident) fn decisions(
    connection: &mut Connection,
    tenant: OrganisationId,
    incidents: Vec<IncidentId>,
) -> Result<Vec<Decided>> {
    store::of_many(connection, vec![tenant], incidents)
}

/// Writes what was decided about the duties of an incident, and why.
pub(in crate::incident) fn write(paper: &mut Paper, decisions: &[&Decision]) {
    paper.heading(3, paper.text("incident-assessment-past"));
    if decisions.is_empty() {
        paper.body(paper.text("incident-assessment-standing-undecided"));
        return;
    }
    let row = |decision: &&Decision| {
        let args = [
            ("side", decision.side.as_str().into()),
            ("verdict", decision.verdict.as_str().into()),
        ];
        let said = match decision.step {
            Step::Decided | Step::Proposed => &decision.reason,
            Step::Confirmed | Step::Returned => &decision.note,
        };
        let did = paper.say(&format!("incident-assessment-did-{}", decision.step), &args);
        vec![
            Cell::new(format!("{} {}", paper.moment_short(decision.decided_at), decision.by_name)),
            Cell::new(did),
            Cell::new(paper.text(&format!("duty-answer-{}", decision.computed))),
            Cell::new(said),
        ]
    };
    let rows = decisions.iter().map(row).collect();
    let heads = [
        ("incident-assessment-by", 1.8, Align::Left),
        ("incident-assessment-decision", 2.2, Align::Left),
        ("incident-assessment-computed", 1.5, Align::Left),
        ("incident-assessment-reason", 3.0, Align::Left),
    ];
    paper.table(&heads, rows);
}
