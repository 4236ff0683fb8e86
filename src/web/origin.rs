//! Whether a request was meant for this portal and made by its own pages.

use std::net::IpAddr;

use actix_web::dev::ServiceRequest;
use actix_web::http::header;
use url::{Host, Origin, Url};

use super::portal::Settings;
use crate::error::{Error, Result};

/// Refuses a request for another host: what a link or a mail says comes from the base address alone,
/// and no page is answered under another name (DNS rebinding).
pub(super) fn own_host(request: &ServiceRequest, settings: &Settings) -> Result<()> {
    // Load balancers and containers ask these by whatever address they have.
    if matches!(request.path(), "/healthz" | "/readyz") {
        return Ok(());
    }
    let mut hosts = request.headers().get_all(header::HOST);
    let named = hosts.next().and_then(|value| value.to_str().ok());
    let (Some(host), None) = (named, hosts.next()) else {
        return Err(Error::Misdirected);
    };
    let own = |host: &str| same(&format!("{}://{host}", scheme(settings)), settings);
    // A target with an authority counts before the header (RFC 9112 §3.2.2).
    let target = request.uri().authority().is_none_or(|authority| own(authority.as_str()));
    if own(host) && target { Ok(()) } else { Err(Error::Misdirected) }
}

/// Refuses what another site makes a browser send, and what doesn't say where it comes from:
/// Fetch Metadata, then `Origin` against the base address.
pub(super) fn same_origin(request: &ServiceRequest, settings: &Settings) -> Result<()> {
    let header =
        |name: &str| request.headers().get(name).map(|value| value.to_str().unwrap_or("?"));
    let (site, origin) = (header("sec-fetch-site"), header("origin"));
    let site_fits = site.is_none_or(|site| matches!(site, "same-origin" | "none"));
    let origin_fits = origin.is_none_or(|origin| same(origin, settings));
    let says = site.is_some() || origin.is_some();
    if says && site_fits && origin_fits { Ok(()) } else { Err(Error::Forbidden("error-csrf")) }
}

fn scheme(settings: &Settings) -> &str {
    settings.base_url.split_once("://").map_or("http", |(scheme, _)| scheme)
}

/// Whether `origin` is that of the base address. On one machine its names count alike.
fn same(origin: &str, settings: &Settings) -> bool {
    let parsed = |text: &str| Url::parse(text).ok().map(|url| url.origin());
    match (parsed(origin), parsed(&settings.base_url)) {
        (Some(Origin::Tuple(s, host, p)), Some(Origin::Tuple(own_s, own_host, own_p))) => {
            s == own_s
                && p == own_p
                && (host == own_host || is_loopback(&host) && is_loopback(&own_host))
        }
        _ => false,
    }
}

fn is_loopback(host: &Host<String>) -> bool {
    match host {
        Host::Domain(name) => name == "localhost",
        Host::Ipv4(address) => IpAddr::V4(*address).is_loopback(),
        Host::Ipv6(address) => IpAddr::V6(*address).is_loopback(),
    }
}
