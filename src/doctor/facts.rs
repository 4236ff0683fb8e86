//! What the doctor looks at.

use std::path::PathBuf;

use crate::clock::Timestamp;
use crate::database::RowSecurity;
use crate::notice::SmtpTls;

/// The facts about an installation; `None` where it can't be told.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "four facts, each with a name")]
pub struct Facts {
    /// The moment at which it is looked at.
    pub now: Timestamp,
    /// The base address.
    pub base_url: String,
    /// Whether the base address is of this machine alone.
    pub own_address: bool,
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
    /// The clock.
    pub clock: Clock,
    /// The files that hold keys and passwords.
    pub key_files: Vec<Place>,
    /// The folders that hold data.
    pub folders: Vec<Place>,
    /// How many things are kept under keys that the secret doesn't hold by name.
    pub lost: Option<i64>,
    /// Whether the database holds organisations apart by itself.
    pub row_security: Option<RowSecurity>,
    /// How many migrations the database lacks.
    pub pending_migrations: Option<usize>,
    /// What waits too long.
    pub stuck: Option<Stuck>,
    /// Whether the virus scanner answers; `None` when there is none.
    pub scanner: Option<Result<(), String>>,
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

/// The clock.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Clock {
    /// The newest moment in the ledger.
    pub newest_entry: Option<Timestamp>,
    /// How many seconds it goes before the clock of PostgreSQL.
    pub before_database: Option<i64>,
    /// Whether the network keeps it right.
    pub synchronised: Option<bool>,
}

/// A file or folder, and who can get at it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Where it is.
    pub path: PathBuf,
    /// Who can.
    pub reach: Reach,
}

/// Who can get at a file or folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Its owner alone.
    Owner,
    /// Others on the machine can read or change it: its mode.
    Others(u32),
    /// It can't be looked at.
    Unknown,
}

/// What waits too long.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stuck {
    /// Jobs that were due an hour ago.
    pub jobs: i64,
    /// Mails that wait since yesterday.
    pub mails: i64,
    /// Jobs that were given up since yesterday.
    pub failed_jobs: i64,
    /// Mails that were given up since yesterday.
    pub failed_mails: i64,
}
