//! The register's line on the entrustment's page.

use super::model::HoldingStatus;
use super::store;
use crate::database::Connection;
use crate::entrustment::{Entrustment, PanelRow};
use crate::error::Result;
use crate::finding;
use crate::japanese::jst_date;
use crate::web::{Ctx, locale};

/// How many are held, how many findings are open, and the next day on which one is to end.
///
/// # Errors
/// Those of the database.
pub fn line(c: &mut Connection, ctx: &Ctx, entrustment: &Entrustment) -> Result<PanelRow> {
    let all = store::of_entrustment(c, entrustment)?;
    let findings: i64 = finding::open_by_subject(c, entrustment, "holding")?.values().sum();
    let held = all.iter().filter(|h| h.status == HoldingStatus::Open);
    let due = held.clone().filter_map(|h| h.until_on).min();
    let args = [("held", held.count().into()), ("all", all.len().into())];
    Ok(PanelRow {
        title: ctx.text("holding-list-title"),
        href: format!("/entrustments/{}/holdings", entrustment.id),
        hint: locale::text_with(ctx.language, "holding-line", &args),
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
        due,
        days: due.map(|day| (day - jst_date(ctx.now)).num_days()),
        download: false,
    })
}
