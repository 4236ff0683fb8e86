//! What the map of an organisation reads: counted and gathered by the database.

use std::collections::HashMap;

use diesel::dsl::{count_star, max};
use diesel::prelude::*;
use diesel::sql_types::BigInt;

use super::HELD;
use crate::actor::{Member, OrganisationId};
use crate::clock::Timestamp;
use crate::database::Connection;
use crate::database::schema::{
    contractor, entrustment as e, entrustment_ancestor as a, finding as f, holding as h,
    transmission as t,
};
use crate::database::types::Json;
use crate::entrustment::rules::Way;
use crate::entrustment::{self, EntrustmentStatus};
use crate::error::Result;
use crate::finding::FindingStatus;
use crate::flow::organisation::{Entrusted, Held, Moved, Name, Relations, Who};
use crate::japanese::jst_date;
use crate::organisation;
use crate::organisation::contractor::ContractorId;
use crate::rulebook::{Party, Receiver};

/// Most contractors on a map: those with the most entrustments.
const MOST_PARTIES: i64 = 60;
/// Most ways of transmission that are gathered.
const MOST_WAYS: i64 = 2000;

/// What stands between the parties of all that is visible to the member.
pub(in crate::flow) fn relations(c: &mut Connection, member: &Member) -> Result<Relations> {
    let entrusted = entrusted(c, member)?;
    let below = below(c, member)?;
    let mut ids: Vec<ContractorId> = entrusted.iter().map(|row| row.who.1).collect();
    ids.extend(below.iter().map(|((_, above), ..)| *above));
    ids.sort_unstable();
    ids.dedup();
    let names = names(c, &ids)?;
    let mut tenants: Vec<OrganisationId> = names.keys().map(|(tenant, _)| *tenant).collect();
    tenants.push(member.organisation_id);
    tenants.sort_unstable();
    tenants.dedup();
    Ok(Relations {
        own: member.organisation_id,
        principals: organisation::find_many_names(c, &tenants)?,
        names,
        held: held(c, member)?,
        moved: moved(c, member)?,
        findings: findings(c, member)?,
        entrusted,
        below,
    })
}

fn entrusted(c: &mut Connection, member: &Member) -> Result<Vec<Entrusted>> {
    let rows: Vec<(OrganisationId, ContractorId, i64)> = entrustment::seen!(
        e::table
            .filter(e::status.eq(EntrustmentStatus::Active))
            .group_by((e::tenant_id, e::contractor_id))
            .order((count_star().desc(), e::tenant_id.asc(), e::contractor_id.asc()))
            .limit(MOST_PARTIES)
            .select((e::tenant_id, e::contractor_id, count_star())),
        member
    )
    .load(c)?;
    let entrusted = |(tenant, contractor, cases)| Entrusted { who: (tenant, contractor), cases };
    Ok(rows.into_iter().map(entrusted).collect())
}

/// Who re-entrusted to whom, and how often.
fn below(c: &mut Connection, member: &Member) -> Result<Vec<(Who, ContractorId, i64)>> {
    let rows: Vec<(OrganisationId, ContractorId, ContractorId, i64)> = entrustment::seen!(
        a::table
            .inner_join(e::table.on(a::tenant_id.eq(e::tenant_id).and(a::entrustment_id.eq(e::id))))
            .filter(a::distance.eq(1))
            .filter(e::status.eq(EntrustmentStatus::Active))
            .group_by((a::tenant_id, a::contractor_id, e::contractor_id))
            .order((a::tenant_id.asc(), a::contractor_id.asc(), e::contractor_id.asc()))
            .limit(MOST_PARTIES)
            .select((a::tenant_id, a::contractor_id, e::contractor_id, count_star())),
        member
    )
    .load(c)?;
    let below = |(tenant, above, contractor, cases)| ((tenant, above), contractor, cases);
    Ok(rows.into_iter().map(below).collect())
}

fn names(c: &mut Connection, ids: &[ContractorId]) -> Result<HashMap<Who, Name>> {
    let rows: Vec<(OrganisationId, ContractorId, String, Option<OrganisationId>)> =
        contractor::table
            .filter(contractor::id.eq_any(ids.to_vec()))
            .select((
                contractor::tenant_id,
                contractor::id,
                contractor::name,
                contractor::organisation_id,
            ))
            .load(c)?;
    let name = |(tenant, id, name, organisation)| ((tenant, id), Name { name, organisation });
    Ok(rows.into_iter().map(name).collect())
}

fn held(c: &mut Connection, member: &Member) -> Result<Vec<Held>> {
    let rows: Vec<(OrganisationId, ContractorId, String, i64, i64)> = entrustment::seen!(
        h::table
            .inner_join(e::table.on(h::tenant_id.eq(e::tenant_id).and(h::entrustment_id.eq(e::id))))
            .filter(h::status.eq_any(HELD))
            .group_by((e::tenant_id, e::contractor_id, h::country))
            .order((e::tenant_id.asc(), e::contractor_id.asc(), h::country.asc()))
            .select((
                e::tenant_id,
                e::contractor_id,
                h::country,
                count_star(),
                diesel::dsl::sql::<BigInt>("CAST(SUM(holding.persons) AS BIGINT)"),
            )),
        member
    )
    .load(c)?;
    let held = |(tenant, contractor, country, count, persons)| Held {
        who: (tenant, contractor),
        country,
        count,
        persons,
    };
    Ok(rows.into_iter().map(held).collect())
}

fn moved(c: &mut Connection, member: &Member) -> Result<Vec<Moved>> {
    type Row = (
        (OrganisationId, ContractorId, Party, Way, Json<Vec<Receiver>>),
        (i64, i64, Option<Timestamp>),
    );
    let rows: Vec<Row> = entrustment::seen!(
        t::table
            .inner_join(e::table.on(t::tenant_id.eq(e::tenant_id).and(t::entrustment_id.eq(e::id))))
            .group_by((e::tenant_id, e::contractor_id, t::sender, t::way, t::receivers))
            .order((
                count_star().desc(),
                e::tenant_id.asc(),
                e::contractor_id.asc(),
                t::sender.asc(),
                t::way.asc(),
                t::receivers.asc(),
            ))
            .limit(MOST_WAYS)
            .select((
                (e::tenant_id, e::contractor_id, t::sender, t::way, t::receivers),
                (
                    count_star(),
                    diesel::dsl::sql::<BigInt>("CAST(SUM(transmission.persons) AS BIGINT)"),
                    max(t::sent_at),
                ),
            )),
        member
    )
    .load(c)?;
    let moved =
        |((tenant, contractor, sender, way, receivers), (count, persons, last)): Row| Moved {
            who: (tenant, contractor),
            sender,
            way,
            receivers: receivers.0,
            count,
            persons,
            last: last.map(jst_date),
        };
    Ok(rows.into_iter().map(moved).collect())
}

/// Findings that are not closed, by contractor.
fn findings(c: &mut Connection, member: &Member) -> Result<HashMap<Who, i64>> {
    let rows: Vec<(OrganisationId, ContractorId, i64)> = entrustment::seen!(
        f::table
            .inner_join(e::table.on(f::tenant_id.eq(e::tenant_id).and(f::entrustment_id.eq(e::id))))
            .filter(f::status.ne(FindingStatus::Closed))
            .group_by((e::tenant_id, e::contractor_id))
            .select((e::tenant_id, e::contractor_id, count_star())),
        member
    )
    .load(c)?;
    Ok(rows.into_iter().map(|(tenant, who, count)| ((tenant, who), count)).collect())
}
