//! The events of an organisation, newest first.

use diesel::prelude::*;
use serde::Deserialize;
use serde_json::Value;

use crate::actor::{OrganisationId, PersonId};
use crate::clock::Timestamp;
use crate::database::Connection;
use crate::database::schema::{membership, person, security_event as t};
use crate::database::types::Json;
use crate::error::Result;
use crate::event::{Category, EventKind, Outcome};
use crate::japanese::{fold_name, jst_to_utc, parse_date};
use crate::web::Form;
use crate::web::paging::{ListQuery, MOST_COUNTED, PAGE_SIZE, Page, UNCOUNTED};

/// Most people that the filter offers.
const MOST_PEOPLE: i64 = 1000;

/// What the address of the list asks for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct EventQuery {
    /// Words and page.
    #[serde(flatten)]
    pub list: ListQuery,
    /// A kind to keep to.
    pub kind: String,
    /// A category to keep to.
    pub category: String,
    /// An outcome to keep to.
    pub outcome: String,
    /// A person to keep to.
    pub person: String,
    /// The first day.
    pub from: String,
    /// The last day.
    pub until: String,
}

impl EventQuery {
    /// The filter's fields as the page shows them again.
    pub(super) fn form(&self) -> Form {
        Form::from_pairs([
            ("q", &self.list.q),
            ("kind", &self.kind),
            ("category", &self.category),
            ("outcome", &self.outcome),
            ("person", &self.person),
            ("from", &self.from),
            ("until", &self.until),
        ])
    }

    /// The span of time of the days that can be read: from the first moment of one in Japan to the
    /// last of the other.
    fn span(&self) -> (Option<Timestamp>, Option<Timestamp>) {
        let from = parse_date(&self.from).ok();
        let until = parse_date(&self.until).ok().and_then(|day| day.succ_opt());
        let midnight = |day: chrono::NaiveDate| jst_to_utc(day.and_time(chrono::NaiveTime::MIN));
        (from.map(midnight), until.map(midnight))
    }
}

/// A line of the list.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = t)]
pub struct EventRow {
    /// When.
    pub at: Timestamp,
    /// What.
    pub kind: EventKind,
    /// How it ended.
    pub outcome: Outcome,
    /// Who, if somebody known.
    pub person_id: Option<PersonId>,
    /// The name then.
    pub person_name: String,
    /// The organisation for which the person acted.
    pub organisation_name: String,
    /// The session's key.
    pub session: String,
    /// The code of the account that was named.
    pub account: String,
    /// The network address.
    pub address: String,
    /// The browser.
    pub device: String,
    /// The request's number.
    pub request: String,
    /// The kind of what it is about.
    pub subject_kind: String,
    /// Its id, or a path.
    pub subject_id: String,
    /// Its name, where it is a person.
    pub subject_name: String,
    /// Why it was refused.
    pub reason: String,
    /// Figures and words of closed lists.
    pub details: Json<Value>,
}

/// The events of an organisation that fit the filter.
macro_rules! chosen {
    ($tenant:expr, $query:expr) => {{
        let query: &EventQuery = $query;
        let mut rows = t::table.filter(t::tenant_id.eq($tenant)).into_boxed();
        if let Ok(kind) = query.kind.parse::<EventKind>() {
            rows = rows.filter(t::kind.eq(kind));
        }
        if let Ok(category) = query.category.parse::<Category>() {
            rows = rows.filter(t::category.eq(category));
        }
        if let Ok(outcome) = query.outcome.parse::<Outcome>() {
            rows = rows.filter(t::outcome.eq(outcome));
        }
        if let Ok(person) = query.person.parse::<PersonId>() {
            rows = rows.filter(t::person_id.eq(person));
        }
        let (from, until) = query.span();
        if let Some(from) = from {
            rows = rows.filter(t::at.ge(from));
        }
        if let Some(until) = until {
            rows = rows.filter(t::at.lt(until));
        }
        for word in query.list.q.split_whitespace().take(5) {
            let word = fold_name(word).replace(['%', '_', '\\'], "");
            rows = rows.filter(t::words.like(format!("%{word}%")));
        }
        rows
    }};
}

/// How many fit, counted up to [`MOST_COUNTED`].
fn total(connection: &mut Connection, tenant: OrganisationId, query: &EventQuery) -> Result<i64> {
    let beyond: Option<String> = chosen!(tenant, query)
        .order((t::at.desc(), t::id.desc()))
        .select(t::id)
        .offset(MOST_COUNTED)
        .limit(1)
        .first(connection)
        .optional()?;
    match beyond {
        Some(_) => Ok(UNCOUNTED),
        None => Ok(chosen!(tenant, query).count().get_result(connection)?),
    }
}

/// A page of an organisation's events, newest first.
///
/// # Errors
/// Those of the database.
pub(super) fn page(
    connection: &mut Connection,
    tenant: OrganisationId,
    query: &EventQuery,
) -> Result<Page<EventRow>> {
    let total = total(connection, tenant, query)?;
    let rows = chosen!(tenant, query)
        .order((t::at.desc(), t::id.desc()))
        .offset(query.list.offset())
        .limit(PAGE_SIZE)
        .select(EventRow::as_select())
        .load(connection)?;
    Ok(Page::new(rows, total, &query.list, "at"))
}

/// The ids of all that fit, newest first.
///
/// # Errors
/// Those of the database.
pub(super) fn ids(
    connection: &mut Connection,
    tenant: OrganisationId,
    query: &EventQuery,
) -> Result<Vec<String>> {
    let newest = chosen!(tenant, query).order((t::at.desc(), t::id.desc()));
    Ok(newest.select(t::id).load(connection)?)
}

/// The events with these ids, newest first.
///
/// # Errors
/// Those of the database.
pub(super) fn by_ids(
    connection: &mut Connection,
    tenant: OrganisationId,
    ids: &[String],
) -> Result<Vec<EventRow>> {
    Ok(t::table
        .filter(t::id.eq_any(ids.to_vec()))
        .filter(t::tenant_id.eq(tenant))
        .order((t::at.desc(), t::id.desc()))
        .select(EventRow::as_select())
        .load(connection)?)
}

/// The newest people of an organisation by name, those who have left among them.
///
/// # Errors
/// Those of the database.
pub(super) fn people(
    connection: &mut Connection,
    tenant: OrganisationId,
) -> Result<Vec<(PersonId, String)>> {
    let mut people: Vec<(PersonId, String)> = membership::table
        .inner_join(person::table)
        .filter(membership::tenant_id.eq(tenant))
        .order(membership::id.desc())
        .limit(MOST_PEOPLE)
        .select((person::id, person::name))
        .load(connection)?;
    people.sort_by(|(a, name), (b, other)| (name, a).cmp(&(other, b)));
    people.dedup_by_key(|(id, _)| *id);
    Ok(people)
}
