//! What an officer has in hand: the entrustments that the officer looks after.

use super::model::Entrustment;
use super::store::officer;
use crate::account::{Duty, InHand, InHandRow, Leaver};
use crate::database::Connection;
use crate::error::Result;
use crate::web::Ctx;

/// The entrustments of somebody who leaves; a successor gets them.
pub const DUTY: Duty = Duty { in_hand, hand_over: Some(officer::hand_over) };

fn in_hand(connection: &mut Connection, ctx: &Ctx, of: &Leaver) -> Result<Option<InHand>> {
    let (count, found) = officer::of_officer(connection, of)?;
    let row = |of: Entrustment| InHandRow {
        href: format!("/entrustments/{}", of.id),
        title: of.title,
        hint: of.number,
    };
    Ok((count > 0).then(|| InHand {
        title: ctx.text("duty-entrustments"),
        text: ctx.text("duty-entrustments-text"),
        count,
        rows: found.into_iter().map(row).collect(),
        passes_on: true,
    }))
}
