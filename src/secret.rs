//! The installation's one secret, and the keys derived from it.
//!
//! A file of 32 random bytes (hexadecimal), made at the first start and readable by the owner
//! alone; or the same text from `AZUKARI_SECRET`. Every use has its own key, derived with
//! HMAC-SHA-256 under a label, so that a key for one purpose is worthless for another.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

/// The installation's secret. `Debug` never shows it.
#[derive(Clone)]
pub struct Secret([u8; 32]);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// Why the secret can't be used.
#[derive(Debug, thiserror::Error)]
pub enum SecretError {
    /// The text is not 64 hexadecimal digits.
    #[error("the secret must be 64 hexadecimal digits")]
    Malformed,
    /// The file can't be read or written.
    #[error("cannot use the secret's file: {0}")]
    File(#[from] std::io::Error),
}

impl Secret {
    /// A new random secret.
    #[must_use]
    pub fn random() -> Self {
        Self(rand::random())
    }

    /// Reads 64 hexadecimal digits.
    ///
    /// # Errors
    /// [`SecretError::Malformed`].
    pub fn parse(text: &str) -> Result<Self, SecretError> {
        let mut bytes = [0; 32];
        match hex::decode_to_slice(text.trim(), &mut bytes) {
            Ok(()) => Ok(Self(bytes)),
            Err(_) => Err(SecretError::Malformed),
        }
    }

    /// Reads the secret from `path`, or makes one there with mode 0600.
    ///
    /// # Errors
    /// When the file can't be read, written, or holds something else.
    pub fn load_or_create(path: &Path) -> Result<Self, SecretError> {
        if path.exists() {
            return Self::parse(&fs::read_to_string(path)?);
        }
        let secret = Self::random();
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(path)?;
        writeln!(file, "{}", hex::encode(secret.0))?;
        file.sync_all()?;
        Ok(secret)
    }

    /// The key for one use.
    #[must_use]
    pub fn derive(&self, label: &str) -> [u8; 32] {
        self.mac(label, b"")
    }

    /// A message authentication code of `message` under the key for `label`.
    #[must_use]
    pub fn mac(&self, label: &str, message: &[u8]) -> [u8; 32] {
        // HMAC takes a key of any length; the impossible error becomes a key of zeros nowhere else used.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.0) else {
            return [0; 32];
        };
        mac.update(label.as_bytes());
        mac.update(&[0]);
        mac.update(message);
        mac.finalize().into_bytes().into()
    }
}

/// The mode of a file or folder that others on the machine can read or change; `None` when it is its owner's
/// alone. Its group counts as others, but may read what only root's group shares out (0640, as
/// container platforms mount secrets).
///
/// # Errors
/// When it can't be looked at.
#[cfg(unix)]
pub fn exposed(path: &Path) -> std::io::Result<Option<u32>> {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
    let about = fs::metadata(path)?;
    let mode = about.permissions().mode() & 0o777;
    let allowed = if about.uid() == 0 && about.is_file() { 0o740 } else { 0o700 };
    Ok((mode & !allowed != 0).then_some(mode))
}

/// Modes aren't known here.
///
/// # Errors
/// None.
#[cfg(not(unix))]
pub fn exposed(_: &Path) -> std::io::Result<Option<u32>> {
    Ok(None)
}
