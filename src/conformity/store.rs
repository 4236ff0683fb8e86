//! The roster of an entrustment, read as the facts that the rules look at.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::database::Connection;
use crate::database::schema::{handler as t, training};
use crate::entrustment::Entrustment;
use crate::error::Result;
use crate::rulebook::{HandlerFact, HandlerId};

/// The roster of an entrustment as the rules look at it.
///
/// # Errors
/// Those of the database.
pub fn handlers(
    connection: &mut Connection,
    entrustment: &Entrustment,
) -> Result<Vec<HandlerFact>> {
    type Row = (
        HandlerId,
        String,
        String,
        NaiveDate,
        Option<NaiveDate>,
        Option<NaiveDate>,
        Option<NaiveDate>,
    );
    let rows: Vec<Row> = t::table
        .filter(t::tenant_id.eq(entrustment.tenant_id))
        .filter(t::entrustment_id.eq(entrustment.id))
        .order((t::name_key.asc(), t::id.asc()))
        .select((t::id, t::name, t::email, t::starts_on, t::ends_on, t::pledged_on, t::returned_on))
        .load(connection)?;
    // By the handlers' ids: a join would read every training of the principal.
    let ids: Vec<HandlerId> = rows.iter().map(|row| row.0).collect();
    let mut trainings: Vec<(HandlerId, NaiveDate)> = training::table
        .filter(training::tenant_id.eq(entrustment.tenant_id))
        .filter(training::handler_id.eq_any(ids))
        .select((training::handler_id, training::held_on))
        .load(connection)?;
    trainings.sort_unstable();
    let mut trained: HashMap<HandlerId, Vec<NaiveDate>> = HashMap::new();
    for (id, day) in trainings {
        trained.entry(id).or_default().push(day);
    }
    let fact = |(id, name, email, starts_on, ends_on, pledged_on, returned_on): Row| HandlerFact {
        id,
        name,
        email,
        starts_on,
        ends_on,
        pledged_on,
        trained_on: trained.remove(&id).unwrap_or_default(),
        returned_on,
    };
    Ok(rows.into_iter().map(fact).collect())
}
