//! The list of an entrustment's hand-overs, as far as the reader sees them.

use std::collections::HashMap;

use diesel::prelude::*;
use serde::Deserialize;

use crate::actor::OrganisationId;
use crate::database::schema::{handover as t, handover_delivery as d};
use crate::database::{Backend, Connection, MOST_ROWS};
use crate::entrustment::Entrustment;
use crate::error::Result;
use crate::handover::model::{Direction, Handover, HandoverId, HandoverStatus};
use crate::handover::policy::Eyes;
use crate::rulebook::Party;
use crate::web::paging::{self, PAGE_SIZE, Page};
use crate::web::{Form, Language};

/// What the address of the list asks for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::handover::desk) struct ListQuery {
    pub sort: String,
    pub page: String,
    /// A status to keep to.
    pub status: String,
    /// A direction to keep to.
    pub direction: String,
}

impl ListQuery {
    /// The same for paging: the latest first, unless asked otherwise.
    fn paging(&self) -> paging::ListQuery {
        let sort = if self.sort.is_empty() { "-position" } else { &self.sort };
        paging::ListQuery {
            sort: sort.to_owned(),
            page: self.page.clone(),
            ..paging::ListQuery::default()
        }
    }
}

/// A hand-over and the names of its recipients.
pub(in crate::handover::desk) type Row = (Handover, Vec<String>);

type Rows<'a> = t::BoxedQuery<'a, Backend>;

/// What the reader sees of an entrustment's hand-overs (`policy::see` says the same of one).
fn seen<'a>(entrustment: &Entrustment, eyes: Eyes) -> Rows<'a> {
    let rows = t::table
        .filter(t::tenant_id.eq(entrustment.tenant_id))
        .filter(t::entrustment_id.eq(entrustment.id))
        .into_boxed();
    let sent = t::sent_at.is_not_null();
    match (eyes.side, eyes.early) {
        (Party::Principal, true) => rows.filter(
            t::sender
                .eq(Party::Principal)
                .or(sent)
                .or(t::status.eq(HandoverStatus::Proposed))
                .or(t::status.eq(HandoverStatus::Approved)),
        ),
        (Party::Principal, false) => rows.filter(t::sender.eq(Party::Principal).or(sent)),
        _ => rows.filter(
            t::sender.eq(Party::Contractor).or(sent.and(t::direction.eq(Direction::ToContractor))),
        ),
    }
}

fn chosen<'a>(entrustment: &Entrustment, eyes: Eyes, query: &ListQuery) -> Rows<'a> {
    let mut rows = seen(entrustment, eyes);
    if let Ok(status) = query.status.parse::<HandoverStatus>() {
        rows = rows.filter(t::status.eq(status));
    }
    if let Ok(direction) = query.direction.parse::<Direction>() {
        rows = rows.filter(t::direction.eq(direction));
    }
    rows
}

fn sorted<'a>(entrustment: &Entrustment, eyes: Eyes, query: &ListQuery) -> Rows<'a> {
    let rows = chosen(entrustment, eyes, query);
    match query.paging().sorting() {
        ("sent_at", false) => rows.order((t::sent_at.asc(), t::position.asc(), t::id.asc())),
        ("sent_at", true) => rows.order((t::sent_at.desc(), t::position.desc(), t::id.desc())),
        (_, false) => rows.order((t::position.asc(), t::id.asc())),
        (_, true) => rows.order((t::position.desc(), t::id.desc())),
    }
}

/// A page of the hand-overs.
pub(in crate::handover::desk) fn page(
    connection: &mut Connection,
    entrustment: &Entrustment,
    eyes: Eyes,
    query: &ListQuery,
) -> Result<Page<Row>> {
    let asked = query.paging();
    let total = chosen(entrustment, eyes, query).count().get_result(connection)?;
    let found = sorted(entrustment, eyes, query)
        .offset(asked.offset())
        .limit(PAGE_SIZE)
        .select(Handover::as_select())
        .load(connection)?;
    let found = named(connection, entrustment.tenant_id, found)?;
    let mut page = Page::new(found, total, &asked, "position");
    let filter = [("status", &query.status), ("direction", &query.direction)];
    page.form =
        Form::from_pairs(filter.map(|(name, value)| (name, value.as_str()))).view(Language::Ja);
    Ok(page)
}

/// All hand-overs that fit the filter of the page, in its order.
pub(in crate::handover::desk) fn whole(
    connection: &mut Connection,
    entrustment: &Entrustment,
    eyes: Eyes,
    query: &ListQuery,
) -> Result<Vec<Row>> {
    let found = sorted(entrustment, eyes, query).select(Handover::as_select()).load(connection)?;
    named(connection, entrustment.tenant_id, found)
}

/// The latest `most` that the reader sees.
pub(in crate::handover::desk) fn latest(
    connection: &mut Connection,
    entrustment: &Entrustment,
    eyes: Eyes,
    most: i64,
) -> Result<Vec<Row>> {
    let found = seen(entrustment, eyes)
        .order((t::position.desc(), t::id.desc()))
        .limit(most)
        .select(Handover::as_select())
        .load(connection)?;
    named(connection, entrustment.tenant_id, found)
}

/// How many wait for a decision, of those that the reader sees.
pub(in crate::handover::desk) fn waiting(
    connection: &mut Connection,
    entrustment: &Entrustment,
    eyes: Eyes,
) -> Result<i64> {
    let rows = seen(entrustment, eyes).filter(t::status.eq(HandoverStatus::Proposed));
    Ok(rows.count().get_result(connection)?)
}

/// The hand-overs with the names of their recipients, in one query more.
fn named(
    connection: &mut Connection,
    tenant: OrganisationId,
    found: Vec<Handover>,
) -> Result<Vec<Row>> {
    let mut names: HashMap<HandoverId, Vec<String>> = HashMap::new();
    for some in found.chunks(MOST_ROWS) {
        let ids: Vec<HandoverId> = some.iter().map(|handover| handover.id).collect();
        let rows: Vec<(HandoverId, String)> = d::table
            .filter(d::tenant_id.eq(tenant))
            .filter(d::handover_id.eq_any(ids))
            .order((d::handover_id.asc(), d::position.asc(), d::id.asc()))
            .select((d::handover_id, d::name))
            .load(connection)?;
        for (id, name) in rows {
            names.entry(id).or_default().push(name);
        }
    }
    let row = |handover: Handover| {
        let names = names.remove(&handover.id).unwrap_or_default();
        (handover, names)
    };
    Ok(found.into_iter().map(row).collect())
}
