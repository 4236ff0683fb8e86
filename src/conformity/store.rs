//! The roster of an entrustment, read as the facts that the rules look at.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::actor::OrganisationId;
use crate::database::schema::{handler as t, training};
use crate::database::{Connection, MOST_ROWS};
use crate::entrustment::{self, Entrustment, EntrustmentId};
use crate::error::Result;
use crate::rulebook::{HandlerFact, HandlerId};

/// What the rules ask about a handler, with the entrustment.
type Row = (
    EntrustmentId,
    HandlerId,
    String,
    String,
    NaiveDate,
    Option<NaiveDate>,
    Option<NaiveDate>,
    Option<NaiveDate>,
);

/// The columns of [`Row`].
macro_rules! columns {
    () => {
        (
            t::entrustment_id,
            t::id,
            t::name,
            t::email,
            t::starts_on,
            t::ends_on,
            t::pledged_on,
            t::returned_on,
        )
    };
}

/// The roster of an entrustment as the rules look at it.
///
/// # Errors
/// Those of the database.
pub fn handlers(
    connection: &mut Connection,
    entrustment: &Entrustment,
) -> Result<Vec<HandlerFact>> {
    let mut found = handlers_of_many(connection, &[entrustment])?;
    Ok(found.remove(&entrustment.id).unwrap_or_default())
}

/// The rosters of many entrustments.
///
/// # Errors
/// Those of the database.
pub fn handlers_of_many(
    connection: &mut Connection,
    of: &[&Entrustment],
) -> Result<HashMap<EntrustmentId, Vec<HandlerFact>>> {
    let (tenants, ids) = entrustment::keys(of);
    let mut found: HashMap<EntrustmentId, Vec<HandlerFact>> = HashMap::new();
    for ids in ids.chunks(MOST_ROWS) {
        let rows: Vec<Row> = t::table
            .filter(t::tenant_id.eq_any(tenants.clone()))
            .filter(t::entrustment_id.eq_any(ids.to_vec()))
            .order((t::name_key.asc(), t::id.asc()))
            .select(columns!())
            .load(connection)?;
        for (id, fact) in trained(connection, &tenants, rows)? {
            found.entry(id).or_default().push(fact);
        }
    }
    Ok(found)
}

/// The rows with their trainings, by the handlers' ids: a join would read every training of the
/// principal.
fn trained(
    connection: &mut Connection,
    tenants: &[OrganisationId],
    rows: Vec<Row>,
) -> Result<Vec<(EntrustmentId, HandlerFact)>> {
    let ids: Vec<HandlerId> = rows.iter().map(|row| row.1).collect();
    let mut trainings: Vec<(HandlerId, NaiveDate)> = Vec::new();
    for ids in ids.chunks(10_000) {
        let some: Vec<(HandlerId, NaiveDate)> = training::table
            .filter(training::tenant_id.eq_any(tenants.to_vec()))
            .filter(training::handler_id.eq_any(ids.to_vec()))
            .select((training::handler_id, training::held_on))
            .load(connection)?;
        trainings.extend(some);
    }
    trainings.sort_unstable();
    let mut trained: HashMap<HandlerId, Vec<NaiveDate>> = HashMap::new();
    for (id, day) in trainings {
        trained.entry(id).or_default().push(day);
    }
    let fact = |(of, id, name, email, starts_on, ends_on, pledged_on, returned_on): Row| {
        let trained_on = trained.remove(&id).unwrap_or_default();
        let fact = HandlerFact {
            id,
            name,
            email,
            starts_on,
            ends_on,
            pledged_on,
            trained_on,
            returned_on,
        };
        (of, fact)
    };
    Ok(rows.into_iter().map(fact).collect())
}
