//! Files at rest: encrypted with `age`, in an object store (a folder by default).
//!
//! Every file has its own key inside its age header, wrapped for the key of the organisation that
//! owns it; that key in turn is kept in the database, encrypted for the installation's secret.
//! A stored file names its owner and its id in its path, and its SHA-256 is kept by the slice.

pub mod file;

use std::sync::Arc;

use age::secrecy::ExposeSecret as _;
use age::x25519;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt as _};
use sha2::{Digest as _, Sha256};

use crate::error::{Error, Result};
use crate::secret::Secret;

/// The store of files. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Storage {
    objects: Arc<dyn ObjectStore>,
}

/// The key of an organisation's files as the database keeps it: age, encrypted under the
/// installation's secret, armoured as hexadecimal.
#[derive(Clone, Debug)]
pub struct WrappedKey(pub String);

impl Storage {
    /// A store in the folder `directory`, which is made if need be.
    ///
    /// # Errors
    /// When the folder can't be made or used.
    pub fn folder(directory: &std::path::Path) -> Result<Self> {
        std::fs::create_dir_all(directory).map_err(Error::internal)?;
        let objects =
            LocalFileSystem::new_with_prefix(directory).map_err(Error::internal)?.with_fsync(true);
        Ok(Self { objects: Arc::new(objects) })
    }

    /// Encrypts `bytes` for `key` and stores them as `object`.
    ///
    /// # Errors
    /// When the key can't be unwrapped or the store refuses.
    pub async fn put(
        &self,
        secret: &Secret,
        key: &WrappedKey,
        object: &str,
        bytes: &[u8],
    ) -> Result<()> {
        let recipient = unwrap_key(secret, key)?.to_public();
        let sealed = age::encrypt(&recipient, bytes).map_err(Error::internal)?;
        self.objects.put(&Path::from(object), sealed.into()).await.map_err(Error::internal)?;
        Ok(())
    }

    /// Reads and decrypts `object`.
    ///
    /// # Errors
    /// [`Error::NotFound`] when it isn't there; [`Error::Internal`] when it was tampered with.
    pub async fn get(&self, secret: &Secret, key: &WrappedKey, object: &str) -> Result<Vec<u8>> {
        let identity = unwrap_key(secret, key)?;
        let sealed = match self.objects.get(&Path::from(object)).await {
            Ok(found) => found.bytes().await.map_err(Error::internal)?,
            Err(object_store::Error::NotFound { .. }) => return Err(Error::NotFound),
            Err(other) => return Err(Error::internal(other)),
        };
        age::decrypt(&identity, &sealed).map_err(Error::internal)
    }

    /// Removes `object`; one that isn't there is fine.
    ///
    /// # Errors
    /// When the store refuses.
    pub async fn remove(&self, object: &str) -> Result<()> {
        match self.objects.delete(&Path::from(object)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(other) => Err(Error::internal(other)),
        }
    }
}

/// A new key for an organisation's files, wrapped under the installation's secret.
///
/// # Errors
/// When encryption fails.
pub fn new_key(secret: &Secret) -> Result<WrappedKey> {
    let identity = x25519::Identity::generate();
    let sealed =
        age::encrypt(&master(secret)?.to_public(), identity.to_string().expose_secret().as_bytes())
            .map_err(Error::internal)?;
    Ok(WrappedKey(hex::encode(sealed)))
}

fn unwrap_key(secret: &Secret, key: &WrappedKey) -> Result<x25519::Identity> {
    let sealed = hex::decode(&key.0).map_err(Error::internal)?;
    let text = age::decrypt(&master(secret)?, &sealed).map_err(Error::internal)?;
    String::from_utf8(text)
        .map_err(Error::internal)?
        .parse()
        .map_err(|cause: &str| Error::internal(cause))
}

/// A text encrypted for a use of the installation's secret, as a column keeps it: what must be
/// readable again, but not in a copy of the database.
///
/// # Errors
/// When encryption fails.
pub fn seal(secret: &Secret, label: &str, text: &str) -> Result<String> {
    let recipient = identity(secret, label)?.to_public();
    Ok(hex::encode(age::encrypt(&recipient, text.as_bytes()).map_err(Error::internal)?))
}

/// The text that [`seal`] made for the same use.
///
/// # Errors
/// [`Error::Internal`] when it was made for another use, under another secret, or tampered with.
pub fn unseal(secret: &Secret, label: &str, sealed: &str) -> Result<String> {
    let sealed = hex::decode(sealed).map_err(Error::internal)?;
    let text = age::decrypt(&identity(secret, label)?, &sealed).map_err(Error::internal)?;
    String::from_utf8(text).map_err(Error::internal)
}

/// The installation's own identity, derived from its secret.
fn master(secret: &Secret) -> Result<x25519::Identity> {
    identity(secret, "age identity")
}

/// The identity for one use of the installation's secret.
fn identity(secret: &Secret, label: &str) -> Result<x25519::Identity> {
    use bech32::{Bech32, Hrp};
    let hrp = Hrp::parse("age-secret-key-").map_err(Error::internal)?;
    bech32::encode_upper::<Bech32>(hrp, &secret.derive(label))
        .map_err(Error::internal)?
        .parse()
        .map_err(|cause: &str| Error::internal(cause))
}

/// The SHA-256 of `bytes`, hexadecimal.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}
