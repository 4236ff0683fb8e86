//! The near misses on an entrustment's page, and the way to report one.

use super::policy::REPORTERS;
use super::store;
use crate::database::Connection;
use crate::entrustment::{Entrustment, PanelRow, PanelView};
use crate::error::Result;
use crate::web::Ctx;
use crate::web::locale::text_with;

/// How many there are of an entrustment, and the way to report one.
///
/// # Errors
/// Those of the database.
pub fn panel(
    connection: &mut Connection,
    ctx: &Ctx,
    entrustment: &Entrustment,
) -> Result<PanelView> {
    let member = ctx.viewer()?;
    let sight = store::sight(connection, member)?;
    let all = store::count_of(connection, &sight, entrustment)?;
    let row = PanelRow {
        title: ctx.text("near-miss-list-title"),
        href: format!("/near-misses?entrustment={}", entrustment.id),
        status: text_with(ctx.language, "near-miss-panel-count", &[("count", all.into())]),
        tone: "neutral",
        ..PanelRow::default()
    };
    let mut links = Vec::new();
    if REPORTERS.contains(&member.role) {
        let href = format!("/near-misses/new?entrustment={}", entrustment.id);
        links.push((ctx.text("near-miss-report-link"), href));
    }
    Ok(PanelView {
        title: ctx.text("near-miss-list-title"),
        text: ctx.text("near-miss-panel-text"),
        rows: if all > 0 { vec![row] } else { Vec::new() },
        links,
        acts: Vec::new(),
    })
}
