//! The rosters on which somebody is.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::account::{Leaver, MOST_SHOWN};
use crate::database::Connection;
use crate::database::schema::{contractor, entrustment, handler as t};
use crate::entrustment::EntrustmentId;
use crate::error::Result;
use crate::rulebook::HandlerId;

/// A place on a roster: entrustment, handler, number and title of the entrustment.
pub(super) type Place = (EntrustmentId, HandlerId, String, String);

/// The places of a person on rosters of entrustments that the organisation holds, as far as they
/// haven't ended.
macro_rules! places {
    ($of:expr, $today:expr) => {
        t::table
            .inner_join(entrustment::table.on(
                entrustment::tenant_id.eq(t::tenant_id).and(entrustment::id.eq(t::entrustment_id)),
            ))
            .inner_join(
                contractor::table.on(contractor::tenant_id
                    .eq(entrustment::tenant_id)
                    .and(contractor::id.eq(entrustment::contractor_id))),
            )
            .filter(t::person_id.eq($of.person_id))
            .filter(t::ends_on.is_null().or(t::ends_on.gt($today)))
            .filter(contractor::organisation_id.eq($of.organisation_id))
    };
}

/// How many there are, and the first of them.
pub(super) fn of_person(
    connection: &mut Connection,
    of: &Leaver,
    today: NaiveDate,
) -> Result<(i64, Vec<Place>)> {
    let count = places!(of, today).count().get_result(connection)?;
    let rows = places!(of, today)
        .order((entrustment::number.asc(), t::id.asc()))
        .limit(MOST_SHOWN)
        .select((entrustment::id, t::id, entrustment::number, entrustment::title))
        .load(connection)?;
    Ok((count, rows))
}
