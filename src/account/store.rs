//! People, memberships, sessions and attempts to sign in.

use chrono::Duration;
use diesel::prelude::*;

use super::arrival::Method;
use super::model::{NewPerson, Person};
use crate::actor::{DivisionId, Member, MembershipId, OrganisationId, PersonId, Role, SessionId};
use crate::clock::Timestamp;
use crate::database::schema::{
    access_rules, contractor, membership, organisation, person, session,
};
use crate::database::{Connection, Tx};
use crate::error::Result;
use crate::japanese::jst_date;
use crate::organisation::AccessRules;

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

/// A session that has not ended, with what its organisation's access rules say.
pub(super) struct Found {
    /// The member.
    pub member: Member,
    /// When it was last used.
    pub seen: Timestamp,
    /// When it ends, used or not.
    pub expires: Timestamp,
    /// Minutes unused after which it ends, where the organisation has rules of its own.
    pub idle_minutes: Option<i32>,
}

/// The member of a session that has not been ended.
pub(super) fn member_of_session(
    connection: &mut Connection,
    id: SessionId,
    now: Timestamp,
) -> Result<Option<Found>> {
    type Row = (
        (PersonId, String, MembershipId, OrganisationId, String, Role, Option<DivisionId>),
        (Method, Timestamp, Timestamp, Option<Timestamp>, Option<Timestamp>),
        (Option<i32>, Option<bool>, bool),
    );
    let other = diesel::alias!(membership as other);
    let elsewhere = other
        .filter(other.field(membership::person_id).eq(session::person_id))
        .filter(other.field(membership::id).ne(session::membership_id))
        .filter(other.field(membership::ended_at).is_null());
    let row: Option<Row> = session::table
        .inner_join(person::table)
        .inner_join(
            membership::table.on(membership::tenant_id
                .eq(session::tenant_id)
                .and(membership::id.eq(session::membership_id))),
        )
        .inner_join(organisation::table.on(organisation::id.eq(session::tenant_id)))
        .left_join(access_rules::table.on(access_rules::tenant_id.eq(session::tenant_id)))
        .filter(session::id.eq(id))
        .filter(session::ended_at.is_null())
        .filter(person::disabled_at.is_null())
        .filter(membership::ended_at.is_null())
        .select((
            (
                person::id,
                person::name,
                membership::id,
                organisation::id,
                organisation::name,
                membership::role,
                membership::division_id,
            ),
            (
                session::method,
                session::expires_at,
                session::last_seen_at,
                session::second_factor_at,
                session::stepped_up_at,
            ),
            (
                access_rules::idle_minutes.nullable(),
                access_rules::handler_second_factor.nullable(),
                diesel::dsl::exists(elsewhere),
            ),
        ))
        .first(connection)
        .optional()?;
    let Some((who, proofs, (idle_minutes, of_handlers, elsewhere))) = row else {
        return Ok(None);
    };
    let (method, expires, seen, second_factor_at, stepped_up_at) = proofs;
    let (person_id, name, membership_id, organisation_id, organisation_name, role, division_id) =
        who;
    let demanded = role != Role::Handler
        || of_handlers.unwrap_or(AccessRules::default().handler_second_factor);
    let member = Member {
        person_id,
        name,
        membership_id,
        organisation_id,
        organisation_name,
        role,
        division_id,
        session_id: id,
        enrolling: demanded && second_factor_at.is_none(),
        // Whom the operator vouches for has nothing to prove it with.
        proved_at: if method == Method::Operator { Some(now) } else { stepped_up_at },
        today: jst_date(now),
        elsewhere,
        tenants: principals(connection, organisation_id, role)?,
    };
    Ok(Some(Found { member, seen, expires, idle_minutes }))
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
    now: Timestamp,
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
        enrolling: false,
        proved_at: None,
        today: jst_date(now),
        elsewhere: false,
        tenants,
    })
}

/// The member of a membership that counts, in no session.
pub(super) fn member_of(
    connection: &mut Connection,
    tenant: OrganisationId,
    id: MembershipId,
    now: Timestamp,
) -> Result<Option<Member>> {
    type Row = (PersonId, String, String, Role, Option<DivisionId>);
    let row: Option<Row> = membership::table
        .inner_join(person::table)
        .inner_join(organisation::table.on(organisation::id.eq(membership::tenant_id)))
        .filter(membership::tenant_id.eq(tenant))
        .filter(membership::id.eq(id))
        .filter(membership::ended_at.is_null())
        .filter(person::disabled_at.is_null())
        .select((
            person::id,
            person::name,
            organisation::name,
            membership::role,
            membership::division_id,
        ))
        .first(connection)
        .optional()?;
    let Some((person_id, name, organisation_name, role, division_id)) = row else {
        return Ok(None);
    };
    let tenants = principals(connection, tenant, role)?;
    Ok(Some(Member {
        person_id,
        name,
        membership_id: id,
        organisation_id: tenant,
        organisation_name,
        role,
        division_id,
        session_id: SessionId::new(now),
        enrolling: false,
        proved_at: None,
        tenants,
        today: jst_date(now),
        elsewhere: false,
    }))
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

/// A person by id.
pub(super) fn person(connection: &mut Connection, id: PersonId) -> Result<Person> {
    Ok(person::table.find(id).select(Person::as_select()).first(connection)?)
}

/// The name of a person, if there is such a person.
pub(super) fn known_name(connection: &mut Connection, id: PersonId) -> Result<Option<String>> {
    Ok(person::table.find(id).select(person::name).first(connection).optional()?)
}

/// Sets a person's password.
pub(super) fn set_password(tx: &mut Tx<'_>, id: PersonId, hash: &str) -> Result<()> {
    diesel::update(person::table.find(id))
        .set(person::password_hash.eq(hash))
        .execute(tx.connection)?;
    Ok(())
}

/// Sets the language of a person's mails.
pub(super) fn set_language(tx: &mut Tx<'_>, id: PersonId, language: &str) -> Result<()> {
    diesel::update(person::table.find(id))
        .set(person::language.eq(language))
        .execute(tx.connection)?;
    Ok(())
}

/// The names of the organisations in which a person is a member.
pub(super) fn organisation_names(c: &mut Connection, id: PersonId) -> Result<Vec<String>> {
    Ok(membership::table
        .inner_join(organisation::table.on(organisation::id.eq(membership::tenant_id)))
        .filter(membership::person_id.eq(id))
        .filter(membership::ended_at.is_null())
        .select(organisation::name)
        .load(c)?)
}
