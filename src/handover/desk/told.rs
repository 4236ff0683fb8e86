//! The steps of the desk's pages, one call each: for what tells a story, as the demonstration does.

use std::io::Write as _;

use super::command::Decision;
use super::deciding::decide_now;
use super::showing::propose_now;
use super::web::{Ids, begin_now, load};
use crate::entrustment::EntrustmentId;
use crate::error::{Error, Result};
use crate::handover::model::HandoverId;
use crate::handover::policy;
use crate::handover::upload::{self, Generated};
use crate::organisation;
use crate::web::{Ctx, Form, Invalid};

/// Begins a hand-over.
///
/// # Errors
/// What the form's page would say; those of the database.
pub fn begin(ctx: &Ctx, id: EntrustmentId, form: &Form) -> Result<HandoverId> {
    ctx.write_now(|tx, ctx| begin_now(tx, ctx, id, form))?.map_err(|invalid| refused(&invalid))
}

/// Brings a file. It is looked at by a job.
///
/// # Errors
/// Those of the store of files and of the database.
pub fn bring(ctx: &Ctx, ids: Ids, name: &str, bytes: &[u8]) -> Result<()> {
    let (tenant, key) = ctx.read_now(|c, ctx| {
        let tenant = load(c, ctx, ids)?.1.tenant_id;
        Ok((tenant, organisation::wrapped_key(c, tenant)?))
    })?;
    let mut writer = upload::begin_generated(&ctx.portal, &key, tenant, ctx.now)?;
    writer.write_all(bytes).map_err(Error::internal)?;
    let written = writer.finish()?;
    ctx.write_now(|tx, ctx| {
        let (entrustment, handover) = load(tx.connection, ctx, ids)?;
        let of = policy::edit(tx.connection, tx.actor, entrustment, handover)?;
        let new = Generated { name, delivery: None, source: None };
        upload::keep_generated(tx, &ctx.portal, &of, &new, written).map(drop)
    })
}

/// Asks for approval; says whether nothing stopped it.
///
/// # Errors
/// Those of the page.
pub fn propose(ctx: &Ctx, ids: Ids) -> Result<bool> {
    ctx.write_now(|tx, ctx| {
        let (entrustment, handover) = load(tx.connection, ctx, ids)?;
        let version = handover.version;
        let edited = policy::edit(tx.connection, tx.actor, entrustment, handover)?;
        propose_now(tx, ctx, &edited, version)
    })
}

/// Approves; it leaves by a job.
///
/// # Errors
/// Those of the page.
pub fn approve(ctx: &Ctx, ids: Ids) -> Result<()> {
    ctx.write_now(|tx, ctx| {
        let (entrustment, handover) = load(tx.connection, ctx, ids)?;
        let version = handover.version;
        let asked = policy::decide(tx.connection, tx.actor, entrustment, handover)?;
        let decision = Decision { approved: true, reason: String::new(), version };
        decide_now(tx, ctx, &asked, &decision).map(drop)
    })
}

/// A form of the story that its page refuses is a mistake in the story.
fn refused(invalid: &Invalid) -> Error {
    Error::internal(format!("{invalid:?}"))
}
