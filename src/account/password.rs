//! Passwords: argon2id off the async workers, two at a time.

use std::sync::LazyLock;

use actix_web::web;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _, phc::PasswordHash};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::Semaphore;

use crate::error::{Error, Result};

/// Each hash takes 19 MiB: two at a time bound what a burst of sign-ins can take.
static AT_ONCE: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(2));

/// A hash of nothing anybody knows: verified for unknown accounts, so that they answer alike.
static DUMMY: LazyLock<Option<String>> =
    LazyLock::new(|| hash_blocking(&hex::encode(rand::random::<[u8; 16]>())).ok());

/// Fewest characters of a password (NIST SP 800-63B-4 §3.1.1.2 asks 15, or 8 with a second factor).
pub const MIN_LENGTH: usize = 12;
/// Most characters.
pub const MAX_LENGTH: usize = 128;

/// Why a password is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordFault {
    /// Fewer than the least characters.
    TooShort,
    /// More than the most characters.
    TooLong,
}

/// Holds a new password against the rules: length only, no rules of composition.
///
/// # Errors
/// What is wrong with it.
pub fn check(password: &str) -> Result<(), PasswordFault> {
    match password.chars().count() {
        n if n < MIN_LENGTH => Err(PasswordFault::TooShort),
        n if n > MAX_LENGTH => Err(PasswordFault::TooLong),
        _ => Ok(()),
    }
}

/// argon2id with 19 MiB, two passes, one lane (OWASP's first choice of parameters).
fn argon2() -> Result<Argon2<'static>> {
    let params = Params::new(19 * 1024, 2, 1, None).map_err(Error::internal)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn hash_blocking(password: &str) -> Result<String> {
    Ok(argon2()?.hash_password(password.as_bytes()).map_err(Error::internal)?.to_string())
}

fn verify_blocking(password: &str, hash: &str) -> bool {
    let Ok(argon2) = argon2() else { return false };
    PasswordHash::new(hash)
        .is_ok_and(|hash| argon2.verify_password(password.as_bytes(), &hash).is_ok())
}

/// Hashes a password.
///
/// # Errors
/// [`Error::Unavailable`] when the workers are gone.
pub async fn hash_password(password: String) -> Result<String> {
    let _permit = AT_ONCE.acquire().await.map_err(Error::internal)?;
    web::block(move || hash_blocking(&password)).await.map_err(Error::internal)?
}

/// Whether `password` is the one of `hash`; takes as long when there is no hash.
///
/// # Errors
/// [`Error::Unavailable`] when the workers are gone.
pub async fn verify_password(password: String, hash: Option<String>) -> Result<bool> {
    let _permit = AT_ONCE.acquire().await.map_err(Error::internal)?;
    web::block(move || {
        let known = hash.is_some();
        let against = hash.or_else(|| DUMMY.clone());
        against.is_some_and(|hash| verify_blocking(&password, &hash)) && known
    })
    .await
    .map_err(Error::internal)
}
