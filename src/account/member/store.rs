//! Memberships as whoever manages them sees and changes them.

use diesel::prelude::*;
use serde::Serialize;
use serde_json::{Value, json};

use super::duty::Leaver;
use super::rules::{self, keeper};
use crate::account::policy::Manage;
use crate::actor::{Authorized, DivisionId, MembershipId, OrganisationId, PersonId, Role};
use crate::clock::Timestamp;
use crate::database::schema::{division, invitation, membership as t, person, session};
use crate::database::{Backend, Connection, MOST_ROWS, Tx};
use crate::error::{Error, Result};
use crate::ledger::{self, NewEntry};
use crate::web::paging::{ListQuery, PAGE_SIZE, Page};

/// A membership with its person, whether it goes on or has ended.
#[derive(Clone, Debug, Queryable, Serialize)]
pub(in crate::account) struct Kept {
    pub tenant_id: OrganisationId,
    pub id: MembershipId,
    pub person_id: PersonId,
    pub name: String,
    pub email: String,
    /// The language of mails.
    pub language: String,
    pub role: Role,
    pub division_id: Option<DivisionId>,
    pub division: Option<String>,
    pub created_at: Timestamp,
    /// Since when it doesn't count.
    pub ended_at: Option<Timestamp>,
    pub version: i32,
}

impl Kept {
    /// The same as somebody who leaves.
    pub fn leaver(&self, namesake: bool) -> Leaver {
        Leaver {
            organisation_id: self.tenant_id,
            membership_id: self.id,
            person_id: self.person_id,
            name: self.name.clone(),
            namesake,
            role: self.role,
        }
    }
}

/// The columns of [`Kept`].
macro_rules! columns {
    () => {
        (
            t::tenant_id,
            t::id,
            t::person_id,
            person::name,
            person::email,
            person::language,
            t::role,
            t::division_id,
            division::name.nullable(),
            t::created_at,
            t::ended_at,
            t::version,
        )
    };
}

/// The memberships of an organisation in some roles.
macro_rules! of {
    ($tenant:expr, $roles:expr) => {
        t::table
            .inner_join(person::table)
            .left_join(
                division::table.on(division::tenant_id
                    .eq(t::tenant_id)
                    .and(t::division_id.eq(division::id.nullable()))),
            )
            .filter(t::tenant_id.eq($tenant))
            .filter(t::role.eq_any($roles.to_vec()))
    };
}

/// The same as far as the filter lets them: those that go on, unless others are asked for.
macro_rules! fitting {
    ($tenant:expr, $roles:expr, $query:expr) => {{
        let mut rows = of!($tenant, $roles).into_boxed::<Backend>();
        rows = match $query.status.as_str() {
            "ended" => rows.filter(t::ended_at.is_not_null()),
            "all" => rows,
            _ => rows.filter(t::ended_at.is_null()),
        };
        let words = $query.q.trim().replace(['%', '_', '\\'], "");
        if !words.is_empty() {
            let address = format!("%{}%", words.to_lowercase());
            rows = rows
                .filter(person::name.like(format!("%{words}%")).or(person::email.like(address)));
        }
        rows
    }};
}

/// The same in the order that is asked for.
macro_rules! sorted {
    ($rows:expr, $query:expr) => {
        match $query.sorting() {
            ("email", false) => $rows.order((person::email.asc(), t::id.asc())),
            ("email", true) => $rows.order((person::email.desc(), t::id.desc())),
            ("joined", false) => $rows.order((t::created_at.asc(), t::id.asc())),
            ("joined", true) => $rows.order((t::created_at.desc(), t::id.desc())),
            (_, false) => $rows.order((person::name.asc(), t::id.asc())),
            (_, true) => $rows.order((person::name.desc(), t::id.desc())),
        }
    };
}

/// A page of an organisation's members.
pub(super) fn page(
    connection: &mut Connection,
    tenant: OrganisationId,
    roles: &[Role],
    query: &ListQuery,
) -> Result<Page<Kept>> {
    let total = fitting!(tenant, roles, query).count().get_result(connection)?;
    let rows = sorted!(fitting!(tenant, roles, query), query)
        .offset(query.offset())
        .limit(PAGE_SIZE)
        .select(columns!())
        .load(connection)?;
    Ok(Page::new(rows, total, query, "name"))
}

/// All of an organisation's members that fit, in the order of the page.
pub(super) fn all(
    connection: &mut Connection,
    tenant: OrganisationId,
    roles: &[Role],
    query: &ListQuery,
) -> Result<Vec<Kept>> {
    Ok(sorted!(fitting!(tenant, roles, query), query).select(columns!()).load(connection)?)
}

/// One membership of an organisation.
pub(super) fn find(
    connection: &mut Connection,
    tenant: OrganisationId,
    roles: &[Role],
    id: MembershipId,
) -> Result<Kept> {
    Ok(of!(tenant, roles).filter(t::id.eq(id)).select(columns!()).first(connection)?)
}

/// The memberships, ended or not, of these mail addresses.
pub(in crate::account) fn by_emails(
    connection: &mut Connection,
    tenant: OrganisationId,
    roles: &[Role],
    emails: &[String],
) -> Result<Vec<Kept>> {
    let mut found = Vec::new();
    for emails in emails.chunks(MOST_ROWS) {
        let rows: Vec<Kept> = of!(tenant, roles)
            .filter(person::email.eq_any(emails.to_vec()))
            .order(t::id.asc())
            .select(columns!())
            .load(connection)?;
        found.extend(rows);
    }
    Ok(found)
}

/// Who may take over from a member: the others that go on, by name.
pub(super) fn others(connection: &mut Connection, roles: &[Role], but: &Kept) -> Result<Vec<Kept>> {
    Ok(of!(but.tenant_id, roles)
        .filter(t::ended_at.is_null())
        .filter(t::person_id.ne(but.person_id))
        .order((person::name.asc(), t::id.asc()))
        .limit(1000)
        .select(columns!())
        .load(connection)?)
}

/// How many other members go on in a role.
pub(super) fn others_in(connection: &mut Connection, role: Role, but: &Kept) -> Result<i64> {
    Ok(t::table
        .filter(t::tenant_id.eq(but.tenant_id))
        .filter(t::role.eq(role))
        .filter(t::ended_at.is_null())
        .filter(t::person_id.ne(but.person_id))
        .count()
        .get_result(connection)?)
}

/// Gives a member another role or division.
pub(super) fn change(
    tx: &mut Tx<'_>,
    kept: &Authorized<Kept, Manage>,
    version: i32,
    (role, division): (Role, Option<DivisionId>),
) -> Result<()> {
    let row = t::table.find((kept.tenant_id, kept.id)).filter(t::ended_at.is_null());
    let changed = diesel::update(row.filter(t::version.eq(version)))
        .set((t::role.eq(role), t::division_id.eq(division), t::version.eq(version + 1)))
        .execute(tx.connection)?;
    current(changed)?;
    let details = vec![
        ("role", json!(role)),
        ("role_before", json!(kept.role)),
        ("division", json!(division)),
        ("division_before", json!(kept.division_id)),
    ];
    entry(tx, kept, "member.changed", details)?;
    somebody_left(tx, kept, Some(role))
}

/// Ends a membership: its sessions end, and so do the invitations by and for the person.
pub(super) fn end(
    tx: &mut Tx<'_>,
    kept: &Authorized<Kept, Manage>,
    version: i32,
    details: Vec<(&'static str, Value)>,
) -> Result<()> {
    let row = t::table.find((kept.tenant_id, kept.id)).filter(t::ended_at.is_null());
    let changed = diesel::update(row.filter(t::version.eq(version)))
        .set((t::ended_at.eq(tx.now), t::version.eq(version + 1)))
        .execute(tx.connection)?;
    current(changed)?;
    diesel::update(
        session::table
            .filter(session::tenant_id.eq(kept.tenant_id))
            .filter(session::membership_id.eq(kept.id))
            .filter(session::ended_at.is_null()),
    )
    .set(session::ended_at.eq(tx.now))
    .execute(tx.connection)?;
    diesel::update(
        invitation::table
            .filter(invitation::tenant_id.eq(kept.tenant_id))
            .filter(invitation::email.eq(&kept.email).or(invitation::invited_by.eq(kept.person_id)))
            .filter(invitation::used_at.is_null())
            .filter(invitation::revoked_at.is_null()),
    )
    .set(invitation::revoked_at.eq(tx.now))
    .execute(tx.connection)?;
    entry(tx, kept, "member.disabled", details)?;
    somebody_left(tx, kept, None)
}

/// How many invitations by and for a member are open.
pub(super) fn open_invitations(
    connection: &mut Connection,
    kept: &Kept,
    now: Timestamp,
) -> Result<i64> {
    Ok(invitation::table
        .filter(invitation::tenant_id.eq(kept.tenant_id))
        .filter(invitation::email.eq(&kept.email).or(invitation::invited_by.eq(kept.person_id)))
        .filter(invitation::used_at.is_null())
        .filter(invitation::revoked_at.is_null())
        .filter(invitation::expires_at.gt(now))
        .count()
        .get_result(connection)?)
}

/// Lets somebody in again whose membership had ended.
pub(super) fn reopen(tx: &mut Tx<'_>, kept: &Authorized<Kept, Manage>, version: i32) -> Result<()> {
    let other: i64 = t::table
        .filter(t::tenant_id.eq(kept.tenant_id))
        .filter(t::person_id.eq(kept.person_id))
        .filter(t::ended_at.is_null())
        .count()
        .get_result(tx.connection)?;
    if other > 0 {
        return Err(Error::Conflict("member-error-again"));
    }
    let row = t::table.find((kept.tenant_id, kept.id)).filter(t::ended_at.is_not_null());
    let changed = diesel::update(row.filter(t::version.eq(version)))
        .set((t::ended_at.eq(None::<Timestamp>), t::version.eq(version + 1)))
        .execute(tx.connection)?;
    current(changed)?;
    entry(tx, kept, "member.enabled", vec![("role", json!(kept.role))])
}

fn current(changed: usize) -> Result<()> {
    if changed == 0 { Err(Error::Conflict("error-stale")) } else { Ok(()) }
}

/// Looks again whether somebody is left who manages the people. After the entry in the ledger, whose
/// head two who change at once have one after the other: neither counts on the other.
fn somebody_left(tx: &mut Tx<'_>, kept: &Kept, after: Option<Role>) -> Result<()> {
    let others = others_in(tx.connection, keeper(kept.role), kept)?;
    if rules::leaves_nobody(kept.role, after, others) {
        return Err(Error::Conflict("member-error-last"));
    }
    Ok(())
}

fn entry(
    tx: &mut Tx<'_>,
    kept: &Kept,
    act: &'static str,
    mut details: Vec<(&'static str, Value)>,
) -> Result<()> {
    details.push(("person", json!(kept.person_id)));
    ledger::append(
        tx,
        NewEntry {
            tenant_id: kept.tenant_id,
            act,
            subject_kind: "membership",
            subject_id: kept.id.as_str(),
            entrustment_id: None,
            details,
        },
    )
}
