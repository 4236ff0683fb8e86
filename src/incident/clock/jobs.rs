//! The daily round of reminders, on closed days too: the law's days don't wait for the office.

use serde_json::json;

use super::reminder::{Stage, stage};
use super::rules::{self, Mark};
use super::{mail, store};
use crate::clock::Timestamp;
use crate::database::Tx;
use crate::error::{Error, Result};
use crate::incident::model::{Incident, IncidentId, IncidentStatus};
use crate::incident::store as incidents;
use crate::job::{self, Job, Registry, Round};
use crate::web::{Ctx, Portal};

/// The daily round.
const ROUND: Round = Round::at("incident.clock", 8, 40);

/// Incidents looked at in one go.
const PAGE: i64 = 200;

/// The registry with the round.
#[must_use]
pub(in crate::incident) fn jobs(registry: Registry) -> Registry {
    registry.daily(ROUND, round)
}

fn round(portal: &Portal, _: &Job) -> Result<()> {
    let (ctx, today) = ROUND.begin(portal)?;
    let first: IncidentId = uuid::Uuid::nil().to_string().parse().map_err(Error::internal)?;
    for status in [IncidentStatus::Reported, IncidentStatus::Open] {
        let mut after = (Timestamp::default(), first);
        loop {
            let page = ctx.read_now(|c, _| store::round(c, status, after, PAGE))?;
            let Some((last, _)) = page.last() else { break };
            after = (last.reported_at, last.id);
            for (incident, settled) in &page {
                // The notice, which the contract's hours are about, isn't reminded of.
                for mark in rules::marks(incident, 0, *settled) {
                    if let Some(stage) = stage(&mark, today) {
                        ctx.write_now(|tx, ctx| remind(tx, ctx, incident, (&mark, stage)))?;
                    }
                }
            }
        }
    }
    Ok(())
}

/// Reminds of what is due of an incident that is still open, once at each stage of each day.
fn remind(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    seen: &Incident,
    (mark, stage): (&Mark, Stage),
) -> Result<()> {
    let (of, incident) = incidents::by_id(tx.connection, seen.tenant_id, seen.id)?;
    let (report, side) = (mark.report, mark.side);
    let key = format!("incident-clock:{}:{side}:{report}:{stage}:{}", incident.id, mark.last);
    if !incident.is_open() || !job::claim(tx, incident.tenant_id, "incident_clock", &key)? {
        return Ok(());
    }
    mail::remind(tx, &ctx.portal.settings, &of, &incident, (mark, stage))?;
    let details = vec![
        ("report", json!(report)),
        ("side", json!(side)),
        ("stage", json!(stage)),
        ("due_on", json!(mark.last)),
    ];
    incidents::entry(tx, &incident, "incident.reminded", details)
}
