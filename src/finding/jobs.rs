//! What findings do by themselves: once a day, one letter an entrustment with what is new, due and
//! late, and one to the division with what is a week late.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate, NaiveTime};
use serde_json::{Value, json};

use super::mail::{self, Counts, Kind};
use super::model::FindingId;
use super::reminder::{self, Reminder, Waiting};
use super::store::open::{self, Open};
use crate::actor::{Actor, OrganisationId};
use crate::clock::Timestamp;
use crate::database::Tx;
use crate::entrustment::{self, Entrustment, EntrustmentId, EntrustmentStatus};
use crate::error::{Error, Result};
use crate::japanese::{jst_date, jst_to_utc};
use crate::job::{self, Job, NewJob, Registry};
use crate::ledger::{self, NewEntry};
use crate::web::{Ctx, Language, Portal};

/// The daily round.
const SWEEP: &str = "finding.sweep";

/// The time of day of the round, in Japan.
const HOUR: NaiveTime = match NaiveTime::from_hms_opt(8, 40, 0) {
    Some(time) => time,
    None => NaiveTime::MIN,
};

/// Findings looked at in one go.
const PAGE: i64 = 500;

/// How many days without a round are looked back at.
const LOOK_BACK: Days = Days::new(30);

/// The registry with what findings do by themselves.
#[must_use]
pub fn jobs(registry: Registry) -> Registry {
    registry.with(SWEEP, sweep).seeded(|tx| enqueue_round(tx, jst_date(tx.now)))
}

fn enqueue_round(tx: &mut Tx<'_>, day: NaiveDate) -> Result<()> {
    let unique_key = format!("{SWEEP}:{day}");
    let run_at = jst_to_utc(day.and_time(HOUR));
    let new = NewJob {
        tenant_id: None,
        kind: SWEEP,
        unique_key: &unique_key,
        payload: Value::Null,
        run_at,
    };
    job::enqueue(tx, &new)?;
    Ok(())
}

/// What is to be said about an entrustment's findings.
type Planned = BTreeMap<EntrustmentId, Vec<(FindingId, Reminder, String)>>;

fn sweep(portal: &Portal, _: &Job) -> Result<()> {
    let ctx = Ctx::outside(portal.clone(), Actor::System, Language::Ja);
    let today = jst_date(ctx.now);
    // First of all: the rounds go on even if this one fails.
    let tomorrow = today.succ_opt().ok_or_else(|| Error::internal("the calendar ends"))?;
    ctx.write_now(|tx, _| enqueue_round(tx, tomorrow))?;
    let last: Option<Timestamp> = ctx.read_now(|c, _| job::last_done(c, SWEEP))?;
    let since = last.map_or_else(|| today - Days::new(1), jst_date).max(today - LOOK_BACK);
    for tenant in ctx.read_now(|c, _| open::tenants(c))? {
        let planned = plan(&ctx, tenant, since, today)?;
        for (id, reminders) in planned {
            ctx.write_now(|tx, ctx| remind(tx, ctx, id, &reminders))?;
        }
    }
    Ok(())
}

/// The reminders that are due for a principal's findings, by entrustment.
fn plan(ctx: &Ctx, tenant: OrganisationId, since: NaiveDate, today: NaiveDate) -> Result<Planned> {
    let mut planned = Planned::new();
    let first: FindingId = uuid::Uuid::nil().to_string().parse().map_err(Error::internal)?;
    let mut after = (NaiveDate::from_ymd_opt(2000, 1, 1).unwrap_or(since), first);
    loop {
        let page = ctx.read_now(|c, _| open::page(c, tenant, after, PAGE))?;
        let Some(last) = page.last() else {
            return Ok(planned);
        };
        after = (last.due_on, last.id);
        for finding in &page {
            for reminder in due(finding, since, today) {
                let key = format!("finding:{}:{}:{}", finding.id, finding.due_on, reminder.word());
                let of = planned.entry(finding.entrustment_id).or_default();
                of.push((finding.id, reminder, key));
            }
        }
    }
}

fn due(finding: &Open, since: NaiveDate, today: NaiveDate) -> Vec<Reminder> {
    let waiting = Waiting {
        source: finding.source,
        status: finding.status,
        due_on: finding.due_on,
        raised_on: jst_date(finding.raised_at),
    };
    reminder::due(waiting, since, today)
}

/// Sends an entrustment's letters: each reminder only if nobody did and the finding still waits.
fn remind(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    id: EntrustmentId,
    reminders: &[(FindingId, Reminder, String)],
) -> Result<()> {
    let of = entrustment::find_for_system(tx.connection, tx.actor, id)?;
    if of.status == EntrustmentStatus::Closed {
        return Ok(());
    }
    let ids = reminders.iter().map(|(id, ..)| *id).collect();
    let still = open::still(tx.connection, of.tenant_id, ids)?;
    let (mut counts, mut escalated, mut reminded) = (Counts::default(), 0_usize, Vec::new());
    for (id, reminder, key) in reminders {
        if !still.contains(id) || !job::claim(tx, of.tenant_id, "finding.reminder", key)? {
            continue;
        }
        match reminder {
            Reminder::New => counts.new += 1,
            Reminder::Before | Reminder::Due => counts.due += 1,
            Reminder::Late(_) => counts.late += 1,
            Reminder::Escalation => escalated += 1,
        }
        if matches!(reminder, Reminder::Before | Reminder::Due | Reminder::Late(_)) {
            reminded.push(*id);
        }
    }
    open::reminded(tx, of.tenant_id, reminded)?;
    if counts != Counts::default() {
        let to = mail::gathered(tx, &ctx.portal.settings, &of, Kind::Digest, counts)?;
        let details = vec![
            ("new", json!(counts.new)),
            ("due", json!(counts.due)),
            ("late", json!(counts.late)),
            ("recipients", json!(to)),
        ];
        entry(tx, &of, "finding.reminded", details)?;
    }
    if escalated > 0 {
        let counts = Counts { late: escalated, ..Counts::default() };
        let to = mail::gathered(tx, &ctx.portal.settings, &of, Kind::Escalation, counts)?;
        let details = vec![("late", json!(escalated)), ("recipients", json!(to))];
        entry(tx, &of, "finding.escalated", details)?;
    }
    Ok(())
}

fn entry(
    tx: &mut Tx<'_>,
    of: &Entrustment,
    act: &'static str,
    details: Vec<(&'static str, Value)>,
) -> Result<()> {
    ledger::append(
        tx,
        NewEntry {
            tenant_id: of.tenant_id,
            act,
            subject_kind: "entrustment",
            subject_id: of.id.as_str(),
            entrustment_id: Some(of.id.as_str()),
            details,
        },
    )
}
