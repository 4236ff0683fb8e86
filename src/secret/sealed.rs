//! Short secrets sealed under a label: what the database keeps but must not be read from it, such as
//! the seed of a second factor.
//!
//! XChaCha20-Poly1305 under the newest key for the label. The name of the key stands before it, so
//! that one made with an older key is still read; label and owner are bound in, so that a
//! sealed secret is worth nothing under another use or in another row.
//!
//! A slice that keeps sealed secrets says so in `server::sealed_secrets`, so that
//! `azukari secret rewrap` renews them.

use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};

use super::Secret;
use crate::error::{Error, Result};

/// The form, so that another may follow.
const FORM: &str = "1";
/// Bytes of a nonce: long enough to be drawn at random.
const NONCE: usize = 24;

/// Seals `plain` for `label`; `owner` is the id of the row that will hold it.
///
/// # Errors
/// [`Error::Internal`] when it can't be encrypted.
pub fn seal(secret: &Secret, label: &str, owner: &str, plain: &[u8]) -> Result<String> {
    let (id, key) = secret.newest_on_file(label);
    let nonce: [u8; NONCE] = rand::random();
    let bound = bound(label, owner);
    let payload = Payload { msg: plain, aad: bound.as_bytes() };
    let cipher = XChaCha20Poly1305::new(&key.into());
    let sealed = cipher.encrypt(XNonce::from_slice(&nonce), payload).map_err(Error::internal)?;
    Ok(format!("{FORM}.{id}.{}{}", hex::encode(nonce), hex::encode(sealed)))
}

/// Opens what [`seal`] made for the same label and owner, with the newest or an older key.
///
/// # Errors
/// [`Error::Internal`] when it is something else, was changed, or its key is gone.
pub fn open(secret: &Secret, label: &str, owner: &str, sealed: &str) -> Result<Vec<u8>> {
    let unreadable = || Error::internal("a sealed secret can't be opened");
    let (id, text) = parts(sealed).ok_or_else(unreadable)?;
    let key = secret.derive_by(id, label).ok_or_else(unreadable)?;
    let bytes = hex::decode(text).map_err(Error::internal)?;
    let (nonce, msg) = bytes.split_at_checked(NONCE).ok_or_else(unreadable)?;
    let bound = bound(label, owner);
    let payload = Payload { msg, aad: bound.as_bytes() };
    let cipher = XChaCha20Poly1305::new(&key.into());
    cipher.decrypt(XNonce::from_slice(nonce), payload).map_err(Error::internal)
}

/// The same secret sealed with the newest key, or `None` when it is already.
///
/// # Errors
/// As [`open`].
pub fn renewed(secret: &Secret, label: &str, owner: &str, sealed: &str) -> Result<Option<String>> {
    if key_id(sealed) == Some(&*secret.newest_id()) {
        return Ok(None);
    }
    let plain = open(secret, label, owner, sealed)?;
    seal(secret, label, owner, &plain).map(Some)
}

/// The pattern (`LIKE`) of what is sealed with the key of that name.
#[must_use]
pub fn pattern(id: &str) -> String {
    format!("{FORM}.{id}.%")
}

/// The name of the key with which it was sealed.
#[must_use]
pub fn key_id(sealed: &str) -> Option<&str> {
    parts(sealed).map(|(id, _)| id)
}

fn parts(sealed: &str) -> Option<(&str, &str)> {
    sealed.strip_prefix(FORM)?.strip_prefix('.')?.split_once('.')
}

fn bound(label: &str, owner: &str) -> String {
    format!("{FORM}\0{label}\0{owner}")
}
