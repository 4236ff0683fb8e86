//! Members of a contractor's organisation who leave.

use std::collections::HashMap;

use diesel::prelude::*;
use serde_json::json;

use super::policy::Part;
use crate::actor::{Authorized, MembershipId, OrganisationId, PersonId, Role};
use crate::database::schema::{membership, person, session};
use crate::database::{Connection, MOST_ROWS, Tx};
use crate::error::Result;
use crate::ledger::{self, NewEntry};

/// The roles on a contractor's side.
const CONTRACTORS: [Role; 2] = [Role::Representative, Role::Handler];

/// The member of a contractor's organisation who has this mail address.
///
/// # Errors
/// Those of the database.
pub fn member_by_email(
    connection: &mut Connection,
    organisation: OrganisationId,
    email: &str,
) -> Result<Option<PersonId>> {
    Ok(membership::table
        .inner_join(person::table)
        .filter(person::email.eq(email))
        .filter(membership::tenant_id.eq(organisation))
        .filter(membership::role.eq_any(CONTRACTORS))
        .filter(membership::ended_at.is_null())
        .select(person::id)
        .first(connection)
        .optional()?)
}

/// The members of a contractor's organisation who have these mail addresses.
///
/// # Errors
/// Those of the database.
pub fn members_by_email(
    connection: &mut Connection,
    organisation: OrganisationId,
    emails: &[String],
) -> Result<HashMap<String, PersonId>> {
    let mut found = HashMap::new();
    for emails in emails.chunks(MOST_ROWS) {
        let rows: Vec<(String, PersonId)> = membership::table
            .inner_join(person::table)
            .filter(person::email.eq_any(emails.to_vec()))
            .filter(membership::tenant_id.eq(organisation))
            .filter(membership::role.eq_any(CONTRACTORS))
            .filter(membership::ended_at.is_null())
            .select((person::email, person::id))
            .load(connection)?;
        found.extend(rows);
    }
    Ok(found)
}

/// Whether somebody is a member of a contractor's organisation.
///
/// # Errors
/// Those of the database.
pub fn is_member(
    connection: &mut Connection,
    organisation: OrganisationId,
    person: PersonId,
) -> Result<bool> {
    Ok(!memberships(connection, organisation, person)?.is_empty())
}

fn memberships(
    connection: &mut Connection,
    organisation: OrganisationId,
    person: PersonId,
) -> Result<Vec<MembershipId>> {
    Ok(membership::table
        .filter(membership::tenant_id.eq(organisation))
        .filter(membership::person_id.eq(person))
        .filter(membership::role.eq_any(CONTRACTORS))
        .filter(membership::ended_at.is_null())
        .order(membership::id.asc())
        .select(membership::id)
        .load(connection)?)
}

/// Ends a membership and every session of it, with an entry in the organisation's own ledger.
///
/// # Errors
/// Those of the database.
pub fn end_membership(
    tx: &mut Tx<'_>,
    who: &Authorized<(OrganisationId, PersonId), Part>,
) -> Result<()> {
    let (organisation, person) = **who;
    for id in memberships(tx.connection, organisation, person)? {
        diesel::update(membership::table.find((organisation, id)))
            .set(membership::ended_at.eq(tx.now))
            .execute(tx.connection)?;
        diesel::update(
            session::table
                .filter(session::tenant_id.eq(organisation))
                .filter(session::membership_id.eq(id))
                .filter(session::ended_at.is_null()),
        )
        .set(session::ended_at.eq(tx.now))
        .execute(tx.connection)?;
        let new = NewEntry {
            tenant_id: organisation,
            act: "member.left",
            subject_kind: "person",
            subject_id: person.as_str(),
            entrustment_id: None,
            details: vec![("membership", json!(id))],
        };
        ledger::append(tx, new)?;
    }
    Ok(())
}
