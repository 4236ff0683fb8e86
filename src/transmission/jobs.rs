//! What transmissions do by themselves: once a day, the reminders of those that nobody confirmed.

use std::collections::BTreeMap;

use chrono::{DateTime, Days, NaiveDate, NaiveTime};
use serde_json::Value;

use super::mail;
use super::model::TransmissionId;
use super::reminder::{self, Stage};
use super::store::{self, Waiting};
use crate::actor::Actor;
use crate::database::Tx;
use crate::entrustment::{self, EntrustmentId};
use crate::error::{Error, Result};
use crate::japanese::{is_closed_day, jst_date, jst_to_utc};
use crate::job::{self, Job, NewJob, Registry};
use crate::rulebook::Party;
use crate::web::{Ctx, Language, Portal};

/// The daily round.
const ROUND: &str = "transmission.reminder";

/// The time of day of the round, in Japan.
const HOUR: NaiveTime = match NaiveTime::from_hms_opt(8, 40, 0) {
    Some(time) => time,
    None => NaiveTime::MIN,
};

/// Transmissions looked at in one go.
const PAGE: i64 = 500;

/// Reminders sent in one transaction: others write between them.
const CHUNK: usize = 50;

/// The registry with what transmissions do by themselves.
#[must_use]
pub fn jobs(registry: Registry) -> Registry {
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
    if is_closed_day(today) {
        return Ok(());
    }
    let first: TransmissionId = uuid::Uuid::nil().to_string().parse().map_err(Error::internal)?;
    let mut after = (DateTime::UNIX_EPOCH.naive_utc(), first);
    // Nothing is due before three working days are over.
    let until = ctx.now - Days::new(2);
    loop {
        let page = ctx.read_now(|c, _| store::waiting_page(c, after, until, PAGE))?;
        let Some(last) = page.last() else {
            return Ok(());
        };
        after = (last.created_at, last.id);
        remind_page(&ctx, &page, today)?;
    }
}

/// What is sent in one letter: of an entrustment, to the side that didn't enter, at a stage.
type Group = (EntrustmentId, Party, Stage);

fn remind_page(ctx: &Ctx, page: &[Waiting], today: NaiveDate) -> Result<()> {
    let mut groups: BTreeMap<Group, Vec<&Waiting>> = BTreeMap::new();
    for waiting in page {
        let entered_on = jst_date(waiting.created_at);
        if let Some(stage) = reminder::due(entered_on, waiting.reminded, today) {
            let group = (waiting.entrustment_id, waiting.entered_by, stage);
            groups.entry(group).or_default().push(waiting);
        }
    }
    for (group, waiting) in &groups {
        for chunk in waiting.chunks(CHUNK) {
            ctx.write_now(|tx, ctx| remind(tx, ctx, *group, chunk))?;
        }
    }
    Ok(())
}

/// Reminds of those that still wait and of which nobody reminded.
fn remind(tx: &mut Tx<'_>, ctx: &Ctx, group: Group, chunk: &[&Waiting]) -> Result<()> {
    let (id, entered_by, stage) = group;
    let entrustment = entrustment::find_for_system(tx.connection, tx.actor, id)?;
    let mut count = 0_usize;
    // The other side hears of those of which it heard nothing since the last stage.
    let mut to_other = 0_usize;
    for waiting in chunk {
        if store::mark_reminded(tx, &entrustment, waiting, stage)? {
            count += 1;
            if waiting.reminded < Stage::Second.number() {
                to_other += 1;
            }
        }
    }
    let settings = &ctx.portal.settings;
    if to_other > 0 {
        mail::reminder(tx, settings, &entrustment, entered_by, to_other)?;
    }
    if count > 0 && stage == Stage::Escalation {
        mail::escalation(tx, settings, &entrustment, count)?;
    }
    Ok(())
}
