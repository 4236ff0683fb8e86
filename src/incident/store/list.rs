//! The lists of incidents: of an organisation, and of one entrustment.
//!
//! The keys of a page are read from an index of incidents alone; what is said about their
//! entrustments is joined to the rows of the page.

use diesel::prelude::*;
use serde::Deserialize;

use crate::actor::{Member, OrganisationId};
use crate::clock::Timestamp;
use crate::database::Connection;
use crate::database::schema::{contractor, entrustment, incident as t};
use crate::entrustment::{self as entrustments, Entrustment, EntrustmentId};
use crate::error::Result;
use crate::incident::model::{IncidentId, IncidentKind, IncidentStatus};
use crate::web::Form;
use crate::web::paging::{ListQuery, PAGE_SIZE, Page};

/// What the address of a list of incidents asks for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::incident) struct IncidentQuery {
    /// Words, status, division, page and order.
    #[serde(flatten)]
    pub list: ListQuery,
    /// A kind to keep to.
    pub kind: String,
}

impl IncidentQuery {
    /// The filter's fields as the page shows them again.
    pub fn form(&self) -> Form {
        Form::from_pairs([
            ("q", &self.list.q),
            ("status", &self.list.status),
            ("division", &self.list.division),
            ("kind", &self.kind),
        ])
    }

    /// The part of it that is about entrustments.
    fn about_entrustments(&self) -> ListQuery {
        ListQuery {
            q: self.list.q.clone(),
            division: self.list.division.clone(),
            contractor: self.list.contractor.clone(),
            ..ListQuery::default()
        }
    }

    fn asks_about_entrustments(&self) -> bool {
        let list = &self.list;
        [&list.q, &list.division, &list.contractor].iter().any(|words| !words.trim().is_empty())
    }
}

/// A line of a list.
#[derive(Clone, Debug, Queryable)]
pub(in crate::incident) struct IncidentRow {
    pub tenant_id: OrganisationId,
    pub id: IncidentId,
    pub entrustment_id: EntrustmentId,
    pub position: i32,
    pub kind: IncidentKind,
    pub status: IncidentStatus,
    pub known_at: Timestamp,
    pub reported_at: Timestamp,
    pub persons: Option<i32>,
    pub number: String,
    pub entrustment: String,
    pub contractor: String,
}

/// An incident's key.
type Key = (OrganisationId, IncidentId);

/// Keeps to what the filter chose.
macro_rules! chosen {
    ($rows:expr, $query:expr) => {{
        let mut rows = $rows;
        if let Ok(status) = $query.list.status.parse::<IncidentStatus>() {
            rows = rows.filter(t::status.eq(status));
        }
        if let Ok(kind) = $query.kind.parse::<IncidentKind>() {
            rows = rows.filter(t::kind.eq(kind));
        }
        rows
    }};
}

/// How many rows fit, and the keys of those on the page, the newest first.
macro_rules! keys {
    ($connection:expr, $rows:expr, $query:expr) => {{
        let total: i64 = chosen!($rows, $query).count().get_result($connection)?;
        let rows = chosen!($rows, $query);
        let rows = match $query.list.sorting() {
            ("reported", false) => rows.order((t::reported_at.asc(), t::id.asc())),
            _ => rows.order((t::reported_at.desc(), t::id.desc())),
        };
        let keys: Vec<Key> = rows
            .select((t::tenant_id, t::id))
            .offset($query.list.offset())
            .limit(PAGE_SIZE)
            .load($connection)?;
        (total, keys)
    }};
}

/// What is under the entrustments that a query of theirs found.
macro_rules! under {
    ($entrustments:expr) => {
        $entrustments.inner_join(
            t::table.on(entrustment::tenant_id
                .eq(t::tenant_id)
                .and(entrustment::id.eq(t::entrustment_id))),
        )
    };
}

/// A page of the incidents that a member may see.
pub(in crate::incident) fn page(
    connection: &mut Connection,
    member: &Member,
    query: &IncidentQuery,
) -> Result<Page<IncidentRow>> {
    let (total, keys) = if entrustments::sees_all(member) && !query.asks_about_entrustments() {
        let tenant = member.organisation_id;
        keys!(connection, t::table.filter(t::tenant_id.eq(tenant)).into_boxed(), query)
    } else {
        let about = query.about_entrustments();
        keys!(connection, under!(entrustments::alone(member, &about)), query)
    };
    Ok(Page::new(by_keys(connection, &keys)?, total, &query.list, "reported"))
}

/// A page of the incidents of one entrustment.
pub(in crate::incident) fn page_of(
    connection: &mut Connection,
    of: &Entrustment,
    query: &IncidentQuery,
) -> Result<Page<IncidentRow>> {
    let own = || {
        t::table
            .filter(t::tenant_id.eq(of.tenant_id))
            .filter(t::entrustment_id.eq(of.id))
            .into_boxed()
    };
    let (total, keys) = keys!(connection, own(), query);
    Ok(Page::new(by_keys(connection, &keys)?, total, &query.list, "reported"))
}

/// The first few incidents of a status that a member may see, those first that wait longest.
pub(in crate::incident) fn waiting(
    connection: &mut Connection,
    member: &Member,
    status: IncidentStatus,
    most: i64,
) -> Result<Vec<IncidentRow>> {
    macro_rules! first {
        ($rows:expr) => {
            $rows
                .filter(t::status.eq(status))
                .order((t::reported_at.asc(), t::id.asc()))
                .limit(most)
                .select((t::tenant_id, t::id))
                .load(connection)?
        };
    }
    let keys: Vec<Key> = if entrustments::sees_all(member) {
        first!(t::table.filter(t::tenant_id.eq(member.organisation_id)).into_boxed())
    } else {
        first!(under!(entrustments::alone(member, &ListQuery::default())))
    };
    by_keys(connection, &keys)
}

/// The rows of these keys, in their order.
fn by_keys(connection: &mut Connection, keys: &[Key]) -> Result<Vec<IncidentRow>> {
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    let (mut tenants, ids): (Vec<_>, Vec<_>) = keys.iter().copied().unzip();
    tenants.sort_unstable();
    tenants.dedup();
    let mut found: Vec<IncidentRow> =
        t::table
            .inner_join(entrustment::table.on(
                entrustment::tenant_id.eq(t::tenant_id).and(entrustment::id.eq(t::entrustment_id)),
            ))
            .inner_join(
                contractor::table.on(contractor::tenant_id
                    .eq(entrustment::tenant_id)
                    .and(contractor::id.eq(entrustment::contractor_id))),
            )
            .filter(t::tenant_id.eq_any(tenants))
            .filter(t::id.eq_any(ids.clone()))
            .select((
                t::tenant_id,
                t::id,
                t::entrustment_id,
                t::position,
                t::kind,
                t::status,
                t::known_at,
                t::reported_at,
                t::persons,
                entrustment::number,
                entrustment::title,
                contractor::name,
            ))
            .load(connection)?;
    found.sort_by_key(|row| ids.iter().position(|id| *id == row.id));
    Ok(found)
}
