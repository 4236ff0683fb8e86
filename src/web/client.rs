//! From where a request came: the network address, through the proxies that are trusted, and what the
//! browser says of itself.

use std::net::{IpAddr, SocketAddr};

use actix_web::dev::ServiceRequest;
use actix_web::http::header::{self, HeaderMap};

use super::limits::Limits;

/// The longest text of a browser that is kept, in characters.
const LONGEST_AGENT: usize = 300;

/// The other end of a request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Client {
    /// Its address; unknown outside a request.
    pub address: Option<IpAddr>,
    /// Its `User-Agent`, cut to a sensible length.
    pub agent: String,
}

impl Client {
    /// The other end of `request`: the peer, or behind trusted proxies whom they name.
    #[must_use]
    pub fn of(request: &ServiceRequest, limits: &Limits) -> Self {
        let peer = request.peer_addr().map(|peer| peer.ip().to_canonical());
        let agent = request.headers().get(header::USER_AGENT).and_then(|value| value.to_str().ok());
        Self {
            address: peer.map(|peer| behind(peer, request.headers(), limits)),
            agent: agent.unwrap_or_default().chars().take(LONGEST_AGENT).collect(),
        }
    }
}

/// The last address of the chain that is no trusted proxy: what stands before it anybody may have
/// written. `Forwarded` (RFC 7239) counts before `X-Forwarded-For`.
fn behind(peer: IpAddr, headers: &HeaderMap, limits: &Limits) -> IpAddr {
    let mut last = peer;
    for named in chain(headers).into_iter().rev() {
        if !limits.trusts(last) {
            return last;
        }
        match named {
            Some(address) => last = address,
            // A proxy that hides its client: the proxy is all that is known.
            None => return last,
        }
    }
    last
}

/// The addresses that proxies noted, the nearest last; `None` for one that is no address.
fn chain(headers: &HeaderMap) -> Vec<Option<IpAddr>> {
    let lines = |name: &str| -> Vec<String> {
        let values = headers.get_all(name).filter_map(|value| value.to_str().ok());
        values.flat_map(|value| value.split(',')).map(|part| part.trim().to_owned()).collect()
    };
    let forwarded = lines("forwarded");
    if forwarded.is_empty() {
        return lines("x-forwarded-for").iter().map(|text| address(text)).collect();
    }
    forwarded
        .iter()
        .map(|element| {
            let pairs = element.split(';').filter_map(|pair| pair.trim().split_once('='));
            let mut names = pairs.filter(|(name, _)| name.eq_ignore_ascii_case("for"));
            names.next().and_then(|(_, value)| address(value))
        })
        .collect()
}

/// An address with or without port, quotes or brackets.
fn address(text: &str) -> Option<IpAddr> {
    let text = text.trim().trim_matches('"');
    let bare = text.trim_start_matches('[').trim_end_matches(']');
    let with_port = || text.parse::<SocketAddr>().map(|address| address.ip());
    bare.parse::<IpAddr>().or_else(|_| with_port()).ok().map(|address| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn seen(peer: &str, proxies: &[&str], headers: &[(&str, &str)]) -> String {
        let proxies = proxies.iter().map(|text| text.parse().unwrap()).collect();
        let limits = Limits { trusted_proxies: proxies, ..Limits::default() };
        let peer = SocketAddr::new(peer.parse().unwrap(), 1);
        let request = headers.iter().fold(TestRequest::get().peer_addr(peer), |request, header| {
            request.append_header(*header)
        });
        Client::of(&request.to_srv_request(), &limits).address.unwrap().to_string()
    }

    #[test]
    fn without_trusted_proxies_nobody_is_believed() {
        let headers = [("x-forwarded-for", "203.0.113.9"), ("forwarded", "for=203.0.113.9")];
        assert_eq!(seen("198.51.100.1", &[], &headers), "198.51.100.1");
        assert_eq!(seen("198.51.100.1", &["10.0.0.0/8"], &headers), "198.51.100.1");
    }

    #[test]
    fn the_last_address_that_is_no_proxy_counts() {
        let proxies = ["10.0.0.0/8", "::1"];
        let via = |value| seen("10.0.0.2", &proxies, &[("x-forwarded-for", value)]);
        assert_eq!(via("203.0.113.9"), "203.0.113.9");
        assert_eq!(via("1.1.1.1, 203.0.113.9, 10.9.9.9"), "203.0.113.9");
        assert_eq!(via("10.1.1.1"), "10.1.1.1");
        assert_eq!(via("203.0.113.9, unknown"), "10.0.0.2");
        assert_eq!(via("203.0.113.9:4711"), "203.0.113.9");
        let both =
            [("x-forwarded-for", "1.1.1.1"), ("forwarded", "for=\"[2001:db8::7]:1\";proto=http")];
        assert_eq!(seen("::1", &proxies, &both), "2001:db8::7");
        let lines = [("x-forwarded-for", "1.1.1.1"), ("x-forwarded-for", "203.0.113.9")];
        assert_eq!(seen("::ffff:10.0.0.2", &proxies, &lines), "203.0.113.9");
    }

    #[test]
    fn networks_are_read_and_others_refused() {
        for bad in ["", "10.0.0.0/33", "::/129", "10.0.0/8", "x", "1.1.1.1/", "1.1.1.1/-1"] {
            assert!(bad.parse::<super::super::Network>().is_err(), "{bad}");
        }
        assert_eq!(seen("192.0.2.1", &["0.0.0.0/0"], &[("x-forwarded-for", "::5")]), "::5");
    }
}
