//! What was filed, on paper.

use super::model::Filing;
use super::store;
use crate::actor::OrganisationId;
use crate::database::Connection;
use crate::error::Result;
use crate::incident::model::IncidentId;
use crate::paper::Paper;
use crate::typeset::{Align, Cell};

/// The reports that were filed about incidents, in their order.
pub(in crate::incident) fn filings(
    connection: &mut Connection,
    tenant: OrganisationId,
    incidents: &[IncidentId],
) -> Result<Vec<Filing>> {
    store::of_many(connection, tenant, incidents)
}

/// Writes the reports that were filed about an incident.
pub(in crate::incident) fn write(paper: &mut Paper, filings: &[&Filing]) {
    paper.heading(3, paper.text("incident-authority-filings"));
    if filings.is_empty() {
        paper.body(paper.text("incident-authority-none"));
        return;
    }
    let row = |filing: &&Filing| {
        let side = paper.text(&format!("incident-side-{}", filing.side));
        let by = if filing.joint {
            paper.say("incident-authority-joint-by", &[("side", side.into())])
        } else {
            side
        };
        vec![
            Cell::new(paper.text(&format!("incident-authority-{}", filing.report))),
            Cell::new(paper.moment_short(filing.filed_at)),
            Cell::new(by),
            Cell::new(&filing.authority),
            Cell::new(&filing.receipt),
        ]
    };
    let rows = filings.iter().map(row).collect();
    let heads = [
        ("incident-authority-kind", 1.4, Align::Left),
        ("incident-authority-filed-at", 1.8, Align::Left),
        ("incident-authority-by", 1.8, Align::Left),
        ("incident-authority-authority", 2.6, Align::Left),
        ("incident-authority-receipt", 1.4, Align::Left),
    ];
    paper.table(&heads, rows);
}
