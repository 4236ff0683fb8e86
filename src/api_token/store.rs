//! The table of tokens.

use diesel::prelude::*;
use serde_json::json;

use super::model::{NewToken, Token};
use super::policy::Keep;
use crate::account;
use crate::actor::{Actor, ApiToken, ApiTokenId, Authorized, Member, OrganisationId, Role};
use crate::clock::Timestamp;
use crate::database::schema::{api_token as t, membership, person};
use crate::database::types::json_text;
use crate::database::{Connection, Tx};
use crate::error::{Error, Result};
use crate::japanese::{jst_date, jst_to_utc};
use crate::ledger::{self, Fact, NewEntry};
use crate::web::paging::{ListQuery, PAGE_SIZE, Page};
use crate::web::{Language, Portal};

/// Keeps a new token under its hash.
pub(super) fn insert(
    tx: &mut Tx<'_>,
    of: &Authorized<OrganisationId, Keep>,
    new: &NewToken,
    hash: &str,
    hint: &str,
) -> Result<Timestamp> {
    let member = tx.actor.member().ok_or(Error::SignIn)?;
    let id = ApiTokenId::new(tx.now);
    let expires_at = tx.now + new.life;
    diesel::insert_into(t::table)
        .values((
            t::tenant_id.eq(**of),
            t::id.eq(id),
            t::membership_id.eq(member.membership_id),
            t::name.eq(&new.name),
            t::scopes.eq(json_text(&new.scopes)?),
            t::hash.eq(hash),
            t::hint.eq(hint),
            t::made_by_name.eq(&member.name),
            t::created_at.eq(tx.now),
            t::expires_at.eq(expires_at),
            t::revoked_by_name.eq(""),
        ))
        .execute(tx.connection)?;
    let details = vec![
        ("name", json!(new.name)),
        ("scopes", json!(new.scopes)),
        ("expires_on", json!(jst_date(expires_at))),
    ];
    entry(tx, **of, id, "token.issued", details)?;
    Ok(expires_at)
}

fn entry(
    tx: &mut Tx<'_>,
    tenant: OrganisationId,
    id: ApiTokenId,
    act: &'static str,
    details: Vec<Fact>,
) -> Result<()> {
    ledger::append(
        tx,
        NewEntry {
            tenant_id: tenant,
            act,
            subject_kind: "token",
            subject_id: id.as_str(),
            entrustment_id: None,
            details,
        },
    )
}

/// How many tokens of an organisation may still count.
pub(super) fn count_alive(
    connection: &mut Connection,
    tenant: OrganisationId,
    now: Timestamp,
) -> Result<i64> {
    Ok(t::table
        .filter(t::tenant_id.eq(tenant))
        .filter(t::revoked_at.is_null())
        .filter(t::expires_at.gt(now))
        .count()
        .get_result(connection)?)
}

/// A page of an organisation's tokens, newest first, each with its maker's role where the
/// membership still counts.
pub(super) fn page(
    connection: &mut Connection,
    tenant: OrganisationId,
    query: &ListQuery,
) -> Result<Page<(Token, Option<Role>)>> {
    type Maker = (Role, Option<Timestamp>, Option<Timestamp>);
    let total = t::table.filter(t::tenant_id.eq(tenant)).count().get_result(connection)?;
    let rows: Vec<(Token, Maker)> = t::table
        .inner_join(
            membership::table.on(membership::tenant_id
                .eq(t::tenant_id)
                .and(membership::id.eq(t::membership_id))),
        )
        .inner_join(person::table.on(person::id.eq(membership::person_id)))
        .filter(t::tenant_id.eq(tenant))
        .order((t::created_at.desc(), t::id.desc()))
        .offset(query.offset())
        .limit(PAGE_SIZE)
        .select((Token::as_select(), (membership::role, membership::ended_at, person::disabled_at)))
        .load(connection)?;
    let standing = |(token, (role, ended, disabled)): (Token, Maker)| {
        (token, (ended.is_none() && disabled.is_none()).then_some(role))
    };
    Ok(Page::new(rows.into_iter().map(standing).collect(), total, query, "created_at"))
}

/// The token of a hash, with its maker where the membership still counts.
pub(super) fn by_hash(
    connection: &mut Connection,
    hash: &str,
    now: Timestamp,
) -> Result<Option<(Token, Option<Member>)>> {
    let token: Option<Token> = t::table
        .filter(t::hash.eq(hash))
        .select(Token::as_select())
        .first(connection)
        .optional()?;
    let Some(token) = token else {
        return Ok(None);
    };
    let (tenant, membership) = (token.tenant_id, token.membership_id);
    let maker = account::member_of_membership(connection, tenant, membership, now)?;
    Ok(Some((token, maker)))
}

/// Takes a token back. One that was taken back before stays as it is.
pub(super) fn revoke(
    tx: &mut Tx<'_>,
    of: &Authorized<OrganisationId, Keep>,
    id: ApiTokenId,
) -> Result<()> {
    let name: String = t::table.find((**of, id)).select(t::name).first(tx.connection)?;
    let changed = diesel::update(t::table.find((**of, id)).filter(t::revoked_at.is_null()))
        .set((t::revoked_at.eq(Some(tx.now)), t::revoked_by_name.eq(tx.actor.name())))
        .execute(tx.connection)?;
    if changed == 0 {
        return Ok(());
    }
    entry(tx, **of, id, "token.revoked", vec![("name", json!(name))])
}

/// Notes a day's first use; of several at the same time, one.
pub(super) fn note_use(tx: &mut Tx<'_>, token: &ApiToken) -> Result<()> {
    let tenant = token.maker.organisation_id;
    let midnight = jst_to_utc(jst_date(tx.now).into());
    let unused = t::last_used_at.is_null().or(t::last_used_at.lt(midnight));
    let changed = diesel::update(t::table.find((tenant, token.id)).filter(unused))
        .set(t::last_used_at.eq(Some(tx.now)))
        .execute(tx.connection)?;
    if changed == 0 {
        return Ok(());
    }
    entry(tx, tenant, token.id, "token.used", vec![("scopes", json!(token.scopes))])
}

/// Notes that a token was seen after its time: a clock that is set back doesn't bring it back.
pub(super) fn note_end(portal: &Portal, token: &Token, now: Timestamp) -> Result<()> {
    portal.database.write(&Actor::System, now, Language::Ja, |tx| {
        diesel::update(t::table.find((token.tenant_id, token.id)))
            .set(t::expired_at.eq(Some(now)))
            .execute(tx.connection)?;
        Ok(())
    })
}
