//! Takes away what was uploaded and not confirmed.

use chrono::Days;
use serde_json::Value;

use super::{policy, store};
use crate::actor::Actor;
use crate::database::Tx;
use crate::error::{Error, Result};
use crate::japanese::jst_date;
use crate::job::{self, Job, NewJob, Registry};
use crate::web::{Ctx, Language, Portal};

/// The daily round.
const SWEEP: &str = "import.sweep";
/// How long an upload waits.
const KEPT: Days = Days::new(1);
/// Imports taken away in one go.
const PAGE: i64 = 200;

/// The registry with what imports do by themselves.
#[must_use]
pub fn jobs(registry: Registry) -> Registry {
    registry.with(SWEEP, sweep).seeded(|tx| enqueue(tx, 0))
}

/// Enqueues the round of today or of a later day.
fn enqueue(tx: &mut Tx<'_>, later: u64) -> Result<()> {
    let run_at = tx.now + Days::new(later);
    let unique_key = format!("{SWEEP}:{}", jst_date(run_at));
    let (tenant_id, kind) = (None, SWEEP);
    let new = NewJob { tenant_id, kind, unique_key: &unique_key, payload: Value::Null, run_at };
    job::enqueue(tx, &new)?;
    Ok(())
}

fn sweep(portal: &Portal, _: &Job) -> Result<()> {
    let ctx = Ctx::outside(portal.clone(), Actor::System, Language::Ja);
    ctx.write_now(|tx, _| enqueue(tx, 1))?;
    loop {
        let stale = ctx.read_now(|c, ctx| store::stale(c, ctx.now - KEPT, PAGE))?;
        if stale.is_empty() {
            return Ok(());
        }
        for import in stale {
            // The file first: a row without a file is taken away again, a file without a row never.
            remove(portal, &import.object)?;
            ctx.write_now(|tx, _| {
                let import = policy::expire(tx.actor, import)?;
                store::remove(tx, &import)
            })?;
        }
    }
}

/// Takes a file away, on a thread of its own: who runs the job may be in a runtime already.
fn remove(portal: &Portal, object: &str) -> Result<()> {
    let work = || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(Error::internal)?;
        runtime.block_on(portal.storage.remove(object))
    };
    let done = std::thread::scope(|scope| scope.spawn(work).join());
    done.unwrap_or_else(|_| Err(Error::internal("the thread that removes a file ended")))
}
