//! The duties of an incident (報告と通知の要否): what follows from what is known, every computation kept,
//! and what people decided.
//!
//! What is computed decides nothing; a person of each side does. The principal's officer decides with a
//! reason; not to report although it is computed to be a duty, or although it can't be told yet, waits
//! for an administrator or approver of the principal who is somebody else. A contractor has no approvers:
//! its representative decides for it, and for whatever is decided a reason suffices. To report without
//! having to needs nobody. Whenever the answer changes, what was decided before is outdated.

mod form;
mod model;
mod policy;
pub(super) mod record;
mod rules;
mod store;
mod views;
mod web;

use std::collections::HashMap;

use serde_json::json;

use super::duty::duties;
use super::model::{Incident, IncidentId};
use super::panel::{Matter, Part};
use super::policy::Case;
use crate::database::{Connection, Tx};
use crate::error::Result;
use crate::incident::timeline;
use crate::rulebook::Party;
use crate::web::Ctx;
use model::Verdict;
use rules::Standing;

pub(super) use rules::Released;
pub(super) use views::samples;
pub(super) use web::routes;

/// Computes the duties anew and keeps the computation, with what it was for: the message
/// `incident-assessment-cause-<cause>`. The timeline tells of every answer that changed. The incident
/// has its new facts, and was locked or entered in the same transaction.
pub(super) fn recompute(tx: &mut Tx<'_>, incident: &Incident, cause: &'static str) -> Result<()> {
    let result = duties(&incident.facts.0);
    let Some(before) = store::keep(tx, incident, cause, &result)? else { return Ok(()) };
    for (side, was, answer) in rules::changed(&before, &result) {
        let details = json!({ "side": side, "was": was, "answer": answer });
        timeline::note(tx, incident, tx.now, "duty_changed", &details)?;
    }
    Ok(())
}

/// What the incident's page shows of the duties: the answers, their days, what was decided, and what is
/// to be done next for the principal.
pub(super) fn part(connection: &mut Connection, ctx: &Ctx, case: &Case) -> Result<Part> {
    let incident = &case.1;
    let sides = web::sides(connection, ctx, incident)?;
    let principal = sides.iter().find(|view| view.side == Party::Principal);
    let mut lines: Vec<_> = sides.iter().flat_map(|view| view.lines(ctx.language)).collect();
    let next = principal.and_then(|view| view.next).filter(|_| incident.is_open());
    lines.extend(next.map(|next| ctx.text(&format!("incident-assessment-part-next-{next}"))));
    Ok(Part {
        title: ctx.text("incident-assessment-title"),
        href: web::home(incident),
        status: principal.map(|view| view.standing.clone()).unwrap_or_default(),
        tone: principal.map_or("neutral", |view| view.tone),
        lines,
    })
}

/// Of each of these incidents, the sides about whose duty it holds that they don't report.
pub(super) fn released(
    connection: &mut Connection,
    incidents: &[&Incident],
) -> Result<HashMap<IncidentId, Released>> {
    let tenants = incidents.iter().map(|incident| incident.tenant_id).collect();
    let ids = incidents.iter().map(|incident| incident.id).collect();
    let mut latest = HashMap::new();
    for (id, decision) in store::of_many(connection, tenants, ids)? {
        latest.insert((id, decision.side), decision);
    }
    let released = |incident: &&Incident| {
        let of = |side| latest.get(&(incident.id, side));
        let sides = (of(Party::Principal), of(Party::Contractor));
        (incident.id, Released::of(&duties(&incident.facts.0), sides))
    };
    Ok(incidents.iter().map(released).collect())
}

/// Whether the principal has decided to report; nothing while nobody has decided, or not since the
/// answer changed.
pub(super) fn reports(connection: &mut Connection, incident: &Incident) -> Result<Option<bool>> {
    let last = store::latest(connection, incident, Party::Principal)?;
    let answer = duties(&incident.facts.0).principal.answer;
    let decided = rules::standing(last.as_ref(), answer) == Standing::Decided;
    Ok(last.filter(|_| decided).map(|last| last.verdict == Verdict::Report))
}

/// An incident stays open until the principal has decided, on what is known now.
pub(super) fn open_matters(
    connection: &mut Connection,
    incident: &Incident,
) -> Result<Vec<Matter>> {
    let last = store::latest(connection, incident, Party::Principal)?;
    let answer = duties(&incident.facts.0).principal.answer;
    let matter = |key| vec![Matter::at("/duties", key)];
    Ok(match rules::standing(last.as_ref(), answer) {
        Standing::Decided => Vec::new(),
        Standing::Waiting => matter("incident-assessment-open-waiting"),
        Standing::Outdated => matter("incident-assessment-open-outdated"),
        Standing::Undecided | Standing::Returned => matter("incident-assessment-open-undecided"),
    })
}
