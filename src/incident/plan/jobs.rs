//! What plans do by themselves: once a day, also on closed ones, each side is told of its steps that
//! have become late, of each step once.

use std::collections::BTreeSet;

use chrono::{NaiveDate, NaiveTime};
use serde_json::Value;

use super::model::StepId;
use super::{mail, store};
use crate::actor::{Actor, OrganisationId};
use crate::clock::Timestamp;
use crate::database::Tx;
use crate::error::{Error, Result};
use crate::incident::model::IncidentId;
use crate::incident::store as incidents;
use crate::japanese::{jst_date, jst_to_utc};
use crate::job::{self, Job, NewJob, Registry};
use crate::rulebook::Party;
use crate::web::{Ctx, Language, Portal};

/// The daily round.
const ROUND: &str = "incident.step_round";

/// What is claimed for a letter.
const LETTER: &str = "incident.step_letter";

/// The time of day of the round, in Japan.
const HOUR: NaiveTime = match NaiveTime::from_hms_opt(8, 40, 0) {
    Some(time) => time,
    None => NaiveTime::MIN,
};

/// Steps looked at in one go.
const PAGE: i64 = 500;

/// A side of an incident.
type OneSide = (OrganisationId, IncidentId, Party);

/// The registry with what plans do by themselves.
#[must_use]
pub(in crate::incident) fn jobs(registry: Registry) -> Registry {
    registry.with(ROUND, run).seeded(|tx| enqueue_round(tx, jst_date(tx.now)))
}

fn enqueue_round(tx: &mut Tx<'_>, day: NaiveDate) -> Result<()> {
    let unique_key = format!("{ROUND}:{day}");
    let run_at = jst_to_utc(day.and_time(HOUR));
    let new = NewJob {
        tenant_id: None,
        kind: ROUND,
        unique_key: &unique_key,
        payload: Value::Null,
        run_at,
    };
    job::enqueue(tx, &new)?;
    Ok(())
}

fn run(portal: &Portal, _: &Job) -> Result<()> {
    let ctx = Ctx::outside(portal.clone(), Actor::System, Language::Ja);
    let today = jst_date(ctx.now);
    // First of all: the rounds go on even if this one fails.
    let tomorrow = today.succ_opt().ok_or_else(|| Error::internal("the calendar ends"))?;
    ctx.write_now(|tx, _| enqueue_round(tx, tomorrow))?;
    for side in late(&ctx)? {
        ctx.write_now(|tx, ctx| remind(tx, ctx, side))?;
    }
    Ok(())
}

/// The sides that have late steps of which they don't know.
fn late(ctx: &Ctx) -> Result<BTreeSet<OneSide>> {
    let first: StepId = uuid::Uuid::nil().to_string().parse().map_err(Error::internal)?;
    let mut after = (Timestamp::default(), first);
    let mut found = BTreeSet::new();
    loop {
        let page = ctx.read_now(|c, ctx| store::late_page(c, after, ctx.now, PAGE))?;
        let Some(last) = page.last() else {
            return Ok(found);
        };
        after = (last.due_at, last.id);
        found.extend(page.iter().map(|step| (step.tenant_id, step.incident_id, step.side)));
    }
}

/// One letter a day to a side of an incident.
fn remind(tx: &mut Tx<'_>, ctx: &Ctx, (tenant, incident, side): OneSide) -> Result<()> {
    let (of, incident) = incidents::by_id(tx.connection, tenant, incident)?;
    let key = format!("{LETTER}:{}:{side}:{}", incident.id, jst_date(tx.now));
    if !incident.is_open() || !job::claim(tx, tenant, LETTER, &key)? {
        return Ok(());
    }
    let count = store::mark_reminded(tx, &incident, side)?;
    if count > 0 {
        mail::late(tx, &ctx.portal.settings, &of, &incident, (side, count))?;
    }
    Ok(())
}
