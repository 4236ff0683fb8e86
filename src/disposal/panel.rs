//! The closing on an entrustment's page: what hinders it, and what stays by law.

use super::closing;
use super::web::hindrances;
use crate::database::Connection;
use crate::entrustment::{Entrustment, EntrustmentStatus, PanelRow, PanelView};
use crate::error::Result;
use crate::japanese::jst_date;
use crate::web::{Ctx, locale};

/// The panel.
///
/// # Errors
/// Those of the database.
pub fn panel(c: &mut Connection, ctx: &Ctx, entrustment: &Entrustment) -> Result<PanelView> {
    let (standing, hindrances) = hindrances(c, ctx, entrustment)?;
    let closed = entrustment.status == EntrustmentStatus::Closed;
    let text = match closed {
        true => "closing-closed",
        false if standing.may_close() => "closing-ready",
        false => "closing-hindered",
    };
    let mut rows: Vec<PanelRow> = Vec::new();
    if !closed {
        rows.extend(hindrances.into_iter().map(|hindrance| PanelRow {
            title: hindrance.text,
            href: hindrance.href,
            status: ctx.text("closing-hinders"),
            tone: "warn",
            ..PanelRow::default()
        }));
    }
    if !closed && standing.findings > 0 {
        let args = [("count", standing.findings.into())];
        rows.push(PanelRow {
            title: locale::text_with(ctx.language, "closing-findings", &args),
            href: format!("/entrustments/{}/findings", entrustment.id),
            status: ctx.text("closing-to-confirm"),
            tone: "info",
            ..PanelRow::default()
        });
    }
    rows.extend(retained(c, ctx, entrustment)?);
    let link = if closed { "closing-show" } else { "closing-go" };
    Ok(PanelView {
        title: ctx.text("closing-title"),
        text: ctx.text(text),
        rows,
        links: vec![(ctx.text(link), format!("/entrustments/{}/closing", entrustment.id))],
        acts: Vec::new(),
    })
}

fn retained(c: &mut Connection, ctx: &Ctx, entrustment: &Entrustment) -> Result<Vec<PanelRow>> {
    let today = jst_date(ctx.now);
    let row = |disposal: super::Disposal| {
        let args = [("number", disposal.number(&entrustment.number).into())];
        PanelRow {
            title: locale::text_with(ctx.language, "closing-retained-row", &args),
            href: format!("/entrustments/{}/disposals/{}", entrustment.id, disposal.id),
            hint: disposal.retained_reason,
            status: ctx.text("disposal-kind-retained"),
            tone: "neutral",
            due: disposal.retained_until,
            days: disposal.retained_until.map(|until| (until - today).num_days()),
            download: false,
        }
    };
    Ok(closing::retained(c, entrustment)?.into_iter().map(row).collect())
}
