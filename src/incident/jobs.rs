//! What incidents do by themselves: one that nobody opens within an hour in which the office is open
//! is passed on, once.

use chrono::{NaiveDateTime, TimeDelta};
use serde_json::json;

use super::model::{Incident, IncidentId, IncidentStatus};
use super::{mail, store};
use crate::actor::Actor;
use crate::clock::Timestamp;
use crate::database::Tx;
use crate::error::{Error, Result};
use crate::japanese::{OfficeHours, is_closed_day, jst_to_utc, next_open_day, to_jst};
use crate::job::{self, Job, NewJob, Registry};
use crate::web::{Ctx, Language, Portal};

/// Looking whether somebody has opened it.
const WATCH: &str = "incident.unopened";

/// How long somebody has to open it, in hours in which the office is open.
const PATIENCE: TimeDelta = TimeDelta::hours(1);

/// The registry with what incidents do by themselves.
#[must_use]
pub(super) fn jobs(registry: Registry) -> Registry {
    registry.with(WATCH, run)
}

/// Has a report looked after.
pub(super) fn watch(tx: &mut Tx<'_>, incident: &Incident) -> Result<()> {
    let unique_key = format!("{WATCH}:{}", incident.id);
    let new = NewJob {
        tenant_id: Some(incident.tenant_id),
        kind: WATCH,
        unique_key: &unique_key,
        payload: json!({ "incident": incident.id }),
        run_at: due(incident.reported_at, OfficeHours::default()),
    };
    job::enqueue(tx, &new)?;
    Ok(())
}

fn run(portal: &Portal, job: &Job) -> Result<()> {
    let ctx = Ctx::outside(portal.clone(), Actor::System, Language::Ja);
    let tenant = job.tenant_id.ok_or_else(|| Error::internal("a job of nobody"))?;
    let id = job.payload.0.get("incident").and_then(serde_json::Value::as_str);
    let id: IncidentId = id.unwrap_or_default().parse().map_err(Error::internal)?;
    ctx.write_now(|tx, ctx| {
        let (of, incident) = store::by_id(tx.connection, tenant, id)?;
        let waits = incident.status == IncidentStatus::Reported;
        if waits && store::due::claim_escalation(tx, &incident)? {
            mail::unopened(tx, &ctx.portal.settings, &of, &incident)?;
        }
        Ok(())
    })
}

/// When an hour of open office has passed since a moment.
fn due(since: Timestamp, hours: OfficeHours) -> Timestamp {
    let mut at = to_jst(since);
    let mut left = PATIENCE;
    // Each turn is a day; between two open days there are never as many closed ones.
    for _ in 0..3 {
        at = opening(at, hours);
        let rest = at.date().and_time(hours.closes()) - at;
        if left <= rest {
            return jst_to_utc(at + left);
        }
        left -= rest;
        at = at.date().and_time(hours.closes());
    }
    jst_to_utc(at)
}

/// The moment itself while the office is open, otherwise its next opening.
fn opening(at: NaiveDateTime, hours: OfficeHours) -> NaiveDateTime {
    if hours.is_open(at) {
        return at;
    }
    let early = !is_closed_day(at.date()) && at.time() < hours.opens();
    let day = if early { Some(at.date()) } else { at.date().succ_opt() };
    day.map_or(at, |day| next_open_day(day).and_time(hours.opens()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::jst;

    #[test]
    fn an_hour_counts_only_while_the_office_is_open() {
        for (reported, expected) in [
            // Wednesday, 1 April 2026.
            ("2026-04-01T10:00:00", "2026-04-01T11:00:00"),
            ("2026-04-01T07:00:00", "2026-04-01T09:30:00"),
            ("2026-04-01T16:45:00", "2026-04-02T09:00:00"),
            ("2026-04-01T17:15:00", "2026-04-02T09:30:00"),
            // Friday evening; Saturday.
            ("2026-04-03T16:45:00", "2026-04-06T09:00:00"),
            ("2026-04-04T12:00:00", "2026-04-06T09:30:00"),
            // Golden week: 29 April, 3 to 6 May.
            ("2026-05-01T18:00:00", "2026-05-07T09:30:00"),
        ] {
            assert_eq!(due(jst(reported), OfficeHours::default()), jst(expected), "{reported}");
        }
    }
}
