//! What recipients do on their pages, one call each: for what tells a story, as the demonstration does.

use super::jobs::{self, Told};
use super::model::{Answer, Recalling};
use super::web::{self, recall_now};
use super::{policy, store};
use crate::entrustment::{self, EntrustmentId};
use crate::error::Result;
use crate::handover::model::{Deletion, Delivery, Handover, HandoverId};
use crate::handover::store as shared;
use crate::web::Ctx;

/// An entrustment and one of its hand-overs.
type Ids = (EntrustmentId, HandoverId);

/// The hand-over with its only recipient.
fn only(ctx: &Ctx, ids: Ids) -> Result<(Handover, Delivery)> {
    ctx.read_now(|c, ctx| {
        let entrustment = entrustment::find(c, &ctx.actor, ids.0)?;
        let handover = shared::find(c, &entrustment, ids.1)?;
        let first = shared::deliveries(c, &handover)?.into_iter().next();
        first.map(|delivery| (handover, delivery)).ok_or(crate::error::Error::NotFound)
    })
}

/// The recipient fetches every file whole.
///
/// # Errors
/// Those of the page.
pub fn fetch(ctx: &Ctx, ids: Ids) -> Result<()> {
    let (handover, delivery) = only(ctx, ids)?;
    ctx.write_now(|tx, ctx| {
        for file in shared::files(tx.connection, &handover)? {
            let parcel = store::find_received(tx.connection, ctx.member()?, delivery.id)?;
            let of = policy::fetch(tx.actor, parcel.clone(), tx.now)?;
            let taken = web::take(tx, ctx, &of, file.id, &ctx.member()?.name)?;
            let (download, file) = store::download(tx.connection, &delivery, taken)?;
            let noted = policy::note(parcel, download);
            store::reserve(tx, &noted, &file, file.size)?;
            if store::settle(tx, &noted, file.size, (0, file.size), file.size)?.first {
                jobs::enqueue_tell(tx, &delivery, Told::Received)?;
            }
        }
        Ok(())
    })
}

/// The sender takes it back.
///
/// # Errors
/// Those of the page.
pub fn recall(ctx: &Ctx, ids: Ids, reason: &str) -> Result<()> {
    let (handover, _) = only(ctx, ids)?;
    let recalling = Recalling { reason: reason.to_owned(), version: handover.version };
    ctx.write_now(|tx, ctx| recall_now(tx, ctx, ids, &recalling))
}

/// The recipient says that it deleted what was taken back, unseen.
///
/// # Errors
/// Those of the page.
pub fn deleted(ctx: &Ctx, ids: Ids, note: &str) -> Result<()> {
    let (_, delivery) = only(ctx, ids)?;
    let answered = Answer { deletion: Deletion::DeletedUnseen, note: note.to_owned() };
    ctx.write_now(|tx, ctx| {
        let parcel = store::find_received(tx.connection, ctx.member()?, delivery.id)?;
        let of = policy::answer(tx.actor, parcel)?;
        web::answer(tx, &of, &answered, &ctx.member()?.name)
    })
}
