//! The registers of an entrustment, seen together: the panel on its page, and the comparison of
//! everything with the handling rules whenever either changes.

use crate::database::Connection;
use crate::entrustment::{Entrustment, PanelRow, PanelView};
use crate::error::Result;
use crate::web::Ctx;
use crate::{handler, holding};

/// A register's line on the entrustment's page.
type Line = fn(&mut Connection, &Ctx, &Entrustment) -> Result<PanelRow>;

/// The registers in the order of the panel.
const LINES: &[Line] = &[holding::line, handler::line];

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
