//! The list of entrustments as a file.

use std::collections::HashMap;

use super::items::ItemMark;
use super::model::{Entrustment, EntrustmentId};
use super::store;
use crate::actor::OrganisationId;
use crate::database::Connection;
use crate::error::Result;
use crate::japanese::FiscalYear;
use crate::organisation;
use crate::sheet::{Column, Kind, ListRows};
use crate::web::Ctx;
use crate::web::paging::ListQuery;

/// The list as its page has it, for either side.
pub(super) struct List(ListQuery);

impl ListRows for List {
    type Path = ();
    type Query = ListQuery;
    type Id = EntrustmentId;
    const TITLE: &'static str = "entrustment-list-title";

    fn asked((): (), query: ListQuery) -> Self {
        Self(query)
    }

    fn columns(&self, ctx: &Ctx) -> Vec<Column> {
        use Kind::{Code, Date, Number, Text};
        let mut columns = vec![
            ("entrustment-number", Code),
            ("entrustment-title", Text),
            ("entrustment-principal", Text),
            ("entrustment-contractor", Text),
            ("entrustment-division", Text),
            ("entrustment-purpose", Text),
            ("entrustment-fiscal-year", Text),
            ("entrustment-starts-on", Date),
            ("entrustment-ends-on", Date),
            ("entrustment-erase-by", Date),
            ("entrustment-persons", Number),
            ("entrustment-items", Text),
            ("mark-sensitive", Text),
            ("mark-ordinance_sensitive", Text),
            ("mark-my_number", Text),
            ("entrustment-handover-way", Text),
            ("entrustment-status", Text),
        ];
        if is_principal(ctx) {
            columns.push(("entrustment-note", Text));
        }
        columns.into_iter().map(|(key, kind)| Column::new(ctx.text(key), kind)).collect()
    }

    fn ids(&self, connection: &mut Connection, ctx: &Ctx) -> Result<Vec<EntrustmentId>> {
        store::all_ids(connection, ctx.member()?, &self.0)
    }

    fn rows(
        &self,
        connection: &mut Connection,
        ctx: &Ctx,
        ids: &[EntrustmentId],
    ) -> Result<Vec<Vec<String>>> {
        let rows = store::with_names(connection, ctx.member()?, ids)?;
        let tenants: Vec<OrganisationId> = rows.iter().map(|(row, ..)| row.tenant_id).collect();
        let principals = organisation::find_many_names(connection, &tenants)?;
        let mut items: HashMap<EntrustmentId, Vec<(String, ItemMark)>> = HashMap::new();
        for (id, name, mark) in store::items_of(connection, ids)? {
            items.entry(id).or_default().push((name, mark));
        }
        let mut rows: HashMap<EntrustmentId, _> =
            rows.into_iter().map(|row| (row.0.id, row)).collect();
        Ok(ids
            .iter()
            .filter_map(|id| rows.remove(id))
            .map(|(row, contractor, division)| {
                let principal = principals.get(&row.tenant_id).cloned().unwrap_or_default();
                let items = items.remove(&row.id).unwrap_or_default();
                cells(ctx, row, [principal, contractor, division], &items)
            })
            .collect())
    }
}

fn is_principal(ctx: &Ctx) -> bool {
    ctx.actor.member().is_some_and(|member| member.role.is_principal())
}

fn cells(
    ctx: &Ctx,
    row: Entrustment,
    [principal, contractor, division]: [String; 3],
    items: &[(String, ItemMark)],
) -> Vec<String> {
    let marked = |wanted: ItemMark| {
        let names = items.iter().filter(|(_, mark)| *mark == wanted).map(|(name, _)| name.as_str());
        names.collect::<Vec<_>>().join(&ctx.text("sheet-separator"))
    };
    let mut cells = vec![
        row.number,
        row.title,
        principal,
        contractor,
        division,
        row.purpose,
        FiscalYear(row.fiscal_year).era_label(),
        row.starts_on.to_string(),
        row.ends_on.to_string(),
        row.erase_by.to_string(),
        row.persons.to_string(),
        marked(ItemMark::None),
        marked(ItemMark::Sensitive),
        marked(ItemMark::OrdinanceSensitive),
        marked(ItemMark::MyNumber),
        row.handover_way,
        ctx.text(&format!("entrustment-status-{}", row.status)),
    ];
    if is_principal(ctx) {
        cells.push(row.note);
    }
    cells
}
