//! The installation's secret, and the keys derived from it.
//!
//! The secret is a ring of keys of 32 random bytes, newest first: a file made at the first start
//! and readable by its owner alone, or the same text from `AZUKARI_SECRET`. What is new is made with the
//! newest; what an older one made is still read. Every use has its own key, derived with
//! HMAC-SHA-256 under a label, so that a key for one purpose is worthless for another.

mod file;
mod renewal;
#[cfg(test)]
mod renewal_tests;
mod ring;
pub mod sealed;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use chrono::NaiveDate;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

pub use file::exposed;
pub use renewal::{BATCH, Renewed, Sealed, renew};
use ring::Ring;

/// The installation's secret. `Debug` never shows it. Cheap to clone.
#[derive(Clone)]
pub struct Secret {
    ring: Arc<RwLock<Ring>>,
    file: Option<PathBuf>,
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// Names a key without telling anything of it: eight hexadecimal digits.
pub type KeyId = String;

/// What is known of a key beside itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyFacts {
    /// Its name.
    pub id: KeyId,
    /// The day on which it was made, when that is noted.
    pub since: Option<NaiveDate>,
    /// The day since which a newer one is used, when that is noted.
    pub replaced: Option<NaiveDate>,
}

/// Why the secret can't be used.
#[derive(Debug, thiserror::Error)]
pub enum SecretError {
    /// The text holds something else than keys.
    #[error("the secret must be keys of 64 hexadecimal digits, newest first")]
    Malformed,
    /// Others can read or change the file.
    #[error(
        "{0}: others on this machine can read or change this file (mode {1:o}); make it the portal's alone: chmod 600"
    )]
    Exposed(PathBuf, u32),
    /// The secret comes from the environment, which can't be written to.
    #[error(
        "the secret comes from the environment, which can't be changed from here: with --print the new text is written to \
         standard output; put it there and start the portal again"
    )]
    Environment,
    /// No older key has the name.
    #[error(
        "{0} is no older key of the secret: `azukari secret status` shows their names, and the newest stays"
    )]
    NoSuchKey(KeyId),
    /// The file can't be read or written.
    #[error("cannot use the secret's file {0}: {1}")]
    File(PathBuf, #[source] std::io::Error),
}

impl Secret {
    /// A new random secret.
    #[must_use]
    pub fn random() -> Self {
        Self::of(Ring::random(), None)
    }

    fn of(ring: Ring, file: Option<PathBuf>) -> Self {
        Self { ring: Arc::new(RwLock::new(ring)), file }
    }

    /// Reads keys of 64 hexadecimal digits, newest first, separated by commas or lines.
    ///
    /// # Errors
    /// [`SecretError::Malformed`].
    pub fn parse(text: &str) -> Result<Self, SecretError> {
        Ok(Self::of(Ring::parse(text)?, None))
    }

    /// Reads the secret from `path`, or makes one there with mode 0600.
    ///
    /// # Errors
    /// When the file can't be read or written, is open to others, or holds something else.
    pub fn load_or_create(path: &Path) -> Result<Self, SecretError> {
        Ok(Self::of(file::load_or_create(path)?, Some(path.to_owned())))
    }

    /// Reads the secret from `path`; makes none.
    ///
    /// # Errors
    /// As [`Self::load_or_create`], and when there is no file.
    pub fn load(path: &Path) -> Result<Self, SecretError> {
        Ok(Self::of(file::load(path)?, Some(path.to_owned())))
    }

    /// Puts a new key before the others, in the file too; `today` is noted beside it. What the ledger is
    /// signed with stays.
    ///
    /// # Errors
    /// When the secret has no file, or the file can't be replaced.
    pub fn rotate(&self, today: NaiveDate) -> Result<(), SecretError> {
        self.change(|ring| Ok(ring.rotated(today)))
    }

    /// The text of a secret that is rotated, for where it can't be written from here; nothing is changed.
    #[must_use]
    pub fn rotated_text(&self, today: NaiveDate) -> String {
        self.ring().rotated(today).text()
    }

    /// Takes the older key of that name away, from the file too: what it made counts no longer.
    ///
    /// # Errors
    /// When there is no such older key, the secret has no file, or the file can't be replaced.
    pub fn remove(&self, name: &str) -> Result<(), SecretError> {
        self.change(|ring| {
            ring.without(name).ok_or_else(|| SecretError::NoSuchKey(name.to_owned()))
        })
    }

    /// The text of the secret without an older key, as [`Self::rotated_text`].
    ///
    /// # Errors
    /// When there is no such older key.
    pub fn text_without(&self, name: &str) -> Result<String, SecretError> {
        let without = self.ring().without(name);
        Ok(without.ok_or_else(|| SecretError::NoSuchKey(name.to_owned()))?.text())
    }

    fn change(
        &self,
        how: impl FnOnce(&Ring) -> Result<Ring, SecretError>,
    ) -> Result<(), SecretError> {
        let path = self.file.as_ref().ok_or(SecretError::Environment)?;
        let ring = how(&file::load(path)?)?;
        file::replace(path, &ring)?;
        *self.ring.write().unwrap_or_else(PoisonError::into_inner) = ring;
        Ok(())
    }

    /// Reads the file again, as another process may have changed it; says whether anything changed.
    #[must_use]
    pub fn refresh(&self) -> bool {
        let Some(path) = &self.file else { return false };
        match file::load(path) {
            Ok(ring) if ring == self.ring() => false,
            Ok(ring) => {
                *self.ring.write().unwrap_or_else(PoisonError::into_inner) = ring;
                true
            }
            Err(error) => {
                tracing::error!(%error, "the secret could not be read again");
                false
            }
        }
    }

    /// The file, when there is one.
    #[must_use]
    pub fn file(&self) -> Option<&Path> {
        self.file.as_deref()
    }

    fn ring(&self) -> Ring {
        self.ring.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The key for one use, from the newest.
    #[must_use]
    pub fn derive(&self, label: &str) -> [u8; 32] {
        self.mac(label, b"")
    }

    /// The keys for one use, newest first, to read with what an older one made.
    #[must_use]
    pub fn derive_all(&self, label: &str) -> Vec<[u8; 32]> {
        self.ring().keys().map(|key| mac(&key.bytes, label, b"")).collect()
    }

    /// A message authentication code of `message` under the newest key for `label`.
    #[must_use]
    pub fn mac(&self, label: &str, message: &[u8]) -> [u8; 32] {
        mac(self.ring().newest(), label, message)
    }

    /// [`Self::mac`] under each key, newest first.
    #[must_use]
    pub fn mac_all(&self, label: &str, message: &[u8]) -> Vec<[u8; 32]> {
        self.ring().keys().map(|key| mac(&key.bytes, label, message)).collect()
    }

    /// What the ledger's tree heads are signed with: it stays when keys come and go.
    #[must_use]
    pub fn signer_seed(&self) -> [u8; 32] {
        self.ring().signer()
    }

    /// The name of the newest key.
    #[must_use]
    pub fn newest_id(&self) -> KeyId {
        name_of(self.ring().newest())
    }

    /// The names of all keys, newest first.
    #[must_use]
    pub fn ids(&self) -> Vec<KeyId> {
        self.ring().keys().map(|key| name_of(&key.bytes)).collect()
    }

    /// What is known of each key, newest first.
    #[must_use]
    pub fn keys(&self) -> Vec<KeyFacts> {
        let mut replaced = None;
        let facts = |key: &ring::Key| {
            let id = name_of(&key.bytes);
            KeyFacts { id, since: key.since, replaced: std::mem::replace(&mut replaced, key.since) }
        };
        self.ring().keys().map(facts).collect()
    }

    /// The newest key for one use, with its name.
    #[must_use]
    pub fn newest(&self, label: &str) -> (KeyId, [u8; 32]) {
        let ring = self.ring();
        (name_of(ring.newest()), mac(ring.newest(), label, b""))
    }

    /// The same for what is kept: the file is read again first, so that a portal that runs keeps
    /// nothing under a key before which another process has put a newer one.
    #[must_use]
    pub fn newest_on_file(&self, label: &str) -> (KeyId, [u8; 32]) {
        // Whether anything changed doesn't matter here; a failure is logged, and the held keys count.
        let _ = self.refresh();
        self.newest(label)
    }

    /// The key of that name for one use; the file is read again for one that another process added.
    #[must_use]
    pub fn derive_by(&self, wanted: &str, label: &str) -> Option<[u8; 32]> {
        let find = |ring: &Ring| {
            let key = ring.keys().find(|key| name_of(&key.bytes) == wanted)?;
            Some(mac(&key.bytes, label, b""))
        };
        find(&self.ring()).or_else(|| if self.refresh() { find(&self.ring()) } else { None })
    }
}

/// The name of a key.
fn name_of(key: &[u8; 32]) -> KeyId {
    let name = mac(key, "key id", b"");
    hex::encode(name.split_at(4).0)
}

fn mac(key: &[u8; 32], label: &str, message: &[u8]) -> [u8; 32] {
    // HMAC takes a key of any length; the impossible error becomes a key of zeros nowhere else used.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else {
        return [0; 32];
    };
    mac.update(label.as_bytes());
    mac.update(&[0]);
    mac.update(message);
    mac.finalize().into_bytes().into()
}
