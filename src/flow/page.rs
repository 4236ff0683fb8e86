//! The map's line on the entrustment's page.

use crate::database::Connection;
use crate::entrustment::{Entrustment, PanelRow};
use crate::error::Result;
use crate::web::Ctx;

/// The line: it leads to the map.
///
/// # Errors
/// None; as every register's line.
pub fn line(_: &mut Connection, ctx: &Ctx, entrustment: &Entrustment) -> Result<PanelRow> {
    Ok(PanelRow {
        title: ctx.text("flow-title"),
        href: format!("/entrustments/{}/map", entrustment.id),
        hint: ctx.text("flow-line-hint"),
        status: ctx.text("flow-line-status"),
        tone: "neutral",
        ..PanelRow::default()
    })
}
