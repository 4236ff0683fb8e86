//! Identity providers, their domains, and whom they vouch for.

use diesel::prelude::*;
use serde::Serialize;

use super::model::{NewProvider, Provider};
use super::policy::SetUp;
use crate::account::arrival::Method;
use crate::actor::{Authorized, OrganisationId, PersonId, SessionId};
use crate::clock::Timestamp;
use crate::database::schema::{
    identity, identity_domain, identity_provider as t, membership, organisation, person, session,
};
use crate::database::types::json_text;
use crate::database::{Connection, Tx};
use crate::error::{Error, Result};
use crate::id_type;
use crate::secret::Secret;

id_type! {
    /// The id of an identity: a provider's subject and the person it is.
    IdentityId
}

/// An organisation's provider.
pub(super) fn find(
    connection: &mut Connection,
    tenant: OrganisationId,
) -> Result<Option<Provider>> {
    Ok(t::table.find(tenant).select(Provider::as_select()).first(connection).optional()?)
}

/// The mail domains of an organisation's provider.
pub(super) fn domains(connection: &mut Connection, tenant: OrganisationId) -> Result<Vec<String>> {
    Ok(identity_domain::table
        .filter(identity_domain::tenant_id.eq(tenant))
        .order(identity_domain::domain.asc())
        .select(identity_domain::domain)
        .load(connection)?)
}

/// The organisations whose provider vouches for addresses of a domain, by name.
pub(super) fn by_domain(
    connection: &mut Connection,
    domain: &str,
) -> Result<Vec<(OrganisationId, String)>> {
    Ok(identity_domain::table
        .inner_join(organisation::table.on(organisation::id.eq(identity_domain::tenant_id)))
        .filter(identity_domain::domain.eq(domain))
        .order((organisation::name.asc(), organisation::id.asc()))
        .limit(20)
        .select((organisation::id, organisation::name))
        .load(connection)?)
}

/// Keeps a provider with its domains.
///
/// # Errors
/// [`Error::Conflict`] when somebody else has changed it.
pub(super) fn save(
    tx: &mut Tx<'_>,
    secret: &Secret,
    of: &Authorized<OrganisationId, SetUp>,
    new: &NewProvider,
) -> Result<()> {
    let tenant = **of;
    let kept = find(tx.connection, tenant)?;
    if kept.as_ref().map_or(0, |kept| kept.version) != new.version {
        return Err(Error::Conflict("error-stale"));
    }
    let sealed = match &kept {
        Some(kept) if new.client_secret.is_empty() => kept.client_secret.clone(),
        _ => new.sealed(secret, tenant)?,
    };
    let values = (
        t::issuer.eq(&new.issuer),
        t::client_id.eq(&new.client_id),
        t::client_secret.eq(&sealed),
        t::scopes.eq(&new.scopes),
        t::email_claim.eq(&new.email_claim),
        t::strong.eq(json_text(&new.strong)?),
        t::password_off.eq(new.password_off),
        t::version.eq(new.version + 1),
    );
    if kept.is_some() {
        diesel::update(t::table.find(tenant)).set(values).execute(tx.connection)?;
    } else {
        diesel::insert_into(t::table)
            .values((t::tenant_id.eq(tenant), values))
            .execute(tx.connection)?;
    }
    forget_domains(tx, tenant)?;
    for domain in &new.domains {
        diesel::insert_into(identity_domain::table)
            .values((identity_domain::tenant_id.eq(tenant), identity_domain::domain.eq(domain)))
            .execute(tx.connection)?;
    }
    Ok(())
}

fn forget_domains(tx: &mut Tx<'_>, tenant: OrganisationId) -> Result<()> {
    diesel::delete(identity_domain::table.filter(identity_domain::tenant_id.eq(tenant)))
        .execute(tx.connection)?;
    Ok(())
}

/// Removes a provider. Whom it vouched for stays on record, for when it comes back.
pub(super) fn remove(tx: &mut Tx<'_>, of: &Authorized<OrganisationId, SetUp>) -> Result<()> {
    forget_domains(tx, **of)?;
    diesel::delete(t::table.find(**of)).execute(tx.connection)?;
    Ok(())
}

/// Which of these organisations have switched the password off for their members.
pub(super) fn without_password(
    connection: &mut Connection,
    organisations: &[OrganisationId],
) -> Result<Vec<OrganisationId>> {
    Ok(t::table
        .filter(t::tenant_id.eq_any(organisations.to_vec()))
        .filter(t::password_off.eq(true))
        .select(t::tenant_id)
        .load(connection)?)
}

/// Somebody for whom the provider vouches, as the list shows it.
#[derive(Queryable, Serialize)]
pub(super) struct IdentityRow {
    pub id: IdentityId,
    pub name: String,
    pub email: String,
    pub created_at: Timestamp,
    pub last_used_at: Timestamp,
}

/// For whom an organisation's provider vouches, by name.
pub(super) fn identities(
    connection: &mut Connection,
    tenant: OrganisationId,
) -> Result<Vec<IdentityRow>> {
    Ok(identity::table
        .inner_join(person::table.on(person::id.eq(identity::person_id)))
        .filter(identity::tenant_id.eq(tenant))
        .order((person::name.asc(), identity::id.asc()))
        .limit(1000)
        .select((
            identity::id,
            person::name,
            person::email,
            identity::created_at,
            identity::last_used_at,
        ))
        .load(connection)?)
}

/// Who a subject is.
pub(super) fn by_subject(
    connection: &mut Connection,
    tenant: OrganisationId,
    issuer: &str,
    subject: &str,
) -> Result<Option<(IdentityId, PersonId)>> {
    Ok(identity::table
        .filter(identity::tenant_id.eq(tenant))
        .filter(identity::issuer.eq(issuer))
        .filter(identity::subject.eq(subject))
        .select((identity::id, identity::person_id))
        .first(connection)
        .optional()?)
}

/// Whether a person is bound to a subject of this issuer already.
pub(super) fn is_bound(
    connection: &mut Connection,
    tenant: OrganisationId,
    issuer: &str,
    person: PersonId,
) -> Result<bool> {
    let found = identity::table
        .filter(identity::tenant_id.eq(tenant))
        .filter(identity::issuer.eq(issuer))
        .filter(identity::person_id.eq(person));
    Ok(diesel::select(diesel::dsl::exists(found)).get_result(connection)?)
}

/// The member of an organisation with this mail address, in whatever role.
pub(super) fn member_by_email(
    connection: &mut Connection,
    tenant: OrganisationId,
    email: &str,
) -> Result<Option<PersonId>> {
    Ok(membership::table
        .inner_join(person::table)
        .filter(membership::tenant_id.eq(tenant))
        .filter(membership::ended_at.is_null())
        .filter(person::email.eq(email))
        .filter(person::disabled_at.is_null())
        .select(person::id)
        .first(connection)
        .optional()?)
}

/// Whether a person is a member of an organisation, in whatever role.
pub(super) fn is_member(
    connection: &mut Connection,
    tenant: OrganisationId,
    who: PersonId,
) -> Result<bool> {
    let found = membership::table
        .inner_join(person::table)
        .filter(membership::tenant_id.eq(tenant))
        .filter(membership::person_id.eq(who))
        .filter(membership::ended_at.is_null())
        .filter(person::disabled_at.is_null());
    Ok(diesel::select(diesel::dsl::exists(found)).get_result(connection)?)
}

/// Binds a subject to a person.
pub(super) fn bind(
    tx: &mut Tx<'_>,
    tenant: OrganisationId,
    issuer: &str,
    subject: &str,
    person: PersonId,
) -> Result<IdentityId> {
    let id = IdentityId::new(tx.now);
    diesel::insert_into(identity::table)
        .values((
            identity::tenant_id.eq(tenant),
            identity::id.eq(id),
            identity::person_id.eq(person),
            identity::issuer.eq(issuer),
            identity::subject.eq(subject),
            identity::created_at.eq(tx.now),
            identity::last_used_at.eq(tx.now),
        ))
        .execute(tx.connection)?;
    Ok(id)
}

/// Notes that a subject signed in.
pub(super) fn note_use(tx: &mut Tx<'_>, tenant: OrganisationId, id: IdentityId) -> Result<()> {
    diesel::update(identity::table.find((tenant, id)))
        .set(identity::last_used_at.eq(tx.now))
        .execute(tx.connection)?;
    Ok(())
}

/// Whether a session was opened by a provider.
pub(in crate::account) fn opened(connection: &mut Connection, id: SessionId) -> Result<bool> {
    let found = session::table.find(id).filter(session::method.eq(Method::Identity));
    Ok(diesel::select(diesel::dsl::exists(found)).get_result(connection)?)
}

/// Takes a binding back and ends the sessions that the provider opened; gives whose it was.
pub(super) fn release(
    tx: &mut Tx<'_>,
    of: &Authorized<OrganisationId, SetUp>,
    id: IdentityId,
) -> Result<PersonId> {
    let row = identity::table.find((**of, id));
    let person: PersonId = row.select(identity::person_id).first(tx.connection)?;
    diesel::delete(row).execute(tx.connection)?;
    diesel::update(
        session::table
            .filter(session::tenant_id.eq(**of))
            .filter(session::person_id.eq(person))
            .filter(session::method.eq(Method::Identity))
            .filter(session::ended_at.is_null()),
    )
    .set(session::ended_at.eq(Some(tx.now)))
    .execute(tx.connection)?;
    Ok(person)
}

/// How many providers there are, whoever's they are.
pub(super) fn count_secrets(connection: &mut Connection) -> Result<i64> {
    Ok(t::table.count().get_result(connection)?)
}

/// How many client secrets are sealed as `pattern` says.
pub(super) fn count_secrets_like(connection: &mut Connection, pattern: &str) -> Result<i64> {
    Ok(t::table.filter(t::client_secret.like(pattern)).count().get_result(connection)?)
}

/// The next client secrets that aren't sealed as `pattern` says, with the ids of their organisations.
pub(super) fn secrets_unlike(
    connection: &mut Connection,
    pattern: &str,
    after: &str,
    limit: i64,
) -> Result<Vec<(String, String)>> {
    Ok(t::table
        .filter(t::tenant_id.gt(after))
        .filter(t::client_secret.not_like(pattern))
        .order(t::tenant_id.asc())
        .limit(limit)
        .select((t::tenant_id, t::client_secret))
        .load(connection)?)
}

/// Puts a client secret that is sealed anew in place of the old one; one that was typed meanwhile stays.
pub(super) fn reseal(tx: &mut Tx<'_>, tenant: &str, old: &str, new: &str) -> Result<usize> {
    let row = t::table.filter(t::tenant_id.eq(tenant)).filter(t::client_secret.eq(old));
    Ok(diesel::update(row).set(t::client_secret.eq(new)).execute(tx.connection)?)
}
