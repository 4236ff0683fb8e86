//! Entrustments and their items.

mod below;
mod closing;
mod item;
mod list;
mod many;
pub(super) mod officer;
mod registering;
mod tier;

use diesel::prelude::*;

pub use below::{NewBelow, create_below, renew_below};
pub use closing::{close, keep_open, lock, reopen};
pub use list::{Summary, alone, filtered, page};
pub(super) use list::{all_ids, items_of, with_names};
pub use many::{contractors_above_many, items_of_many, keys, numbered};
pub(super) use registering::{belongs, create_all, number_taken, update};
pub use registering::{create, numbers_taken};
pub use tier::{Below, Side, below, contractors_of_line, in_tree_order, parent, side};

use crate::actor::{Actor, Member, OrganisationId, Role};
use crate::database::schema::{contractor, data_item, division, entrustment as t};
use crate::database::{Backend, Connection};
use crate::entrustment::items::DataItem;
use crate::entrustment::model::{Entrustment, EntrustmentId, EntrustmentStatus};
use crate::error::{Error, Result};

/// Entrustments joined with contractor and division, as lists and the visible set need them.
type Joined = diesel::dsl::InnerJoinOn<
    diesel::dsl::InnerJoinOn<
        t::table,
        contractor::table,
        diesel::dsl::And<
            diesel::dsl::Eq<t::tenant_id, contractor::tenant_id>,
            diesel::dsl::Eq<t::contractor_id, contractor::id>,
        >,
    >,
    division::table,
    diesel::dsl::And<
        diesel::dsl::Eq<t::tenant_id, division::tenant_id>,
        diesel::dsl::Eq<t::division_id, division::id>,
    >,
>;

/// Keeps a query on entrustments, or on what is joined to them, to what a member sees: the one place
/// that says it. Every list, look-up, count and group goes through it.
///
/// Principals: administrators and approvers see all of their organisation's, officers those of their
/// division (or all, when they belong to none), auditors those that are named to them on the day of
/// the request, with what was re-entrusted from them where that was said. Contractors: what is
/// entrusted to the organisation for which they act, by whichever principal, and what they
/// re-entrusted.
macro_rules! seen {
    ($query:expr, $member:expr) => {{
        use $crate::actor::Role;
        use $crate::database::schema::{
            auditor_access, contractor, entrustment, entrustment_ancestor,
        };
        let member: &$crate::actor::Member = $member;
        let own = member.organisation_id;
        let line = diesel::alias!(entrustment_ancestor as seen_line);
        let mut query = $query.into_boxed();
        match member.role {
            Role::Administrator | Role::Approver => {
                query = query.filter(entrustment::tenant_id.eq(own));
            }
            Role::Officer => {
                query = query.filter(entrustment::tenant_id.eq(own));
                if let Some(division) = member.division_id {
                    query = query.filter(entrustment::division_id.eq(division));
                }
            }
            Role::Auditor => {
                let named = diesel::alias!(auditor_access as seen_access);
                let given = || {
                    named
                        .filter(named.field(auditor_access::tenant_id).eq(own))
                        .filter(named.field(auditor_access::membership_id).eq(member.membership_id))
                        .filter(
                            named
                                .field(auditor_access::status)
                                .eq($crate::entrustment::AuditorAccessStatus::Granted),
                        )
                        .filter(named.field(auditor_access::from_on).le(member.today))
                        .filter(named.field(auditor_access::until_on).ge(member.today))
                };
                let below = line
                    .filter(line.field(entrustment_ancestor::tenant_id).eq(own))
                    .filter(
                        line.field(entrustment_ancestor::ancestor_id).eq_any(
                            given()
                                .filter(named.field(auditor_access::with_below).eq(true))
                                .select(named.field(auditor_access::entrustment_id)),
                        ),
                    )
                    .select(line.field(entrustment_ancestor::entrustment_id));
                let given = given().select(named.field(auditor_access::entrustment_id));
                query = query
                    .filter(entrustment::tenant_id.eq(own))
                    .filter(entrustment::id.eq_any(given).or(entrustment::id.eq_any(below)));
            }
            Role::Representative | Role::Handler => {
                let holder = diesel::alias!(contractor as seen_contractor);
                let registered =
                    || holder.filter(holder.field(contractor::organisation_id).eq(own));
                let ids = line
                    .filter(
                        line.field(entrustment_ancestor::tenant_id)
                            .eq_any(registered().select(holder.field(contractor::tenant_id))),
                    )
                    .filter(
                        line.field(entrustment_ancestor::contractor_id)
                            .eq_any(registered().select(holder.field(contractor::id))),
                    )
                    .select(line.field(entrustment_ancestor::entrustment_id));
                query = query.filter(entrustment::id.eq_any(ids));
            }
        }
        query
    }};
}
pub(crate) use seen;

/// What is visible to a member, with contractor and division: look-ups start here. Who sees what is
/// said in `seen` alone.
#[must_use]
pub fn visible<'a>(member: &Member) -> diesel::dsl::IntoBoxed<'a, Joined, Backend> {
    let joined =
        t::table
            .inner_join(contractor::table.on(
                t::tenant_id.eq(contractor::tenant_id).and(t::contractor_id.eq(contractor::id)),
            ))
            .inner_join(
                division::table
                    .on(t::tenant_id.eq(division::tenant_id).and(t::division_id.eq(division::id))),
            );
    seen!(joined, member)
}

/// Whether a member sees every entrustment of the own organisation: then [`visible`] is no more
/// than the organisation's rows.
#[must_use]
pub fn sees_all(member: &Member) -> bool {
    match member.role {
        Role::Administrator | Role::Approver => true,
        Role::Officer => member.division_id.is_none(),
        Role::Auditor | Role::Representative | Role::Handler => false,
    }
}

/// One entrustment, when it is visible to the actor.
///
/// # Errors
/// [`Error::NotFound`] alike when it isn't there and when it isn't visible.
pub fn find(connection: &mut Connection, actor: &Actor, id: EntrustmentId) -> Result<Entrustment> {
    let member = actor.viewer().ok_or(Error::SignIn)?;
    Ok(visible(member).filter(t::id.eq(id)).select(Entrustment::as_select()).first(connection)?)
}

/// Several visible entrustments in one query.
///
/// # Errors
/// Those of the database.
pub fn by_ids(
    connection: &mut Connection,
    actor: &Actor,
    ids: &[EntrustmentId],
) -> Result<Vec<Entrustment>> {
    let member = actor.member().ok_or(Error::SignIn)?;
    Ok(visible(member)
        .filter(t::id.eq_any(ids.to_vec()))
        .order(t::id.asc())
        .select(Entrustment::as_select())
        .load(connection)?)
}

/// One entrustment for what runs by itself and for the command line.
///
/// # Errors
/// [`Error::Forbidden`] for a member; [`Error::NotFound`].
pub fn find_for_system(
    connection: &mut Connection,
    actor: &Actor,
    id: EntrustmentId,
) -> Result<Entrustment> {
    if !matches!(actor, Actor::System | Actor::Operator) {
        return Err(Error::Forbidden("system"));
    }
    Ok(t::table.filter(t::id.eq(id)).select(Entrustment::as_select()).first(connection)?)
}

/// The next entrustments that aren't closed, of all principals, for what runs by itself.
///
/// # Errors
/// [`Error::Forbidden`] for a member; those of the database.
pub fn open_after(
    connection: &mut Connection,
    actor: &Actor,
    after: Option<(OrganisationId, EntrustmentId)>,
    limit: i64,
) -> Result<Vec<Entrustment>> {
    if !matches!(actor, Actor::System | Actor::Operator) {
        return Err(Error::Forbidden("system"));
    }
    let mut rows = t::table.filter(t::status.ne(EntrustmentStatus::Closed)).into_boxed();
    if let Some((tenant, id)) = after {
        rows =
            rows.filter(t::tenant_id.ge(tenant)).filter(t::tenant_id.gt(tenant).or(t::id.gt(id)));
    }
    Ok(rows
        .order((t::tenant_id.asc(), t::id.asc()))
        .limit(limit)
        .select(Entrustment::as_select())
        .load(connection)?)
}

/// The items of an entrustment in their order.
///
/// # Errors
/// Those of the database.
pub fn items(connection: &mut Connection, entrustment: &Entrustment) -> Result<Vec<DataItem>> {
    Ok(data_item::table
        .filter(data_item::tenant_id.eq(entrustment.tenant_id))
        .filter(data_item::entrustment_id.eq(entrustment.id))
        .filter(data_item::removed_at.is_null())
        .order(data_item::position.asc())
        .select(DataItem::as_select())
        .load(connection)?)
}

/// The same with those that were taken off: registers may name them still.
///
/// # Errors
/// Those of the database.
pub fn items_ever(connection: &mut Connection, entrustment: &Entrustment) -> Result<Vec<DataItem>> {
    let mut found = items_of_many(connection, &[entrustment])?;
    Ok(found.remove(&entrustment.id).unwrap_or_default())
}
