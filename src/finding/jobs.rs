//! What findings do by themselves: once a day, one letter an entrustment with what is new, due and
//! late, and one to the division with what is a week late.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::mail::{self, Counts, Kind};
use super::model::FindingId;
use super::reminder::{self, Reminder, Waiting};
use super::store::open::{self, Open};
use crate::actor::OrganisationId;
use crate::database::Tx;
use crate::entrustment::{self, Entrustment, EntrustmentId, EntrustmentStatus};
use crate::error::{Error, Result};
use crate::japanese::jst_date;
use crate::job::{self, Job, Registry, Round};
use crate::ledger::{self, NewEntry};
use crate::web::{Ctx, Portal};

/// The daily round.
const ROUND: Round = Round::at("finding.sweep", 8, 40);

/// Findings looked at in one go.
const PAGE: i64 = 500;

/// The registry with what findings do by themselves.
#[must_use]
pub fn jobs(registry: Registry) -> Registry {
    registry.daily(ROUND, round)
}

/// What is to be said about an entrustment's findings.
type Planned = BTreeMap<EntrustmentId, Vec<(FindingId, Reminder, String)>>;

fn round(portal: &Portal, _: &Job) -> Result<()> {
    let (ctx, today) = ROUND.begin(portal)?;
    let since = ROUND.since(&ctx, today)?;
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
