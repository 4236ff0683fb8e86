//! The duty of a year and an entrustment's inspections as files.

use super::model::Inspection;
use super::store::{
    self,
    duty::{self, DutyRow, Key},
};
use super::views;
use crate::database::Connection;
use crate::entrustment::{self, EntrustmentId};
use crate::error::Result;
use crate::japanese::{FiscalYear, jst_date};
use crate::sheet::{Column, ColumnOf, Kind, ListRows, Listed, day, moment};
use crate::web::Ctx;
use crate::web::paging::ListQuery;

/// The entrustments in force in a fiscal year, with their inspections.
pub(super) struct Duty(ListQuery);

impl Duty {
    fn year(&self, ctx: &Ctx) -> FiscalYear {
        self.0.year.parse().map_or_else(|_| FiscalYear::of(jst_date(ctx.now)), FiscalYear)
    }

    fn cells() -> Vec<ColumnOf<DutyRow>> {
        use Kind::{Code, Date, Text};
        vec![
            ("entrustment-number", Code, |_, row| row.number.clone()),
            ("entrustment-title", Text, |_, row| row.title.clone()),
            ("entrustment-contractor", Text, |_, row| row.contractor.clone()),
            ("entrustment-division", Text, |_, row| row.division.clone()),
            ("entrustment-ends-on", Date, |_, row| row.ends_on.to_string()),
            ("inspection-standing", Text, |ctx, row| {
                views::standing(ctx.language, row.standing()).label
            }),
            ("inspection-planned-on", Date, |_, row| {
                day(row.inspection.as_ref().map(|brief| brief.planned_on))
            }),
            ("inspection-held-at", Text, |_, row| {
                moment(row.inspection.as_ref().and_then(|brief| brief.held_at))
            }),
            ("inspection-overall", Text, |ctx, row| {
                let overall = row.inspection.as_ref().map(|brief| brief.result);
                overall
                    .and_then(|o| views::overall(ctx.language, o))
                    .map_or_else(String::new, |m| m.label)
            }),
        ]
    }
}

impl ListRows for Duty {
    type Path = ();
    type Query = ListQuery;
    type Id = Key;
    const TITLE: &'static str = "inspection-duty-title";

    fn asked((): (), query: ListQuery) -> Self {
        Self(query)
    }

    fn columns(&self, ctx: &Ctx) -> Vec<Column> {
        let column = |(key, kind, _): &ColumnOf<DutyRow>| Column::new(ctx.text(key), *kind);
        Self::cells().iter().map(column).collect()
    }

    fn ids(&self, connection: &mut Connection, ctx: &Ctx) -> Result<Vec<Key>> {
        duty::all_keys(connection, ctx.member()?, &self.0, self.year(ctx))
    }

    fn rows(
        &self,
        connection: &mut Connection,
        ctx: &Ctx,
        keys: &[Key],
    ) -> Result<Vec<Vec<String>>> {
        let cells = Self::cells();
        let said = |row| cells.iter().map(|(_, _, cell)| cell(ctx, row)).collect();
        Ok(duty::by_keys(connection, keys, self.year(ctx))?.iter().map(said).collect())
    }
}

/// The inspections of an entrustment.
pub(super) struct OfEntrustment(EntrustmentId);

impl Listed for OfEntrustment {
    type Path = EntrustmentId;
    type Query = ListQuery;
    type Row = Inspection;
    const TITLE: &'static str = "inspection-of-title";

    fn asked(of: EntrustmentId, _: ListQuery) -> Self {
        Self(of)
    }

    fn cells() -> Vec<ColumnOf<Inspection>> {
        use Kind::{Date, Text};
        vec![
            ("entrustment-fiscal-year", Text, |ctx, row| {
                views::year(ctx.language, row.fiscal_year)
            }),
            ("inspection-planned-on", Date, |_, row| row.planned_on.to_string()),
            ("inspection-held-at", Text, |_, row| moment(row.held_at)),
            ("inspection-method", Text, |ctx, row| {
                ctx.text(&format!("inspection-method-{}", row.method))
            }),
            ("inspection-method-reason", Text, |_, row| row.method_reason.clone()),
            ("inspection-inspector", Text, |_, row| row.inspector.clone()),
            ("inspection-attendant", Text, |_, row| row.attendant.clone()),
            ("inspection-seen", Text, |_, row| row.seen.clone()),
            ("inspection-status", Text, |ctx, row| {
                ctx.text(&format!("inspection-status-{}", row.status))
            }),
            ("inspection-overall", Text, |ctx, row| {
                views::overall(ctx.language, row.result).map_or_else(String::new, |mark| mark.label)
            }),
            ("inspection-comment", Text, |_, row| row.comment.clone()),
            ("inspection-mend-by", Date, |_, row| day(row.mend_by)),
            ("inspection-answer", Text, |_, row| row.answer.clone()),
        ]
    }

    fn all(&self, connection: &mut Connection, ctx: &Ctx) -> Result<Vec<Inspection>> {
        let of = entrustment::find(connection, &ctx.actor, self.0)?;
        store::all(connection, &of)
    }
}
