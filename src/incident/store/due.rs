//! Incidents that nobody opened.

use diesel::prelude::*;

use super::entry;
use crate::database::Tx;
use crate::database::schema::incident as t;
use crate::error::Result;
use crate::incident::model::{Incident, IncidentStatus};

/// Claims the passing on of an incident that nobody has opened; false when somebody did, or when it
/// was passed on already.
pub(in crate::incident) fn claim_escalation(tx: &mut Tx<'_>, incident: &Incident) -> Result<bool> {
    let row = t::table
        .find((incident.tenant_id, incident.id))
        .filter(t::status.eq(IncidentStatus::Reported))
        .filter(t::escalated_at.is_null());
    let changed = diesel::update(row).set(t::escalated_at.eq(tx.now)).execute(tx.connection)?;
    if changed == 0 {
        return Ok(false);
    }
    entry(tx, incident, "incident.escalated", Vec::new())?;
    Ok(true)
}
