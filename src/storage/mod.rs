//! Files at rest: encrypted with `age`, in an object store (a folder by default).
//!
//! Every file has its own key inside its age header, wrapped for the key of the organisation that
//! owns it; that key in turn is kept in the database, encrypted for the installation's secret.
//! A stored file names its owner and its id in its path, and its SHA-256 is kept by the slice.
//!
//! Small files are put and got whole. Large ones ([`Storage::write`], [`Storage::parts`]) go through
//! in parts with the same memory for any size, under a key of their own ([`FileKey`]) that the slice
//! keeps and destroys.

pub mod file;
mod hash;
mod key;
mod parts;
mod stream;
#[cfg(test)]
mod tests;
mod wait;

pub use hash::Running;
pub use key::{FileKey, new_file_key, open_file_key};
pub use parts::{Part, Parts, PartsReader};
pub use stream::{FileWriter, Stored, Target, Written};

use std::io;
use std::sync::Arc;

use age::secrecy::ExposeSecret as _;
use age::x25519;
use futures_util::StreamExt as _;
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
    /// The same where it is a folder: then threads that may block read and write it themselves.
    folder: Option<LocalFileSystem>,
}

/// The key of an organisation's files as the database keeps it: age, encrypted under the
/// installation's secret, as hexadecimal after the name of the key and a colon.
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
        Ok(Self { objects: Arc::new(objects.clone()), folder: Some(objects) })
    }

    /// The files in any other store.
    #[must_use]
    pub fn over(objects: Arc<dyn ObjectStore>) -> Self {
        Self { objects, folder: None }
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
        self.objects.put(&Path::from(object), sealed.into()).await.map_err(fault)?;
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

    /// Removes everything in the folder `name`, on a thread that may block; one that isn't there is
    /// fine.
    ///
    /// # Errors
    /// When the store refuses.
    pub fn clear(&self, name: &str) -> Result<()> {
        let path = Path::from(name);
        self.wait(async {
            let mut found = self.objects.list(Some(&path));
            while let Some(object) = found.next().await {
                self.remove(object.map_err(fault)?.location.as_ref()).await?;
            }
            Ok(())
        })?;
        let Some(folder) = &self.folder else { return Ok(()) };
        // What a process left behind that ended in the middle of writing goes too.
        match std::fs::remove_dir_all(folder.path_to_filesystem(&path).map_err(fault)?) {
            Ok(()) => Ok(()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(other) => Err(Error::internal(other)),
        }
    }

    /// Waits for the store on a thread that may block. A folder is served by a thread outside of any
    /// runtime: within one it would ask for a second blocking thread and could wait for itself.
    fn wait(&self, future: impl Future<Output = Result<()>> + Send) -> Result<()> {
        if self.folder.is_none() {
            return wait::wait(future);
        }
        let done = std::thread::scope(|scope| scope.spawn(|| wait::wait(future)).join());
        done.unwrap_or_else(|_| Err(Error::internal("the thread that serves the folder ended")))
    }
}

/// What a store answers when it fails: full, or out of order.
fn fault(error: object_store::Error) -> Error {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(&error);
    while let Some(known) = cause {
        let kind = known.downcast_ref::<io::Error>().map(io::Error::kind);
        if matches!(kind, Some(io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded)) {
            return Error::Full;
        }
        cause = known.source();
    }
    Error::internal(error)
}

/// A new key for an organisation's files, wrapped under the installation's secret.
///
/// # Errors
/// When encryption fails.
pub fn new_key(secret: &Secret) -> Result<WrappedKey> {
    wrap_key(secret, &x25519::Identity::generate())
}

/// The same key wrapped under the newest key of the secret, or `None` when it is already.
///
/// # Errors
/// When it can't be unwrapped or encryption fails.
pub fn rewrapped(secret: &Secret, key: &str) -> Result<Option<String>> {
    let key = WrappedKey(key.to_owned());
    if key.0.split_once(':').is_some_and(|(id, _)| id == secret.newest_id()) {
        return Ok(None);
    }
    let identity = unwrap_key(secret, &key)?;
    wrap_key(secret, &identity).map(|wrapped| Some(wrapped.0))
}

/// The pattern (`LIKE`) of what is wrapped under the secret's key of that name.
#[must_use]
pub fn wrapped_under(id: &str) -> String {
    format!("{id}:%")
}

fn wrap_key(secret: &Secret, identity: &x25519::Identity) -> Result<WrappedKey> {
    let (id, master) = secret.newest_on_file(MASTER);
    let text = identity.to_string();
    let sealed =
        age::encrypt(&master_identity(&master)?.to_public(), text.expose_secret().as_bytes())
            .map_err(Error::internal)?;
    Ok(WrappedKey(format!("{id}:{}", hex::encode(sealed))))
}

fn unwrap_key(secret: &Secret, key: &WrappedKey) -> Result<x25519::Identity> {
    let (ids, text) = match key.0.split_once(':') {
        Some((id, text)) => (vec![id.to_owned()], text),
        // Wrapped before keys had names: one of them fits.
        None => (secret.ids(), key.0.as_str()),
    };
    let sealed = hex::decode(text).map_err(Error::internal)?;
    for id in ids {
        let Some(master) = secret.derive_by(&id, MASTER) else { continue };
        let Ok(text) = age::decrypt(&master_identity(&master)?, &sealed) else { continue };
        let text = String::from_utf8(text).map_err(Error::internal)?;
        return text.parse().map_err(|cause: &str| Error::internal(cause));
    }
    Err(Error::internal("no key of the secret opens the key of these files"))
}

/// The label of the identity under which the organisations' keys are wrapped.
const MASTER: &str = "age identity";

/// The installation's own identity, derived from a key of its secret.
fn master_identity(key: &[u8; 32]) -> Result<x25519::Identity> {
    use bech32::{Bech32, Hrp};
    let hrp = Hrp::parse("age-secret-key-").map_err(Error::internal)?;
    bech32::encode_upper::<Bech32>(hrp, key)
        .map_err(Error::internal)?
        .parse()
        .map_err(|cause: &str| Error::internal(cause))
}

/// The SHA-256 of `bytes`, hexadecimal.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}
