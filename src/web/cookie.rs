//! Cookies: the session, the visitor (for CSRF before sign-in), the language, and a message to
//! show once.

use actix_web::cookie::{Cookie, SameSite, time::Duration};

use super::portal::Settings;

/// Which cookie.
#[derive(Clone, Copy, Debug)]
pub enum Name {
    /// The session token.
    Session,
    /// A random value to which the CSRF token of somebody not signed in is bound.
    Visitor,
    /// The language chosen.
    Language,
    /// The key of a message to show on the next page.
    Flash,
    /// A sign-in that waits for its second factor.
    SignIn,
    /// A browser from which a person has signed in before.
    Device,
    /// That an outside recipient typed the right code.
    HandOver,
}

/// The full name: with the `__Host-` prefix where the portal is reached over TLS (RFC 6265bis §4.1.3.2).
#[must_use]
pub fn name(which: Name, settings: &Settings) -> String {
    let short = match which {
        Name::Session => "azukari-session",
        Name::Visitor => "azukari-visitor",
        Name::Language => "azukari-language",
        Name::Flash => "azukari-flash",
        Name::SignIn => "azukari-sign-in",
        Name::Device => "azukari-device",
        Name::HandOver => "azukari-hand-over",
    };
    if settings.secure() { format!("__Host-{short}") } else { short.to_owned() }
}

/// A cookie with the attributes that all of ours have.
#[must_use]
pub fn make(which: Name, value: String, settings: &Settings) -> Cookie<'static> {
    let mut cookie = Cookie::build(name(which, settings), value)
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(settings.secure());
    if matches!(which, Name::Language | Name::Device) {
        cookie = cookie.max_age(Duration::days(365));
    }
    cookie.finish()
}

/// A cookie that removes its namesake.
#[must_use]
pub fn remove(which: Name, settings: &Settings) -> Cookie<'static> {
    let mut cookie = make(which, String::new(), settings);
    cookie.make_removal();
    cookie
}
