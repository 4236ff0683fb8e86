//! The list of an entrustment's holdings, and single ones.

use diesel::prelude::*;
use serde::Deserialize;

use super::model::{Holding, HoldingId, HoldingKind, HoldingStatus};
use crate::database::schema::{entrustment_ancestor, holding as t};
use crate::database::{Backend, Connection};
use crate::entrustment::Entrustment;
use crate::error::Result;
use crate::rulebook::HandlerId;
use crate::web::paging::{ListQuery, PAGE_SIZE};

/// What the address of the list asks for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct HoldingQuery {
    /// The page.
    pub page: String,
    /// The direction: by number, or `-number`.
    pub sort: String,
    /// A status to keep to.
    pub status: String,
    /// A country of storage to keep to.
    pub country: String,
    /// A kind to keep to.
    pub kind: String,
    /// A handler who has access.
    pub handler: String,
}

impl HoldingQuery {
    /// The part that every list has.
    pub fn list(&self) -> ListQuery {
        let (page, sort) = (self.page.clone(), self.sort.clone());
        ListQuery { page, sort, status: self.status.clone(), ..ListQuery::default() }
    }
}

fn filtered<'a>(entrustment: &Entrustment, query: &HoldingQuery) -> t::BoxedQuery<'a, Backend> {
    let mut rows = t::table
        .filter(t::tenant_id.eq(entrustment.tenant_id))
        .filter(t::entrustment_id.eq(entrustment.id))
        .into_boxed();
    if let Ok(status) = query.status.parse::<HoldingStatus>() {
        rows = rows.filter(t::status.eq(status));
    }
    if let Ok(kind) = query.kind.parse::<HoldingKind>() {
        rows = rows.filter(t::kind.eq(kind));
    }
    if !query.country.is_empty() {
        rows = rows.filter(t::country.eq(query.country.clone()));
    }
    // The column holds a list of ids as JSON; an id has no character that LIKE knows.
    if let Ok(handler) = query.handler.parse::<HandlerId>() {
        rows = rows.filter(t::handlers.like(format!("%{handler}%")));
    }
    rows
}

/// A page of an entrustment's holdings, and how many fit the filter in all.
pub(super) fn page(
    connection: &mut Connection,
    entrustment: &Entrustment,
    query: &HoldingQuery,
) -> Result<(Vec<Holding>, i64)> {
    let total = filtered(entrustment, query).count().get_result(connection)?;
    let list = query.list();
    let rows = filtered(entrustment, query).offset(list.offset()).limit(PAGE_SIZE);
    let rows = match list.sorting() {
        (_, true) => rows.order(t::position.desc()),
        (_, false) => rows.order(t::position.asc()),
    };
    Ok((rows.select(Holding::as_select()).load(connection)?, total))
}

/// All holdings of an entrustment that fit the filter of the page, in its order.
pub(super) fn whole(
    connection: &mut Connection,
    entrustment: &Entrustment,
    query: &HoldingQuery,
) -> Result<Vec<Holding>> {
    let rows = filtered(entrustment, query);
    let rows = match query.list().sorting() {
        (_, true) => rows.order(t::position.desc()),
        (_, false) => rows.order(t::position.asc()),
    };
    Ok(rows.select(Holding::as_select()).load(connection)?)
}

/// The countries in which holdings of an entrustment are.
pub(super) fn countries(
    connection: &mut Connection,
    entrustment: &Entrustment,
) -> Result<Vec<String>> {
    let mut countries: Vec<String> = t::table
        .filter(t::tenant_id.eq(entrustment.tenant_id))
        .filter(t::entrustment_id.eq(entrustment.id))
        .select(t::country)
        .distinct()
        .load(connection)?;
    countries.retain(|code| !code.is_empty());
    countries.sort();
    Ok(countries)
}

/// One holding of an entrustment.
///
/// # Errors
/// [`crate::error::Error::NotFound`].
pub(super) fn find(
    connection: &mut Connection,
    entrustment: &Entrustment,
    id: HoldingId,
) -> Result<Holding> {
    Ok(t::table
        .find((entrustment.tenant_id, id))
        .filter(t::entrustment_id.eq(entrustment.id))
        .select(Holding::as_select())
        .first(connection)?)
}

/// The holdings that may take over the data of another: those held in the entrustment and below it.
pub(super) fn successors(connection: &mut Connection, holding: &Holding) -> Result<Vec<Holding>> {
    let below = entrustment_ancestor::table
        .filter(entrustment_ancestor::tenant_id.eq(holding.tenant_id))
        .filter(entrustment_ancestor::ancestor_id.eq(holding.entrustment_id))
        .select(entrustment_ancestor::entrustment_id);
    Ok(t::table
        .filter(t::tenant_id.eq(holding.tenant_id))
        .filter(t::entrustment_id.eq_any(below))
        .filter(t::status.eq(HoldingStatus::Open))
        .filter(t::id.ne(holding.id))
        .order((t::entrustment_id.asc(), t::position.asc()))
        .select(Holding::as_select())
        .load(connection)?)
}
