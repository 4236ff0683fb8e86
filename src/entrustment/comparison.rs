//! Asking for everything in an entrustment's registers to be compared with its rules again. Who
//! compares stands above (`registers`); whatever changes the terms asks for it here.

use serde_json::json;

use super::model::{Entrustment, EntrustmentId};
use crate::actor::OrganisationId;
use crate::database::Tx;
use crate::error::Result;
use crate::job::{self, NewJob};

/// The kind of the job.
pub const COMPARISON: &str = "registers.compare";

/// Has the registers of an entrustment compared with its rules, soon after this transaction: for
/// every change of rules, items, handlers, recipients or sub-entrustments. Asked for several times
/// in one transaction it is done once.
///
/// # Errors
/// Those of the database.
pub fn recompare(tx: &mut Tx<'_>, entrustment: &Entrustment) -> Result<()> {
    ask(tx, entrustment.tenant_id, entrustment.id)
}

/// The same by the ids.
pub(super) fn ask(tx: &mut Tx<'_>, tenant: OrganisationId, id: EntrustmentId) -> Result<()> {
    // A later change is of a later moment, and runs again.
    let unique_key = format!("{COMPARISON}:{id}:{}", tx.now.and_utc().timestamp_millis());
    let new = NewJob {
        tenant_id: Some(tenant),
        kind: COMPARISON,
        unique_key: &unique_key,
        payload: json!({ "entrustment": id }),
        run_at: tx.now,
    };
    job::enqueue(tx, &new)?;
    Ok(())
}
