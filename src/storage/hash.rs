//! The SHA-256 of a file while it comes in: goes on after the last part, whichever process had that.

use sha2::digest::common::hazmat::{SerializableState as _, SerializedState};
use sha2::{Digest as _, Sha256};

use super::key::FileKey;
use crate::error::{Error, Result};

/// Where the hash of a file stands.
#[derive(Clone, Debug, Default)]
pub struct Running(Sha256);

impl Running {
    /// The next bytes.
    pub(super) fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The hash over everything that came, hexadecimal.
    #[must_use]
    pub fn sha256(self) -> String {
        hex::encode(self.0.finalize())
    }

    /// The state between two parts: it holds the last bytes of the file, so it is sealed.
    ///
    /// # Errors
    /// When encryption fails.
    pub fn sealed(&self, key: &FileKey) -> Result<String> {
        key.seal(&self.0.serialize())
    }

    /// Goes on from a sealed state; from the beginning where there is none.
    ///
    /// # Errors
    /// When it isn't one of this key.
    pub fn resumed(key: &FileKey, sealed: &str) -> Result<Self> {
        if sealed.is_empty() {
            return Ok(Self::default());
        }
        let bytes = key.open(sealed)?;
        let state: &SerializedState<Sha256> =
            bytes.as_slice().try_into().map_err(Error::internal)?;
        Sha256::deserialize(state).map(Self).map_err(Error::internal)
    }
}
