//! What the doctor looks at.

use crate::clock::Timestamp;
use crate::notice::SmtpTls;

/// The facts about an installation; `None` where it can't be told.
#[derive(Clone, Debug)]
pub struct Facts {
    /// The moment at which it is looked at.
    pub now: Timestamp,
    /// The base address.
    pub base_url: String,
    /// Whether the portal speaks TLS itself.
    pub own_tls: bool,
    /// Whether it listens on a loopback address alone.
    pub loopback: bool,
    /// Whether proxies are named whose word about addresses counts.
    pub proxies: bool,
    /// When the certificate of its own ends.
    pub certificate_ends: Option<Timestamp>,
    /// Where mails go; `None` when nowhere.
    pub mail: Option<MailFacts>,
    /// The backups.
    pub backup: Backup,
    /// The newest moment that the database knows of.
    pub newest_entry: Option<Timestamp>,
    /// Whether the machine's clock is kept right by the network.
    pub synchronised: Option<bool>,
    /// The mode of the secret's file; `Some(None)` when it is its owner's alone or there is none.
    pub secret_mode: Option<Option<u32>>,
    /// The same of the data folder.
    pub data_mode: Option<Option<u32>>,
    /// Whether the role at PostgreSQL may do everything; false on SQLite.
    pub superuser: Option<bool>,
    /// How many migrations the database lacks.
    pub pending_migrations: Option<usize>,
    /// What waits too long.
    pub stuck: Option<Stuck>,
}

/// Where mails go.
#[derive(Clone, Debug)]
pub struct MailFacts {
    /// How the way to the server is protected.
    pub tls: SmtpTls,
    /// Whether the server is on this machine.
    pub local: bool,
    /// The sender.
    pub from: Option<String>,
}

/// The backups.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Backup {
    /// Nobody said where they are.
    Unnamed,
    /// Where they should be, nothing can be read.
    Unreadable,
    /// When the newest file was written; `None` when there is none.
    Newest(Option<Timestamp>),
}

/// What waits too long.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stuck {
    /// Jobs that were due an hour ago.
    pub jobs: i64,
    /// Mails that wait for a day.
    pub mails: i64,
}
