//! The list of a figure as a file.

use super::model::Days60;
use super::store::{self, Row};
use super::web::ShowQuery;
use crate::database::Connection;
use crate::entrustment::EntrustmentId;
use crate::error::Result;
use crate::japanese::jst_date;
use crate::sheet::{Column, ColumnOf, Kind, ListRows};
use crate::web::Ctx;

/// The entrustments that a figure counts.
pub(super) struct List(ShowQuery);

fn cells() -> Vec<ColumnOf<Row>> {
    use Kind::{Code, Date, Number, Text};
    vec![
        ("entrustment-number", Code, |_, (_, number, ..)| number.clone()),
        ("entrustment-title", Text, |_, (_, _, title, ..)| title.clone()),
        ("entrustment-contractor", Text, |_, (.., contractor, _, _)| contractor.clone()),
        ("entrustment-persons", Number, |_, (.., persons)| persons.to_string()),
        ("entrustment-ends-on", Date, |_, (.., ends_on, _)| ends_on.to_string()),
    ]
}

impl ListRows for List {
    type Path = ();
    type Query = ShowQuery;
    type Id = EntrustmentId;
    const TITLE: &'static str = "entrustment-list-title";

    fn asked((): (), query: ShowQuery) -> Self {
        Self(query)
    }

    fn columns(&self, ctx: &Ctx) -> Vec<Column> {
        let column = |(key, kind, _): &ColumnOf<Row>| Column::new(ctx.text(key), *kind);
        cells().iter().map(column).collect()
    }

    fn ids(&self, connection: &mut Connection, ctx: &Ctx) -> Result<Vec<EntrustmentId>> {
        let days = Days60::from(jst_date(ctx.now));
        store::ids(connection, ctx.member()?, &self.0.chosen()?, days)
    }

    fn rows(
        &self,
        connection: &mut Connection,
        ctx: &Ctx,
        ids: &[EntrustmentId],
    ) -> Result<Vec<Vec<String>>> {
        let cells = cells();
        let said = |row| cells.iter().map(|(_, _, cell)| cell(ctx, row)).collect();
        Ok(store::rows(connection, ctx.member()?, ids)?.iter().map(said).collect())
    }
}
