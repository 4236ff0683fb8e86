//! Tree heads as C2SP `tlog-checkpoint`: a signed note that anyone can check offline.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use ed25519_dalek::{Signer as _, SigningKey, Verifier as _, VerifyingKey};
use sha2::{Digest as _, Sha256};

use super::tree::Hash;

/// The signature type of Ed25519 in C2SP `signed-note`.
const ED25519: u8 = 0x01;

/// Signs the tree heads of an installation.
#[derive(Clone)]
pub struct Signer {
    name: String,
    key: SigningKey,
}

impl std::fmt::Debug for Signer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Signer({})", self.name)
    }
}

impl Signer {
    /// A signer whose notes carry `name` (the host of the installation).
    #[must_use]
    pub fn new(name: &str, seed: &[u8; 32]) -> Self {
        Self { name: name.to_owned(), key: SigningKey::from_bytes(seed) }
    }

    /// The verifier's key in the form of C2SP `signed-note`: `name+hash+base64`.
    #[must_use]
    pub fn verifier_key(&self) -> String {
        let public = self.key.verifying_key();
        let mut bytes = vec![ED25519];
        bytes.extend_from_slice(public.as_bytes());
        let id = hex::encode(key_id(&self.name, &public));
        format!("{}+{id}+{}", self.name, BASE64.encode(bytes))
    }

    /// The signed note for a tree of `size` leaves with `root` under `origin`.
    #[must_use]
    pub fn sign(&self, origin: &str, size: u64, root: &Hash) -> Checkpoint {
        let body = format!("{origin}\n{size}\n{}\n", BASE64.encode(root));
        let signature = self.key.sign(body.as_bytes());
        let mut bytes = key_id(&self.name, &self.key.verifying_key()).to_vec();
        bytes.extend_from_slice(&signature.to_bytes());
        let note = format!("{body}\n\u{2014} {} {}\n", self.name, BASE64.encode(bytes));
        Checkpoint { note, size, root: *root }
    }

    /// The installation's name in its notes.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether `note` was signed by this key.
    #[must_use]
    pub fn verify(&self, note: &str) -> bool {
        let Some((body, signatures)) = note.split_once("\n\n") else {
            return false;
        };
        let body = format!("{body}\n");
        let public = self.key.verifying_key();
        let prefix = format!("\u{2014} {} ", self.name);
        signatures.lines().filter_map(|line| line.strip_prefix(&prefix)).any(|encoded| {
            let Ok(bytes) = BASE64.decode(encoded) else {
                return false;
            };
            let Some((id, signature)) = bytes.split_at_checked(4) else {
                return false;
            };
            id == key_id(&self.name, &public)
                && ed25519_dalek::Signature::from_slice(signature)
                    .is_ok_and(|signature| public.verify(body.as_bytes(), &signature).is_ok())
        })
    }
}

/// The key id of C2SP `signed-note`: SHA-256(name ‖ LF ‖ type ‖ key), the first four bytes.
fn key_id(name: &str, key: &VerifyingKey) -> [u8; 4] {
    let [a, b, c, d, ..]: [u8; 32] = Sha256::new()
        .chain_update(name)
        .chain_update([b'\n', ED25519])
        .chain_update(key.as_bytes())
        .finalize()
        .into();
    [a, b, c, d]
}

/// A signed tree head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// The signed note.
    pub note: String,
    /// The number of entries.
    pub size: u64,
    /// The root over them.
    pub root: Hash,
}
