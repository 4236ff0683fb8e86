//! Near misses in the database.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::dsl::count_star;
use diesel::prelude::*;
use serde_json::json;

use super::model::{Cause, Count, NearMiss, NearMissId, NearMissKind, NewNearMiss, StoppedBy};
use super::policy::{Report, Reporting};
use super::query::Filter;
use crate::actor::{Actor, Authorized, Member, OrganisationId, Role};
use crate::database::schema::{contractor as k, entrustment as e, near_miss as t};
use crate::database::{Connection, Tx};
use crate::entrustment::{self, Entrustment, EntrustmentId};
use crate::error::Result;
use crate::handover::HandoverId;
use crate::japanese::jst_date;
use crate::ledger::{self, NewEntry};
use crate::organisation::contractor::{self, ContractorId};
use crate::rulebook::Party;
use crate::web::paging::PAGE_SIZE;

/// Which near misses a member sees: a contractor's people what their organisation reported; the
/// principal's people what is the principal's, of the entrustments that they see, and, but for auditors,
/// what is about none.
#[derive(Clone, Debug)]
pub(super) enum Sight {
    /// What an organisation's people reported.
    Reported(OrganisationId),
    /// All that is a principal's.
    All(OrganisationId),
    /// What is a principal's and about one of these, or also about none.
    About(OrganisationId, Vec<EntrustmentId>, bool),
}

/// What a member sees; of entrustments, those that have near misses at all.
pub(super) fn sight(c: &mut Connection, member: &Member) -> Result<Sight> {
    let own = member.organisation_id;
    if !member.role.is_principal() {
        return Ok(Sight::Reported(own));
    }
    if entrustment::sees_all(member) {
        return Ok(Sight::All(own));
    }
    let with = e::table
        .inner_join(t::table.on(
            e::tenant_id.nullable().eq(t::principal_id).and(e::id.nullable().eq(t::entrustment_id)),
        ))
        .filter(t::principal_id.eq(own))
        .select(e::id)
        .distinct();
    let about = entrustment::seen!(with, member).load(c)?;
    Ok(Sight::About(own, about, member.role != Role::Auditor))
}

/// Keeps a query on near misses to what is seen and what the filter chose.
macro_rules! fitting {
    ($query:expr, $sight:expr, $filter:expr) => {{
        let (sight, filter): (&Sight, &Filter) = ($sight, $filter);
        let mut query = $query.into_boxed();
        query = match sight {
            Sight::Reported(own) => query.filter(t::organisation_id.eq(*own)),
            Sight::All(own) => query.filter(t::tenant_id.eq(*own)),
            Sight::About(own, about, true) => query
                .filter(t::tenant_id.eq(*own))
                .filter(t::entrustment_id.is_null().or(t::entrustment_id.eq_any(about.clone()))),
            Sight::About(own, about, false) => {
                query.filter(t::tenant_id.eq(*own)).filter(t::entrustment_id.eq_any(about.clone()))
            }
        };
        if let Some(from) = filter.from {
            query = query.filter(t::occurred_on.ge(from));
        }
        if let Some(until) = filter.until {
            query = query.filter(t::occurred_on.lt(until));
        }
        if let Some(kind) = filter.kind {
            query = query.filter(t::kind.eq(kind));
        }
        if let Some(stopped_by) = filter.stopped_by {
            query = query.filter(t::stopped_by.eq(stopped_by));
        }
        if let Some(cause) = filter.cause {
            query = query.filter(t::cause.eq(cause));
        }
        if let Some(contractor) = filter.contractor {
            query = query.filter(t::contractor_id.eq(contractor));
        }
        if filter.own {
            query = query.filter(t::contractor_id.is_null());
        }
        if let Some(of) = filter.entrustment {
            query = query.filter(t::entrustment_id.eq(of));
        }
        query
    }};
}

/// How many fit.
pub(super) fn count(c: &mut Connection, sight: &Sight, filter: &Filter) -> Result<i64> {
    Ok(fitting!(t::table.select(count_star()), sight, filter).get_result(c)?)
}

/// Counts what fits by a column, the most first.
macro_rules! counted {
    ($name:ident, $column:path, $kind:ty, $what:literal) => {
        #[doc = $what]
        pub(super) fn $name(
            c: &mut Connection,
            sight: &Sight,
            filter: &Filter,
        ) -> Result<Vec<($kind, i64)>> {
            let grouped = t::table
                .group_by($column)
                .order((count_star().desc(), $column.asc()))
                .select(($column, count_star()));
            Ok(fitting!(grouped, sight, filter).load(c)?)
        }
    };
}

counted!(by_day, t::occurred_on, NaiveDate, "How many on each day that has any.");
counted!(by_kind, t::kind, NearMissKind, "How many of each kind, the most first.");
counted!(by_cause, t::cause, Cause, "How many of each cause, the most first.");
counted!(by_stopped, t::stopped_by, StoppedBy, "How many each thing stopped, the most first.");
counted!(
    by_contractor,
    t::contractor_id,
    Option<ContractorId>,
    "How many each contractor shared, the most first; nobody is the principal's own people."
);

/// A page of those that fit, the newest first, and how many there are.
pub(super) fn page(
    c: &mut Connection,
    sight: &Sight,
    filter: &Filter,
    offset: i64,
) -> Result<(Vec<NearMiss>, i64)> {
    let total = count(c, sight, filter)?;
    let rows = fitting!(t::table.select(NearMiss::as_select()), sight, filter)
        .order((t::occurred_on.desc(), t::id.desc()))
        .offset(offset)
        .limit(PAGE_SIZE)
        .load(c)?;
    Ok((rows, total))
}

/// Several of those that are seen.
pub(super) fn by_ids(
    c: &mut Connection,
    sight: &Sight,
    ids: &[NearMissId],
) -> Result<Vec<NearMiss>> {
    let all = Filter::default();
    Ok(fitting!(t::table.select(NearMiss::as_select()), sight, &all)
        .filter(t::id.eq_any(ids.to_vec()))
        .order((t::occurred_on.desc(), t::id.desc()))
        .load(c)?)
}

/// How many are about an entrustment, of those that a member may see.
pub(super) fn count_of(c: &mut Connection, sight: &Sight, of: &Entrustment) -> Result<i64> {
    let about = Filter { entrustment: Some(of.id), ..Filter::default() };
    Ok(fitting!(t::table.select(count_star()), sight, &about)
        .filter(t::principal_id.eq(of.tenant_id))
        .get_result(c)?)
}

/// What contractors' people shared about an entrustment, counted by kind and by what stopped it.
pub(super) fn shared_counts(c: &mut Connection, of: &Entrustment) -> Result<Vec<Count>> {
    Ok(t::table
        .filter(t::tenant_id.eq(of.tenant_id))
        .filter(t::principal_id.eq(of.tenant_id))
        .filter(t::entrustment_id.eq(of.id))
        .filter(t::side.eq(Party::Contractor))
        .group_by((t::kind, t::stopped_by, t::anonymous))
        .order((t::kind.asc(), t::stopped_by.asc(), t::anonymous.asc()))
        .select((t::kind, t::stopped_by, t::anonymous, count_star()))
        .load(c)?)
}

/// What some near misses are about, by name.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// Number and title of the entrustments.
    pub entrustments: HashMap<EntrustmentId, (String, String)>,
    /// The contractors.
    pub contractors: HashMap<ContractorId, String>,
}

/// The names of what some near misses are about.
pub(super) fn names(c: &mut Connection, rows: &[NearMiss]) -> Result<Names> {
    let mut principals: Vec<OrganisationId> =
        rows.iter().filter_map(|row| row.principal_id).collect();
    principals.sort_unstable();
    principals.dedup();
    let about: Vec<EntrustmentId> = rows.iter().filter_map(|row| row.entrustment_id).collect();
    let by: Vec<ContractorId> = rows.iter().filter_map(|row| row.contractor_id).collect();
    if principals.is_empty() {
        return Ok(Names::default());
    }
    let entrustments: Vec<(EntrustmentId, String, String)> = e::table
        .filter(e::tenant_id.eq_any(principals.clone()))
        .filter(e::id.eq_any(about))
        .select((e::id, e::number, e::title))
        .load(c)?;
    let contractors: Vec<(ContractorId, String)> = k::table
        .filter(k::tenant_id.eq_any(principals))
        .filter(k::id.eq_any(by))
        .select((k::id, k::name))
        .load(c)?;
    Ok(Names {
        entrustments: entrustments.into_iter().map(|(id, no, title)| (id, (no, title))).collect(),
        contractors: contractors.into_iter().collect(),
    })
}

/// Enters a report. What a contractor's people don't share is a row of their own organisation. An
/// anonymous one names neither the person nor the hand-over, which would lead to whoever made it.
pub(super) fn insert(
    tx: &mut Tx<'_>,
    reporting: &Authorized<Reporting, Report>,
    new: &NewNearMiss,
    handover: Option<HandoverId>,
) -> Result<NearMissId> {
    let Reporting { of, side, organisation } = &**reporting;
    let of = of.as_ref();
    let tenant = of.filter(|_| new.shared).map_or(*organisation, |of| of.tenant_id);
    let contractor = match (side, of) {
        (Party::Contractor, Some(of)) => Some(contractor_of(tx.connection, *organisation, of)?),
        _ => None,
    };
    let id = NearMissId::new(tx.now);
    let name = if new.anonymous { "" } else { tx.actor.name() };
    diesel::insert_into(t::table)
        .values((
            (
                t::tenant_id.eq(tenant),
                t::id.eq(id),
                t::organisation_id.eq(*organisation),
                t::principal_id.eq(of.map(|of| of.tenant_id)),
                t::entrustment_id.eq(of.map(|of| of.id)),
                t::contractor_id.eq(contractor),
                t::handover_id.eq(handover.filter(|_| !new.anonymous)),
                t::side.eq(*side),
            ),
            (
                t::kind.eq(new.kind),
                t::occurred_on.eq(new.occurred_on),
                t::what.eq(&new.what),
                t::stopped_by.eq(new.stopped_by),
                t::cause.eq(new.cause),
                t::anonymous.eq(new.anonymous),
                t::reported_by_name.eq(name),
                t::reported_on.eq(jst_date(tx.now)),
            ),
        ))
        .execute(tx.connection)?;
    entry(tx, (tenant, id, of.map(|of| of.id)), *side, new)?;
    Ok(id)
}

/// As which of a principal's contractors an organisation works on an entrustment: its holder, or, for
/// what it re-entrusted, the contractor above.
fn contractor_of(
    c: &mut Connection,
    organisation: OrganisationId,
    of: &Entrustment,
) -> Result<ContractorId> {
    let registered = contractor::find_for_organisation(c, organisation)?;
    let mut own = registered.iter().filter(|row| row.tenant_id == of.tenant_id).map(|row| row.id);
    let holds = own.clone().any(|id| id == of.contractor_id);
    Ok(if holds { of.contractor_id } else { own.next().unwrap_or(of.contractor_id) })
}

/// The ledger's entry: of an anonymous report it is the portal's, so that no person is named.
fn entry(
    tx: &mut Tx<'_>,
    (tenant_id, id, of): (OrganisationId, NearMissId, Option<EntrustmentId>),
    side: Party,
    new: &NewNearMiss,
) -> Result<()> {
    let entry = NewEntry {
        tenant_id,
        act: "near_miss.reported",
        subject_kind: "near_miss",
        subject_id: id.as_str(),
        entrustment_id: of.as_ref().map(EntrustmentId::as_str),
        details: vec![
            ("kind", json!(new.kind)),
            ("stopped_by", json!(new.stopped_by)),
            ("cause", json!(new.cause)),
            ("side", json!(side)),
            ("anonymous", json!(new.anonymous)),
        ],
    };
    if !new.anonymous {
        return ledger::append(tx, entry);
    }
    let nobody = Actor::System;
    let mut nameless = Tx {
        connection: &mut *tx.connection,
        actor: &nobody,
        now: tx.now,
        language: tx.language,
        scope: tx.scope,
        origin: tx.origin,
        told: Vec::new(),
    };
    ledger::append(&mut nameless, entry)?;
    let told = nameless.told;
    tx.told.extend(told);
    Ok(())
}
