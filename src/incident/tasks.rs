//! The incidents that wait for a member, for the home page.

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
}

impl IncidentTask {
    fn of(row: IncidentRow) -> Self {
        Self {
            href: format!("/entrustments/{}/incidents/{}", row.entrustment_id, row.id),
            kind: row.kind,
            status: row.status,
            known_at: row.known_at,
            entrustment: row.entrustment,
            contractor: row.contractor,
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
        waiting.extend(rows.into_iter().map(IncidentTask::of));
    }
    Ok(waiting)
}
