//! What the parts show on an incident's page, and the incidents on an entrustment's page.

use serde::Serialize;

/// A part of the response on the incident's page. All words are ready.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Part {
    /// What it is.
    pub title: String,
    /// Where it leads.
    pub href: String,
    /// How far it is, in words.
    pub status: String,
    /// The tone of the status: neutral, info, progress, good, warn, bad.
    pub tone: &'static str,
    /// What stands beneath, a line each.
    pub lines: Vec<String>,
}
