//! All that the report's pages and papers are made of.

use super::model::{Draft, Filing, Items};
use super::{prefill, store};
use crate::clock::Timestamp;
use crate::database::Connection;
use crate::entrustment::Entrustment;
use crate::error::Result;
use crate::incident::model::Incident;
use crate::incident::policy::Case;

/// The report of an incident as it stands, and what was filed of it.
pub(super) struct Standing {
    /// The entrustment.
    pub entrustment: Entrustment,
    /// The incident.
    pub incident: Incident,
    /// The items.
    pub items: Items,
    /// 0 as long as nobody has written into it.
    pub version: i32,
    /// Who changed it last, and when.
    pub changed: Option<(String, Timestamp)>,
    /// What was filed, the first first.
    pub filings: Vec<Filing>,
}

impl Standing {
    /// Reads it.
    ///
    /// # Errors
    /// Those of the database.
    pub fn load(connection: &mut Connection, (entrustment, incident): Case) -> Result<Self> {
        let filings = store::filings(connection, &incident)?;
        let (items, version, changed) = if let Some(draft) = store::draft(connection, &incident)? {
            let Draft { items, changed_by_name, changed_at, version } = draft;
            (items.0, version, Some((changed_by_name, changed_at)))
        } else {
            (prefill::items(&incident), 0, None)
        };
        Ok(Self { entrustment, incident, items, version, changed, filings })
    }

    /// Whether something was filed that says other than what is known now.
    pub fn outdated(&self) -> bool {
        self.filings
            .last()
            .is_some_and(|last| last.items.0 != self.items || last.facts.0 != self.incident.facts.0)
    }
}
