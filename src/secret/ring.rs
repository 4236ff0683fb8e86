//! The keys of an installation, newest first, as text and in memory.

use super::SecretError;

/// The word before what the ledger is signed with.
const SIGNER: &str = "signer";

/// At least one key.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Ring {
    pub(super) newest: [u8; 32],
    pub(super) older: Vec<[u8; 32]>,
    signer: Option<[u8; 32]>,
}

impl Ring {
    pub(super) fn random() -> Self {
        Self { newest: rand::random(), older: Vec::new(), signer: None }
    }

    /// Reads keys separated by commas or lines. `#` begins a remark; `signer` before one says that the
    /// ledger is signed with it and that it is for nothing else.
    pub(super) fn parse(text: &str) -> Result<Self, SecretError> {
        let (mut keys, mut signer) = (Vec::new(), None);
        for line in text.lines() {
            let kept = line.split('#').next().unwrap_or_default();
            for part in kept.split(',').map(str::trim).filter(|part| !part.is_empty()) {
                match part.strip_prefix(SIGNER) {
                    Some(key) => signer = Some(key_of(key.trim_start_matches([' ', ':']))?),
                    None => keys.push(key_of(part)?),
                }
            }
        }
        let mut keys = keys.into_iter();
        let newest = keys.next().ok_or(SecretError::Malformed)?;
        Ok(Self { newest, older: keys.collect(), signer })
    }

    pub(super) fn keys(&self) -> impl Iterator<Item = &[u8; 32]> {
        std::iter::once(&self.newest).chain(&self.older)
    }

    /// What the ledger is signed with: its own line, or derived from the first key that there was.
    pub(super) fn signer(&self) -> [u8; 32] {
        self.signer.unwrap_or_else(|| {
            super::mac(self.older.last().unwrap_or(&self.newest), "ledger signer", b"")
        })
    }

    /// The line that keeps the signer when the key goes from which it was derived, unless it is there.
    pub(super) fn missing_signer_line(&self) -> Option<String> {
        let missing = self.signer.is_none();
        missing.then(|| format!("{SIGNER} {}\n", hex::encode(self.signer())))
    }
}

fn key_of(text: &str) -> Result<[u8; 32], SecretError> {
    let mut bytes = [0; 32];
    match hex::decode_to_slice(text, &mut bytes) {
        Ok(()) => Ok(bytes),
        Err(_) => Err(SecretError::Malformed),
    }
}
