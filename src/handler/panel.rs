//! The register's line on the entrustment's page.

use crate::conformity;
use crate::database::Connection;
use crate::entrustment::{Entrustment, PanelRow};
use crate::error::Result;
use crate::finding;
use crate::web::{Ctx, locale};

/// How many are on the roster, and how many findings are open.
///
/// # Errors
/// Those of the database.
pub fn line(c: &mut Connection, ctx: &Ctx, entrustment: &Entrustment) -> Result<PanelRow> {
    let roster = conformity::handlers(c, entrustment)?;
    let findings: i64 = finding::open_by_subject(c, entrustment, "handler")?.values().sum();
    let there = roster.iter().filter(|h| h.ends_on.is_none()).count();
    let args = [("there", there.into()), ("left", (roster.len() - there).into())];
    Ok(PanelRow {
        title: ctx.text("handler-list-title"),
        href: format!("/entrustments/{}/handlers", entrustment.id),
        hint: locale::text_with(ctx.language, "handler-line", &args),
        status: if findings > 0 {
            locale::text_with(
                ctx.language,
                "registers-findings-count",
                &[("count", findings.into())],
            )
        } else {
            ctx.text("registers-findings-none")
        },
        tone: if findings > 0 { "warn" } else { "good" },
        ..PanelRow::default()
    })
}
