//! Making ready: what each recipient may fetch, and its code.

use diesel::prelude::*;
use serde_json::json;

use super::{entry, stale};
use crate::actor::Authorized;
use crate::database::schema::{handover_delivery as d, handover_share as s};
use crate::database::{MOST_ROWS, Tx};
use crate::error::Result;
use crate::handover::delivery::policy::{OfOne, Run, Tell};
use crate::handover::{Delivery, FileId, Handover};
use crate::insert_many;

/// Notes what a recipient may fetch, how often, and under which sealed code.
pub(in crate::handover::delivery) fn make_ready(
    tx: &mut Tx<'_>,
    of: &Authorized<(Handover, Delivery), Run>,
    files: &[FileId],
    code: &str,
) -> Result<()> {
    let (handover, delivery) = &**of;
    let row = |file: &FileId| {
        (
            s::tenant_id.eq(delivery.tenant_id),
            s::delivery_id.eq(delivery.id),
            s::file_id.eq(*file),
            s::downloads_left.eq(handover.downloads),
        )
    };
    for some in files.chunks(MOST_ROWS) {
        let rows: Vec<_> = some.iter().map(row).collect();
        insert_many!(tx.connection, s::table, rows)?;
    }
    diesel::update(d::table.find((delivery.tenant_id, delivery.id)))
        .set((d::code.eq(code), d::guesses.eq(0)))
        .execute(tx.connection)?;
    Ok(())
}

/// Puts another code in place of one that was guessed at; whoever looked with the old one has to
/// type the new one.
pub(in crate::handover::delivery) fn renew_code(
    tx: &mut Tx<'_>,
    of: &Authorized<OfOne, Tell>,
    code: &str,
) -> Result<()> {
    let (_, handover, delivery) = &**of;
    let row =
        d::table.find((delivery.tenant_id, delivery.id)).filter(d::version.eq(delivery.version));
    let changed = diesel::update(row)
        .set((d::code.eq(code), d::guesses.eq(0), d::version.eq(delivery.version + 1)))
        .execute(tx.connection)?;
    stale(changed)?;
    let details = vec![("guesses", json!(delivery.guesses))];
    entry(tx, handover, Some(delivery.id), "handover.code_renewed", details)
}

/// Tells the ledger that somebody looked at a code.
pub(in crate::handover::delivery) fn tell_code(
    tx: &mut Tx<'_>,
    of: &Authorized<OfOne, Tell>,
) -> Result<()> {
    let (_, handover, delivery) = &**of;
    entry(tx, handover, Some(delivery.id), "handover.code_shown", vec![])
}
