//! The configuration: from the command line and the environment, secrets also from files.
//!
//! Every variable that holds a secret has a twin that ends in `_FILE` and names a file to read it
//! from (as container platforms hand secrets out).

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;

use crate::clamav::Clamav;
use crate::clock::Clock;
use crate::database::Database;
use crate::error::{Error, Result};
use crate::ledger::Signer;
use crate::secret::Secret;
use crate::storage::Storage;
use crate::web::{Limits, Portal, Settings};

/// Where the data is and under which address people come.
#[derive(Args, Clone)]
pub struct Config {
    /// Database: `sqlite:PATH` or `postgres://USER:PASSWORD@HOST/NAME`; by default a file in the data folder
    #[arg(long, env = "AZUKARI_DATABASE_URL", hide_env_values = true)]
    pub database_url: Option<String>,
    /// A file that holds the database URL
    #[arg(long, env = "AZUKARI_DATABASE_URL_FILE", conflicts_with = "database_url")]
    pub database_url_file: Option<PathBuf>,
    /// Folder for the database, the files and the secret
    #[arg(long = "data", env = "AZUKARI_DATA", default_value = "azukari-data")]
    pub data: PathBuf,
    /// The address under which people reach the portal
    #[arg(long, env = "AZUKARI_BASE_URL", default_value = "http://localhost:8080")]
    pub base_url: String,
    /// The installation's secret, 64 hexadecimal digits; by default a file in the data folder
    #[arg(long, env = "AZUKARI_SECRET", hide_env_values = true)]
    pub secret: Option<String>,
    /// A file that holds the secret
    #[arg(long, env = "AZUKARI_SECRET_FILE", conflicts_with = "secret")]
    pub secret_file: Option<PathBuf>,
    /// Lets identity providers lie in private networks: for intranets and for trying things out
    #[arg(long, env = "AZUKARI_IDENTITY_PRIVATE_NETWORK")]
    pub identity_private_network: bool,
    /// Virus scanner for files that are handed over: the socket of clamd (/run/clamav/clamd.ctl) or HOST:PORT; without it nothing is scanned
    #[arg(long, env = "AZUKARI_CLAMAV")]
    pub clamav: Option<Clamav>,
    /// What a request may cost, and which proxies are believed
    #[command(flatten)]
    pub limits: Limits,
}

impl std::fmt::Debug for Config {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Config")
            .field("data", &self.data)
            .field("base_url", &self.base_url)
            .finish_non_exhaustive()
    }
}

impl Config {
    /// A configuration that keeps everything in one folder.
    #[must_use]
    pub fn in_folder(data: &Path, base_url: &str) -> Self {
        Self {
            database_url: None,
            database_url_file: None,
            data: data.to_owned(),
            base_url: base_url.to_owned(),
            secret: None,
            secret_file: None,
            limits: Limits::default(),
            identity_private_network: false,
            clamav: None,
        }
    }

    /// The database's URL.
    ///
    /// # Errors
    /// When the file that holds it can't be read.
    pub fn database_url(&self) -> Result<String> {
        if let Some(url) = &self.database_url {
            return Ok(url.clone());
        }
        if let Some(file) = &self.database_url_file {
            return Ok(std::fs::read_to_string(file).map_err(Error::internal)?.trim().to_owned());
        }
        Ok(format!("sqlite:{}", self.data.join("azukari.sqlite").display()))
    }

    /// The file of the secret; `None` when it comes from the environment.
    #[must_use]
    pub fn secret_path(&self) -> Option<PathBuf> {
        let default = || self.data.join("secret.key");
        self.secret.is_none().then(|| self.secret_file.clone().unwrap_or_else(default))
    }

    fn secret(&self) -> Result<Secret> {
        if let Some(text) = &self.secret {
            return Secret::parse(text).map_err(Error::internal);
        }
        let default = self.data.join("secret.key");
        Secret::load_or_create(&self.secret_path().unwrap_or(default)).map_err(Error::internal)
    }

    /// Makes the data folder and opens everything that a running portal needs.
    ///
    /// # Errors
    /// When a part can't be opened; the text says which.
    pub fn open(&self, clock: Clock, demo: bool) -> Result<Portal> {
        make_folder(&self.data).map_err(Error::internal)?;
        let settings = Settings {
            base_url: self.base_url.trim_end_matches('/').to_owned(),
            demo,
            limits: self.limits.clone(),
            identity_private_network: self.identity_private_network,
            clamav: self.clamav.clone(),
        };
        let secret = self.secret()?;
        let signer = Signer::new(settings.host(), &secret.signer_seed());
        Ok(Portal {
            database: Database::open(&self.database_url()?, 8)?,
            clock,
            signer: Arc::new(signer),
            storage: Storage::folder(&self.data.join("files"))?,
            settings: Arc::new(settings),
            secret,
        })
    }
}

/// Makes a folder that is its owner's alone; one that is there stays as it is.
pub(crate) fn make_folder(path: &Path) -> std::io::Result<()> {
    let mut folder = std::fs::DirBuilder::new();
    folder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut folder, 0o700);
    folder.create(path)
}
