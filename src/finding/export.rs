//! The lists as files: of all that the member may see, and of one entrustment.

use serde::Deserialize;

use super::store::list::{self, FindingQuery, Key, Whole};
use crate::database::Connection;
use crate::entrustment::{self, EntrustmentId};
use crate::error::Result;
use crate::japanese::jst_date;
use crate::sheet::{Column, ColumnOf, Kind, ListRows, day, moment};
use crate::web::Ctx;

/// The columns of a finding.
fn cells() -> Vec<ColumnOf<Whole>> {
    use Kind::{Code, Date, Number, Text};
    vec![
        ("entrustment-number", Code, |_, (_, number, ..)| number.clone()),
        ("finding-entrustment", Text, |_, (_, _, title, _)| title.clone()),
        ("entrustment-contractor", Text, |_, (.., contractor)| contractor.clone()),
        ("finding-number", Number, |_, (row, ..)| row.position.to_string()),
        ("finding-title", Text, |ctx, (row, ..)| row.heading(ctx.language)),
        ("finding-detail", Text, |ctx, (row, ..)| row.detail(ctx.language)),
        ("finding-severity", Text, |ctx, (row, ..)| {
            ctx.text(&format!("severity-{}", row.severity))
        }),
        ("finding-source", Text, |ctx, (row, ..)| {
            ctx.text(&format!("finding-source-{}", row.source))
        }),
        ("finding-status", Text, |ctx, (row, ..)| {
            ctx.text(&format!("finding-status-{}", row.status))
        }),
        ("finding-due-on", Date, |_, (row, ..)| row.due_on.to_string()),
        ("finding-owner-name", Text, |_, (row, ..)| row.owner_name.clone()),
        ("finding-reason-claimed", Text, |_, (row, ..)| row.reason.clone()),
        ("finding-root-cause", Text, |_, (row, ..)| row.root_cause.clone()),
        ("finding-action", Text, |_, (row, ..)| row.action.clone()),
        ("finding-action-on", Date, |_, (row, ..)| day(row.action_on)),
        ("finding-answered-by", Text, |_, (row, ..)| row.answered_by_name.clone()),
        ("finding-mended-at", Text, |_, (row, ..)| moment(row.mended_at)),
        ("finding-raised-at", Text, |_, (row, ..)| moment(Some(row.raised_at))),
        ("finding-closed-at", Text, |_, (row, ..)| moment(row.closed_at)),
    ]
}

/// The findings that the member may see, or those of one entrustment.
pub(super) struct List(Of, FindingQuery);

/// What the address names.
#[derive(Deserialize)]
pub(super) struct Of {
    /// The entrustment; nothing on the list of all.
    #[serde(default)]
    id: Option<EntrustmentId>,
}

impl ListRows for List {
    type Path = Of;
    type Query = FindingQuery;
    type Id = Key;
    const TITLE: &'static str = "finding-list-title";

    fn asked(of: Of, query: FindingQuery) -> Self {
        Self(of, query)
    }

    fn columns(&self, ctx: &Ctx) -> Vec<Column> {
        let column = |(key, kind, _): &ColumnOf<Whole>| Column::new(ctx.text(key), *kind);
        cells().iter().map(column).collect()
    }

    fn ids(&self, connection: &mut Connection, ctx: &Ctx) -> Result<Vec<Key>> {
        let of = match self.0.id {
            Some(id) => Some(entrustment::find(connection, &ctx.actor, id)?),
            None => None,
        };
        list::all_keys(connection, ctx.member()?, of.as_ref(), &self.1, jst_date(ctx.now))
    }

    fn rows(
        &self,
        connection: &mut Connection,
        ctx: &Ctx,
        keys: &[Key],
    ) -> Result<Vec<Vec<String>>> {
        let cells = cells();
        let said = |row| cells.iter().map(|(_, _, cell)| cell(ctx, row)).collect();
        Ok(list::whole(connection, keys)?.iter().map(said).collect())
    }
}
