//! The report to the authority (漏えい等報告): its nine items as they become known, the preliminary and
//! the final report (速報, 確報) as PDF and as text, and what was filed when, by which side.
//!
//! The portal files nothing: somebody does so with the authority's own form, and enters it here.

mod case;
mod form;
mod model;
mod pdf;
mod plain;
mod prefill;
pub(super) mod record;
mod store;
#[cfg(test)]
mod tests;
mod views;
mod web;

pub(super) use model::{Filed, Filing, Reports};
pub(super) use store::filed;
pub(super) use views::samples;
pub(super) use web::routes;

use case::Standing;
use model::{Item, Report};

use super::assessment;
use super::duty::{Answer, duties};
use super::model::Incident;
use super::panel::{Matter, Part};
use super::policy::Case;
use crate::database::Connection;
use crate::error::Result;
use crate::rulebook::Party;
use crate::web::Ctx;
use crate::web::locale::text_with;

/// What the incident's page shows of the report.
pub(super) fn part(connection: &mut Connection, ctx: &Ctx, case: &Case) -> Result<Part> {
    let standing = Standing::load(connection, case.clone())?;
    let last = standing.filings.last();
    let missing = standing.items.missing().len();
    let known = Item::ALL.len() - missing;
    let (key, tone) = match last.map(|filing| filing.report) {
        _ if standing.outdated() => ("incident-authority-part-outdated", "warn"),
        Some(Report::Final) => ("incident-authority-part-final", "good"),
        Some(Report::Preliminary) => ("incident-authority-part-preliminary", "progress"),
        None => ("incident-authority-part-none", "neutral"),
    };
    let args = [("known", known.into()), ("all", Item::ALL.len().into())];
    Ok(Part {
        title: ctx.text("incident-authority-title"),
        href: format!("{}/report", case.1.href()),
        status: ctx.text(key),
        tone,
        lines: vec![text_with(ctx.language, "incident-authority-part-known", &args)],
    })
}

/// Where the principal reports, an incident stays open until its final report is filed. Before that is
/// decided, what is computed counts.
pub(super) fn open_matters(
    connection: &mut Connection,
    incident: &Incident,
) -> Result<Vec<Matter>> {
    let computed = || duties(&incident.facts.0).principal.answer == Answer::Required;
    if !assessment::reports(connection, incident)?.unwrap_or_else(computed) {
        return Ok(Vec::new());
    }
    let filed = filed(connection, vec![incident.tenant_id], vec![incident.id])?;
    let own = filed.get(&incident.id).copied().unwrap_or_default().of(Party::Principal);
    let matter = Matter::at("/report", "incident-authority-open-final");
    Ok(if own.last.is_none() { vec![matter] } else { Vec::new() })
}
