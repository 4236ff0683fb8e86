//! The list of an entrustment's transmissions.

use diesel::prelude::*;
use serde::Deserialize;

use crate::database::schema::transmission as t;
use crate::database::{Backend, Connection};
use crate::entrustment::Entrustment;
use crate::entrustment::rules::Way;
use crate::error::Result;
use crate::rulebook::Party;
use crate::transmission::model::{Confirmation, Transmission};
use crate::web::paging::{self, PAGE_SIZE, Page};
use crate::web::{Form, Language};

/// What the address of the list asks for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::transmission) struct ListQuery {
    pub sort: String,
    pub page: String,
    /// A way to keep to.
    pub way: String,
    /// A confirmation to keep to.
    pub confirmation: String,
    /// A party that sent or received.
    pub party: String,
}

impl ListQuery {
    /// The same for paging: the latest first, unless asked otherwise.
    fn paging(&self) -> paging::ListQuery {
        let sort = if self.sort.is_empty() { "-sent_at" } else { &self.sort };
        paging::ListQuery {
            sort: sort.to_owned(),
            page: self.page.clone(),
            ..paging::ListQuery::default()
        }
    }
}

/// A page of the transmissions.
pub(in crate::transmission) fn page(
    connection: &mut Connection,
    entrustment: &Entrustment,
    query: &ListQuery,
) -> Result<Page<Transmission>> {
    let asked = query.paging();
    let total = rows(entrustment, query).count().get_result(connection)?;
    let sorted = match asked.sorting() {
        (_, false) => rows(entrustment, query).order((t::sent_at.asc(), t::id.asc())),
        (_, true) => rows(entrustment, query).order((t::sent_at.desc(), t::id.desc())),
    };
    let found = sorted
        .offset(asked.offset())
        .limit(PAGE_SIZE)
        .select(Transmission::as_select())
        .load(connection)?;
    let mut page = Page::new(found, total, &asked, "sent_at");
    let filter =
        [("way", &query.way), ("confirmation", &query.confirmation), ("party", &query.party)];
    page.form =
        Form::from_pairs(filter.map(|(name, value)| (name, value.as_str()))).view(Language::Ja);
    Ok(page)
}

/// All transmissions that fit the filter of the page, in its order.
pub(in crate::transmission) fn whole(
    connection: &mut Connection,
    entrustment: &Entrustment,
    query: &ListQuery,
) -> Result<Vec<Transmission>> {
    let sorted = match query.paging().sorting() {
        (_, false) => rows(entrustment, query).order((t::sent_at.asc(), t::id.asc())),
        (_, true) => rows(entrustment, query).order((t::sent_at.desc(), t::id.desc())),
    };
    Ok(sorted.select(Transmission::as_select()).load(connection)?)
}

fn rows<'a>(entrustment: &Entrustment, query: &ListQuery) -> t::BoxedQuery<'a, Backend> {
    let mut rows = t::table
        .filter(t::tenant_id.eq(entrustment.tenant_id))
        .filter(t::entrustment_id.eq(entrustment.id))
        .into_boxed();
    if let Ok(way) = query.way.parse::<Way>() {
        rows = rows.filter(t::way.eq(way));
    }
    if let Ok(confirmation) = query.confirmation.parse::<Confirmation>() {
        rows = rows.filter(t::confirmation.eq(confirmation));
    }
    if let Ok(party) = query.party.parse::<Party>() {
        let received = format!("%\"party\":\"{party}\"%");
        rows = rows.filter(t::sender.eq(party).or(t::receivers.like(received)));
    }
    rows
}

/// How many transmissions an entrustment has, by confirmation.
pub(in crate::transmission) fn counts(
    connection: &mut Connection,
    entrustment: &Entrustment,
) -> Result<Vec<(Confirmation, i64)>> {
    Ok(t::table
        .filter(t::tenant_id.eq(entrustment.tenant_id))
        .filter(t::entrustment_id.eq(entrustment.id))
        .group_by(t::confirmation)
        .select((t::confirmation, diesel::dsl::count_star()))
        .load(connection)?)
}
