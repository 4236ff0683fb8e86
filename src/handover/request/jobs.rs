//! What requests do by themselves: once a day, the reminders of those that are due.

use chrono::{NaiveDate, NaiveTime};
use serde_json::Value;

use super::super::model::RequestId;
use super::mail::{self, What};
use super::policy::other;
use super::reminder::{self, Stage};
use super::store::{self, Due};
use crate::actor::Actor;
use crate::database::Tx;
use crate::entrustment;
use crate::error::{Error, Result};
use crate::japanese::{is_closed_day, jst_date, jst_to_utc};
use crate::job::{self, Job, NewJob, Registry};
use crate::web::{Ctx, Language, Portal};

/// The daily round.
const ROUND: &str = "handover.request_reminder";

/// The time of day of the round, in Japan.
const HOUR: NaiveTime = match NaiveTime::from_hms_opt(8, 50, 0) {
    Some(time) => time,
    None => NaiveTime::MIN,
};

/// Requests looked at in one go.
const PAGE: i64 = 500;

/// The registry with what requests do by themselves.
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
    let first: RequestId = uuid::Uuid::nil().to_string().parse().map_err(Error::internal)?;
    let mut after = (NaiveDate::default(), first);
    let until = reminder::latest_due(today);
    loop {
        let page = ctx.read_now(|c, _| store::due_page(c, after, until, PAGE))?;
        let Some((last, day)) = page.last().and_then(|last| Some((last, last.day?))) else {
            return Ok(());
        };
        after = (day, last.id);
        for due in &page {
            let asked_on = jst_date(due.asked_at);
            let day = due.day.unwrap_or(NaiveDate::MAX);
            if let Some(stage) = reminder::due(day, asked_on, due.reminded, today) {
                ctx.write_now(|tx, ctx| remind(tx, ctx, due, stage))?;
            }
        }
    }
}

/// Reminds of a request that is still open and of which nobody reminded at this stage.
fn remind(tx: &mut Tx<'_>, ctx: &Ctx, due: &Due, stage: Stage) -> Result<()> {
    let entrustment = entrustment::find_for_system(tx.connection, tx.actor, due.entrustment_id)?;
    if !store::mark_reminded(tx, &entrustment, due, stage)? {
        return Ok(());
    }
    let settings = &ctx.portal.settings;
    mail::tell(tx, settings, &entrustment, (due.id, due.asked), What::Reminder)?;
    if stage == Stage::Escalation {
        mail::tell(tx, settings, &entrustment, (due.id, other(due.asked)), What::Overdue)?;
    }
    Ok(())
}
