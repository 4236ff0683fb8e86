//! The lists of findings: of an organisation, and of one entrustment.
//!
//! The ids of a page are read from an index of findings alone; what is said about their
//! entrustments is joined to the rows of the page.

use chrono::NaiveDate;
use diesel::prelude::*;
use serde::Deserialize;

use crate::actor::{Member, OrganisationId};
use crate::database::Connection;
use crate::database::schema::{contractor, entrustment, finding as t};
use crate::database::types::Json;
use crate::entrustment::{self as entrustments, Entrustment, EntrustmentId};
use crate::error::Result;
use crate::finding::model::{English, FindingId, FindingStatus, Source};
use crate::rulebook::Severity;
use crate::web::Form;
use crate::web::paging::{ListQuery, PAGE_SIZE, Page};

/// What the address of a list of findings asks for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct FindingQuery {
    /// Words, status (`all` for the closed ones too), page and order.
    #[serde(flatten)]
    pub list: ListQuery,
    /// A severity to keep to.
    pub severity: String,
    /// A source to keep to.
    pub source: String,
    /// Whether to keep to what is overdue.
    pub overdue: String,
}

impl FindingQuery {
    /// The filter's fields as the page shows them again.
    pub(in crate::finding) fn form(&self) -> Form {
        Form::from_pairs([
            ("q", &self.list.q),
            ("status", &self.list.status),
            ("division", &self.list.division),
            ("severity", &self.severity),
            ("source", &self.source),
            ("overdue", &self.overdue),
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
pub struct FindingRow {
    /// The principal.
    pub tenant_id: OrganisationId,
    /// The entrustment.
    pub entrustment_id: EntrustmentId,
    /// The id.
    pub id: FindingId,
    /// Its number in the entrustment.
    pub position: i32,
    /// From what it came.
    pub source: Source,
    /// The rule or question.
    pub rule: String,
    /// Its words, where they were typed.
    pub title: String,
    /// The same in English, where it is known.
    pub english: Json<English>,
    /// How grave.
    pub severity: Severity,
    /// How far.
    pub status: FindingStatus,
    /// Until when.
    pub due_on: NaiveDate,
    /// Who is to mend it.
    pub owner_name: String,
    /// Whether a rule is no longer broken.
    pub mended: bool,
    /// The entrustment's number.
    pub number: String,
    /// Its title.
    pub entrustment: String,
    /// The contractor.
    pub contractor: String,
}

/// Keeps to what the filter chose.
macro_rules! chosen {
    ($rows:expr, $query:expr, $today:expr) => {{
        let mut rows = $rows;
        match $query.list.status.parse::<FindingStatus>() {
            Ok(FindingStatus::Closed) => rows = rows.filter(t::closed_at.is_not_null()),
            Ok(status) => rows = rows.filter(t::closed_at.is_null()).filter(t::status.eq(status)),
            Err(_) if $query.list.status == "all" => {}
            Err(_) => rows = rows.filter(t::closed_at.is_null()),
        }
        if let Ok(severity) = $query.severity.parse::<Severity>() {
            rows = rows.filter(t::severity.eq(severity));
        }
        if let Ok(source) = $query.source.parse::<Source>() {
            rows = rows.filter(t::source.eq(source));
        }
        if !$query.overdue.is_empty() {
            rows = rows.filter(t::due_on.lt($today)).filter(t::closed_at.is_null());
        }
        rows
    }};
}

/// How many rows fit, and the keys of those on the page, in its order.
macro_rules! keys {
    ($connection:expr, $rows:expr, $query:expr, $today:expr) => {{
        let total: i64 = chosen!($rows, $query, $today).count().get_result($connection)?;
        let rows = chosen!($rows, $query, $today);
        let rows = match $query.list.sorting() {
            ("severity", false) => rows.order((t::grade.asc(), t::due_on.asc(), t::id.asc())),
            ("severity", true) => rows.order((t::grade.desc(), t::due_on.desc(), t::id.desc())),
            ("raised", false) => rows.order(t::id.asc()),
            ("raised", true) => rows.order(t::id.desc()),
            (_, false) => rows.order((t::due_on.asc(), t::id.asc())),
            (_, true) => rows.order((t::due_on.desc(), t::id.desc())),
        };
        let keys: Vec<Key> = rows
            .offset($query.list.offset())
            .limit(PAGE_SIZE)
            .select((t::tenant_id, t::id))
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
pub(in crate::finding::store) use under;

/// A finding's key.
pub(in crate::finding) type Key = (OrganisationId, FindingId);

/// A page of the findings that a member may see.
///
/// # Errors
/// Those of the database.
pub(in crate::finding) fn page(
    connection: &mut Connection,
    member: &Member,
    query: &FindingQuery,
    today: NaiveDate,
) -> Result<Page<FindingRow>> {
    let (total, keys) = if entrustments::sees_all(member) && !query.asks_about_entrustments() {
        let tenant = member.organisation_id;
        keys!(connection, t::table.filter(t::tenant_id.eq(tenant)).into_boxed(), query, today)
    } else {
        let about = query.about_entrustments();
        keys!(connection, under!(entrustments::alone(member, &about)), query, today)
    };
    let found = by_keys(connection, &keys)?;
    Ok(Page::new(found, total, &query.list, "due"))
}

/// A page of the findings of one entrustment.
///
/// # Errors
/// Those of the database.
pub(in crate::finding) fn page_of(
    connection: &mut Connection,
    of: &Entrustment,
    query: &FindingQuery,
    today: NaiveDate,
) -> Result<Page<FindingRow>> {
    let own = || {
        t::table
            .filter(t::tenant_id.eq(of.tenant_id))
            .filter(t::entrustment_id.eq(of.id))
            .into_boxed()
    };
    let (total, keys) = keys!(connection, own(), query, today);
    let found = by_keys(connection, &keys)?;
    Ok(Page::new(found, total, &query.list, "due"))
}

/// The rows of these keys, in their order.
pub(in crate::finding) fn by_keys(
    connection: &mut Connection,
    keys: &[Key],
) -> Result<Vec<FindingRow>> {
    let (mut tenants, ids): (Vec<_>, Vec<_>) = keys.iter().copied().unzip();
    tenants.sort_unstable();
    tenants.dedup();
    let mut found: Vec<FindingRow> =
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
                t::entrustment_id,
                t::id,
                t::position,
                t::source,
                t::rule,
                t::title,
                t::english,
                t::severity,
                t::status,
                t::due_on,
                t::owner_name,
                t::mended_at.is_not_null(),
                entrustment::number,
                entrustment::title,
                contractor::name,
            ))
            .load(connection)?;
    found.sort_by_key(|row| ids.iter().position(|id| *id == row.id));
    Ok(found)
}
