//! Recipients in the database.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::model::RecipientStatus;
use crate::database::Connection;
use crate::database::schema::recipient as t;
use crate::database::types::Json;
use crate::entrustment::{DataItemId, Entrustment};
use crate::error::Result;
use crate::rulebook::{RecipientFact, RecipientId};

/// The recipients of an entrustment as the rules look at them.
///
/// # Errors
/// Those of the database.
pub fn facts(connection: &mut Connection, entrustment: &Entrustment) -> Result<Vec<RecipientFact>> {
    type Row = (
        RecipientId,
        String,
        String,
        Json<Vec<DataItemId>>,
        Option<i64>,
        RecipientStatus,
        Option<NaiveDate>,
    );
    let rows: Vec<Row> = t::table
        .filter(t::tenant_id.eq(entrustment.tenant_id))
        .filter(t::entrustment_id.eq(entrustment.id))
        .order((t::name_key.asc(), t::id.asc()))
        .select((t::id, t::name, t::address, t::items, t::persons_limit, t::status, t::until_on))
        .load(connection)?;
    let fact = |(id, name, address, items, persons_limit, status, until_on): Row| RecipientFact {
        id,
        name,
        address,
        items: items.0,
        persons_limit,
        approved: status == RecipientStatus::Approved,
        until_on,
    };
    Ok(rows.into_iter().map(fact).collect())
}
