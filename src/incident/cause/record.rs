//! Cause and prevention on paper.

use super::model::Cause;
use super::store;
use crate::database::Connection;
use crate::entrustment::Entrustment;
use crate::error::Result;
use crate::finding::{self, Finding};
use crate::incident::model::{Incident, IncidentId};
use crate::paper::Paper;

/// The causes of incidents, and the corrective actions because of them.
#[derive(Clone, Debug)]
pub(in crate::incident) struct Filed {
    causes: Vec<Cause>,
    actions: Vec<Finding>,
}

/// The causes of incidents of an entrustment, and the corrective actions.
pub(in crate::incident) fn filed(
    connection: &mut Connection,
    of: &Entrustment,
    incidents: &[IncidentId],
) -> Result<Filed> {
    Ok(Filed {
        causes: store::of_many(connection, of.tenant_id, incidents)?,
        actions: finding::of_kind(connection, of, store::KIND)?,
    })
}

/// Writes why it came to an incident, what is done about that, and whether others were asked.
pub(in crate::incident) fn write(paper: &mut Paper, filed: &Filed, incident: &Incident) {
    paper.heading(3, paper.text("incident-cause-title"));
    match filed.causes.iter().find(|cause| cause.incident_id == incident.id) {
        Some(cause) => {
            let said = facts(paper, cause);
            paper.facts(said);
        }
        None => paper.body(paper.text("incident-cause-empty")),
    }
    let own = filed.actions.iter().filter(|action| action.subject_id == incident.id.as_str());
    let own: Vec<&Finding> = own.collect();
    paper.heading(3, paper.text("incident-cause-actions"));
    if own.is_empty() {
        paper.body(paper.text("incident-cause-actions-none"));
    } else {
        finding::record::write_references(paper, &own);
    }
}

fn facts(paper: &Paper, cause: &Cause) -> Vec<(&'static str, String)> {
    let numbered = |(number, why): (usize, &String)| format!("{number} {why}");
    let whys: Vec<String> = (1..).zip(&cause.whys.0).map(numbered).collect();
    let asked = match cause.asked_at {
        Some(at) => {
            let said = paper.say("incident-cause-asked", &[("count", cause.asked.into())]);
            format!("{said} {}", paper.moment(at))
        }
        None => paper.text("incident-cause-asked-none"),
    };
    vec![
        ("incident-cause-why-title", whys.join("\n")),
        ("incident-cause-root", paper.text(&format!("incident-cause-root-{}", cause.root))),
        ("incident-cause-summary", cause.summary.clone()),
        (
            "incident-cause-recorded-by",
            format!("{} {}", paper.moment(cause.recorded_at), cause.recorded_by_name),
        ),
        ("incident-cause-similar-title", asked),
    ]
}
