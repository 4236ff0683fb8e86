//! What the ledger is told of a list that was cut.

use serde_json::{Value, json};

use super::making::Made;
use super::read::Tally;
use crate::database::Tx;
use crate::error::Result;
use crate::handover::model::{File, Handover};
use crate::ledger::{self, NewEntry};

/// Tells that a list was cut: counts and ids.
pub(super) fn cut(
    tx: &mut Tx<'_>,
    of: &Handover,
    source: &File,
    made: &[Made],
    tally: &Tally,
) -> Result<()> {
    let list = |made: &Made| -> Value {
        json!({ "delivery": made.delivery, "rows": made.rows, "columns": made.columns })
    };
    let details = vec![
        ("file", json!(source.id)),
        ("sha256", json!(source.sha256)),
        ("lists", json!(made.iter().map(list).collect::<Vec<_>>())),
        ("rows", json!(tally.given())),
        ("rows_of_others", json!(tally.another)),
        ("rows_of_nobody", json!(tally.nobody)),
        ("rows_hidden", json!(tally.hidden)),
    ];
    ledger::append(
        tx,
        NewEntry {
            tenant_id: of.tenant_id,
            act: "handover.cut",
            subject_kind: "handover",
            subject_id: of.id.as_str(),
            entrustment_id: Some(of.entrustment_id.as_str()),
            details,
        },
    )
}
