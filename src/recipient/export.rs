//! The list as a file.

use super::model::Recipient;
use super::store;
use crate::database::Connection;
use crate::entrustment::{self, EntrustmentId};
use crate::error::Result;
use crate::sheet::{ColumnOf, Kind, Listed, day, moment};
use crate::web::Ctx;
use crate::web::paging::ListQuery;

/// The recipients of an entrustment as their page has them.
pub(super) struct List(EntrustmentId, ListQuery);

/// A recipient and the names of its items.
pub(super) type Row = (Recipient, String);

impl Listed for List {
    type Path = EntrustmentId;
    type Query = ListQuery;
    type Row = Row;
    const TITLE: &'static str = "recipient-list-title";

    fn asked(of: EntrustmentId, query: ListQuery) -> Self {
        Self(of, query)
    }

    fn cells() -> Vec<ColumnOf<Row>> {
        use Kind::{Date, Number, Text};
        vec![
            ("recipient-name", Text, |_, (row, _)| row.name.clone()),
            ("recipient-kind", Text, |ctx, (row, _)| {
                ctx.text(&format!("recipient-kind-{}", row.kind))
            }),
            ("recipient-address", Text, |_, (row, _)| row.address.clone()),
            ("recipient-purpose", Text, |_, (row, _)| row.purpose.clone()),
            ("recipient-items", Text, |_, (_, items)| items.clone()),
            ("recipient-persons-limit", Number, |_, (row, _)| {
                row.persons_limit.map(|limit| limit.to_string()).unwrap_or_default()
            }),
            ("recipient-until-on", Date, |_, (row, _)| day(row.until_on)),
            ("recipient-status", Text, |ctx, (row, _)| {
                ctx.text(&format!("recipient-status-{}", row.status))
            }),
            ("recipient-reason", Text, |_, (row, _)| row.reason.clone()),
            ("recipient-proposed-by", Text, |_, (row, _)| row.proposed_by_name.clone()),
            ("recipient-decided-by", Text, |_, (row, _)| row.decided_by_name.clone()),
            ("recipient-decided-at", Text, |_, (row, _)| moment(row.decided_at)),
        ]
    }

    fn all(&self, connection: &mut Connection, ctx: &Ctx) -> Result<Vec<Row>> {
        let of = entrustment::find(connection, &ctx.actor, self.0)?;
        let items = entrustment::items_ever(connection, &of)?;
        let between = ctx.text("sheet-separator");
        let row = |recipient: Recipient| {
            let own = items.iter().filter(|item| recipient.items.0.contains(&item.id));
            let names: Vec<&str> = own.map(|item| item.name.as_str()).collect();
            let names = if names.is_empty() {
                ctx.text("recipient-items-all")
            } else {
                names.join(&between)
            };
            (recipient, names)
        };
        Ok(store::whole(connection, &of, &self.1)?.into_iter().map(row).collect())
    }
}
