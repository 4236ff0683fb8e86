//! The list as a file.

use super::store::{self, EventQuery, EventRow};
use super::views::Line;
use crate::database::Connection;
use crate::error::Result;
use crate::sheet::{Column, ColumnOf, Kind, ListRows, moment};
use crate::web::Ctx;

/// The events of the member's organisation that fit the filter.
pub(super) struct List(EventQuery);

fn cells() -> Vec<ColumnOf<(EventRow, Line)>> {
    use Kind::{Code, Text};
    vec![
        ("event-at", Text, |_, (row, _)| moment(Some(row.at))),
        ("event-kind", Text, |_, (_, line)| line.what.clone()),
        ("event-outcome", Text, |ctx, (row, _)| {
            ctx.text(&format!("event-outcome-{}", row.outcome))
        }),
        ("event-who", Text, |_, (_, line)| line.who.clone()),
        ("event-organisation", Text, |_, (row, _)| row.organisation_name.clone()),
        ("event-address", Code, |_, (row, _)| row.address.clone()),
        ("event-device", Text, |_, (row, _)| row.device.clone()),
        ("event-subject", Text, |_, (_, line)| line.subject.clone()),
        ("event-more", Text, |ctx, (_, line)| line.more.join(&ctx.text("event-separator"))),
        ("event-subject-id", Code, |_, (row, _)| row.subject_id.clone()),
        ("event-session", Code, |_, (row, _)| row.session.clone()),
        ("event-request", Code, |_, (row, _)| row.request.clone()),
        ("event-account", Code, |_, (row, _)| row.account.clone()),
    ]
}

impl ListRows for List {
    type Path = ();
    type Query = EventQuery;
    type Id = String;
    const TITLE: &'static str = "event-list-title";

    fn asked((): (), query: EventQuery) -> Self {
        Self(query)
    }

    fn columns(&self, ctx: &Ctx) -> Vec<Column> {
        cells().iter().map(|(key, kind, _)| Column::new(ctx.text(key), *kind)).collect()
    }

    fn ids(&self, connection: &mut Connection, ctx: &Ctx) -> Result<Vec<String>> {
        store::ids(connection, ctx.organisation_id()?, &self.0)
    }

    fn rows(
        &self,
        connection: &mut Connection,
        ctx: &Ctx,
        ids: &[String],
    ) -> Result<Vec<Vec<String>>> {
        let cells = cells();
        let said = |row: EventRow| {
            let line = Line::of(ctx.language, &row);
            let row = (row, line);
            cells.iter().map(|(_, _, cell)| cell(ctx, &row)).collect()
        };
        Ok(store::by_ids(connection, ctx.organisation_id()?, ids)?.into_iter().map(said).collect())
    }
}
