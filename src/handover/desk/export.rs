//! The list as a file.

use super::store::{self, ListQuery, Row as Found};
use crate::database::Connection;
use crate::entrustment::{self, EntrustmentId};
use crate::error::Result;
use crate::handover::model::Handover;
use crate::handover::policy;
use crate::sheet::{ColumnOf, Kind, Listed, moment};
use crate::web::Ctx;

/// The hand-overs of an entrustment as their page has them.
pub(super) struct Register(EntrustmentId, ListQuery);

/// A hand-over with the names of its recipients and items.
pub(super) struct Row {
    handover: Handover,
    to: String,
    items: String,
}

impl Listed for Register {
    type Path = EntrustmentId;
    type Query = ListQuery;
    type Row = Row;
    const TITLE: &'static str = "handover-list-title";

    fn asked(of: EntrustmentId, query: ListQuery) -> Self {
        Self(of, query)
    }

    fn cells() -> Vec<ColumnOf<Row>> {
        use Kind::{Number, Text};
        vec![
            ("handover-number", Number, |_, row| row.handover.position.to_string()),
            ("handover-direction", Text, |ctx, row| {
                ctx.text(&format!("handover-direction-{}", row.handover.direction))
            }),
            ("handover-to", Text, |_, row| row.to.clone()),
            ("handover-purpose", Text, |_, row| row.handover.purpose.clone()),
            ("handover-items", Text, |_, row| row.items.clone()),
            ("handover-status", Text, |ctx, row| {
                ctx.text(&format!("handover-status-{}", row.handover.status))
            }),
            ("handover-proposed-by", Text, |_, row| row.handover.proposed_by_name.clone()),
            ("handover-proposed-at", Text, |_, row| moment(row.handover.proposed_at)),
            ("handover-decided-by", Text, |_, row| row.handover.decided_by_name.clone()),
            ("handover-decided-at", Text, |_, row| moment(row.handover.decided_at)),
            ("handover-sent-at", Text, |_, row| moment(row.handover.sent_at)),
            ("handover-valid-until", Text, |_, row| moment(row.handover.valid_until)),
            ("handover-recalled-at", Text, |_, row| moment(row.handover.recalled_at)),
        ]
    }

    fn all(&self, connection: &mut Connection, ctx: &Ctx) -> Result<Vec<Row>> {
        let of = entrustment::find(connection, &ctx.actor, self.0)?;
        let items = entrustment::items_ever(connection, &of)?;
        let between = ctx.text("sheet-separator");
        let row = |(handover, names): Found| {
            let own = items.iter().filter(|item| handover.items.0.contains(&item.id));
            let own: Vec<&str> = own.map(|item| item.name.as_str()).collect();
            Row { to: names.join(&between), items: own.join(&between), handover }
        };
        let found = store::whole(connection, &of, policy::eyes(&ctx.actor)?, &self.1)?;
        Ok(found.into_iter().map(row).collect())
    }
}
