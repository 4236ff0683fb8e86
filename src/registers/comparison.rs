//! The comparison of everything in the registers with the handling rules: when either changes, and
//! once a day, because some rules are broken by time alone.

use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::actor::{Actor, OrganisationId};
use crate::database::{Connection, Tx};
use crate::entrustment::{self, Entrustment, EntrustmentId, EntrustmentStatus};
use crate::error::{Error, Result};
use crate::finding::{self, Subject};
use crate::japanese::{jst_date, jst_to_utc};
use crate::job::{self, Job, NewJob, Registry};
use crate::rulebook::{Broken, Exceptions, Judge};
use crate::web::{Ctx, Language, Portal};
use crate::{conformity, holding, transmission};

/// The daily round.
const ROUND: &str = "registers.round";

/// The time of day of the round, in Japan: the day has changed, and nobody is at work.
const HOUR: NaiveTime = match NaiveTime::from_hms_opt(4, 0, 0) {
    Some(time) => time,
    None => NaiveTime::MIN,
};

/// Entrustments looked at by one job of the round.
const PAGE: i64 = 200;

/// Subjects whose findings change in one transaction: others write between them.
const CHUNK: usize = 50;

/// The registry with what the registers do by themselves.
#[must_use]
pub fn jobs(registry: Registry) -> Registry {
    registry
        .with(entrustment::COMPARISON, compare)
        .with(ROUND, round)
        .seeded(|tx| enqueue_round(tx, jst_date(tx.now)))
}

/// What a job of the comparison is about.
#[derive(Deserialize)]
struct Asked {
    entrustment: EntrustmentId,
}

fn compare(portal: &Portal, job: &Job) -> Result<()> {
    let Asked { entrustment } =
        serde_json::from_value(job.payload.0.clone()).map_err(Error::internal)?;
    let ctx = system(portal);
    let found = ctx.read_now(|c, ctx| entrustment::find_for_system(c, &ctx.actor, entrustment))?;
    hold_all(&ctx, &found)
}

fn system(portal: &Portal) -> Ctx {
    Ctx::outside(portal.clone(), Actor::System, Language::Ja)
}

/// Compares everything of an entrustment, and changes what findings have to change. Whoever looks
/// at it finds it either as before or as it is after; where nothing changed nothing is written.
fn hold_all(ctx: &Ctx, entrustment: &Entrustment) -> Result<()> {
    if entrustment.status == EntrustmentStatus::Closed {
        return Ok(());
    }
    let today = jst_date(ctx.now);
    let waiting = ctx.read_now(|c, _| differing(c, entrustment, today))?.len();
    for _ in 0..waiting.div_ceil(CHUNK) {
        ctx.write_now(|tx, _| hold_some(tx, entrustment.id, today))?;
    }
    Ok(())
}

/// Looks again inside the transaction, since others may have written meanwhile.
fn hold_some(tx: &mut Tx<'_>, id: EntrustmentId, today: NaiveDate) -> Result<()> {
    let entrustment = entrustment::find_for_system(tx.connection, tx.actor, id)?;
    for each in differing(tx.connection, &entrustment, today)?.iter().take(CHUNK) {
        let subject = Subject { kind: each.kind, id: &each.id };
        finding::hold_against(tx, &entrustment, subject, &each.broken, &each.exceptions)?;
    }
    Ok(())
}

/// A subject whose findings don't tell what it breaks.
struct Differing {
    kind: &'static str,
    id: String,
    broken: Vec<Broken>,
    exceptions: Exceptions,
}

/// All subjects of an entrustment whose findings have to change.
fn differing(
    c: &mut Connection,
    entrustment: &Entrustment,
    today: NaiveDate,
) -> Result<Vec<Differing>> {
    let terms = conformity::terms(c, entrustment, today)?;
    let judge = Judge::new(&terms);
    let known = finding::of_rules(c, entrustment)?;
    let mut all = Vec::new();
    let mut look = |kind: &'static str, id: &str, broken: Vec<Broken>, exceptions: Exceptions| {
        if !known.tell(Subject { kind, id }, &broken) {
            all.push(Differing { kind, id: id.to_owned(), broken, exceptions });
        }
    };
    for fact in &terms.handlers {
        look("handler", fact.id.as_str(), judge.handler(fact), Exceptions::new());
    }
    for fact in &terms.subs {
        look("sub_entrustment", fact.id.as_str(), judge.sub_entrustment(fact), Exceptions::new());
    }
    for (id, fact, exceptions) in holding::facts(c, entrustment)? {
        look("holding", id.as_str(), judge.holding(&fact), exceptions);
    }
    for (id, fact, exceptions) in transmission::facts(c, entrustment)? {
        look("transmission", id.as_str(), judge.transmission(&fact), exceptions);
    }
    Ok(all)
}

/// How far a round is.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Stage {
    day: NaiveDate,
    after: Option<(OrganisationId, EntrustmentId)>,
}

fn enqueue_round(tx: &mut Tx<'_>, day: NaiveDate) -> Result<()> {
    enqueue(tx, Stage { day, after: None })
}

fn enqueue(tx: &mut Tx<'_>, stage: Stage) -> Result<()> {
    let from = stage.after.map(|(_, id)| id.to_string()).unwrap_or_default();
    let unique_key = format!("{ROUND}:{}:{from}", stage.day);
    let run_at = jst_to_utc(stage.day.and_time(HOUR)).max(tx.now);
    let payload = json!(stage);
    let new = NewJob { tenant_id: None, kind: ROUND, unique_key: &unique_key, payload, run_at };
    job::enqueue(tx, &new)?;
    Ok(())
}

/// A part of the daily round; the next part is a job of its own.
fn round(portal: &Portal, job: &Job) -> Result<()> {
    let stage: Stage = serde_json::from_value(job.payload.0.clone()).map_err(Error::internal)?;
    let ctx = system(portal);
    if stage.after.is_none() {
        // First of all: the rounds go on even if this one fails.
        let today = jst_date(ctx.now);
        let tomorrow = today.succ_opt().ok_or_else(|| Error::internal("the calendar ends"))?;
        ctx.write_now(|tx, _| enqueue_round(tx, tomorrow))?;
    }
    let page = ctx.read_now(|c, ctx| entrustment::open_after(c, &ctx.actor, stage.after, PAGE))?;
    for entrustment in &page {
        if let Err(error) = hold_all(&ctx, entrustment) {
            // It is tried again by itself, and doesn't keep the others waiting.
            tracing::warn!(%error, entrustment = %entrustment.id, "not compared in the round");
            ctx.write_now(|tx, _| entrustment::recompare(tx, entrustment))?;
        }
    }
    let Some(last) = page.last() else {
        return Ok(());
    };
    let next = Stage { after: Some((last.tenant_id, last.id)), ..stage };
    ctx.write_now(|tx, _| enqueue(tx, next))
}
