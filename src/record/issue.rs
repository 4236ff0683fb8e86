//! Issues a record: composes it, writes the PDF, stores it, and enters it in the ledger. A state
//! that has a record already keeps it.

use actix_web::web::block;

use super::compose::{Composed, compose};
use super::model::{Record, RecordId};
use super::{policy, store};
use crate::actor::Actor;
use crate::database::Connection;
use crate::entrustment::{self, Entrustment, EntrustmentId};
use crate::error::{Error, Result};
use crate::organisation;
use crate::storage::{self, WrappedKey};
use crate::typeset::{self, Rendered};
use crate::web::{Ctx, Language};

/// The language in which records are issued.
const LANGUAGE: Language = Language::Ja;

/// A record, and whether it was issued just now.
#[derive(Clone, Debug)]
pub struct Issued {
    /// The record.
    pub record: Record,
    /// Whether it is a new one; otherwise nothing has changed since it was issued.
    pub fresh: bool,
}

/// The entrustment when the actor may see it; the operator may see all.
fn find(connection: &mut Connection, actor: &Actor, id: EntrustmentId) -> Result<Entrustment> {
    match actor {
        Actor::Operator | Actor::System => entrustment::find_for_system(connection, actor, id),
        _ => entrustment::find(connection, actor, id),
    }
}

/// Issues the record of an entrustment for what is stored now.
///
/// # Errors
/// [`Error::NotFound`] when the actor doesn't see the entrustment; those of the database and the
/// store of files.
pub async fn issue(ctx: &Ctx, id: EntrustmentId) -> Result<Issued> {
    issue_for(ctx, id, LANGUAGE).await
}

/// [`issue`] in a language; a state has one record in each.
///
/// # Errors
/// As [`issue`].
pub async fn issue_for(ctx: &Ctx, id: EntrustmentId, language: Language) -> Result<Issued> {
    let (composed, tenant, known, key) = ctx
        .read(move |c, ctx| {
            let entrustment = find(c, &ctx.actor, id)?;
            let entrustment = policy::issue(&ctx.actor, entrustment)?;
            let composed = compose(c, &entrustment, &ctx.portal.signer, language)?;
            let known = issued_before(c, &entrustment, composed.id)?;
            let tenant = entrustment.tenant_id;
            Ok((composed, tenant, known, organisation::wrapped_key(c, tenant)?))
        })
        .await?;
    if let Some(record) = known {
        return Ok(Issued { record, fresh: false });
    }
    let (rendered, composed) = render(composed).await?;
    let record = Record {
        tenant_id: tenant,
        id: composed.id,
        entrustment_id: id,
        issued_at: ctx.now,
        issued_by_name: ctx.actor.name().to_owned(),
        state_hash: composed.state_hash,
        sha256: storage::sha256(&rendered.bytes),
        size: i64::try_from(rendered.bytes.len()).map_err(Error::internal)?,
        pages: i32::try_from(rendered.pages).map_err(Error::internal)?,
        ledger_size: composed.ledger_size,
        object: format!("{tenant}/record/{}", composed.id),
    };
    keep(ctx, record, &rendered.bytes, &key).await
}

/// Writes the PDF, off the async workers.
async fn render(composed: Composed) -> Result<(Rendered, Composed)> {
    let work = move || (typeset::render(&composed.document), composed);
    match block(work).await {
        Ok((rendered, composed)) => Ok((rendered.map_err(Error::internal)?, composed)),
        Err(_) => Err(Error::Unavailable("the workers are busy".into())),
    }
}

fn issued_before(
    connection: &mut Connection,
    entrustment: &Entrustment,
    id: RecordId,
) -> Result<Option<Record>> {
    match store::find(connection, entrustment, id) {
        Ok(record) => Ok(Some(record)),
        Err(Error::NotFound) => Ok(None),
        Err(other) => Err(other),
    }
}

/// Stores the file, then the row with its entry in the ledger. A file without a row is replaced by
/// the next attempt, as its name follows from its content.
async fn keep(ctx: &Ctx, record: Record, bytes: &[u8], key: &WrappedKey) -> Result<Issued> {
    ctx.portal.storage.put(&ctx.portal.secret, key, &record.object, bytes).await?;
    let (entrustment, id) = (record.entrustment_id, record.id);
    let written = ctx
        .write(move |tx, _| {
            let found = find(tx.connection, tx.actor, entrustment)?;
            let entrustment = policy::issue(tx.actor, found)?;
            store::insert(tx, &entrustment, &record)?;
            Ok(record)
        })
        .await;
    match written {
        Ok(record) => Ok(Issued { record, fresh: true }),
        // Somebody else issued the same state at the same time: theirs is this one.
        Err(error) => {
            let known = ctx
                .read(move |c, ctx| {
                    let entrustment = find(c, &ctx.actor, entrustment)?;
                    issued_before(c, &entrustment, id)
                })
                .await?;
            known.map(|record| Issued { record, fresh: false }).ok_or(error)
        }
    }
}

/// A record of an entrustment that the actor may see, with the entrustment and the file's bytes.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Internal`] when the file isn't what was issued.
pub async fn content(
    ctx: &Ctx,
    id: EntrustmentId,
    record: RecordId,
) -> Result<(Entrustment, Record, Vec<u8>)> {
    let (entrustment, record, key) = ctx
        .read(move |c, ctx| {
            let entrustment = find(c, &ctx.actor, id)?;
            let record = store::find(c, &entrustment, record)?;
            let key = organisation::wrapped_key(c, entrustment.tenant_id)?;
            Ok((entrustment, record, key))
        })
        .await?;
    let portal = &ctx.portal;
    let bytes = portal.storage.get(&portal.secret, &key, &record.object).await?;
    if storage::sha256(&bytes) == record.sha256 {
        Ok((entrustment, record, bytes))
    } else {
        Err(Error::internal("the stored record isn't the one that was issued"))
    }
}
