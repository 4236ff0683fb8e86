//! The roster as a file.

use chrono::NaiveDate;

use super::model::Handler;
use super::roster_store as store;
use crate::database::Connection;
use crate::entrustment::{self, EntrustmentId};
use crate::error::Result;
use crate::finding;
use crate::sheet::{ColumnOf, Kind, Listed, day};
use crate::web::Ctx;
use crate::web::paging::ListQuery;

/// The roster of an entrustment as its page has it.
pub(super) struct Roster(EntrustmentId, ListQuery);

/// A handler, the last training, and the open findings.
pub(super) struct Row {
    handler: Handler,
    trained_on: Option<NaiveDate>,
    findings: i64,
}

impl Listed for Roster {
    type Path = EntrustmentId;
    type Query = ListQuery;
    type Row = Row;
    const TITLE: &'static str = "handler-list-title";

    fn asked(of: EntrustmentId, query: ListQuery) -> Self {
        Self(of, query)
    }

    fn cells() -> Vec<ColumnOf<Row>> {
        use Kind::{Date, Number, Text};
        vec![
            ("handler-name", Text, |_, row| row.handler.name.clone()),
            ("handler-name-kana", Text, |_, row| row.handler.name_kana.clone()),
            ("handler-email", Text, |_, row| row.handler.email.clone()),
            ("handler-duty", Text, |ctx, row| {
                ctx.text(&format!("handler-duty-{}", row.handler.duty))
            }),
            ("handler-temporary", Text, |ctx, row| {
                let yes = row.handler.temporary;
                if yes { ctx.text("import-answer-yes") } else { String::new() }
            }),
            ("handler-starts-on", Date, |_, row| row.handler.starts_on.to_string()),
            ("handler-ends-on", Date, |_, row| day(row.handler.ends_on)),
            ("handler-pledged-on", Date, |_, row| day(row.handler.pledged_on)),
            ("handler-last-training", Date, |_, row| day(row.trained_on)),
            ("handler-returned-on", Date, |_, row| day(row.handler.returned_on)),
            ("handler-return-note", Text, |_, row| row.handler.return_note.clone()),
            ("handler-note", Text, |_, row| row.handler.note.clone()),
            ("registers-findings", Number, |_, row| row.findings.to_string()),
        ]
    }

    fn all(&self, connection: &mut Connection, ctx: &Ctx) -> Result<Vec<Row>> {
        let of = entrustment::find(connection, &ctx.actor, self.0)?;
        let findings = finding::open_by_subject(connection, &of, "handler")?;
        let found = store::whole(connection, &of, &self.1)?;
        let trained = store::last_trained(connection, &found)?;
        let row = |handler: Handler| Row {
            trained_on: trained.get(&handler.id).copied(),
            findings: findings.get(handler.id.as_str()).copied().unwrap_or(0),
            handler,
        };
        Ok(found.into_iter().map(row).collect())
    }
}
