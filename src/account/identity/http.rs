//! The way to a provider: TLS, no redirects, little time, little size, and never into the
//! operator's own network unless the operator allows it.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use openidconnect::{HttpRequest, HttpResponse};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::redirect::Policy;
use url::{Host, Url};

/// How long a connection may take.
const CONNECT: Duration = Duration::from_secs(5);
/// How long an answer may take.
const ANSWER: Duration = Duration::from_secs(10);
/// Most bytes of an answer: key sets of large providers have some ten thousand.
const MOST: usize = 512 * 1024;

/// Why a provider can't be asked.
#[derive(Debug, thiserror::Error)]
pub(super) enum Unreachable {
    /// Not `https`, or an address inside of a private network.
    #[error("the address is not allowed")]
    Address,
    /// More bytes than are read.
    #[error("the answer is too large")]
    TooLarge,
    /// The client could not be made.
    #[error("no client")]
    Client,
    /// The request failed.
    #[error("{0}")]
    Request(#[from] reqwest::Error),
    /// The answer can't be handed on.
    #[error("{0}")]
    Answer(#[from] openidconnect::http::Error),
}

/// The client for public addresses and the one for all. Connections aren't kept: a server's
/// workers each have a runtime of their own.
static PUBLIC: LazyLock<Option<reqwest::Client>> = LazyLock::new(|| build(false));
static ANY: LazyLock<Option<reqwest::Client>> = LazyLock::new(|| build(true));

fn build(private: bool) -> Option<reqwest::Client> {
    let builder = reqwest::Client::builder()
        .redirect(Policy::none())
        .no_proxy()
        .connect_timeout(CONNECT)
        .timeout(ANSWER)
        .pool_max_idle_per_host(0)
        .user_agent(concat!("azukari/", env!("CARGO_PKG_VERSION")))
        .dns_resolver(Arc::new(Resolver { private }));
    match builder.build() {
        Ok(client) => Some(client),
        Err(error) => {
            tracing::error!(%error, "no client for identity providers");
            None
        }
    }
}

/// Looks names up and keeps only the addresses to which a request may go: what is connected to is
/// what was looked at, so a name can't change its meaning in between.
struct Resolver {
    private: bool,
}

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let private = self.private;
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let allowed: Vec<SocketAddr> =
                found.filter(|address| private || is_public(address.ip())).collect();
            if allowed.is_empty() {
                return Err(Unreachable::Address.into());
            }
            let addresses: Addrs = Box::new(allowed.into_iter());
            Ok(addresses)
        })
    }
}

/// Whether a request may go to `url`: `https`, or `http` to this very machine where private
/// networks are allowed; an address in digits must be public.
pub(super) fn allowed(url: &Url, private: bool) -> bool {
    let public = match url.host() {
        Some(Host::Ipv4(ip)) => is_public(ip.into()),
        Some(Host::Ipv6(ip)) => is_public(ip.into()),
        Some(Host::Domain(name)) => name.contains('.') && !name.ends_with(".localhost"),
        None => return false,
    };
    let plain = url.username().is_empty() && url.password().is_none();
    match url.scheme() {
        "https" => plain && (public || private),
        "http" => plain && private && is_loopback(url),
        _ => false,
    }
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

/// Sends one request.
pub(super) async fn send(request: HttpRequest, private: bool) -> Result<HttpResponse, Unreachable> {
    let (head, body) = request.into_parts();
    let url = Url::parse(&head.uri.to_string()).ok().ok_or(Unreachable::Address)?;
    if !allowed(&url, private) {
        return Err(Unreachable::Address);
    }
    let client = if private { ANY.as_ref() } else { PUBLIC.as_ref() };
    let client = client.ok_or(Unreachable::Client)?;
    let mut answer =
        client.request(head.method, url).headers(head.headers).body(body).send().await?;
    let mut built = openidconnect::http::Response::builder().status(answer.status());
    if let Some(headers) = built.headers_mut() {
        headers.clone_from(answer.headers());
    }
    let mut bytes = Vec::new();
    while let Some(piece) = answer.chunk().await? {
        if bytes.len() + piece.len() > MOST {
            return Err(Unreachable::TooLarge);
        }
        bytes.extend_from_slice(&piece);
    }
    Ok(built.body(bytes)?)
}

/// Whether an address belongs to the public internet (IANA's registries of special-purpose
/// addresses, RFC 6890).
pub(super) fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    let special = ip.is_private()
        || ip.is_loopback()
        || ip.is_link_local()
        || ip.is_multicast()
        || ip.is_documentation()
        || a == 0
        || a >= 240
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 192 && b == 88 && c == 99)
        || (a == 198 && (18..20).contains(&b));
    !special
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    let [a, b, ..] = ip.segments();
    // Only 2000::/3 is given out; within it, ranges that lead elsewhere or nowhere: Teredo and the
    // other protocol assignments, 6to4, documentation.
    let given = (0x2000..0x4000).contains(&a);
    let special =
        (a == 0x2001 && (b < 0x0200 || b == 0x0db8)) || a == 0x2002 || (a == 0x3fff && b < 0x1000);
    given && !special
}

#[cfg(test)]
mod tests {
    use super::{allowed, is_public};

    #[test]
    fn no_request_goes_into_a_private_network() {
        for private in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.0.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "224.0.0.1",
            "255.255.255.255",
            "198.18.0.1",
            "::1",
            "::",
            "fc00::1",
            "fe80::1",
            "::ffff:10.0.0.1",
            "64:ff9b::a00:1",
            "2002:a00:1::",
            "2001::1",
            "ff02::1",
        ] {
            assert!(!is_public(private.parse().unwrap()), "{private}");
        }
        for public in ["20.190.160.1", "1.1.1.1", "2603:1026::1", "2400:cb00::1"] {
            assert!(is_public(public.parse().unwrap()), "{public}");
        }
    }

    #[test]
    fn a_provider_is_asked_by_https_and_by_its_name() {
        let ask = |url: &str, private| allowed(&url.parse().unwrap(), private);
        assert!(ask("https://login.example.com/tenant/v2.0", false));
        for refused in [
            "http://login.example.com",
            "https://127.0.0.1",
            "https://[::1]",
            "https://localhost",
            "https://intranet",
            "https://a:b@login.example.com",
            "file:///etc/passwd",
            "https://0x7f.1",
            "https://2130706433",
        ] {
            assert!(!ask(refused, false), "{refused}");
        }
        assert!(ask("http://127.0.0.1:8080", true) && ask("https://intranet", true));
        assert!(!ask("http://intranet", true), "in clear only to this very machine");
    }
}
