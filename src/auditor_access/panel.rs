//! The auditors on an entrustment's page.

use super::views::Line;
use super::{policy, store};
use crate::database::Connection;
use crate::entrustment::{Entrustment, PanelRow, PanelView};
use crate::error::Result;
use crate::web::{Ctx, locale};

/// Accesses that the page shows; the list has all.
const SHOWN: i64 = 10;

/// The auditors who are named for an entrustment; nothing for a contractor's people.
///
/// # Errors
/// Those of the database.
pub fn panel(c: &mut Connection, ctx: &Ctx, entrustment: &Entrustment) -> Result<PanelView> {
    let member = ctx.member()?;
    if !member.role.is_principal() {
        return Ok(PanelView::default());
    }
    let rows = store::of(c, member, entrustment, SHOWN)?;
    let text = if rows.is_empty() { ctx.text("auditor-access-none") } else { String::new() };
    let row = |row| {
        let line = Line::of(ctx, row);
        let days = [
            ("from", locale::day(ctx.language, line.from_on).into()),
            ("until", locale::day(ctx.language, line.until_on).into()),
        ];
        PanelRow {
            title: line.auditor,
            href: line.href,
            hint: locale::text_with(ctx.language, "auditor-access-days", &days),
            status: line.standing.label,
            tone: line.standing.tone,
            ..PanelRow::default()
        }
    };
    let mut links = Vec::new();
    if policy::may_ask(&ctx.actor, entrustment) {
        let href = format!("/entrustments/{}/auditor-access/new", entrustment.id);
        links.push((ctx.text("auditor-access-name-one"), href));
    }
    Ok(PanelView {
        title: ctx.text("auditor-access-title"),
        text,
        rows: rows.into_iter().map(row).collect(),
        links,
        acts: Vec::new(),
    })
}
