//! The worker: takes what is due, runs it, and notes how it went.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;

use super::model::{Job, Registry};
use super::retry::{next_try, reason};
use super::store;
use crate::actor::Actor;
use crate::error::{Error, Result};
use crate::web::{Ctx, Language, Portal};

/// How long a job is ours; a worker that died gives it up after that.
const LEASE: chrono::Duration = chrono::Duration::minutes(10);

/// How long the worker rests when nothing is due.
const REST: Duration = Duration::from_secs(5);

/// How many rests lie between two sowings (an hour).
const SOWING: u32 = 720;

fn system(portal: &Portal) -> Ctx {
    Ctx::outside(portal.clone(), Actor::System, Language::Ja)
}

/// Runs everything that is due now, one after the other, and gives how many that were.
///
/// # Errors
/// Those of the database; a job that fails is put back and is no error here.
pub fn run_due(portal: &Portal, registry: &Registry) -> Result<usize> {
    sow(portal, registry)?;
    let mut count = 0;
    while run_next(portal, registry)? {
        count += 1;
    }
    Ok(count)
}

/// Lets everything that goes on by itself begin, where it hasn't.
fn sow(portal: &Portal, registry: &Registry) -> Result<()> {
    system(portal).write_now(|tx, _| registry.sow(tx))
}

/// Runs the next job; false when none is due.
fn run_next(portal: &Portal, registry: &Registry) -> Result<bool> {
    let kinds = registry.kinds();
    let ctx = system(portal);
    if !ctx.read_now(|c, ctx| store::any_due(c, &kinds, ctx.now))? {
        return Ok(false);
    }
    let Some(job) = ctx.write_now(|tx, _| store::lease(tx, &kinds, LEASE))? else {
        return Ok(false);
    };
    // A job that took the worker down with it on every try has to end too.
    let result = match registry.handler(&job.kind) {
        Some(handler) if job.attempts == 1 || next_try(job.attempts - 1).is_some() => {
            handler(portal, &job)
        }
        _ => Err(Error::internal("the worker stopped in the middle of every try")),
    };
    settle(portal, &job, result)?;
    Ok(true)
}

fn settle(portal: &Portal, job: &Job, result: Result<()>) -> Result<()> {
    let failure = result.err().map(|error| reason(&error.to_string()));
    let kept = system(portal).write_now(|tx, _| match &failure {
        None => store::finish(tx, job, None),
        Some(why) => match next_try(job.attempts) {
            Some(delay) => store::postpone(tx, job, why, tx.now + delay),
            None => store::finish(tx, job, Some(why)),
        },
    })?;
    if let Some(why) = failure {
        tracing::warn!(kind = job.kind, job = job.id, attempt = job.attempts, why, "a job failed");
    }
    if !kept {
        tracing::warn!(kind = job.kind, job = job.id, "a job took longer than its lease");
    }
    Ok(())
}

/// Runs jobs until `stop` says so; the job at hand is finished first.
pub async fn work(portal: Portal, registry: Arc<Registry>, mut stop: watch::Receiver<bool>) {
    let mut rests = 0_u32;
    while !*stop.borrow() {
        let sowing = rests.is_multiple_of(SOWING);
        let (portal, registry) = (portal.clone(), Arc::clone(&registry));
        let turn = tokio::task::spawn_blocking(move || {
            if sowing {
                sow(&portal, &registry)?;
            }
            run_next(&portal, &registry)
        });
        let ran = match turn.await {
            Ok(Ok(ran)) => ran,
            Ok(Err(error)) => {
                tracing::error!(%error, "the worker can't reach its table");
                false
            }
            Err(error) => {
                tracing::error!(%error, "a job broke off");
                false
            }
        };
        if !ran {
            rests = rests.wrapping_add(1);
            pause(&mut stop, REST).await;
        }
    }
}

/// Waits for about `time`, a little different every time, so that instances don't walk in step;
/// ends at once when `stop` says so.
pub async fn pause(stop: &mut watch::Receiver<bool>, time: Duration) {
    let jitter = Duration::from_millis(u64::from(rand::random::<u8>()) * 4);
    // Whether told to stop, or the one who would tell has gone, or the time is over: it goes on.
    let _ = tokio::time::timeout(time + jitter, stop.wait_for(|stop| *stop)).await;
}
