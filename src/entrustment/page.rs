//! What the other slices put on an entrustment's page.

use serde::Serialize;

use super::model::Entrustment;
use crate::database::Connection;
use crate::error::Result;
use crate::web::Ctx;

/// A slice's part of the page: given to the server by the slice, called for every showing.
pub type Panel = fn(&mut Connection, &Ctx, &Entrustment) -> Result<PanelView>;

/// The panels in the order of the page. The server hands them out as application data.
#[derive(Clone, Debug, Default)]
pub struct Panels(pub Vec<Panel>);

/// A panel: a heading, rows that lead further, and what can be done. All words are ready.
#[derive(Clone, Debug, Default, Serialize)]
pub struct PanelView {
    /// The heading.
    pub title: String,
    /// A sentence when there is no row, or about the rows.
    pub text: String,
    /// The rows.
    pub rows: Vec<PanelRow>,
    /// Label and address of what can be done (by GET).
    pub links: Vec<(String, String)>,
    /// Label and address of what can be done (by POST).
    pub acts: Vec<(String, String)>,
}

/// A row of a panel.
#[derive(Clone, Debug, Default, Serialize)]
pub struct PanelRow {
    /// What it is.
    pub title: String,
    /// Where it leads.
    pub href: String,
    /// A line beneath.
    pub hint: String,
    /// Its status in words.
    pub status: String,
    /// The tone of the status: neutral, info, progress, good, warn, bad.
    pub tone: &'static str,
    /// Its deadline (ISO date).
    pub due: Option<chrono::NaiveDate>,
    /// Days left, negative when late.
    pub days: Option<i64>,
    /// Whether it leads to a file.
    pub download: bool,
}
