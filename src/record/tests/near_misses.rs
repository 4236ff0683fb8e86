//! Near misses of the sample: two that were shared, one of them without a name, one that the contractor
//! kept inside, and one of the principal's own people.

use diesel::prelude::*;

use super::sample::{CONTRACTOR, CONTRACTOR_ORGANISATION, ENTRUSTMENT, PRINCIPAL, text};
use crate::database::Tx;
use crate::database::schema::near_miss as t;
use crate::error::Result;
use crate::japanese::jst_date;

pub fn insert(tx: &mut Tx<'_>) -> Result<()> {
    let office = Some(CONTRACTOR_ORGANISATION);
    one(tx, 831, (PRINCIPAL, office), ("wrong_address", "second_checker"), "𠮷田 一郎")?;
    one(tx, 832, (PRINCIPAL, office), ("hidden", "system_stop"), "")?;
    one(tx, 833, (CONTRACTOR_ORGANISATION, office), ("malware", "noticed_self"), "𠮷田 一郎")?;
    one(tx, 834, (PRINCIPAL, None), ("lost_medium", "noticed_self"), "﨑山 葉子")
}

/// A near miss: whose row it is and which contractor's, what it was and what stopped it, who told it.
fn one(
    tx: &mut Tx<'_>,
    id: u32,
    (tenant, office): (u32, Option<u32>),
    (kind, stopped_by): (&str, &str),
    name: &str,
) -> Result<()> {
    let day = jst_date(tx.now);
    diesel::insert_into(t::table)
        .values((
            (
                t::tenant_id.eq(text(tenant)),
                t::id.eq(text(id)),
                t::organisation_id.eq(text(office.unwrap_or(PRINCIPAL))),
                t::principal_id.eq(Some(text(PRINCIPAL))),
                t::entrustment_id.eq(Some(text(ENTRUSTMENT))),
                t::contractor_id.eq(office.map(|_| text(CONTRACTOR))),
                t::handover_id.eq(None::<String>),
                t::side.eq(if office.is_some() { "contractor" } else { "principal" }),
            ),
            (
                t::kind.eq(kind),
                t::occurred_on.eq(day),
                t::what.eq("似た名前の事業所を宛先に選んだ"),
                t::stopped_by.eq(stopped_by),
                t::cause.eq("similar_names"),
                t::anonymous.eq(name.is_empty()),
                t::reported_by_name.eq(name),
                t::reported_on.eq(day),
            ),
        ))
        .execute(tx.connection)?;
    Ok(())
}
