//! From where a request came: the network address and what the browser says of itself.

use std::net::IpAddr;

use actix_web::dev::ServiceRequest;
use actix_web::http::header;

/// The longest text of a browser that is kept.
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
    /// The other end of `request`.
    #[must_use]
    pub fn of(request: &ServiceRequest) -> Self {
        let agent = request.headers().get(header::USER_AGENT).and_then(|value| value.to_str().ok());
        Self {
            address: request.peer_addr().map(|peer| peer.ip()),
            agent: agent.unwrap_or_default().chars().take(LONGEST_AGENT).collect(),
        }
    }
}
