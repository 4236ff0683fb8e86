//! What requests do by themselves: once a day, the reminders of those that are due.

use chrono::NaiveDate;

use super::super::model::RequestId;
use super::mail::{self, What};
use super::policy::other;
use super::reminder::{self, Stage};
use super::store::{self, Due};
use crate::database::Tx;
use crate::entrustment;
use crate::error::{Error, Result};
use crate::japanese::{is_closed_day, jst_date};
use crate::job::{Job, Registry, Round};
use crate::web::{Ctx, Portal};

/// The daily round.
const ROUND: Round = Round::at("handover.request_reminder", 8, 50);

/// Requests looked at in one go.
const PAGE: i64 = 500;

/// The registry with what requests do by themselves.
#[must_use]
pub fn jobs(registry: Registry) -> Registry {
    registry.daily(ROUND, round)
}

fn round(portal: &Portal, _: &Job) -> Result<()> {
    let (ctx, today) = ROUND.begin(portal)?;
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
