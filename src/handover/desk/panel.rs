//! Hand-overs on an entrustment's page.

use super::store;
use super::views::{few, tone};
use crate::database::Connection;
use crate::entrustment::{Entrustment, EntrustmentStatus, PanelRow, PanelView};
use crate::error::Result;
use crate::handover::policy::{self, SENDERS};
use crate::handover::request;
use crate::web::Ctx;
use crate::web::locale::text_with;

/// Hand-overs that the panel shows.
const SHOWN: i64 = 5;

/// The latest hand-overs, and what waits.
///
/// # Errors
/// Those of the database.
pub fn panel(c: &mut Connection, ctx: &Ctx, entrustment: &Entrustment) -> Result<PanelView> {
    let eyes = policy::eyes(&ctx.actor)?;
    let waiting = store::waiting(c, entrustment, eyes)?;
    let home = format!("/entrustments/{}/hand-overs", entrustment.id);
    let row = |(handover, names): store::Row| {
        let args = [
            ("number", i64::from(handover.position).into()),
            ("purpose", handover.purpose.as_str().into()),
        ];
        PanelRow {
            title: text_with(ctx.language, "handover-panel-row", &args),
            href: format!("{home}/{}", handover.id),
            hint: few(ctx.language, &names),
            status: ctx.text(&format!("handover-status-{}", handover.status)),
            tone: tone(handover.status),
            ..PanelRow::default()
        }
    };
    let mut rows: Vec<PanelRow> =
        store::latest(c, entrustment, eyes, SHOWN)?.into_iter().map(row).collect();
    let text = if rows.is_empty() {
        ctx.text("handover-none")
    } else if waiting > 0 {
        text_with(ctx.language, "handover-panel-waiting", &[("count", waiting.into())])
    } else {
        String::new()
    };
    rows.push(request::line(c, ctx, entrustment)?);
    let mut links = Vec::new();
    let role = ctx.actor.member().is_some_and(|member| SENDERS.contains(&member.role));
    if role && entrustment.status == EntrustmentStatus::Active {
        links.push((ctx.text("handover-begin"), format!("{home}/new")));
    }
    links.push((ctx.text("handover-panel-all"), home));
    Ok(PanelView { title: ctx.text("handover-list-title"), text, rows, links, acts: Vec::new() })
}
