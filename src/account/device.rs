//! The browsers from which a person signs in: known by a signed cookie, and told of when new.

use std::net::IpAddr;

use actix_web::cookie::Cookie;
use chrono::Duration;

use super::arrival::Method;
use super::device_store as rows;
use super::{mail, store};
use crate::actor::PersonId;
use crate::database::Tx;
use crate::error::Result;
use crate::storage::sha256;
use crate::web::cookie::{self, Name};
use crate::web::token::{self, Purpose};
use crate::web::{Client, Ctx};

/// How long a browser is remembered unused.
const MEMORY: Duration = Duration::days(180);

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

/// The id of the browser that the cookie names, if this person has signed in from it before.
pub(super) fn known(tx: &mut Tx<'_>, ctx: &Ctx, person: PersonId) -> Result<Option<String>> {
    let named = ctx.kept.device.as_deref().and_then(|token| {
        token::subject(&ctx.portal.secret, Purpose::Device, token, ctx.now)
    });
    match named {
        Some(id) if rows::is_of(tx.connection, &id, person)? => Ok(Some(id)),
        _ => Ok(None),
    }
}

/// A browser in words, such as `Firefox (Windows)`: what it says of itself, which is all that is known.
pub(super) fn in_words(agent: &str) -> String {
    let named = |names: &[(&str, &'static str)]| {
        names.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name)
    };
    // The first that fits: Edge says that it is Chrome, and Chrome that it is Safari.
    let browser = named(&[
        ("Edg", "Microsoft Edge"),
        ("Firefox", "Firefox"),
        ("Chrome", "Chrome"),
        ("CriOS", "Chrome"),
        ("Safari", "Safari"),
    ]);
    let system = named(&[
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ]);
    match (browser, system) {
        (Some(browser), Some(system)) => format!("{browser} ({system})"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => "-".to_owned(),
    }
}

/// Knows the browser again, or remembers it and tells the person of it: the cookie for a new one.
/// The first browser of an account, and the one in which an invitation is accepted, are no news.
pub(super) fn recognise(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    person: PersonId,
    method: Method,
) -> Result<Option<Cookie<'static>>> {
    if let Some(id) = known(tx, ctx, person)? {
        rows::touch(tx, &id)?;
        return Ok(None);
    }
    let news = method != Method::Invitation && rows::any(tx.connection, person)?;
    let id = rows::remember(tx, person, &ctx.client.agent)?;
    if news {
        let person = store::person(tx.connection, person)?;
        let details = [("device", in_words(&ctx.client.agent)), ("network", network(ctx))];
        mail::notice(tx, &ctx.portal.settings, &person, "new_device", &details)?;
    }
    let expires = tx.now + MEMORY;
    let token = token::issue(&ctx.portal.secret, Purpose::Device, &id, tx.now, expires)?;
    Ok(Some(cookie::make(Name::Device, token, &ctx.portal.settings)))
}

#[cfg(test)]
mod tests {
    use super::in_words;

    #[test]
    fn browsers_are_named_as_people_know_them() {
        let chrome = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";
        let edge = format!("{chrome} Edg/140.0.0.0");
        let phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1";
        assert_eq!(in_words(chrome), "Chrome (Windows)");
        assert_eq!(in_words(&edge), "Microsoft Edge (Windows)");
        assert_eq!(in_words(phone), "Safari (iPhone)");
        assert_eq!(in_words(""), "-");
    }
}
