//! What one running portal consists of: shared by all requests and jobs.

use std::sync::Arc;

use super::limits::Limits;
use crate::clamav::Clamav;
use crate::clock::Clock;
use crate::database::Database;
use crate::ledger::Signer;
use crate::secret::Secret;
use crate::storage::Storage;

/// Settings that pages and mails need.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The address under which people reach the portal, without a slash at the end.
    pub base_url: String,
    /// Whether this is the demonstration, with its mailbox and sign-in by one click.
    pub demo: bool,
    /// What a request may cost.
    pub limits: Limits,
    /// Whether an organisation's identity provider may lie in a private network.
    pub identity_private_network: bool,
    /// The virus scanner, where there is one.
    pub clamav: Option<Clamav>,
}

impl Settings {
    /// Whether people come over TLS: then cookies are `Secure` with the `__Host-` prefix.
    #[must_use]
    pub fn secure(&self) -> bool {
        self.base_url.starts_with("https://")
    }

    /// The host (and port) of the base address.
    #[must_use]
    pub fn host(&self) -> &str {
        self.base_url.split_once("://").map_or(self.base_url.as_str(), |(_, host)| host)
    }
}

/// The parts of a running portal. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Portal {
    /// The database.
    pub database: Database,
    /// The clock.
    pub clock: Clock,
    /// The installation's secret.
    pub secret: Secret,
    /// The signer of the ledgers' tree heads.
    pub signer: Arc<Signer>,
    /// The store of files.
    pub storage: Storage,
    /// Settings.
    pub settings: Arc<Settings>,
}
