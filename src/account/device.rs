//! The browsers from which a person signs in: known by a signed cookie, and told of when new.

use std::net::IpAddr;

use actix_web::cookie::Cookie;
use chrono::Duration;

use super::arrival::Method;
use super::{device_store as rows, mail, store};
use crate::actor::PersonId;
use crate::database::Tx;
use crate::error::Result;
use crate::event;
use crate::storage::sha256;
use crate::web::cookie::{self, Name};
use crate::web::token::{self, Purpose};
use crate::web::{Client, Ctx};

/// How long a browser is remembered unused.
const MEMORY: Duration = Duration::days(180);

/// Most people of one browser who are known again.
const MOST: usize = 5;
/// What stands between their tokens; no token has one.
const BETWEEN: &str = "~";

/// The network address of a request, as the person's own sessions show it.
pub(super) fn network(ctx: &Ctx) -> String {
    ctx.client.address.map(|address| address.to_string()).unwrap_or_default()
}

/// The key under which guesses from a network are counted: its /24, of IPv6 its /48.
pub(super) fn network_key(client: &Client) -> String {
    let prefix = match client.address {
        Some(IpAddr::V4(address)) => address.octets().iter().take(3).copied().collect::<Vec<u8>>(),
        Some(IpAddr::V6(address)) => address.octets().iter().take(6).copied().collect(),
        None => return String::new(),
    };
    sha256(&prefix)
}

/// The tokens of the browser's cookie: one for each of the people who signed in with it.
fn tokens(ctx: &Ctx) -> impl Iterator<Item = &str> {
    ctx.kept.device.iter().flat_map(|all| all.split(BETWEEN)).take(MOST)
}

/// The id that a token of the cookie names.
fn named(ctx: &Ctx, token: &str) -> Option<String> {
    token::subject(&ctx.portal.secret, Purpose::Device, token, ctx.now)
}

/// The id under which the browser is known as one of this person's.
pub(super) fn known(tx: &mut Tx<'_>, ctx: &Ctx, person: PersonId) -> Result<Option<String>> {
    for id in tokens(ctx).filter_map(|token| named(ctx, token)) {
        if rows::is_of(tx.connection, &id, person)? {
            return Ok(Some(id));
        }
    }
    Ok(None)
}

/// Knows the browser again, or remembers it and tells the person of it; gives the cookie that is
/// good for another while. The first browser of an account, and the one in which an invitation is
/// accepted, are no news.
pub(super) fn recognise(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    person: PersonId,
    method: Method,
) -> Result<Cookie<'static>> {
    let id = if let Some(id) = known(tx, ctx, person)? {
        rows::touch(tx, &id)?;
        id
    } else {
        let news = method != Method::Invitation && rows::any(tx.connection, person)?;
        let id = rows::remember(tx, person, &ctx.client.agent)?;
        if news {
            tell(tx, ctx, person)?;
        }
        id
    };
    let expires = tx.now + MEMORY;
    let own = token::issue(&ctx.portal.secret, Purpose::Device, &id, tx.now, expires)?;
    // Others who sign in with this browser stay known.
    let others = tokens(ctx).filter(|token| named(ctx, token).is_some_and(|other| other != id));
    let all: Vec<&str> = std::iter::once(&*own).chain(others).take(MOST).collect();
    Ok(cookie::make(Name::Device, all.join(BETWEEN), &ctx.portal.settings))
}

/// Tells a person of a new browser.
fn tell(tx: &mut Tx<'_>, ctx: &Ctx, person: PersonId) -> Result<()> {
    let person = store::person(tx.connection, person)?;
    let named = event::device(&ctx.client.agent);
    let details = [
        ("device", if named.is_empty() { "-".to_owned() } else { named }),
        ("network", network(ctx)),
    ];
    mail::notice(tx, &ctx.portal.settings, &person, "new_device", &details)
}
