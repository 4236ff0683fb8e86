//! Codes that are tried, downloads that are taken, and bytes that are handed out.

use diesel::prelude::*;
use serde_json::json;

use super::entry;
use crate::actor::{Authorized, OrganisationId};
use crate::clock::Timestamp;
use crate::database::schema::{
    handover_delivery as d, handover_download as dl, handover_file as f, handover_share as s,
};
use crate::database::types::{Json, json_text};
use crate::database::{Connection, Tx};
use crate::error::{Error, Result};
use crate::handover::delivery::model::{Download, DownloadId, Parcel};
use crate::handover::delivery::policy::{Fetch, Prove};
use crate::handover::delivery::rules::{Handed, MOST_GUESSES, MOST_TIMES};
use crate::handover::{File, FileState, Handover, HandoverId};

/// What came of a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::handover::delivery) enum Guess {
    /// The right one.
    Right,
    /// A wrong one; so many more may be tried.
    Wrong(i32),
    /// Too many wrong ones were tried before: this one wasn't looked at.
    Locked,
}

/// Counts a try, which `fits` then looks at. Tries at the same moment are counted one by one.
pub(in crate::handover::delivery) fn guess(
    tx: &mut Tx<'_>,
    of: &Authorized<Parcel, Prove>,
    fits: impl FnOnce(&Parcel) -> Result<bool>,
) -> Result<Guess> {
    let delivery = &of.delivery;
    let own = d::table.find((delivery.tenant_id, delivery.id));
    let tried = diesel::update(own.filter(d::guesses.lt(MOST_GUESSES)))
        .set(d::guesses.eq(d::guesses + 1))
        .execute(tx.connection)?;
    if tried == 0 {
        return Ok(Guess::Locked);
    }
    if fits(of)? {
        diesel::update(own).set(d::guesses.eq(d::guesses - 1)).execute(tx.connection)?;
        looked(tx, of)?;
        entry(tx, &of.handover, Some(delivery.id), "handover.opened", vec![])?;
        return Ok(Guess::Right);
    }
    let guesses: i32 = own.select(d::guesses).first(tx.connection)?;
    let details = vec![("guesses", json!(guesses))];
    entry(tx, &of.handover, Some(delivery.id), "handover.code_refused", details)?;
    Ok(Guess::Wrong(MOST_GUESSES - guesses))
}

/// Notes that a recipient looked, the first time.
fn looked(tx: &mut Tx<'_>, of: &Parcel) -> Result<()> {
    let own = d::table.find((of.delivery.tenant_id, of.delivery.id));
    diesel::update(own.filter(d::opened_at.is_null()))
        .set(d::opened_at.eq(Some(tx.now)))
        .execute(tx.connection)?;
    Ok(())
}

/// Takes one of the downloads that are left: of many who ask at once, as many get one as there are.
/// Says whether it was the last one of the whole hand-over.
pub(in crate::handover::delivery) fn take(
    tx: &mut Tx<'_>,
    of: &Authorized<Parcel, Fetch>,
    file: &File,
    bound_to: &str,
    by_name: &str,
) -> Result<(DownloadId, bool)> {
    let (delivery, handover) = (&of.delivery, &of.handover);
    let share = s::table.find((delivery.tenant_id, delivery.id, file.id));
    let known: Option<i32> = share.select(s::downloads_left).first(tx.connection).optional()?;
    known.ok_or(Error::NotFound)?;
    if file.state != FileState::Checked {
        return Err(Error::Gone("error-handover-over"));
    }
    let taken = diesel::update(share.filter(s::downloads_left.gt(0)))
        .set(s::downloads_left.eq(s::downloads_left - 1))
        .execute(tx.connection)?;
    if taken == 0 {
        return Err(Error::Gone("error-handover-used-up"));
    }
    let id = DownloadId::new(tx.now);
    diesel::insert_into(dl::table)
        .values((
            dl::tenant_id.eq(delivery.tenant_id),
            dl::id.eq(id),
            dl::delivery_id.eq(delivery.id),
            dl::file_id.eq(file.id),
            dl::started_at.eq(tx.now),
            dl::by_name.eq(by_name),
            dl::bound_to.eq(bound_to),
            dl::reached.eq(0_i64),
            dl::handed_out.eq(0_i64),
            dl::ranges.eq(json_text(&Handed::default())?),
        ))
        .execute(tx.connection)?;
    looked(tx, of)?;
    let details = vec![
        ("file", json!(file.id)),
        ("sha256", json!(file.sha256)),
        ("bytes", json!(file.size)),
        ("download", json!(id)),
    ];
    entry(tx, handover, Some(delivery.id), "handover.downloaded", details)?;
    Ok((id, used_up(tx.connection, handover.tenant_id, handover.id)?))
}

/// Whether no recipient of a hand-over has a download left.
fn used_up(c: &mut Connection, tenant: OrganisationId, id: HandoverId) -> Result<bool> {
    let left: Option<i32> = s::table
        .inner_join(d::table.on(d::tenant_id.eq(s::tenant_id).and(d::id.eq(s::delivery_id))))
        .filter(d::tenant_id.eq(tenant))
        .filter(d::handover_id.eq(id))
        .filter(d::refused_at.is_null())
        .filter(s::downloads_left.gt(0))
        .select(s::downloads_left)
        .first(c)
        .optional()?;
    Ok(left.is_none())
}

/// How many downloads of a hand-over could still be resumed after `since`, once none is left.
pub(in crate::handover::delivery) fn open_downloads(
    c: &mut Connection,
    of: &Handover,
    since: Timestamp,
) -> Result<Option<i64>> {
    if !used_up(c, of.tenant_id, of.id)? {
        return Ok(None);
    }
    let open = dl::table
        .inner_join(f::table.on(f::tenant_id.eq(dl::tenant_id).and(f::id.eq(dl::file_id))))
        .filter(dl::tenant_id.eq(of.tenant_id))
        .filter(f::handover_id.eq(of.id))
        .filter(dl::completed_at.is_null())
        .filter(dl::started_at.gt(since))
        .count()
        .get_result(c)?;
    Ok(Some(open))
}

/// Promises `bytes` of a file to somebody who begins to read: no more than a few times the file's
/// size for one download, however often it is resumed.
pub(in crate::handover::delivery) fn reserve(
    tx: &mut Tx<'_>,
    of: &Authorized<(Parcel, Download), Fetch>,
    file: &File,
    bytes: i64,
) -> Result<()> {
    let download = &of.1;
    let most = file.size.saturating_mul(MOST_TIMES).saturating_sub(bytes);
    let own = dl::table
        .find((download.tenant_id, download.id))
        .filter(dl::completed_at.is_null())
        .filter(dl::handed_out.le(most));
    let changed = diesel::update(own)
        .set(dl::handed_out.eq(dl::handed_out + bytes))
        .execute(tx.connection)?;
    if changed == 1 { Ok(()) } else { Err(Error::Gone("error-handover-ticket")) }
}

/// What became of a download when an answer ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::handover::delivery) struct Settled {
    /// All bytes have been handed out.
    pub whole: bool,
    /// It is the first whole file of this recipient.
    pub first: bool,
}

/// Notes which bytes an answer handed out (from `start` to before `end`) of those that it was
/// promised.
pub(in crate::handover::delivery) fn settle(
    tx: &mut Tx<'_>,
    of: &Authorized<(Parcel, Download), Fetch>,
    size: i64,
    (start, end): (i64, i64),
    promised: i64,
) -> Result<Settled> {
    let (parcel, download) = &**of;
    let own = dl::table.find((download.tenant_id, download.id));
    let unread = promised.saturating_sub(end.saturating_sub(start));
    // The row is held by this: of answers that end at the same moment each sees those before it.
    diesel::update(own).set(dl::handed_out.eq(dl::handed_out - unread)).execute(tx.connection)?;
    let (before, completed): (Json<Handed>, Option<Timestamp>) =
        own.select((dl::ranges, dl::completed_at)).first(tx.connection)?;
    let handed = before.0.with(start, end);
    let whole = handed.is_whole(size);
    let completed_at = completed.or_else(|| whole.then_some(tx.now));
    diesel::update(own)
        .set((
            dl::reached.eq(handed.reached()),
            dl::ranges.eq(json_text(&handed)?),
            dl::completed_at.eq(completed_at),
        ))
        .execute(tx.connection)?;
    if !whole || completed.is_some() {
        return Ok(Settled { whole, first: false });
    }
    let delivery = d::table.find((parcel.delivery.tenant_id, parcel.delivery.id));
    let first = diesel::update(delivery.filter(d::received_at.is_null()))
        .set((d::received_at.eq(Some(tx.now)), d::received_by_name.eq(&download.by_name)))
        .execute(tx.connection)?
        == 1;
    let details = vec![("file", json!(download.file_id)), ("download", json!(download.id))];
    entry(tx, &parcel.handover, Some(parcel.delivery.id), "handover.received", details)?;
    Ok(Settled { whole, first })
}
