//! Invitations.

use diesel::prelude::*;
use serde::Serialize;

use super::member::{Moments, of_side};
use super::policy::Manage;
use crate::actor::{Authorized, DivisionId, OrganisationId, Role};
use crate::clock::Timestamp;
use crate::database::schema::{contractor, division, invitation as t, person};
use crate::database::{Backend, Connection, Tx};
use crate::error::Result;
use crate::id_type;
use crate::ledger::{self, NewEntry};
use crate::organisation::contractor::ContractorId;
use crate::web::paging::{ListQuery, PAGE_SIZE, Page};

id_type! {
    /// The id of an invitation.
    InvitationId
}

/// An invitation.
#[derive(Clone, Queryable, Selectable)]
#[diesel(table_name = t)]
pub(super) struct Invitation {
    pub tenant_id: OrganisationId,
    pub id: InvitationId,
    pub email: String,
    pub name: String,
    pub role: Role,
    pub division_id: Option<DivisionId>,
    pub contractor_id: Option<ContractorId>,
    pub expires_at: Timestamp,
    pub used_at: Option<Timestamp>,
    pub revoked_at: Option<Timestamp>,
}

impl Invitation {
    /// The moments that tell how it stands.
    pub fn moments(&self) -> Moments {
        let Self { expires_at, used_at, revoked_at, .. } = *self;
        Moments { expires_at, used_at, revoked_at }
    }
}

/// Keeps an invitation.
pub(super) fn create(tx: &mut Tx<'_>, new: &Invitation) -> Result<()> {
    diesel::insert_into(t::table)
        .values((
            t::tenant_id.eq(new.tenant_id),
            t::id.eq(new.id),
            t::email.eq(&new.email),
            t::name.eq(&new.name),
            t::role.eq(new.role),
            t::division_id.eq(new.division_id),
            t::contractor_id.eq(new.contractor_id),
            t::invited_by.eq(tx.actor.person_id()),
            t::created_at.eq(tx.now),
            t::expires_at.eq(new.expires_at),
        ))
        .execute(tx.connection)?;
    Ok(())
}

/// An invitation: the signed token that names it is the right to see it.
pub(super) fn find(
    connection: &mut Connection,
    tenant: OrganisationId,
    id: InvitationId,
) -> Result<Option<Invitation>> {
    Ok(t::table.find((tenant, id)).select(Invitation::as_select()).first(connection).optional()?)
}

/// Uses an invitation up; false when somebody else was faster.
pub(super) fn use_up(tx: &mut Tx<'_>, used: &Invitation) -> Result<bool> {
    let changed = diesel::update(
        t::table
            .find((used.tenant_id, used.id))
            .filter(t::used_at.is_null())
            .filter(t::revoked_at.is_null()),
    )
    .set(t::used_at.eq(Some(tx.now)))
    .execute(tx.connection)?;
    Ok(changed == 1)
}

/// Takes back the open invitations of an address to the same place: the newest link alone counts.
pub(super) fn revoke_earlier(tx: &mut Tx<'_>, tenant: OrganisationId, email: &str) -> Result<()> {
    diesel::update(
        t::table
            .filter(t::tenant_id.eq(tenant))
            .filter(t::email.eq(email))
            .filter(t::used_at.is_null())
            .filter(t::revoked_at.is_null()),
    )
    .set(t::revoked_at.eq(Some(tx.now)))
    .execute(tx.connection)?;
    Ok(())
}

/// Whether an invitation was taken back because a newer one of the same address took its place.
pub(super) fn replaced(connection: &mut Connection, old: &Invitation) -> Result<bool> {
    let Some(since) = old.revoked_at else {
        return Ok(false);
    };
    let newer = t::table
        .filter(t::tenant_id.eq(old.tenant_id))
        .filter(t::email.eq(&old.email))
        .filter(t::id.ne(old.id))
        .filter(t::created_at.ge(since))
        .filter(t::revoked_at.is_null());
    Ok(diesel::select(diesel::dsl::exists(newer)).get_result(connection)?)
}

/// An invitation as the list shows it.
#[derive(Clone, Debug, Queryable, Serialize)]
pub(super) struct InvitationRow {
    pub id: InvitationId,
    pub name: String,
    pub email: String,
    pub role: Role,
    pub division: Option<String>,
    /// The register entry that it joins.
    pub contractor: Option<String>,
    /// Who invited; nobody for the portal itself.
    pub invited_by: Option<String>,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
    pub used_at: Option<Timestamp>,
    pub revoked_at: Option<Timestamp>,
}

/// The invitations that somebody in a role manages: those to the own side, and a principal's to its
/// contractors; as far as the filter lets them, newest first. Without a filter those that wait.
macro_rules! fitting {
    ($tenant:expr, $role:expr, $query:expr, $now:expr) => {{
        let joins = t::contractor_id.is_not_null();
        let role: Role = $role;
        let mut rows = t::table.filter(t::tenant_id.eq($tenant)).into_boxed::<Backend>();
        rows = if role.is_principal() {
            rows.filter(t::role.eq_any(of_side(role).to_vec()).or(joins))
        } else {
            rows.filter(t::role.eq_any(of_side(role).to_vec())).filter(t::contractor_id.is_null())
        };
        let waiting = || t::used_at.is_null().and(t::revoked_at.is_null());
        match $query.status.as_str() {
            "open" => rows.filter(waiting()).filter(t::expires_at.gt($now)),
            "expired" => rows.filter(waiting()).filter(t::expires_at.le($now)),
            "accepted" => rows.filter(t::used_at.is_not_null()),
            "revoked" => rows.filter(t::used_at.is_null()).filter(t::revoked_at.is_not_null()),
            "all" => rows,
            _ => rows.filter(waiting()),
        }
    }};
}

/// A page of an organisation's invitations.
pub(super) fn page(
    connection: &mut Connection,
    (tenant, role): (OrganisationId, Role),
    query: &ListQuery,
    now: Timestamp,
) -> Result<Page<InvitationRow>> {
    let total = fitting!(tenant, role, query, now).count().get_result(connection)?;
    let ids: Vec<InvitationId> = fitting!(tenant, role, query, now)
        .order(t::id.desc())
        .offset(query.offset())
        .limit(PAGE_SIZE)
        .select(t::id)
        .load(connection)?;
    let rows = t::table
        .left_join(division::table.on(
            division::tenant_id.eq(t::tenant_id).and(t::division_id.eq(division::id.nullable())),
        ))
        .left_join(
            contractor::table.on(contractor::tenant_id
                .eq(t::tenant_id)
                .and(t::contractor_id.eq(contractor::id.nullable()))),
        )
        .left_join(person::table.on(t::invited_by.eq(person::id.nullable())))
        .filter(t::tenant_id.eq(tenant))
        .filter(t::id.eq_any(ids))
        .order(t::id.desc())
        .select((
            t::id,
            t::name,
            t::email,
            t::role,
            division::name.nullable(),
            contractor::name.nullable(),
            person::name.nullable(),
            t::created_at,
            t::expires_at,
            t::used_at,
            t::revoked_at,
        ))
        .load(connection)?;
    Ok(Page::new(rows, total, query, "sent"))
}

/// How many invitations of an organisation wait.
pub(super) fn waiting(
    connection: &mut Connection,
    tenant: OrganisationId,
    role: Role,
) -> Result<i64> {
    let query = ListQuery::default();
    Ok(fitting!(tenant, role, query, Timestamp::default()).count().get_result(connection)?)
}

/// Takes an invitation back; false when it had been accepted or taken back before.
pub(super) fn revoke(
    tx: &mut Tx<'_>,
    tenant: &Authorized<OrganisationId, Manage>,
    id: InvitationId,
) -> Result<bool> {
    let open =
        t::table.find((**tenant, id)).filter(t::used_at.is_null()).filter(t::revoked_at.is_null());
    let changed =
        diesel::update(open).set(t::revoked_at.eq(Some(tx.now))).execute(tx.connection)?;
    if changed == 0 {
        return Ok(false);
    }
    ledger::append(
        tx,
        NewEntry {
            tenant_id: **tenant,
            act: "invitation.revoked",
            subject_kind: "invitation",
            subject_id: id.as_str(),
            entrustment_id: None,
            details: Vec::new(),
        },
    )?;
    Ok(true)
}
