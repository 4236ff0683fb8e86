//! The list of entrustments for programs (docs/api.md).

use std::collections::HashMap;

use actix_web::HttpResponse;
use actix_web::web::Query;
use chrono::NaiveDate;
use serde::Serialize;

use super::items::ItemMark;
use super::model::{Entrustment, EntrustmentId, EntrustmentStatus};
use super::store;
use crate::actor::{ApiScope, OrganisationId};
use crate::database::Connection;
use crate::error::Result;
use crate::organisation;
use crate::web::paging::{ListQuery, Page, Paging};
use crate::web::{Access, Ctx, Route};

pub(super) fn routes() -> Vec<Route> {
    vec![Route::get("/api/entrustments", Access::Token(ApiScope::ReadEntrustments), index).costly()]
}

/// An entrustment as programs read it: what the list as a file has.
#[derive(Serialize)]
struct Told {
    id: EntrustmentId,
    number: String,
    title: String,
    principal: String,
    contractor: String,
    division: String,
    purpose: String,
    fiscal_year: i32,
    starts_on: NaiveDate,
    ends_on: NaiveDate,
    erase_by: NaiveDate,
    persons: i64,
    items: Vec<Item>,
    handover_way: String,
    status: EntrustmentStatus,
    /// The principal's own remarks: for nobody else.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

#[derive(Serialize)]
struct Item {
    name: String,
    mark: ItemMark,
}

#[derive(Serialize)]
struct Answer {
    entrustments: Vec<Told>,
    paging: Paging,
}

/// A page of what the organisation may see, filtered and sorted as the list.
async fn index(ctx: Ctx, query: Query<ListQuery>) -> Result<HttpResponse> {
    let query = query.into_inner();
    let answer = ctx
        .read(move |c, ctx| {
            let page = store::page(c, ctx.viewer()?, &query)?;
            Ok(Answer { entrustments: told(c, ctx, &page)?, paging: page.paging })
        })
        .await?;
    Ok(HttpResponse::Ok().json(answer))
}

/// The rows of a page with all their fields, in the page's order.
fn told(c: &mut Connection, ctx: &Ctx, page: &Page<store::Summary>) -> Result<Vec<Told>> {
    let viewer = ctx.viewer()?;
    let ids: Vec<EntrustmentId> = page.rows.iter().map(|row| row.id).collect();
    let tenants: Vec<OrganisationId> = page.rows.iter().map(|row| row.tenant_id).collect();
    let principals = organisation::find_many_names(c, &tenants)?;
    let mut items: HashMap<EntrustmentId, Vec<Item>> = HashMap::new();
    for (id, name, mark) in store::items_of(c, &ids)? {
        items.entry(id).or_default().push(Item { name, mark });
    }
    let named = store::with_names(c, viewer, &ids)?;
    let mut told: Vec<Told> = named
        .into_iter()
        .map(|(row, contractor, division)| {
            let principal = principals.get(&row.tenant_id).cloned().unwrap_or_default();
            let items = items.remove(&row.id).unwrap_or_default();
            let note = viewer.role.is_principal().then(|| row.note.clone());
            one(row, [principal, contractor, division], items, note)
        })
        .collect();
    told.sort_by_key(|row| ids.iter().position(|id| *id == row.id));
    Ok(told)
}

fn one(
    row: Entrustment,
    [principal, contractor, division]: [String; 3],
    items: Vec<Item>,
    note: Option<String>,
) -> Told {
    Told {
        id: row.id,
        number: row.number,
        title: row.title,
        principal,
        contractor,
        division,
        purpose: row.purpose,
        fiscal_year: row.fiscal_year,
        starts_on: row.starts_on,
        ends_on: row.ends_on,
        erase_by: row.erase_by,
        persons: row.persons,
        items,
        handover_way: row.handover_way,
        status: row.status,
        note,
    }
}
