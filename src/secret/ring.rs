//! The keys of an installation, newest first, as text and in memory.

use std::fmt::Write as _;

use chrono::NaiveDate;

use super::SecretError;

/// The word before what the ledger is signed with.
const SIGNER: &str = "signer";
/// The word before the day of a key's making, in the remark beside it.
const SINCE: &str = "since ";

/// One key, and the day on which it was made when that is known.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Key {
    pub(super) bytes: [u8; 32],
    pub(super) since: Option<NaiveDate>,
}

/// At least one key.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Ring {
    newest: Key,
    older: Vec<Key>,
    signer: Option<[u8; 32]>,
}

impl Ring {
    pub(super) fn random() -> Self {
        let newest = Key { bytes: rand::random(), since: None };
        Self { newest, older: Vec::new(), signer: None }
    }

    /// Reads keys separated by commas or lines. `#` begins a remark, from which the day counts;
    /// `signer` before a key says that the ledger is signed with it and that it is for nothing else.
    pub(super) fn parse(text: &str) -> Result<Self, SecretError> {
        let (mut keys, mut signer) = (Vec::new(), None);
        for line in text.lines() {
            let (kept, remark) = line.split_once('#').unwrap_or((line, ""));
            let since = since(remark);
            for part in kept.split(',').map(str::trim).filter(|part| !part.is_empty()) {
                match part.strip_prefix(SIGNER) {
                    Some(key) => signer = Some(bytes(key.trim_start_matches([' ', ':']))?),
                    None => keys.push(Key { bytes: bytes(part)?, since }),
                }
            }
        }
        let mut keys = keys.into_iter();
        let newest = keys.next().ok_or(SecretError::Malformed)?;
        Ok(Self { newest, older: keys.collect(), signer })
    }

    /// The text that [`Self::parse`] reads: a line a key, each with its name.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        for key in self.keys() {
            let since = key.since.map(|day| format!(" {SINCE}{day}")).unwrap_or_default();
            // Writing to a string can't fail.
            let _ = writeln!(
                text,
                "{} # {}{since}",
                hex::encode(key.bytes),
                super::name_of(&key.bytes)
            );
        }
        if let Some(signer) = &self.signer {
            let _ = writeln!(text, "{SIGNER} {} # signs the ledger: keep", hex::encode(signer));
        }
        text
    }

    /// The same with a new key before the others. What the ledger is signed with is written down.
    pub(super) fn rotated(&self, today: NaiveDate) -> Self {
        let newest = Key { bytes: rand::random(), since: Some(today) };
        Self { newest, older: self.keys().cloned().collect(), signer: Some(self.signer()) }
    }

    /// The same without the older key of that name; `None` when there is no such older key.
    pub(super) fn without(&self, name: &str) -> Option<Self> {
        let gone = |key: &&Key| super::name_of(&key.bytes) != name;
        let older: Vec<Key> = self.older.iter().filter(gone).cloned().collect();
        let found = older.len() < self.older.len();
        found.then(|| Self { newest: self.newest.clone(), older, signer: Some(self.signer()) })
    }

    pub(super) fn newest(&self) -> &[u8; 32] {
        &self.newest.bytes
    }

    pub(super) fn keys(&self) -> impl Iterator<Item = &Key> {
        std::iter::once(&self.newest).chain(&self.older)
    }

    /// What the ledger is signed with: its own line, or derived from the first key that there was.
    pub(super) fn signer(&self) -> [u8; 32] {
        self.signer.unwrap_or_else(|| {
            super::mac(&self.older.last().unwrap_or(&self.newest).bytes, "ledger signer", b"")
        })
    }
}

fn bytes(text: &str) -> Result<[u8; 32], SecretError> {
    let mut bytes = [0; 32];
    match hex::decode_to_slice(text, &mut bytes) {
        Ok(()) => Ok(bytes),
        Err(_) => Err(SecretError::Malformed),
    }
}

/// The day in the remark beside a key.
fn since(remark: &str) -> Option<NaiveDate> {
    remark.split_once(SINCE)?.1.split_whitespace().next()?.parse().ok()
}
