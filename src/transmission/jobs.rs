//! What transmissions do by themselves: once a day, the reminders of those that nobody confirmed.

use std::collections::BTreeMap;

use chrono::{DateTime, Days, NaiveDate};

use super::mail;
use super::model::TransmissionId;
use super::reminder::{self, Stage};
use super::store::{self, Waiting};
use crate::database::Tx;
use crate::entrustment::{self, EntrustmentId};
use crate::error::{Error, Result};
use crate::japanese::{is_closed_day, jst_date};
use crate::job::{Job, Registry, Round};
use crate::rulebook::Party;
use crate::web::{Ctx, Portal};

/// The daily round.
const ROUND: Round = Round::at("transmission.reminder", 8, 40);

/// Transmissions looked at in one go.
const PAGE: i64 = 500;

/// Reminders sent in one transaction: others write between them.
const CHUNK: usize = 50;

/// The registry with what transmissions do by themselves.
#[must_use]
pub fn jobs(registry: Registry) -> Registry {
    registry.daily(ROUND, round)
}

fn round(portal: &Portal, _: &Job) -> Result<()> {
    let (ctx, today) = ROUND.begin(portal)?;
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
