//! What uploads do by themselves: the objects of destroyed files go, and so do uploads that nobody
//! finished within a day.

use serde_json::Value;

use super::super::model::FileId;
use super::super::store as desk;
use super::keep::{CLEAR, clear_later};
use super::model::{KEPT, folder};
use super::store;
use crate::actor::Actor;
use crate::error::{Error, Result};
use crate::job::{Job, Registry, Round};
use crate::web::{Ctx, Language, Portal};

/// The daily round.
const ROUND: Round = Round::at("handover.sweep", 3, 20);
/// Uploads looked at in one go.
const PAGE: i64 = 100;

/// The registry with what uploads do by themselves.
pub(in crate::handover) fn jobs(registry: Registry) -> Registry {
    registry.with(CLEAR, clear).daily(ROUND, round)
}

/// Removes the objects of a file.
fn clear(portal: &Portal, job: &Job) -> Result<()> {
    let id = job.payload.0.get("file").and_then(Value::as_str).and_then(|id| id.parse().ok());
    let id: FileId = id.ok_or_else(|| Error::internal("a job without its file"))?;
    let tenant = job.tenant_id.ok_or_else(|| Error::internal("a job without its organisation"))?;
    let ctx = Ctx::outside(portal.clone(), Actor::System, Language::Ja);
    let row = ctx.read_now(|c, _| store::by_id(c, tenant, id))?;
    if row.is_some_and(|file| !file.wrapped_key.is_empty()) {
        return Err(Error::internal("a file that has its key keeps its objects"));
    }
    portal.storage.clear(&folder(tenant, id))
}

/// Takes unfinished uploads away.
fn round(portal: &Portal, _: &Job) -> Result<()> {
    let (ctx, _) = ROUND.begin(portal)?;
    loop {
        let stale = ctx.read_now(|c, ctx| store::stale(c, ctx.now - KEPT, PAGE))?;
        if stale.is_empty() {
            return Ok(());
        }
        for file in stale {
            ctx.write_now(|tx, _| {
                let of = desk::by_id(tx.connection, file.tenant_id, file.handover_id)?;
                store::expire(tx, &of, &file)?;
                clear_later(tx, file.tenant_id, file.id)
            })?;
        }
    }
}
