//! Tiers of entrustment (再委託): who stands on which side of an entrustment, and what is below.

use std::collections::{HashMap, VecDeque};

use diesel::prelude::*;

use crate::actor::{Actor, OrganisationId};
use crate::database::schema::{contractor, entrustment as t, entrustment_ancestor as a};
use crate::database::{Connection, Tx};
use crate::entrustment::{Entrustment, EntrustmentId};
use crate::error::{Error, Result};
use crate::organisation::contractor::ContractorId;

/// On which side of an entrustment a member stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The principal whose data it is.
    Principal,
    /// The contractor who holds it.
    Contractor,
    /// A contractor above, who re-entrusted it.
    Above,
}

/// The side on which the actor stands.
///
/// # Errors
/// [`Error::NotFound`] for who has nothing to do with the entrustment.
pub fn side(connection: &mut Connection, actor: &Actor, entrustment: &Entrustment) -> Result<Side> {
    let member = actor.member().ok_or(Error::SignIn)?;
    if member.role.is_principal() {
        let own = member.organisation_id == entrustment.tenant_id;
        return if own { Ok(Side::Principal) } else { Err(Error::NotFound) };
    }
    let nearest: Option<i32> =
        a::table
            .inner_join(contractor::table.on(
                a::tenant_id.eq(contractor::tenant_id).and(a::contractor_id.eq(contractor::id)),
            ))
            .filter(a::tenant_id.eq(entrustment.tenant_id))
            .filter(a::entrustment_id.eq(entrustment.id))
            .filter(contractor::organisation_id.eq(member.organisation_id))
            .select(diesel::dsl::min(a::distance))
            .first(connection)?;
    match nearest {
        None => Err(Error::NotFound),
        Some(0) => Ok(Side::Contractor),
        Some(_) => Ok(Side::Above),
    }
}

/// The entrustment that is directly above, with its distance to the top counted from 1.
///
/// # Errors
/// Those of the database.
pub fn parent(
    connection: &mut Connection,
    entrustment: &Entrustment,
) -> Result<Option<EntrustmentId>> {
    Ok(a::table
        .filter(a::tenant_id.eq(entrustment.tenant_id))
        .filter(a::entrustment_id.eq(entrustment.id))
        .filter(a::distance.eq(1))
        .select(a::ancestor_id)
        .first(connection)
        .optional()?)
}

/// Something that was re-entrusted.
#[derive(Clone, Debug, Queryable)]
pub struct Below {
    /// How far below: 1 for what the contractor itself re-entrusted.
    pub tier: i32,
    /// The entrustment directly above.
    pub parent: EntrustmentId,
    /// The entrustment.
    pub entrustment: Entrustment,
}

/// What was re-entrusted from an entrustment, all tiers, the nearest first.
///
/// # Errors
/// Those of the database.
pub fn below(connection: &mut Connection, entrustment: &Entrustment) -> Result<Vec<Below>> {
    let direct = diesel::alias!(a as direct);
    let mut rows: Vec<Below> = a::table
        .inner_join(t::table.on(a::tenant_id.eq(t::tenant_id).and(a::entrustment_id.eq(t::id))))
        .inner_join(
            direct.on(direct
                .field(a::tenant_id)
                .eq(a::tenant_id)
                .and(direct.field(a::entrustment_id).eq(a::entrustment_id))
                .and(direct.field(a::distance).eq(1))),
        )
        .filter(a::tenant_id.eq(entrustment.tenant_id))
        .filter(a::ancestor_id.eq(entrustment.id))
        .filter(a::distance.gt(0))
        .select((a::distance, direct.field(a::ancestor_id), Entrustment::as_select()))
        .load(connection)?;
    rows.sort_by(|x, y| (x.tier, &x.entrustment.number).cmp(&(y.tier, &y.entrustment.number)));
    Ok(rows)
}

/// The same rows with each under the one from which it was re-entrusted.
#[must_use]
pub fn in_tree_order(top: EntrustmentId, rows: Vec<Below>) -> Vec<Below> {
    let mut under: HashMap<EntrustmentId, VecDeque<Below>> = HashMap::new();
    for row in rows {
        under.entry(row.parent).or_default().push_back(row);
    }
    let (mut ordered, mut path) = (Vec::new(), vec![top]);
    while let Some(at) = path.last() {
        match under.get_mut(at).and_then(VecDeque::pop_front) {
            Some(row) => {
                path.push(row.entrustment.id);
                ordered.push(row);
            }
            None => {
                path.pop();
            }
        }
    }
    ordered
}

/// Who holds the entrustment and those above it.
///
/// # Errors
/// Those of the database.
pub fn contractors_of_line(
    connection: &mut Connection,
    entrustment: &Entrustment,
) -> Result<Vec<ContractorId>> {
    Ok(a::table
        .filter(a::tenant_id.eq(entrustment.tenant_id))
        .filter(a::entrustment_id.eq(entrustment.id))
        .order(a::distance.asc())
        .select(a::contractor_id)
        .load(connection)?)
}

/// Enters where an entrustment stands: by itself, or below `parent`.
pub(in crate::entrustment) fn place(
    tx: &mut Tx<'_>,
    tenant: OrganisationId,
    id: EntrustmentId,
    contractor: ContractorId,
    parent: Option<EntrustmentId>,
) -> Result<()> {
    let mut line = vec![(id, contractor, 0)];
    if let Some(parent) = parent {
        let above: Vec<(EntrustmentId, ContractorId, i32)> = a::table
            .filter(a::tenant_id.eq(tenant))
            .filter(a::entrustment_id.eq(parent))
            .select((a::ancestor_id, a::contractor_id, a::distance))
            .load(tx.connection)?;
        line.extend(above.into_iter().map(|(id, contractor, far)| (id, contractor, far + 1)));
    }
    for (ancestor, contractor, distance) in line {
        diesel::insert_into(a::table)
            .values((
                a::tenant_id.eq(tenant),
                a::entrustment_id.eq(id),
                a::ancestor_id.eq(ancestor),
                a::contractor_id.eq(contractor),
                a::distance.eq(distance),
            ))
            .execute(tx.connection)?;
    }
    Ok(())
}

/// Another contractor holds the entrustment now.
pub(in crate::entrustment) fn moved(
    tx: &mut Tx<'_>,
    tenant: OrganisationId,
    id: EntrustmentId,
    contractor: ContractorId,
) -> Result<()> {
    diesel::update(a::table.filter(a::tenant_id.eq(tenant)).filter(a::ancestor_id.eq(id)))
        .set(a::contractor_id.eq(contractor))
        .execute(tx.connection)?;
    Ok(())
}
