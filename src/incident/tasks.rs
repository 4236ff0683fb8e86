//! The incidents that wait for a member, for the home page.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::clock;
use super::model::{IncidentKind, IncidentStatus};
use super::store::list::{self, IncidentRow};
use crate::actor::{Member, Role};
use crate::clock::Timestamp;
use crate::database::Connection;
use crate::error::Result;

/// Incidents that the home page shows of each kind.
const SHOWN: i64 = 20;

/// An incident that isn't closed.
#[derive(Clone, Debug)]
pub struct IncidentTask {
    /// Its page.
    pub href: String,
    /// What kind.
    pub kind: IncidentKind,
    /// How far it is.
    pub status: IncidentStatus,
    /// When it became known.
    pub known_at: Timestamp,
    /// The entrustment's title.
    pub entrustment: String,
    /// The contractor.
    pub contractor: String,
    /// The last day of what ends next, once it is opened: before, opening it is next.
    pub due: Option<NaiveDate>,
}

impl IncidentTask {
    fn of(row: IncidentRow, due: Option<NaiveDate>) -> Self {
        Self {
            href: format!("/entrustments/{}/incidents/{}", row.entrustment_id, row.id),
            kind: row.kind,
            status: row.status,
            known_at: row.known_at,
            entrustment: row.entrustment,
            contractor: row.contractor,
            due,
        }
    }
}

/// The incidents that wait for a member: those first that nobody has opened. Auditors have none.
///
/// # Errors
/// Those of the database.
pub fn tasks(connection: &mut Connection, member: &Member) -> Result<Vec<IncidentTask>> {
    let mut waiting = Vec::new();
    if member.role == Role::Auditor {
        return Ok(waiting);
    }
    for status in [IncidentStatus::Reported, IncidentStatus::Open] {
        let rows = list::waiting(connection, member, status, SHOWN)?;
        let keys: Vec<_> = rows.iter().map(|row| (row.tenant_id, row.id)).collect();
        let next = match status {
            IncidentStatus::Open => clock::next(connection, &keys)?,
            _ => HashMap::new(),
        };
        let task = |row: IncidentRow| {
            let due = next.get(&row.id).copied();
            IncidentTask::of(row, due)
        };
        waiting.extend(rows.into_iter().map(task));
    }
    Ok(waiting)
}
