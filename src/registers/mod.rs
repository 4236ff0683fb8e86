//! The registers of an entrustment, seen together: the panel on its page, and the comparison of
//! everything with the handling rules whenever either changes.

mod comparison;
#[cfg(test)]
mod tests;

pub use comparison::jobs;

pub use crate::entrustment::recompare;

use crate::database::Connection;
use crate::disposal;
use crate::entrustment::{Entrustment, PanelRow, PanelView};
use crate::error::Result;
use crate::finding;
use crate::flow;
use crate::inspection;
use crate::recipient;
use crate::sub_entrustment;
use crate::transmission;
use crate::web::Ctx;
use crate::{handler, holding};

/// A register's line on the entrustment's page.
type Line = fn(&mut Connection, &Ctx, &Entrustment) -> Result<PanelRow>;

/// The registers in the order of the panel.
const LINES: &[Line] = &[
    holding::line,
    transmission::line,
    recipient::line,
    handler::line,
    sub_entrustment::line,
    inspection::line,
    finding::line,
    disposal::line,
    flow::line,
];

/// The registers on an entrustment's page.
///
/// # Errors
/// Those of the database.
pub fn panel(
    connection: &mut Connection,
    ctx: &Ctx,
    entrustment: &Entrustment,
) -> Result<PanelView> {
    let rows =
        LINES.iter().map(|line| line(connection, ctx, entrustment)).collect::<Result<Vec<_>>>()?;
    Ok(PanelView { title: ctx.text("registers-title"), rows, ..PanelView::default() })
}
