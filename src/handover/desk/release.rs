//! Leaving: some minutes after the approval, if it is still what was approved.

use chrono::Duration;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{mail, store};
use crate::actor::{Actor, Authorized};
use crate::clock::Timestamp;
use crate::database::Tx;
use crate::entrustment::{self, EntrustmentStatus};
use crate::error::{Error, Result};
use crate::handover::model::{File, FileState, Handover, HandoverId, HandoverStatus};
use crate::handover::policy::{self, Of, Release};
use crate::handover::store as shared;
use crate::handover::{checking, delivery, request};
use crate::job::{self, Job, NewJob, Registry};
use crate::ledger::Fact;
use crate::web::{Ctx, Language, Portal};

/// How long an approved hand-over waits, so that it can still be taken back.
pub(super) const RELEASE_AFTER: Duration = Duration::minutes(10);

/// The job that lets one leave.
const RELEASE: &str = "handover.release";

/// What the job needs to know.
#[derive(Serialize, Deserialize)]
struct Due {
    handover: HandoverId,
}

/// The registry with the job that lets hand-overs leave.
pub(in crate::handover) fn jobs(registry: Registry) -> Registry {
    registry.with(RELEASE, run)
}

/// Lets it leave at `at`, unless it is taken back before.
pub(super) fn enqueue(tx: &mut Tx<'_>, of: &Handover, at: Timestamp) -> Result<()> {
    // Approved again, it leaves again.
    let unique_key = format!("{RELEASE}:{}:{}", of.id, of.version);
    let new = NewJob {
        tenant_id: Some(of.tenant_id),
        kind: RELEASE,
        unique_key: &unique_key,
        payload: serde_json::to_value(Due { handover: of.id })?,
        run_at: at,
    };
    job::enqueue(tx, &new)?;
    Ok(())
}

fn run(portal: &Portal, job: &Job) -> Result<()> {
    let due: Due = serde_json::from_value(job.payload.0.clone())?;
    let tenant = job.tenant_id.ok_or_else(|| Error::internal("a job of nobody"))?;
    let ctx = Ctx::outside(portal.clone(), Actor::System, Language::Ja);
    ctx.write_now(|tx, ctx| {
        let handover = shared::by_id(tx.connection, tenant, due.handover)?;
        let in_time = handover.release_at.is_some_and(|at| at <= tx.now);
        if handover.status != HandoverStatus::Approved || !in_time {
            return Ok(());
        }
        let of = handover.entrustment_id;
        let entrustment = entrustment::find_for_system(tx.connection, tx.actor, of)?;
        let leaving = policy::release(tx.actor, entrustment, handover)?;
        match against(tx, &leaving)? {
            Some(details) => {
                store::hold_back(tx, &leaving, details)?;
                mail::held_back(tx, &ctx.portal.settings, &leaving.0, &leaving.1)
            }
            None => leave(tx, ctx, &leaving),
        }
    })
}

/// What speaks against its leaving: something that stops it now, a change, a closed entrustment.
fn against(tx: &mut Tx<'_>, leaving: &Authorized<Of, Release>) -> Result<Option<Vec<Fact>>> {
    let (entrustment, handover) = &**leaving;
    let stops = checking::rejudge(tx, handover, entrustment)?;
    let holding = stops.iter().filter(|stop| stop.holds()).count();
    let changed = checking::seal(tx.connection, handover)? != handover.seal;
    let closed = entrustment.status == EntrustmentStatus::Closed;
    let details =
        vec![("stops", json!(holding)), ("changed", json!(changed)), ("closed", json!(closed))];
    Ok((holding > 0 || changed || closed).then_some(details))
}

fn leave(tx: &mut Tx<'_>, ctx: &Ctx, leaving: &Authorized<Of, Release>) -> Result<()> {
    let (entrustment, handover) = &**leaving;
    let valid_until = tx.now + Duration::days(i64::from(handover.valid_days));
    store::leave(tx, leaving, valid_until)?;
    let sent = shared::by_id(tx.connection, handover.tenant_id, handover.id)?;
    let files = shared::files(tx.connection, &sent)?;
    for to in shared::deliveries(tx.connection, &sent)? {
        let own = files.iter().filter(|file| file.is_for(to.id));
        let own: Vec<File> = own.filter(|file| file.state == FileState::Checked).cloned().collect();
        delivery::prepare(tx, &ctx.portal, entrustment, &sent, &to, &own)?;
    }
    request::settle(tx, &sent)
}
