//! What somebody has in hand: the open findings that name the person as owner.

use super::model::heading;
use super::store::list::FindingRow;
use super::store::owner;
use crate::account::{Duty, InHand, InHandRow, Leaver};
use crate::database::Connection;
use crate::error::Result;
use crate::web::Ctx;

/// The findings of somebody who leaves; a successor gets them, unless another has the same name.
pub const DUTY: Duty = Duty { in_hand, hand_over: Some(owner::hand_over) };

fn in_hand(connection: &mut Connection, ctx: &Ctx, of: &Leaver) -> Result<Option<InHand>> {
    let (count, found) = owner::of_owner(connection, ctx.member()?, of)?;
    let row = |row: FindingRow| InHandRow {
        title: heading(ctx.language, row.source, &row.rule, &row.title, &row.english.0),
        href: format!("/entrustments/{}/findings/{}", row.entrustment_id, row.id),
        hint: format!("{}　{}", row.number, row.entrustment),
    };
    let text = if of.namesake { "duty-findings-namesake" } else { "duty-findings-text" };
    Ok((count > 0).then(|| InHand {
        title: ctx.text("duty-findings"),
        text: ctx.text(text),
        count,
        rows: found.into_iter().map(row).collect(),
        passes_on: !of.namesake,
    }))
}
