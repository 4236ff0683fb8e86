//! Passwords: argon2id off the async workers, two at a time.

use std::sync::LazyLock;

use actix_web::web;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _, phc::PasswordHash};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::Semaphore;

use super::model::Person;
use super::{common_password, store};
use crate::database::Connection;
use crate::error::{Error, Result};
use crate::web::{Form, Invalid, Message};

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
    /// One that everybody tries first, or made of the person's own name or address.
    Common,
}

/// Words of this place, of which a password is easily guessed (ASVS 5.0, 6.1.2).
const OF_THIS_PLACE: [&str; 4] = ["azukari", "預かり", "password", "パスワード"];

/// Holds a new password against the rules: its length, and that it isn't one that is tried first.
/// There are no rules of composition.
///
/// # Errors
/// What is wrong with it.
pub fn check(password: &str, about: &[String]) -> Result<(), PasswordFault> {
    match password.chars().count() {
        n if n < MIN_LENGTH => return Err(PasswordFault::TooShort),
        n if n > MAX_LENGTH => return Err(PasswordFault::TooLong),
        _ => {}
    }
    if common_password::is_common(password) || is_made_of(password, about) {
        return Err(PasswordFault::Common);
    }
    Ok(())
}

/// Whether little is left of a password without the words that somebody who knows the person would
/// try: fewer than eight characters, digits not counted.
fn is_made_of(password: &str, about: &[String]) -> bool {
    let mut rest = password.to_lowercase();
    let parts = about.iter().flat_map(|text| text.split(['@', '.', ' ', '　', '-', '_']));
    let words = OF_THIS_PLACE.into_iter().chain(parts.filter(|part| part.chars().count() > 2));
    for word in words {
        rest = rest.replace(&word.to_lowercase(), "");
    }
    let left = rest.chars().filter(|c| !c.is_ascii_digit() && !c.is_ascii_punctuation()).count();
    left < 8 && rest.chars().count() < password.chars().count()
}

/// The words of which a person's password must not be made: name, address, organisations.
///
/// # Errors
/// Those of the database.
pub(super) fn words_about(connection: &mut Connection, person: &Person) -> Result<Vec<String>> {
    let mut words = store::organisation_names(connection, person.id)?;
    words.extend([person.name.clone(), person.email.clone()]);
    Ok(words)
}

/// What is wrong with the new password that a form chooses twice; `about` are the words that it
/// must not be made of.
pub(super) fn chosen(form: &Form, about: &[String]) -> Invalid {
    let password = form.value("password");
    let at = |message| Invalid::at("password", message);
    match check(password, about) {
        Err(PasswordFault::TooShort) => {
            at(Message::new("error-password-short").with("min", MIN_LENGTH))
        }
        Err(PasswordFault::TooLong) => at(Message::new("error-too-long").with("max", MAX_LENGTH)),
        Err(PasswordFault::Common) => at(Message::new("error-password-common")),
        Ok(()) if password == form.value("password_again") => Invalid::default(),
        Ok(()) => Invalid::at("password_again", Message::new("error-password-again")),
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

#[cfg(test)]
mod tests {
    use super::{PasswordFault, check};

    #[test]
    fn length_counts_and_composition_does_not() {
        assert_eq!(check("みじかいことば", &[]), Err(PasswordFault::TooShort));
        assert_eq!(check("正しい馬の電池の留め金具", &[]), Ok(()));
        assert_eq!(check("only lower case words", &[]), Ok(()));
        assert_eq!(check(&"かぎ ".repeat(43), &[]), Err(PasswordFault::TooLong));
        assert_eq!(check("trailing space  ", &[]), Ok(()));
    }

    #[test]
    fn the_own_name_and_place_are_no_password() {
        let about = ["takahashi.ken@sr.example".to_owned(), "三重野県".to_owned()];
        for password in
            ["takahashi-2026", "Takahashi Ken 1985", "azukari-2026-04", "三重野県パスワード2026"]
        {
            assert_eq!(check(password, &about), Err(PasswordFault::Common), "{password}");
        }
        assert_eq!(check("takahashi eats rice at noon", &about), Ok(()));
    }
}
