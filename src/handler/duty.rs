//! What a contractor's person has in hand: places on rosters, which end by hand, with what is given
//! back.

use super::duty_store::{self as store, Place};
use crate::account::{Duty, InHand, InHandRow, Leaver};
use crate::database::Connection;
use crate::error::Result;
use crate::japanese::jst_date;
use crate::web::Ctx;

/// The places on rosters of somebody who leaves; nobody inherits them.
pub const DUTY: Duty = Duty { in_hand, hand_over: None };

fn in_hand(connection: &mut Connection, ctx: &Ctx, of: &Leaver) -> Result<Option<InHand>> {
    if of.role.is_principal() {
        return Ok(None);
    }
    let (count, found) = store::of_person(connection, of, jst_date(ctx.now))?;
    let row = |(entrustment, handler, number, title): Place| InHandRow {
        title,
        href: format!("/entrustments/{entrustment}/handlers/{handler}/leaving"),
        hint: number,
    };
    Ok((count > 0).then(|| InHand {
        title: ctx.text("duty-rosters"),
        text: ctx.text("duty-rosters-text"),
        count,
        rows: found.into_iter().map(row).collect(),
        passes_on: false,
    }))
}
