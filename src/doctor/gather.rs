//! Where the facts come from. Nothing is made and nothing is changed.

use std::fs;
use std::net::ToSocketAddrs as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use chrono::{DateTime, Utc};
use url::{Host, Url};
use x509_parser::pem::Pem;

use super::facts::{Backup, Clock, Facts, MailFacts, Place, Reach};
use super::store;
use crate::clock::Timestamp;
use crate::config::Config;
use crate::database::{self, Connection, Kind, Scope};
use crate::error::Result;
use crate::notice::MailConfig;
use crate::secret::{Secret, exposed};
use crate::server;

/// Where systemd notes that it set the clock by the network.
const SYNCHRONISED: &str = "/run/systemd/timesync/synchronized";

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
    /// The certificate's key.
    pub certificate_key: Option<&'a Path>,
    /// Where backups are written.
    pub backups: Option<&'a Path>,
}

/// The facts at `now`.
#[must_use]
pub fn gather(asked: Asked<'_>, now: Timestamp) -> Facts {
    let config = asked.config;
    let mut connection = connection(config);
    let mut ask = Ask(connection.as_mut());
    Facts {
        now,
        base_url: config.base_url.clone(),
        own_address: own_address(&config.base_url),
        own_tls: asked.certificate.is_some(),
        loopback: loopback(asked.listen),
        proxies: !config.limits.trusted_proxies.is_empty(),
        certificate_ends: asked.certificate.and_then(certificate_ends),
        mail: mail(asked.mail),
        backup: asked.backups.map_or(Backup::Unnamed, backup),
        clock: Clock {
            newest_entry: ask.the(store::newest_entry).flatten(),
            before_database: ask.the(store::clock).flatten().map(|at| (now - at).num_seconds()),
            synchronised: synchronised(),
        },
        key_files: key_files(asked).into_iter().map(place).collect(),
        folders: folders(config).into_iter().map(place).collect(),
        lost: secret(config).and_then(|secret| ask.the(|c| lost(c, &secret))),
        row_security: ask.the(|c| Ok(c.row_security()?)),
        pending_migrations: ask.the(|c| Ok(database::pending(c)?)),
        stuck: ask.the(|c| store::stuck(c, now)),
        scanner: config.clamav.as_ref().map(|s| s.ping().map_err(|error| error.to_string())),
    }
}

/// The database, when it can be asked.
struct Ask<'a>(Option<&'a mut Connection>);

impl Ask<'_> {
    /// An answer; what went wrong is logged.
    fn the<T>(&mut self, what: impl FnOnce(&mut Connection) -> Result<T>) -> Option<T> {
        let answer = what(self.0.as_deref_mut()?);
        answer.inspect_err(|error| tracing::warn!(%error, "the database could not answer")).ok()
    }
}

/// A connection; none rather than a new, empty database.
fn connection(config: &Config) -> Option<Connection> {
    let url = config.database_url().ok()?;
    if database_file(&url).is_some_and(|file| !file.exists()) {
        return None;
    }
    let opened = Connection::open(&url).and_then(|mut connection| {
        connection.enter(&Scope::everything())?;
        Ok(connection)
    });
    opened.inspect_err(|error| tracing::warn!(%error, "the database can't be reached")).ok()
}

/// The file of a SQLite database.
fn database_file(url: &str) -> Option<PathBuf> {
    let file = Kind::of(url).is_ok_and(|kind| kind == Kind::Sqlite);
    file.then(|| PathBuf::from(url.strip_prefix("sqlite:").unwrap_or(url)))
}

/// The secret, if it is there.
fn secret(config: &Config) -> Option<Secret> {
    match (&config.secret, config.secret_path()) {
        (Some(text), _) => Secret::parse(text).ok(),
        (None, path) => Secret::load(&path?).ok(),
    }
}

/// How much is kept under keys that `secret` doesn't hold by name.
fn lost(connection: &mut Connection, secret: &Secret) -> Result<i64> {
    let ids = secret.ids();
    server::sealed_secrets().iter().map(|kind| kind.elsewhere(connection, &ids)).sum()
}

/// The files that hold keys and passwords.
fn key_files(asked: Asked<'_>) -> Vec<PathBuf> {
    let named = [
        asked.config.secret_path(),
        asked.config.database_url_file.clone(),
        asked.mail.smtp_password_file.clone(),
        asked.certificate_key.map(Path::to_owned),
    ];
    named.into_iter().flatten().collect()
}

/// The data folder, and a database that lies elsewhere.
fn folders(config: &Config) -> Vec<PathBuf> {
    let file = config.database_url().ok().and_then(|url| database_file(&url));
    let elsewhere = file.filter(|file| !file.starts_with(&config.data));
    std::iter::once(config.data.clone()).chain(elsewhere).collect()
}

fn place(path: PathBuf) -> Place {
    let reach = match exposed(&path) {
        Ok(None) => Reach::Owner,
        Ok(Some(mode)) => Reach::Others(mode),
        Err(_) => Reach::Unknown,
    };
    Place { path, reach }
}

/// Whether an address leads to this machine, from whichever it is asked.
fn own_address(url: &str) -> bool {
    match Url::parse(url).ok().as_ref().and_then(Url::host) {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
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
    let inside =
        found.iter().filter(|path| path.is_dir()).flat_map(|path| files(path).unwrap_or_default());
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

/// Whether the clock is kept right: systemd's own service leaves a file, and of any other the
/// kernel knows, which `timedatectl` asks.
fn synchronised() -> Option<bool> {
    if Path::new(SYNCHRONISED).exists() {
        return Some(true);
    }
    let asked = ["show", "--property", "NTPSynchronized", "--value"];
    let answer = Command::new("timedatectl").args(asked).output().ok()?;
    match String::from_utf8_lossy(&answer.stdout).trim() {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    }
}
