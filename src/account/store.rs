//! People, memberships, sessions, invitations and attempts to sign in.

use chrono::Duration;
use diesel::prelude::*;

use super::model::{NewPerson, Person};
use crate::actor::{DivisionId, Member, MembershipId, OrganisationId, PersonId, Role, SessionId};
use crate::clock::Timestamp;
use crate::database::schema::{
    contractor, invitation, membership, organisation, person, session, sign_in_attempt,
};
use crate::database::types::{id_text, uuid_at};
use crate::database::{Connection, Tx};
use crate::error::Result;
use crate::id_type;
use crate::organisation::contractor::ContractorId;

id_type! {
    /// The id of an invitation.
    InvitationId
}

/// The account of a mail address.
pub(super) fn person_by_email(connection: &mut Connection, email: &str) -> Result<Option<Person>> {
    Ok(person::table
        .filter(person::email.eq(email))
        .select(Person::as_select())
        .first(connection)
        .optional()?)
}

/// Makes an account.
pub(super) fn create_person(tx: &mut Tx<'_>, new: &NewPerson) -> Result<PersonId> {
    let id = PersonId::new(tx.now);
    diesel::insert_into(person::table)
        .values((
            person::id.eq(id),
            person::email.eq(&new.email),
            person::name.eq(&new.name),
            person::name_kana.eq(""),
            person::password_hash.eq(Some(new.password_hash.as_str())),
            person::language.eq(new.language),
            person::created_at.eq(tx.now),
            person::version.eq(1),
        ))
        .execute(tx.connection)?;
    Ok(id)
}

/// Makes a person a member.
pub(super) fn create_membership(
    tx: &mut Tx<'_>,
    organisation: OrganisationId,
    person: PersonId,
    role: Role,
    division: Option<DivisionId>,
) -> Result<MembershipId> {
    let id = MembershipId::new(tx.now);
    diesel::insert_into(membership::table)
        .values((
            membership::tenant_id.eq(organisation),
            membership::id.eq(id),
            membership::person_id.eq(person),
            membership::role.eq(role),
            membership::division_id.eq(division),
            membership::created_at.eq(tx.now),
            membership::version.eq(1),
        ))
        .execute(tx.connection)?;
    Ok(id)
}

/// A membership that counts.
#[derive(Clone, Copy, Debug, Queryable, Selectable)]
#[diesel(table_name = membership)]
pub(super) struct Membership {
    pub tenant_id: OrganisationId,
    pub id: MembershipId,
    pub role: Role,
}

/// The memberships of a person that have not ended, oldest first.
pub(super) fn memberships(
    connection: &mut Connection,
    person: PersonId,
) -> Result<Vec<Membership>> {
    Ok(membership::table
        .filter(membership::person_id.eq(person))
        .filter(membership::ended_at.is_null())
        .order(membership::id.asc())
        .select(Membership::as_select())
        .load(connection)?)
}

/// Opens a session.
pub(super) fn create_session(
    tx: &mut Tx<'_>,
    person: PersonId,
    of: Membership,
    life: Duration,
) -> Result<SessionId> {
    let id = SessionId::new(tx.now);
    diesel::insert_into(session::table)
        .values((
            session::id.eq(id),
            session::person_id.eq(person),
            session::tenant_id.eq(of.tenant_id),
            session::membership_id.eq(of.id),
            session::created_at.eq(tx.now),
            session::last_seen_at.eq(tx.now),
            session::expires_at.eq(tx.now + life),
        ))
        .execute(tx.connection)?;
    Ok(id)
}

/// The member of a session that still counts, and when it was last seen.
pub(super) fn member_of_session(
    connection: &mut Connection,
    id: SessionId,
    now: Timestamp,
    idle_since: Timestamp,
) -> Result<Option<(Member, Timestamp)>> {
    type Row = (
        PersonId,
        String,
        MembershipId,
        OrganisationId,
        String,
        Role,
        Option<DivisionId>,
        Timestamp,
    );
    let row: Option<Row> = session::table
        .inner_join(person::table)
        .inner_join(
            membership::table.on(membership::tenant_id
                .eq(session::tenant_id)
                .and(membership::id.eq(session::membership_id))),
        )
        .inner_join(organisation::table.on(organisation::id.eq(session::tenant_id)))
        .filter(session::id.eq(id))
        .filter(session::ended_at.is_null())
        .filter(session::expires_at.gt(now))
        .filter(session::last_seen_at.gt(idle_since))
        .filter(person::disabled_at.is_null())
        .filter(membership::ended_at.is_null())
        .select((
            person::id,
            person::name,
            membership::id,
            organisation::id,
            organisation::name,
            membership::role,
            membership::division_id,
            session::last_seen_at,
        ))
        .first(connection)
        .optional()?;
    let Some(row) = row else {
        return Ok(None);
    };
    let (
        person_id,
        name,
        membership_id,
        organisation_id,
        organisation_name,
        role,
        division_id,
        seen,
    ) = row;
    let member = Member {
        person_id,
        name,
        membership_id,
        organisation_id,
        organisation_name,
        role,
        division_id,
        session_id: id,
        tenants: principals(connection, organisation_id, role)?,
    };
    Ok(Some((member, seen)))
}

/// The principals whose registers name a contractor's organisation.
fn principals(
    connection: &mut Connection,
    organisation: OrganisationId,
    role: Role,
) -> Result<Vec<OrganisationId>> {
    if role.is_principal() {
        return Ok(Vec::new());
    }
    Ok(contractor::table
        .filter(contractor::organisation_id.eq(organisation))
        .select(contractor::tenant_id)
        .distinct()
        .load(connection)?)
}

/// A person in the first membership, with the session that is given.
pub(super) fn member(
    connection: &mut Connection,
    person: PersonId,
    session_id: SessionId,
) -> Result<Member> {
    let (name, membership_id, organisation_id, organisation_name, role, division_id) =
        membership::table
            .inner_join(person::table)
            .inner_join(organisation::table.on(organisation::id.eq(membership::tenant_id)))
            .filter(membership::person_id.eq(person))
            .filter(membership::ended_at.is_null())
            .order(membership::id.asc())
            .select((
                person::name,
                membership::id,
                organisation::id,
                organisation::name,
                membership::role,
                membership::division_id,
            ))
            .first(connection)?;
    let tenants = principals(connection, organisation_id, role)?;
    Ok(Member {
        person_id: person,
        name,
        membership_id,
        organisation_id,
        organisation_name,
        role,
        division_id,
        session_id,
        tenants,
    })
}

/// Notes that a session was used.
pub(super) fn touch_session(tx: &mut Tx<'_>, id: SessionId) -> Result<()> {
    diesel::update(session::table.find(id))
        .set(session::last_seen_at.eq(tx.now))
        .execute(tx.connection)?;
    Ok(())
}

/// Ends a session.
pub(super) fn end_session(tx: &mut Tx<'_>, id: SessionId) -> Result<()> {
    diesel::update(session::table.find(id))
        .set(session::ended_at.eq(Some(tx.now)))
        .execute(tx.connection)?;
    Ok(())
}

/// Wrong guesses for an account since `since`.
pub(super) fn attempts(
    connection: &mut Connection,
    account_key: &str,
    since: Timestamp,
) -> Result<i64> {
    Ok(sign_in_attempt::table
        .filter(sign_in_attempt::account_key.eq(account_key))
        .filter(sign_in_attempt::at.gt(since))
        .count()
        .get_result(connection)?)
}

/// Notes a wrong guess and forgets those older than a day.
pub(super) fn note_attempt(tx: &mut Tx<'_>, account_key: &str) -> Result<()> {
    diesel::delete(
        sign_in_attempt::table
            .filter(sign_in_attempt::account_key.eq(account_key))
            .filter(sign_in_attempt::at.lt(tx.now - Duration::days(1))),
    )
    .execute(tx.connection)?;
    diesel::insert_into(sign_in_attempt::table)
        .values((
            sign_in_attempt::id.eq(id_text(&uuid_at(tx.now)).as_str()),
            sign_in_attempt::account_key.eq(account_key),
            sign_in_attempt::at.eq(tx.now),
        ))
        .execute(tx.connection)?;
    Ok(())
}

/// Forgets the wrong guesses after the right one.
pub(super) fn forget_attempts(tx: &mut Tx<'_>, account_key: &str) -> Result<()> {
    diesel::delete(sign_in_attempt::table.filter(sign_in_attempt::account_key.eq(account_key)))
        .execute(tx.connection)?;
    Ok(())
}

/// An invitation.
#[derive(Clone, Queryable, Selectable)]
#[diesel(table_name = invitation)]
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

/// Keeps an invitation.
pub(super) fn create_invitation(tx: &mut Tx<'_>, new: &Invitation) -> Result<()> {
    diesel::insert_into(invitation::table)
        .values((
            invitation::tenant_id.eq(new.tenant_id),
            invitation::id.eq(new.id),
            invitation::email.eq(&new.email),
            invitation::name.eq(&new.name),
            invitation::role.eq(new.role),
            invitation::division_id.eq(new.division_id),
            invitation::contractor_id.eq(new.contractor_id),
            invitation::invited_by.eq(tx.actor.person_id()),
            invitation::created_at.eq(tx.now),
            invitation::expires_at.eq(new.expires_at),
        ))
        .execute(tx.connection)?;
    Ok(())
}

/// An invitation: the signed token that names it is the right to see it.
pub(super) fn find_invitation(
    connection: &mut Connection,
    tenant: OrganisationId,
    id: InvitationId,
) -> Result<Option<Invitation>> {
    Ok(invitation::table
        .find((tenant, id))
        .select(Invitation::as_select())
        .first(connection)
        .optional()?)
}

/// Uses an invitation up; false when somebody else was faster.
pub(super) fn use_invitation(tx: &mut Tx<'_>, used: &Invitation) -> Result<bool> {
    let changed = diesel::update(
        invitation::table
            .find((used.tenant_id, used.id))
            .filter(invitation::used_at.is_null())
            .filter(invitation::revoked_at.is_null()),
    )
    .set(invitation::used_at.eq(Some(tx.now)))
    .execute(tx.connection)?;
    Ok(changed == 1)
}

/// Takes back the open invitations of an address to the same place: the newest link alone counts.
pub(super) fn revoke_earlier(tx: &mut Tx<'_>, tenant: OrganisationId, email: &str) -> Result<()> {
    diesel::update(
        invitation::table
            .filter(invitation::tenant_id.eq(tenant))
            .filter(invitation::email.eq(email))
            .filter(invitation::used_at.is_null())
            .filter(invitation::revoked_at.is_null()),
    )
    .set(invitation::revoked_at.eq(Some(tx.now)))
    .execute(tx.connection)?;
    Ok(())
}

/// A member as lists show one.
#[derive(Clone, Queryable, serde::Serialize)]
pub struct MemberRow {
    /// The membership.
    pub id: MembershipId,
    /// The person's name.
    pub name: String,
    /// The person's mail address.
    pub email: String,
    /// The language of mails.
    pub language: String,
    /// The role.
    pub role: Role,
    /// The division.
    pub division_id: Option<DivisionId>,
}

/// The members of an organisation by name, with whatever filter `roles` sets.
pub(super) fn members(
    connection: &mut Connection,
    tenant: OrganisationId,
    roles: &[Role],
) -> Result<Vec<MemberRow>> {
    Ok(membership::table
        .inner_join(person::table)
        .filter(membership::tenant_id.eq(tenant))
        .filter(membership::role.eq_any(roles))
        .filter(membership::ended_at.is_null())
        .filter(person::disabled_at.is_null())
        .order((person::name.asc(), membership::id.asc()))
        .limit(1000)
        .select((
            membership::id,
            person::name,
            person::email,
            person::language,
            membership::role,
            membership::division_id,
        ))
        .load(connection)?)
}

/// A member of whichever organisation, with organisation, division, role, name, address, language.
pub(super) type AnyMember = (OrganisationId, Option<DivisionId>, Role, String, String, String);

/// The members of several organisations in some roles, in one query.
pub(super) fn members_of(
    connection: &mut Connection,
    organisations: &[OrganisationId],
    roles: &[Role],
) -> Result<Vec<AnyMember>> {
    Ok(membership::table
        .inner_join(person::table)
        .filter(membership::tenant_id.eq_any(organisations.to_vec()))
        .filter(membership::role.eq_any(roles.to_vec()))
        .filter(membership::ended_at.is_null())
        .filter(person::disabled_at.is_null())
        .order(membership::id.asc())
        .select((
            membership::tenant_id,
            membership::division_id,
            membership::role,
            person::name,
            person::email,
            person::language,
        ))
        .load(connection)?)
}
