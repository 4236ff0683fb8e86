//! The plan of the response (対応の手順): what is to be done within a day, a week and a month of knowing,
//! by which side and by whom, when it was done and by what that is shown.
//!
//! The steps come from the `manual`: the organisation's newest published version, or the standard that
//! ships with the portal. They are frozen when the incident is reported; steps may be added by hand.

mod form;
mod jobs;
mod mail;
mod manual;
mod model;
mod policy;
pub(super) mod record;
mod rules;
mod store;
#[cfg(test)]
mod tests;
mod views;
mod web;

pub(super) use jobs::jobs;
pub(super) use model::Step;

use super::assessment;
use super::model::Incident;
use super::panel::{Matter, Part};
use super::policy::Case;
use crate::database::{Connection, Tx};
use crate::entrustment::Entrustment;
use crate::error::Result;
use crate::ledger::{self, HistoryLine};
use crate::web::locale::text_with;
use crate::web::{Ctx, Route};

/// The routes of plans and of manuals.
#[must_use]
pub(super) fn routes() -> Vec<Route> {
    let mut routes = web::routes();
    routes.extend(manual::routes());
    routes
}

/// A sample of every page, for the test that renders them all.
#[must_use]
pub(super) fn samples() -> Vec<(&'static str, serde_json::Value)> {
    let mut samples = views::samples();
    samples.extend(manual::samples());
    samples
}

/// Freezes the plan of an incident that is being reported. The entry of the report stands for it in
/// the ledger.
pub(super) fn begin(tx: &mut Tx<'_>, of: &Entrustment, incident: &Incident) -> Result<()> {
    let manual = manual::in_force(tx.connection, of.tenant_id)?;
    store::freeze(tx, incident, &manual)
}

/// Settles what the actor's own side has to do within a day, as done: for what tells a story.
pub(super) fn settle_day(tx: &mut Tx<'_>, case: &Case) -> Result<()> {
    let side = super::policy::side_of(tx.connection, tx.actor, &case.0)?;
    for step in store::of(tx.connection, &case.1)? {
        let own = step.side == side && step.section == manual::Section::Day && step.is_open();
        if own && !awaits_decision(tx.connection, &case.1, &step)? {
            let version = step.version;
            let task = policy::work(tx.connection, tx.actor, case.clone(), step)?;
            let done = form::Outcome::Done { at: tx.now, note: String::new() };
            store::settle(tx, &task, version, &done)?;
        }
    }
    Ok(())
}

/// Whether a step belongs to a page on which nothing is decided yet that it asks for: it isn't done
/// before that.
fn awaits_decision(connection: &mut Connection, incident: &Incident, step: &Step) -> Result<bool> {
    let of_duties = step.page == Some(manual::StepPage::Duties);
    Ok(of_duties && assessment::reports(connection, incident)?.is_none())
}

/// What the incident's page shows of the plan.
pub(super) fn part(connection: &mut Connection, ctx: &Ctx, case: &Case) -> Result<Part> {
    let (language, incident) = (ctx.language, &case.1);
    let steps = store::of(connection, incident)?;
    let late = steps.iter().filter(|step| step.is_late(ctx.now)).count();
    let open = steps.iter().filter(|step| step.is_open()).count();
    let (key, count, tone) = match (steps.len(), open, late) {
        (0, _, _) => ("incident-plan-part-empty", 0, "neutral"),
        (_, 0, _) => ("incident-plan-part-settled", 0, "good"),
        (_, open, 0) => ("incident-plan-part-open", open, "progress"),
        (_, _, late) => ("incident-plan-part-late", late, "bad"),
    };
    let side = super::policy::side_of(connection, &ctx.actor, &case.0).ok();
    let next = rules::next(&steps, side).map(|step| {
        let what = step.what.0.get(language.as_str()).to_owned();
        text_with(language, "incident-plan-part-next", &[("step", what.into())])
    });
    Ok(Part {
        title: ctx.text("incident-plan-title"),
        href: format!("{}/plan", incident.href()),
        status: text_with(language, key, &[("count", count.into())]),
        tone,
        lines: next.into_iter().collect(),
    })
}

/// The history of an incident: what was done about a step names it, and leads to it.
pub(super) fn history(
    connection: &mut Connection,
    ctx: &Ctx,
    incident: &Incident,
    entries: &[ledger::Entry],
) -> Result<Vec<HistoryLine>> {
    let steps = store::of(connection, incident)?;
    let step = |entry: &ledger::Entry| {
        let number =
            entry.details.0.get("step").filter(|_| entry.act.starts_with("incident.step_"))?;
        steps.iter().find(|step| number.as_i64() == Some(step.position.into()))
    };
    let line = |entry: &ledger::Entry| {
        let line = entry.line(ctx.language);
        let Some(step) = step(entry) else { return line };
        HistoryLine {
            text: Some(step.what.0.get(ctx.language.as_str()).to_owned()),
            href: Some(format!("{}/plan/{}", incident.href(), step.id)),
            ..line
        }
    };
    Ok(entries.iter().map(line).collect())
}

/// Steps that are neither done nor said not to be needed keep an incident open.
pub(super) fn open_matters(
    connection: &mut Connection,
    incident: &Incident,
) -> Result<Vec<Matter>> {
    let open = store::open_count(connection, incident)?;
    Ok(Matter::counted("/plan", "incident-plan-open-steps", open).into_iter().collect())
}
