//! What was permitted and soon is no longer.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::database::Connection;
use crate::database::schema::{entrustment, sub_application as t};
use crate::entrustment::{Entrustment, EntrustmentStatus};
use crate::error::Result;
use crate::sub_entrustment::model::{Application, ApplicationId, ApplicationStatus};

/// Approved applications permitted until a day after `after` (a place in the order of day and id)
/// and not after `until`, of all principals, whose entrustments above and below are open and which
/// no later approval replaced: at most `limit`, in that order.
pub(in crate::sub_entrustment) fn expiring(
    connection: &mut Connection,
    after: (NaiveDate, ApplicationId),
    until: NaiveDate,
    limit: i64,
) -> Result<Vec<(Application, Entrustment)>> {
    let (day, id) = after;
    let (child, later) = diesel::alias!(entrustment as child, t as later);
    let open = child
        .filter(child.field(entrustment::tenant_id).eq(t::tenant_id))
        .filter(child.field(entrustment::id).nullable().eq(t::child_id))
        .filter(child.field(entrustment::status).eq(EntrustmentStatus::Active));
    let replaced = later
        .filter(later.field(t::tenant_id).eq(t::tenant_id))
        .filter(later.field(t::child_id).eq(t::child_id))
        .filter(later.field(t::status).eq(ApplicationStatus::Approved))
        .filter(later.field(t::decided_at).gt(t::decided_at));
    Ok(t::table
        .inner_join(
            entrustment::table.on(entrustment::tenant_id
                .eq(t::tenant_id)
                .and(entrustment::id.eq(t::entrustment_id))),
        )
        .filter(t::status.eq(ApplicationStatus::Approved))
        .filter(t::permitted_until.ge(day))
        .filter(t::permitted_until.le(until))
        .filter(t::permitted_until.gt(day).or(t::id.gt(id)))
        .filter(entrustment::status.eq(EntrustmentStatus::Active))
        .filter(diesel::dsl::exists(open))
        .filter(diesel::dsl::not(diesel::dsl::exists(replaced)))
        .order((t::permitted_until.asc(), t::id.asc()))
        .limit(limit)
        .select((Application::as_select(), Entrustment::as_select()))
        .load(connection)?)
}
