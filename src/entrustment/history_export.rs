//! The history of an entrustment as a file.

use super::model::EntrustmentId;
use super::store;
use crate::actor::OrganisationId;
use crate::database::Connection;
use crate::error::Result;
use crate::ledger::{self, Entry};
use crate::sheet::{Column, ColumnOf, Kind, ListRows, moment};
use crate::web::Ctx;
use crate::web::paging::ListQuery;

/// All entries of an entrustment, newest first: who did what, with the hashes by which the ledger
/// is verified.
pub(super) struct History(EntrustmentId);

fn cells() -> Vec<ColumnOf<Entry>> {
    use Kind::{Code, Number, Text};
    vec![
        ("ledger-sequence", Number, |_, entry| entry.sequence.to_string()),
        ("ledger-at", Text, |_, entry| moment(Some(entry.at))),
        ("ledger-who", Text, |ctx, entry| entry.actor_text(ctx.language)),
        ("ledger-act", Text, |ctx, entry| entry.act_text(ctx.language)),
        ("ledger-subject-id", Code, |_, entry| entry.subject_id.clone()),
        ("ledger-leaf-hash", Code, |_, entry| entry.leaf_hash.clone()),
    ]
}

impl ListRows for History {
    type Path = EntrustmentId;
    type Query = ListQuery;
    type Id = (OrganisationId, i64);
    const TITLE: &'static str = "entrustment-history-title";

    fn asked(of: EntrustmentId, _: ListQuery) -> Self {
        Self(of)
    }

    fn columns(&self, ctx: &Ctx) -> Vec<Column> {
        let column = |(key, kind, _): &ColumnOf<Entry>| Column::new(ctx.text(key), *kind);
        cells().iter().map(column).collect()
    }

    fn ids(&self, connection: &mut Connection, ctx: &Ctx) -> Result<Vec<(OrganisationId, i64)>> {
        let of = store::find(connection, &ctx.actor, self.0)?;
        let all = ledger::sequences_of_entrustment(connection, of.tenant_id, of.id.as_str())?;
        Ok(all.into_iter().map(|sequence| (of.tenant_id, sequence)).collect())
    }

    fn rows(
        &self,
        connection: &mut Connection,
        ctx: &Ctx,
        ids: &[(OrganisationId, i64)],
    ) -> Result<Vec<Vec<String>>> {
        let Some((tenant, _)) = ids.first() else { return Ok(Vec::new()) };
        let sequences: Vec<i64> = ids.iter().map(|(_, sequence)| *sequence).collect();
        let cells = cells();
        let said = |entry| cells.iter().map(|(_, _, cell)| cell(ctx, entry)).collect();
        let entries = ledger::by_sequences(connection, *tenant, &sequences)?;
        Ok(entries.iter().map(said).collect())
    }
}
