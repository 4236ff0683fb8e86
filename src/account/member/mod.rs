//! The members of an organisation: listed, invited, changed, let go, and found when there is mail
//! for them.
//!
//! An administrator manages a principal's people, a representative a contractor's, each the own
//! organisation's alone, and nobody the own membership. A membership that ends keeps its row: its
//! sessions end with it, and it can be opened again. What somebody has in hand the other slices
//! know ([`Duties`]).

mod duty;
mod invitations;
mod leaving;
mod list;
mod mail;
mod model;
mod reset;
mod rules;
mod show;
mod store;
mod views;

use std::collections::{HashMap, HashSet};

use serde_json::{Value, json};

pub use duty::{Duties, Duty, HandOver, InHand, InHandRow, Leaver, Leaving, MOST_SHOWN, Successor};
pub use model::NewMember;
pub use reset::reset_factors;
pub(super) use rules::{InvitationState, Moments, of_side, state};
pub(super) use store::Kept;

use super::export::Members;
use super::invitation::{Invite, invite};
use super::model::NewPerson;
use super::policy::{self, MANAGERS};
use super::store::{self as people, MemberRow};
use crate::actor::{Actor, DivisionId, OrganisationId, PersonId, Role};
use crate::database::{Connection, Tx};
use crate::error::{Error, Result};
use crate::ledger::{self, NewEntry};
use crate::organisation::division;
use crate::sheet;
use crate::web::paging::ListQuery;
use crate::web::{Access, Ctx, Language, Portal, Route};

/// The routes of members.
pub(super) fn routes() -> Vec<Route> {
    const MANAGER: Access = Access::Roles(MANAGERS);
    // The words before `{id}`, which would take them for one.
    let mut routes = list::routes(MANAGER);
    routes.extend(invitations::routes(MANAGER));
    routes.extend(sheet::downloads::<Members>("/members.xlsx", "/members.csv", MANAGER));
    routes.extend(show::routes(MANAGER));
    routes.extend(leaving::routes(MANAGER));
    routes.extend(reset::routes(MANAGER));
    routes
}

/// A sample of each page.
pub(super) fn samples() -> Vec<(&'static str, Value)> {
    views::samples()
}

/// The members of the actor's organisation and side that fit a list's filter, in its order.
pub(super) fn listed(
    connection: &mut Connection,
    ctx: &Ctx,
    query: &ListQuery,
) -> Result<Vec<Kept>> {
    let tenant = policy::manage(&ctx.actor)?;
    store::all(connection, *tenant, of_side(ctx.member()?.role), query)
}

/// The roles that somebody in `role` gives: those of the own side.
#[must_use]
pub fn roles_of(role: Role) -> &'static [Role] {
    of_side(role)
}

/// Which of these mail addresses belong to members of the actor's organisation, whether they go on
/// or have ended.
///
/// # Errors
/// Those of the database.
pub fn known(connection: &mut Connection, ctx: &Ctx, emails: &[String]) -> Result<HashSet<String>> {
    let tenant = ctx.organisation_id()?;
    let found = store::by_emails(connection, tenant, Role::ALL, emails)?;
    Ok(found.into_iter().map(|kept| kept.email).collect())
}

/// Invites everybody of a sheet. That nobody is a member already is for the caller, who asked
/// [`known`].
///
/// # Errors
/// [`Error::Forbidden`] for who may not; those of the database.
pub fn invite_all(tx: &mut Tx<'_>, portal: &Portal, all: &[NewMember]) -> Result<()> {
    policy::manage(tx.actor)?;
    all.iter().try_for_each(|new| invite_one(tx, portal, new))
}

/// Invites somebody into the actor's organisation.
fn invite_one(tx: &mut Tx<'_>, portal: &Portal, new: &NewMember) -> Result<()> {
    let member = tx.actor.member().ok_or(Error::SignIn)?;
    let invite_to = Invite {
        tenant_id: member.organisation_id,
        organisation_name: member.organisation_name.clone(),
        email: new.email.clone(),
        name: new.name.clone(),
        role: new.role,
        division_id: new.division_id,
        contractor_id: None,
    };
    invite(tx, portal, &invite_to).map(|_| ())
}

/// The divisions from which to choose: a contractor has none.
fn divisions(connection: &mut Connection, ctx: &Ctx) -> Result<Vec<division::Division>> {
    let member = ctx.member()?;
    if !member.role.is_principal() {
        return Ok(Vec::new());
    }
    division::list(connection, member.organisation_id)
}

/// Makes an account and its membership at once: the first administrator, and the demonstration.
///
/// # Errors
/// [`Error::Forbidden`] for anybody but the operator; [`Error::Conflict`] when the address has an account.
pub fn create_member(
    tx: &mut Tx<'_>,
    organisation: OrganisationId,
    new: &NewPerson,
    role: Role,
    division: Option<DivisionId>,
) -> Result<PersonId> {
    if !matches!(tx.actor, Actor::Operator) {
        return Err(Error::Forbidden("operator"));
    }
    if people::person_by_email(tx.connection, &new.email)?.is_some() {
        return Err(Error::Conflict("error-email-taken"));
    }
    let person = people::create_person(tx, new)?;
    people::create_membership(tx, organisation, person, role, division)?;
    ledger::append(
        tx,
        NewEntry {
            tenant_id: organisation,
            act: "member.joined",
            subject_kind: "person",
            subject_id: person.as_str(),
            entrustment_id: None,
            details: vec![("role", json!(role))],
        },
    )?;
    Ok(person)
}

/// Somebody to whom a mail goes.
#[derive(Clone, Debug)]
pub struct Recipient {
    /// The name.
    pub name: String,
    /// The address.
    pub email: String,
    /// The language.
    pub language: Language,
}

/// The officers of a division (and those of no division), for notices about its entrustments.
///
/// # Errors
/// Those of the database.
pub fn recipients(
    connection: &mut Connection,
    tenant: OrganisationId,
    division: DivisionId,
) -> Result<Vec<Recipient>> {
    let officers = people::members(connection, tenant, &[Role::Officer])?;
    Ok(officers
        .into_iter()
        .filter(|m| m.division_id.is_none_or(|d| d == division))
        .map(recipient)
        .collect())
}

/// The representatives of a contractor's organisation.
///
/// # Errors
/// Those of the database.
pub fn recipients_of_contractor(
    connection: &mut Connection,
    organisation: OrganisationId,
) -> Result<Vec<Recipient>> {
    Ok(people::members(connection, organisation, &[Role::Representative])?
        .into_iter()
        .map(recipient)
        .collect())
}

/// The representatives of several contractors' organisations, in one query.
///
/// # Errors
/// Those of the database.
pub fn recipients_of_contractors(
    connection: &mut Connection,
    organisations: &[OrganisationId],
) -> Result<HashMap<OrganisationId, Vec<Recipient>>> {
    let mut found: HashMap<_, Vec<_>> = HashMap::new();
    for member in members_of(connection, organisations, &[Role::Representative])? {
        found.entry(member.organisation_id).or_default().push(member.recipient);
    }
    Ok(found)
}

fn recipient(member: MemberRow) -> Recipient {
    Recipient {
        name: member.name,
        email: member.email,
        language: member.language.parse().unwrap_or_default(),
    }
}

/// A member to whom mail may go.
#[derive(Clone, Debug)]
pub struct Member {
    /// The organisation.
    pub organisation_id: OrganisationId,
    /// The division, for those who see only one.
    pub division_id: Option<DivisionId>,
    /// The role.
    pub role: Role,
    /// Name, address and language.
    pub recipient: Recipient,
}

/// The members of several organisations in some roles, in one query: for what writes to many.
///
/// # Errors
/// Those of the database.
pub fn members_of(
    connection: &mut Connection,
    organisations: &[OrganisationId],
    roles: &[Role],
) -> Result<Vec<Member>> {
    let rows = people::members_of(connection, organisations, roles)?;
    Ok(rows
        .into_iter()
        .map(|(organisation_id, division_id, role, name, email, language)| Member {
            organisation_id,
            division_id,
            role,
            recipient: Recipient { name, email, language: language.parse().unwrap_or_default() },
        })
        .collect())
}
