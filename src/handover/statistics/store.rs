//! What was stopped, counted and listed.

use diesel::dsl::count_star;
use diesel::prelude::*;

use super::super::model::{HandoverId, HandoverStatus, Stop, Stopped};
use super::model::{End, Filter, counted};
use crate::actor::Member;
use crate::database::Connection;
use crate::database::schema::{entrustment as e, handover as h, handover_stop as s};
use crate::entrustment::{self, EntrustmentId};
use crate::error::Result;
use crate::rulebook::Party;
use crate::web::paging::PAGE_SIZE;

/// Stops with their hand-over and entrustment.
macro_rules! joined {
    () => {
        s::table
            .inner_join(e::table.on(s::tenant_id.eq(e::tenant_id).and(s::entrustment_id.eq(e::id))))
            .inner_join(h::table.on(s::tenant_id.eq(h::tenant_id).and(s::handover_id.eq(h::id))))
    };
}

/// Keeps a query on stops to what a member may see and what the filter chose. A hand-over of the other
/// side is seen once it has left; a contractor's people see their own side's only.
macro_rules! fitting {
    ($query:expr, $member:expr, $filter:expr) => {{
        let (from, until) = $filter.span();
        let mut query = entrustment::seen!($query, $member)
            .filter(s::found_at.ge(from))
            .filter(s::found_at.lt(until))
            .filter(s::stop.eq_any(counted()));
        query = if $member.role.is_principal() {
            query.filter(h::sender.eq(Party::Principal).or(h::sent_at.is_not_null()))
        } else {
            query.filter(h::sender.eq(Party::Contractor))
        };
        if let Some(stop) = $filter.stop {
            query = query.filter(s::stop.eq(stop));
        }
        if let Some(of) = $filter.entrustment {
            query = query.filter(s::entrustment_id.eq(of));
        }
        match $filter.end {
            None => query,
            Some(End::Mended) => query.filter(s::mended_at.is_not_null()),
            Some(End::Explained) => query.filter(s::mended_at.is_null()).filter(s::reason.ne("")),
            Some(End::Discarded) => query
                .filter(s::mended_at.is_null())
                .filter(s::reason.eq(""))
                .filter(h::status.eq(HandoverStatus::Discarded)),
            Some(End::Standing) => query
                .filter(s::mended_at.is_null())
                .filter(s::reason.eq(""))
                .filter(h::status.ne(HandoverStatus::Discarded)),
        }
    }};
}

/// How many fit.
pub(super) fn count(c: &mut Connection, member: &Member, filter: &Filter) -> Result<i64> {
    Ok(fitting!(joined!().select(count_star()), member, filter).get_result(c)?)
}

/// How many of each kind, the most first.
pub(super) fn by_stop(
    c: &mut Connection,
    member: &Member,
    filter: &Filter,
) -> Result<Vec<(Stop, i64)>> {
    let grouped = joined!()
        .group_by(s::stop)
        .order((count_star().desc(), s::stop.asc()))
        .select((s::stop, count_star()));
    Ok(fitting!(grouped, member, filter).load(c)?)
}

/// Entrustment, its number and title, and how many.
pub(super) type ByEntrustment = (EntrustmentId, String, String, i64);

/// How many in each entrustment, the most first, at most so many.
pub(super) fn by_entrustment(
    c: &mut Connection,
    member: &Member,
    filter: &Filter,
    most: i64,
) -> Result<Vec<ByEntrustment>> {
    let grouped = joined!()
        .group_by((e::id, e::number, e::title))
        .order((count_star().desc(), e::number.asc(), e::id.asc()))
        .limit(most)
        .select((e::id, e::number, e::title, count_star()));
    Ok(fitting!(grouped, member, filter).load(c)?)
}

/// A line of the list.
#[derive(Clone, Debug, Queryable)]
pub(super) struct Row {
    pub entrustment_id: EntrustmentId,
    pub number: String,
    pub title: String,
    pub handover_id: HandoverId,
    pub position: i32,
    pub status: HandoverStatus,
    pub stopped: Stopped,
}

/// A page of those that fit, the newest first, and how many there are.
pub(super) fn page(
    c: &mut Connection,
    member: &Member,
    filter: &Filter,
    offset: i64,
) -> Result<(Vec<Row>, i64)> {
    let total = count(c, member, filter)?;
    let chosen = joined!().select((
        e::id,
        e::number,
        e::title,
        h::id,
        h::position,
        h::status,
        Stopped::as_select(),
    ));
    let rows = fitting!(chosen, member, filter)
        .order((s::found_at.desc(), s::id.desc()))
        .offset(offset)
        .limit(PAGE_SIZE)
        .load(c)?;
    Ok((rows, total))
}
