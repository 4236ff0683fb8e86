//! Where the facts come from. Nothing is made and nothing is changed.

use std::fs;
use std::net::ToSocketAddrs as _;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use x509_parser::pem::Pem;

use super::facts::{Backup, Facts, MailFacts};
use super::store;
use crate::clock::Timestamp;
use crate::config::Config;
use crate::database::{self, Connection, Kind};
use crate::notice::MailConfig;
use crate::secret::exposed;

/// Where systemd notes that it set the clock by the network.
const SYNCHRONISED: &str = "/run/systemd/timesync/synchronized";
/// Where it would be if it did.
const TIMESYNC: &str = "/run/systemd/timesync";

/// What the command line says about the installation.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// Data, base address, secret.
    pub config: &'a Config,
    /// Where mails go.
    pub mail: &'a MailConfig,
    /// Where `serve` listens.
    pub listen: &'a str,
    /// The certificate of its own.
    pub certificate: Option<&'a Path>,
    /// Where backups are written.
    pub backups: Option<&'a Path>,
}

/// The facts at `now`.
#[must_use]
pub fn gather(asked: Asked<'_>, now: Timestamp) -> Facts {
    let config = asked.config;
    let mut connection = connection(config);
    Facts {
        now,
        base_url: config.base_url.clone(),
        own_tls: asked.certificate.is_some(),
        loopback: loopback(asked.listen),
        proxies: !config.limits.trusted_proxies.is_empty(),
        certificate_ends: asked.certificate.and_then(certificate_ends),
        mail: mail(asked.mail),
        backup: asked.backups.map_or(Backup::Unnamed, backup),
        newest_entry: connection.as_mut().and_then(|c| store::newest_entry(c).ok().flatten()),
        synchronised: synchronised(),
        secret_mode: match config.secret_path() {
            Some(path) => exposed(&path).ok(),
            None => Some(None),
        },
        data_mode: exposed(&config.data).ok(),
        superuser: connection.as_mut().and_then(|c| store::superuser(c).ok()),
        pending_migrations: connection.as_mut().and_then(|c| database::pending(c).ok()),
        stuck: connection.as_mut().and_then(|c| store::stuck(c, now).ok()),
    }
}

/// A connection; none rather than a new, empty database.
fn connection(config: &Config) -> Option<Connection> {
    let url = config.database_url().ok()?;
    let missing = url.strip_prefix("sqlite:").is_some_and(|path| !Path::new(path).exists());
    if missing && Kind::of(&url).is_ok_and(|kind| kind == Kind::Sqlite) {
        return None;
    }
    Connection::open(&url).ok()
}

fn loopback(listen: &str) -> bool {
    listen.to_socket_addrs().is_ok_and(|mut addresses| addresses.all(|a| a.ip().is_loopback()))
}

fn mail(config: &MailConfig) -> Option<MailFacts> {
    let host = config.smtp_host.as_deref().filter(|host| !host.is_empty())?;
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    let address = bare.parse::<std::net::IpAddr>();
    Some(MailFacts {
        tls: config.smtp_tls,
        local: host == "localhost" || address.is_ok_and(|address| address.is_loopback()),
        from: config.mail_from.clone(),
    })
}

/// The newest file in the folder or in a folder of it.
fn backup(folder: &Path) -> Backup {
    let Ok(found) = files(folder) else { return Backup::Unreadable };
    let inside = found.iter().filter(|path| path.is_dir()).flat_map(|path| files(path).unwrap_or_default());
    let all: Vec<PathBuf> = found.iter().cloned().chain(inside).collect();
    let times = all.iter().filter(|path| path.is_file()).filter_map(|path| written(path));
    Backup::Newest(times.max())
}

fn files(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    Ok(fs::read_dir(folder)?.flatten().map(|entry| entry.path()).collect())
}

fn written(path: &Path) -> Option<Timestamp> {
    let about = fs::metadata(path).ok().filter(|about| about.len() > 0)?;
    Some(DateTime::<Utc>::from(about.modified().ok()?).naive_utc())
}

/// The end of the first certificate of a chain, as it is the portal's own.
fn certificate_ends(path: &Path) -> Option<Timestamp> {
    let text = fs::read(path).ok()?;
    let pem = Pem::iter_from_buffer(&text).next()?.ok()?;
    let ends = pem.parse_x509().ok()?.validity().not_after.timestamp();
    Some(DateTime::from_timestamp(ends, 0)?.naive_utc())
}

fn synchronised() -> Option<bool> {
    Path::new(TIMESYNC).exists().then(|| Path::new(SYNCHRONISED).exists())
}
