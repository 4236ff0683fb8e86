//! The key of one file. It is kept wrapped for the organisation's key; destroying that text
//! destroys the file.

use std::fmt;

use age::secrecy::ExposeSecret as _;
use age::x25519;

use super::{WrappedKey, unwrap_key};
use crate::error::{Error, Result};
use crate::secret::Secret;

/// The key of a file.
#[derive(Clone)]
pub struct FileKey(x25519::Identity);

impl fmt::Debug for FileKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FileKey(…)")
    }
}

/// A new key for a file, and the same wrapped for the key of the organisation that owns the file.
///
/// # Errors
/// When the organisation's key can't be unwrapped.
pub fn new_file_key(secret: &Secret, organisation: &WrappedKey) -> Result<(FileKey, String)> {
    let identity = x25519::Identity::generate();
    let owner = unwrap_key(secret, organisation)?.to_public();
    let text = identity.to_string();
    let sealed = age::encrypt(&owner, text.expose_secret().as_bytes()).map_err(Error::internal)?;
    Ok((FileKey(identity), hex::encode(sealed)))
}

/// The key of a file out of its wrapped text.
///
/// # Errors
/// [`Error::Gone`] when it was destroyed.
pub fn open_file_key(secret: &Secret, organisation: &WrappedKey, wrapped: &str) -> Result<FileKey> {
    if wrapped.is_empty() {
        return Err(Error::Gone("error-file-destroyed"));
    }
    let sealed = hex::decode(wrapped).map_err(Error::internal)?;
    let owner = unwrap_key(secret, organisation)?;
    let text = age::decrypt(&owner, &sealed).map_err(Error::internal)?;
    let text = String::from_utf8(text).map_err(Error::internal)?;
    text.parse().map(FileKey).map_err(|cause: &str| Error::internal(cause))
}

impl FileKey {
    /// For whom the file is encrypted.
    pub(super) fn recipient(&self) -> x25519::Recipient {
        self.0.to_public()
    }

    /// Who decrypts it.
    pub(super) fn identity(&self) -> &x25519::Identity {
        &self.0
    }

    /// A few bytes about the file, readable with its key alone.
    pub(super) fn seal(&self, bytes: &[u8]) -> Result<String> {
        age::encrypt(&self.recipient(), bytes).map(hex::encode).map_err(Error::internal)
    }

    /// What [`Self::seal`] sealed.
    pub(super) fn open(&self, sealed: &str) -> Result<Vec<u8>> {
        let sealed = hex::decode(sealed).map_err(Error::internal)?;
        age::decrypt(&self.0, &sealed).map_err(Error::internal)
    }
}
