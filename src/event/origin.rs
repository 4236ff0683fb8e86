//! From where a change came: the facts of the request that an event tells beside its actor.

use std::net::IpAddr;

use crate::actor::SessionId;
use crate::storage::sha256;

/// The request in which something happens; nothing of it outside one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// The network address.
    pub address: Option<IpAddr>,
    /// What the browser says of itself.
    pub agent: String,
    /// The session's key ([`session_key`]); empty without one.
    pub session: String,
    /// The method and the pattern of the route, such as `GET /contractors/{id}`.
    pub route: String,
    /// The number of the request.
    pub request: String,
}

/// What stands for a session in rows and lines: a part of the hash of its id.
#[must_use]
pub fn session_key(id: SessionId) -> String {
    sha256(id.as_str().as_bytes()).chars().take(16).collect()
}

/// A new number for a request.
#[must_use]
pub fn request_number() -> String {
    hex::encode(rand::random::<[u8; 6]>())
}
