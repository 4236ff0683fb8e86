//! The list as a file.

use std::collections::HashMap;

use super::model::Disposal;
use super::store;
use crate::database::Connection;
use crate::entrustment::{self, EntrustmentId};
use crate::error::Result;
use crate::holding::{self, HoldingId};
use crate::sheet::{ColumnOf, Kind, Listed, day, moment};
use crate::web::Ctx;
use crate::web::paging::ListQuery;

/// The disposals of an entrustment as their page has them.
pub(super) struct List(EntrustmentId, ListQuery);

/// A disposal, its number, and the numbers of its holdings.
pub(super) type Row = (Disposal, String, String);

impl Listed for List {
    type Path = EntrustmentId;
    type Query = ListQuery;
    type Row = Row;
    const TITLE: &'static str = "disposal-list-title";

    fn asked(of: EntrustmentId, query: ListQuery) -> Self {
        Self(of, query)
    }

    fn cells() -> Vec<ColumnOf<Row>> {
        use Kind::{Code, Date, Text};
        vec![
            ("disposal-number", Code, |_, (_, number, _)| number.clone()),
            ("disposal-kind", Text, |ctx, (row, ..)| {
                ctx.text(&format!("disposal-kind-{}", row.kind))
            }),
            ("disposal-method", Text, |ctx, (row, ..)| {
                ctx.text(&format!("disposal-method-{}", row.method))
            }),
            ("disposal-method-note", Text, |_, (row, ..)| row.method_note.clone()),
            ("disposal-holdings", Code, |_, (.., holdings)| holdings.clone()),
            ("disposal-quantity", Text, |_, (row, ..)| row.quantity.clone()),
            ("disposal-device-number", Code, |_, (row, ..)| row.device_number.clone()),
            ("disposal-done-on", Date, |_, (row, ..)| row.done_on.to_string()),
            ("disposal-responsible", Text, |_, (row, ..)| row.responsible.clone()),
            ("disposal-performed-by", Text, |_, (row, ..)| row.performed_by.clone()),
            ("disposal-witness", Text, |_, (row, ..)| row.witness.clone()),
            ("disposal-retained-reason", Text, |_, (row, ..)| row.retained_reason.clone()),
            ("disposal-retained-until", Date, |_, (row, ..)| day(row.retained_until)),
            ("disposal-status", Text, |ctx, (row, ..)| {
                ctx.text(&format!("disposal-status-{}", row.status))
            }),
            ("disposal-attested-at", Text, |_, (row, ..)| moment(row.attested_at)),
            ("disposal-attested-hash", Code, |_, (row, ..)| row.attested_hash.clone()),
            ("disposal-accepted-by", Text, |_, (row, ..)| row.decided_by_name.clone()),
            ("disposal-accepted-at", Text, |_, (row, ..)| moment(row.decided_at)),
        ]
    }

    fn all(&self, connection: &mut Connection, ctx: &Ctx) -> Result<Vec<Row>> {
        let of = entrustment::find(connection, &ctx.actor, self.0)?;
        let found = store::whole(connection, &of, &self.1)?;
        let ids: Vec<HoldingId> = found.iter().flat_map(|row| row.holdings.0.clone()).collect();
        let numbers: HashMap<HoldingId, String> = holding::by_ids(connection, &of, &ids)?
            .into_iter()
            .map(|holding| (holding.id, holding.position.to_string()))
            .collect();
        let between = ctx.text("sheet-separator");
        let row = |row: Disposal| {
            let own = row.holdings.0.iter().filter_map(|id| numbers.get(id));
            let own: Vec<&str> = own.map(String::as_str).collect();
            let (number, own) = (row.number(&of.number), own.join(&between));
            (row, number, own)
        };
        Ok(found.into_iter().map(row).collect())
    }
}
